"""The journeys that add a mentor or an ECT to a school: one list of steps for both roles."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.urls import reverse

from core.forms import NO_AUTOFILL, DateField, EmailField, at_its_field, example_of
from core.periods import in_words, years_after
from mentors.journeys.declaration import (
    CHECK,
    SLUG,
    AnswerRow,
    CheckPage,
    Done,
    Journey,
    Notice,
    Progress,
    Step,
    answered_rows,
)
from mentors.journeys.forms import NameField, StepForm
from mentors.roles import ECT, MENTOR, Role
from schools.adding import NewTeacher, RefusedDetailsError, add_ect, add_mentor
from schools.details import check_email
from schools.finding import check_date_of_birth, find, trn_of
from schools.joining import Obstacle, Times, check_induction_start, check_start, obstacle, times_of
from schools.models import PersonAtSchool, School, Teacher

TOO_MANY = (
    "You have tried too many TRNs and dates of birth. Try again tomorrow, or contact us at"
    f" {settings.SUPPORT_EMAIL}"
)


@dataclass(frozen=True)
class Adding(Progress):
    """The answers about one person, and what follows from them."""

    subject: School

    @property
    def is_looked_up(self) -> bool:
        """Whether TRN and date of birth are both given."""
        return bool(self.answers.get("trn") and self.answers.get("date_of_birth"))

    @cached_property
    def teacher(self) -> Teacher | None:
        """The teacher with this TRN and date of birth; None when there is none, or before that."""
        if not self.is_looked_up:
            return None
        return find(self.answers["trn"], self.answers["date_of_birth"])

    @property
    def is_unknown(self) -> bool:
        """Whether TRN and date of birth are given, and no teacher has both."""
        return self.is_looked_up and self.teacher is None

    @cached_property
    def times(self) -> Times:
        """The teacher's times at schools; none of a person we do not know."""
        return times_of(self.teacher)

    @cached_property
    def obstacle(self) -> Obstacle | None:
        """Why the teacher cannot be added, if they cannot."""
        if self.teacher is None:
            return None
        return obstacle(self.role.model, self.times, self.school, self.day)

    @property
    def name(self) -> str:
        """The name of the person who is added."""
        return self.teacher.name if self.teacher else self.answers["name"]

    @property
    def starts_induction(self) -> bool:
        """Whether an ECT is added who was none before, so that induction has no start yet."""
        return self.role is ECT and self.times.induction_started_on is None

    @property
    def schools_to_tell(self) -> list[str]:
        """The names of the mentor's other schools: their tutors are told that they were added."""
        if self.role is not MENTOR:
            return []
        return [time.school.name for time in self.times.mentor_elsewhere(self.school, self.day)]


class AddingForm(StepForm):
    """A question about the person who is added."""

    progress: Adding


class TRNForm(AddingForm):
    """Their TRN. Another TRN is another person: all earlier answers are forgotten."""

    rows = ("TRN",)

    trn = forms.CharField(
        label="What is their teacher reference number (TRN)?",
        help_text="It has 7 digits, like 0123456. Include any zeros at the start.",
        max_length=50,
        error_messages={
            "required": "Enter their TRN",
            "max_length": "TRN must be 7 digits, like 0123456",
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-10", **NO_AUTOFILL}
        ),
    )

    def clean_trn(self) -> str:
        """Return the 7 digits."""
        with at_its_field():
            return trn_of(self.cleaned_data["trn"])

    def clean(self) -> dict[str, Any]:
        """Begin anew with another TRN.

        The same one is not kept again: another window may have another person's by now.
        """
        if self.cleaned_data.get("trn") == self.progress.answers.get("trn"):
            return {}
        self.begins_anew = True
        return self.cleaned_data


class DateOfBirthForm(AddingForm):
    """Their date of birth, which is looked up with the TRN: how often is limited.

    Both are kept together, so that no pair is looked up that was not counted here.
    """

    rows = ("Date of birth",)

    date_of_birth = DateField(
        label="What is their date of birth?",
        name="their date of birth",
        help_text="For example, 27 3 1990.",
    )

    def clean_date_of_birth(self) -> date:
        """Return the day, if the TRN may be looked up with it."""
        born_on = self.cleaned_data["date_of_birth"]
        with at_its_field():
            check_date_of_birth(born_on, self.progress.day)
        if born_on != self.progress.answers.get("date_of_birth") and not self._may_look_up():
            raise forms.ValidationError(TOO_MANY)
        return born_on

    def clean(self) -> dict[str, Any]:
        """Ask again who it is, when it may be another person. The same day is not kept again."""
        answers = self.progress.answers
        if self.cleaned_data.get("date_of_birth") == answers.get("date_of_birth"):
            return {}
        return self.cleaned_data | {"trn": answers["trn"], "is_them": None}

    def _may_look_up(self) -> bool:
        """Count the look-up by tutor, school and TRN; whether all limits allow it."""
        request, by_school = self.progress.request, str(self.progress.school.urn)
        return ratelimit.consume(request, action="find_teacher", key=by_school) and (
            ratelimit.consume(
                request, action="find_teacher_by_trn", key=self.progress.answers["trn"]
            )
        )


class TeacherForm(AddingForm):
    """Whether the teacher we found is the one they mean; if not, the journey begins anew."""

    asks = "Is this {0.name}?"

    is_them = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No, enter another TRN")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select if this is them"),
    )

    def clean(self) -> dict[str, Any]:
        """Forget all answers, when they are about another person."""
        self.begins_anew = self.cleaned_data.get("is_them") == "no"
        return {} if self.begins_anew else self.cleaned_data


class NameForm(AddingForm):
    """The name of a person that we do not know."""

    name = NameField()


class EmailForm(AddingForm):
    """The school's email address for them."""

    asks = "What email address does {0.name} use at your school?"
    rows = ("Email address",)

    email = EmailField()

    def clean_email(self) -> str:
        """Return the address, if no other person has it."""
        email, progress = self.cleaned_data["email"], self.progress
        started_on = progress.answers.get("started_on") or progress.day
        with at_its_field():
            check_email(progress.role.model, progress.teacher, email, started_on)
        return email


class StartForm(AddingForm):
    """The first day on which they have the role at the school."""

    asks = "When does {0.name} start as {0.role.a_noun} at your school?"
    rows = ("Start date",)

    started_on = DateField(name="their start date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        example = example_of(self._check, self.progress.day)
        latest = in_words(years_after(self.progress.day, 1))
        self.fields[
            "started_on"
        ].help_text = f"This can be in the past or in the future, on or before {latest}. {example}"

    def clean_started_on(self) -> date:
        """Return the day, if they can start on it."""
        with at_its_field():
            self._check(self.cleaned_data["started_on"])
        return self.cleaned_data["started_on"]

    def _check(self, started_on: date) -> None:
        progress = self.progress
        born_on, role = progress.answers["date_of_birth"], progress.role.model
        check_start(role, progress.times, progress.school, born_on, started_on, progress.day)


class InductionForm(AddingForm):
    """The first day of induction of a person who was no ECT before."""

    asks = "When does induction start for {0.name}?"
    rows = ("Induction start date",)

    induction_started_on = DateField(name="their induction start date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["induction_started_on"].help_text = (
            "If they started it at another school, enter the date they started there."
            f" {example_of(self._check, self.progress.day)}"
        )

    def clean_induction_started_on(self) -> date:
        """Return the day, if induction can start on it."""
        with at_its_field():
            self._check(self.cleaned_data["induction_started_on"])
        return self.cleaned_data["induction_started_on"]

    def _check(self, started_on: date) -> None:
        check_induction_start(self.progress.answers["date_of_birth"], started_on, self.progress.day)


_PAGES = "mentors/journeys/adding"
STEPS: tuple[Step[Adding] | Notice[Adding], ...] = (
    Step("trn", TRNForm, template=f"{_PAGES}/trn.html"),
    Step("date-of-birth", DateOfBirthForm),
    Notice("not-possible", f"{_PAGES}/not_possible.html", lambda adding: bool(adding.obstacle)),
    Step("teacher", TeacherForm, lambda adding: adding.teacher is not None),
    Notice("not-found", f"{_PAGES}/not_found.html", lambda adding: adding.is_unknown, "name"),
    Step("name", NameForm, lambda adding: adding.is_unknown),
    Step("email", EmailForm),
    Step("start-date", StartForm),
    Step("induction", InductionForm, lambda adding: adding.starts_induction),
)
NOTICES: tuple[Notice[Adding], ...] = (
    Notice("no-trn", f"{_PAGES}/no_trn.html", beside="trn"),
    Notice("not-added", f"{_PAGES}/not_added.html", beside=CHECK),
)


def _rows(adding: Adding) -> list[AnswerRow]:
    """The name first; the start of induction also when it is known and not asked."""
    rows = [AnswerRow("Name", adding.name, adding.change("name")), *answered_rows(adding)]
    started_on = adding.times.induction_started_on
    if adding.role is ECT and started_on:
        rows.append(AnswerRow("Induction start date", in_words(started_on)))
    return rows


def _add(adding: Adding, _shown: str) -> Done:
    answers, role = adding.answers, adding.role
    person = adding.teacher or NewTeacher(answers["trn"], answers["date_of_birth"], answers["name"])
    given = {"email": answers["email"], "started_on": answers["started_on"], "day": adding.day}
    added: PersonAtSchool
    if role is MENTOR:
        added = add_mentor(adding.school, person, **given)
    else:
        given["induction_started_on"] = answers.get("induction_started_on")
        added = add_ect(adding.school, person, **given)
    page = reverse(role.page, args=[adding.school.urn, added.public_id])
    return Done(f"You have added {added.teacher.name} as {role.a_noun}.", page)


def _adding(role: Role) -> Journey[Adding]:
    return Journey(
        name=f"add-{role.page}",
        route=f"schools/<int:urn>/{role.section}/add/{SLUG}",
        progress=Adding,
        role=role,
        steps=STEPS,
        notices=NOTICES,
        check=CheckPage(_add, f"Add {role.noun}", rows=_rows, template=f"{_PAGES}/check.html"),
        end=lambda adding: reverse(role.section, args=[adding.school.urn]),
        caption=lambda _: f"Add {role.a_noun}",
        led_away={RefusedDetailsError: "not-added"},
        resumes=True,
    )


ADD_MENTOR, ADD_ECT = _adding(MENTOR), _adding(ECT)
