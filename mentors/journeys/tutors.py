"""The journeys about a school's induction tutors: naming another one, and the last day of one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.core import ratelimit
from crispy_forms.layout import Layout
from django.urls import reverse

from core.forms import DateField, Question, at_its_field
from core.periods import in_words
from core.refusals import RefusedChange
from mentors.journeys.declaration import (
    AnswerRow,
    CheckPage,
    Done,
    Journey,
    Progress,
    Step,
    answered_rows,
)
from mentors.journeys.forms import DayForm, StepForm
from mentors.views.tutors import TOO_MANY_INVITATIONS
from schools.forms import NominationFields
from schools.models import InductionTutor, School
from schools.tutors import (
    check_nomination,
    check_tutor_last_day,
    end_appointment,
    is_last_tutor,
    nominate,
    why_no_last_day,
    why_no_nomination,
)

_PAGES = "mentors/journeys/tutors"


@dataclass(frozen=True)
class Naming(Progress):
    """The name and the email address of the person who is named as induction tutor."""

    subject: School


class NominationForm(StepForm, NominationFields):
    """Asks for their name and email address, and says at once why they cannot be named."""

    progress: Naming
    heading = "Name an induction tutor"
    rows = ("Full name", "Email address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*self.fields)

    def clean_email(self) -> str:
        """Return the address, if its owner can be named."""
        email = self.cleaned_data["email"]
        with at_its_field():
            _check_nomination(self.progress, email)
        return email


def _check_nomination(naming: Naming, email: str) -> None:
    check_nomination(naming.school, email, by=naming.request.user, day=naming.day)


def _ask_again(naming: Naming) -> str:
    try:
        _check_nomination(naming, naming.answers["email"])
    except RefusedChange:
        return "add"
    return ""


def _nominate(naming: Naming, _shown: str) -> Done:
    """Name the person, which emails them how to sign in."""
    request, email, name = naming.request, naming.answers["email"], naming.answers["name"]
    if not ratelimit.consume(request, action="nominate"):
        raise RefusedChange(TOO_MANY_INVITATIONS)
    nominate(naming.school, email, name, by=request.user, day=naming.day)
    return Done(
        f"You have named {name} as an induction tutor. We have emailed them how to sign in."
    )


def _list_of_tutors(progress: Progress) -> str:
    return reverse("tutors", args=[progress.school.urn])


NAME_TUTOR = Journey(
    name="name-tutor",
    route="schools/<int:urn>/tutors",
    names={"add": "add-tutor", "check": "check-tutor"},
    progress=Naming,
    steps=(Step("add", NominationForm, template=f"{_PAGES}/name.html"),),
    check=CheckPage(
        _nominate,
        "Name them and send the invitation",
        ask_again=_ask_again,
        template=f"{_PAGES}/check_name.html",
    ),
    end=_list_of_tutors,
    # The list says why.
    closed=lambda naming: "" if why_no_nomination(naming.school, naming.day) else None,
    caption=lambda naming: naming.school.name,
)


@dataclass(frozen=True)
class TutorLeaving(Progress):
    """The last day of an appointment."""

    subject: InductionTutor

    @property
    def is_last_tutor(self) -> bool:
        """Whether no other induction tutor stays at the school."""
        return is_last_tutor(self.subject, self.day)


class TutorLastDayForm(DayForm):
    """Asks for the last day, filled in with the one on record."""

    progress: TutorLeaving
    heading = "Last day as an induction tutor"
    rows = ("Last day",)

    last_day = DateField(label="Last day")

    def __init__(self, progress: TutorLeaving, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        self.fields["last_day"].initial = progress.subject.last_day
        self.helper.layout = Layout(Question("last_day", size="m", heading=False))

    def check_day(self, day: date) -> None:
        check_tutor_last_day(day, day=self.progress.day)


def _rows(progress: TutorLeaving) -> list[AnswerRow]:
    return [AnswerRow("Induction tutor", progress.subject.shown_name), *answered_rows(progress)]


def _end_appointment(progress: TutorLeaving, _shown: str) -> Done:
    tutor, last_day = progress.subject, progress.answers["last_day"]
    end_appointment(tutor, last_day, day=progress.day)
    return Done(f"{tutor.shown_name} is an induction tutor until {in_words(last_day)}.")


TUTOR_LAST_DAY = Journey(
    name="tutor-last-day",
    route="schools/<int:urn>/tutors/<int:appointment_id>",
    names={"last-day": "tutor-last-day", "check": "check-tutor-last-day"},
    progress=TutorLeaving,
    steps=(Step("last-day", TutorLastDayForm, template=f"{_PAGES}/last_day.html"),),
    check=CheckPage(
        _end_appointment,
        "Record the last day",
        rows=_rows,
        title="Check the last day",
        template=f"{_PAGES}/check_last_day.html",
    ),
    end=_list_of_tutors,
    closed=lambda progress: why_no_last_day(progress.subject) or None,
    caption=lambda progress: progress.subject.shown_name,
)
