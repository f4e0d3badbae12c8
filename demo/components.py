"""A page for people who write templates: every form field and component, in each of its states."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from core.forms import NO_AUTOFILL, ChoiceLabel, DateField, EmailField, Question, Size
from mentors.pages.mentor import ReportedLeaving
from mentors.pairing.mentoring import Mentored, NextMentor
from mentors.people.ect_training import Dated, ECTCategory, Tag, tag_of
from mentors.people.training import TrainedBy
from mentors.people.training_words import TrainingWords
from mentors.status.training_status import Evidence, Status, TrainingStatus, Why
from mentors.views.lists import pagination
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher

if TYPE_CHECKING:
    from mentors.people.ect_training import CategorisedECT

STATES = ("Plain", "With a hint", "Filled in", "With an error")
SIZES: tuple[Size, ...] = ("s", "m", "l")
NAMES = ("Ray Kirby", "Lillian Solis", "Jonathan Paul")
_CHOICES = [(name, name) for name in NAMES]
_HINTED = [(name, ChoiceLabel(name, f"Hint for {name}")) for name in NAMES]

# Each field by its name, with an answer to fill it in. A password or file is never sent back.
FIELDS: dict[str, tuple[forms.Field, object]] = {
    "Text": (
        forms.CharField(label="Full name", widget=forms.TextInput(attrs=NO_AUTOFILL)),
        "Ray Kirby",
    ),
    "Email": (EmailField(label="Email address"), "ray.kirby@school.example"),
    "Date": (DateField(label="Last day"), date(2026, 7, 31)),
    "Radios": (
        forms.ChoiceField(label="ECT", choices=_CHOICES, widget=forms.RadioSelect),
        NAMES[0],
    ),
    "Radios with hints": (
        forms.ChoiceField(label="ECT", choices=_HINTED, widget=forms.RadioSelect),
        NAMES[0],
    ),
    "Checkbox": (forms.BooleanField(label="Training completed"), True),
    "Checkboxes": (
        forms.MultipleChoiceField(
            label="ECTs", choices=_CHOICES, widget=forms.CheckboxSelectMultiple
        ),
        NAMES[:2],
    ),
    "Select": (
        forms.ChoiceField(label="ECT", choices=[("", "Choose an ECT"), *_CHOICES]),
        NAMES[0],
    ),
    "Textarea": (forms.CharField(label="Why", widget=forms.Textarea), "They have moved away."),
    "Password": (forms.CharField(label="Password", widget=forms.PasswordInput), None),
    "File": (forms.FileField(label="CSV file"), None),
}


class Example(forms.Form):
    """A form with one field, in one state."""

    def __init__(self, name: str, state: str, size: Size | None = None) -> None:
        field, answer = deepcopy(FIELDS[name])
        super().__init__(
            {} if state == "With an error" else None,
            initial={"answer": answer} if state == "Filled in" else None,
            prefix=slugify(f"{name} {state} {size or ''}"),
        )
        if state == "With a hint":
            field.help_text = "A hint that helps to answer"
        self.fields["answer"] = field
        self.state = state
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Question("answer", size=size, heading=False) if size else "answer"
        )


class ButtonsExample(forms.Form):
    """A form with no field, but with each kind of button."""

    def __init__(self) -> None:
        super().__init__()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Submit("", "Continue"),
            Submit("", "Apply", css_class="govuk-button--secondary"),
            Submit("", "Delete", css_class="govuk-button--warning"),
        )


@dataclass(frozen=True)
class PersonOnPage:
    """The parts of a person's page that the macros read."""

    is_to_come: bool = False
    has_left: bool = False
    may_leave: bool = False
    may_be_withdrawn: bool = False
    may_be_undone: bool = False
    said_to_leave: ReportedLeaving | None = None


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The page of all components. It reads nothing from the database."""
    school = School(urn=999001, name="Plymouth Primary School")
    stays = _mentor(school, None)
    leaves = _mentor(school, date(2026, 9, 1))
    numbers = Paginator(range(500), 50).page(5)
    trained_by = TrainedBy("Ambition Institute", "Devon Hub", "schools@provider.example")
    told = ReportedLeaving("Argyle Primary School", date(2026, 7, 21))
    context = {
        "fields": {name: [Example(name, state) for state in STATES] for name in FIELDS},
        "sizes": [Example("Radios", "Plain", size) for size in SIZES],
        "faulty": Example("Text", "With an error"),
        "buttons": ButtonsExample(),
        "pagination": pagination(numbers, request),
        "mentor_statuses": list(_statuses()),
        "ect_tags": list(_ect_tags()),
        "person": stays,
        "people": [
            (stays, PersonOnPage(is_to_come=True, may_be_undone=True)),
            (leaves, PersonOnPage(may_be_withdrawn=True)),
            (leaves, PersonOnPage(has_left=True)),
            (stays, PersonOnPage(may_leave=True, may_be_undone=True)),
            (stays, PersonOnPage(may_leave=True, said_to_leave=told)),
        ],
        "mentored": list(_mentored()),
        "training_words": TrainingWords(
            why="Why the status stands there.",
            rows=(("Lead provider", trained_by.lead_provider), ("Delivery partner", "Devon Hub")),
            note="A sentence on the lead provider.",
            nothing_to_do="",
        ),
        "trained_by": trained_by,
        "event": Dated("Induction started", date(2023, 4, 20)),
    }
    return render(request, "demo/components.html", context)


def _mentor(school: School, finished_on: date | None) -> MentorAtSchool:
    teacher = Teacher(name="Jane Thomas", trn="0836472", date_of_birth=date(1989, 11, 13))
    return MentorAtSchool(
        teacher=teacher,
        school=school,
        email="jane.thomas@school.example",
        started_on=date(2022, 9, 1),
        finished_on=finished_on,
    )


def _statuses() -> Iterator[TrainingStatus]:
    evidence = Evidence(
        completion=None,
        started_on=None,
        time_ends_on=None,
        time_ended_on=None,
        recorded_not_completed=False,
        taken_back=None,
    )
    for status in Status:
        for detail in (None, "The line beneath the tag"):
            yield TrainingStatus(status, detail, Why.NOT_STARTED, evidence)


def _ect_tags() -> Iterator[Tag]:
    day = date(2026, 9, 1)
    for category in ECTCategory:
        for in_training in (False, True):
            ect = ECTAtSchool(
                started_on=date(2023, 9, 1),
                finished_on=day,
                teacher=Teacher(induction_started_on=date(2023, 9, 1), induction_finished_on=day),
            )
            ect.__dict__ |= {"category": category, "in_training": in_training}
            yield tag_of(cast("CategorisedECT", ect), day)


def _mentored() -> Iterator[Mentored]:
    started = Dated("Induction started", date(2023, 4, 20))
    next_mentor = NextMentor("David Boyd", UUID(int=3), date(2026, 9, 1))
    yield Mentored(UUID(int=1), NAMES[0], started, date(2023, 4, 20), None, False)
    yield Mentored(UUID(int=2), NAMES[1], started, date(2023, 4, 20), next_mentor, True)
