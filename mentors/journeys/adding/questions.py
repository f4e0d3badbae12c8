"""The questions of the journeys that add a mentor or an ECT, each the form of one page."""

from datetime import date
from typing import Any, cast

from allauth.core import ratelimit
from django import forms
from django.conf import settings

from core.bounds import check_date_of_birth, latest
from core.forms import NO_AUTOFILL, DateField, EmailField, NameField, RadiosField, at_its_field
from core.periods import in_words
from mentors.journeys.adding.answers import Adding
from mentors.journeys.forms import NAME_QUESTION, DayForm, StepForm, check_free_email
from schools.closing import check_joining
from schools.joining import check_induction_start, check_start
from schools.models import Teacher
from schools.trn import TRNField

TOO_MANY = (
    "You have tried too many TRNs and dates of birth. Try again tomorrow, or contact us at"
    f" {settings.SUPPORT_EMAIL}"
)


class AddingForm(StepForm):
    """A question about the person who is added."""

    progress: Adding


class TRNForm(AddingForm):
    """Their TRN. Another TRN is another person: all earlier answers are forgotten."""

    rows = ("TRN",)

    trn = TRNField(
        label="What is their teacher reference number (TRN)?",
        help_text="It has 7 digits, like 0123456. Include any zeros at the start.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-10", **NO_AUTOFILL}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Begin anew with another TRN.

        The same one is not kept again: another window may have another person's by now.
        """
        if self.cleaned_data.get("trn") == self.progress.answers.get("trn"):
            return {}
        self.begins_anew = True
        return self.cleaned_data


class DateOfBirthForm(AddingForm):
    """Their date of birth. It is looked up with the TRN, and look-ups are limited.

    Both are kept together, so that only a pair that was counted here is looked up.
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
        return self.cleaned_data | {"trn": answers["trn"], "is_them": None, "same_as": None}

    def _may_look_up(self) -> bool:
        """Count the look-up by tutor, school and TRN; return whether all limits allow it."""
        request, by_school = self.progress.request, str(self.progress.school.urn)
        return ratelimit.consume(request, action="find_teacher", key=by_school) and (
            ratelimit.consume(
                request, action="find_teacher_by_trn", key=self.progress.answers["trn"]
            )
        )


class FoundTeacherForm(AddingForm):
    """Whether the teacher we found is the one they mean; if not, the journey begins anew."""

    asks = "Is this {0.name}?"

    is_them = RadiosField(
        choices=[("yes", "Yes"), ("no", "No, enter another TRN")],
        missing="Select if this is them",
    )

    def clean(self) -> dict[str, Any]:
        """Forget all answers, when they are about another person."""
        self.begins_anew = self.cleaned_data.get("is_them") == "no"
        return {} if self.begins_anew else self.cleaned_data


class NameForm(AddingForm):
    """The name of a person that we do not know."""

    name = NameField(longest=Teacher.LONGEST_NAME, label=NAME_QUESTION)

    def clean(self) -> dict[str, Any]:
        """Return the name; another name than before is compared with the school's people again."""
        if self.cleaned_data.get("name") == self.progress.answers.get("name"):
            return self.cleaned_data
        return self.cleaned_data | {"same_as": None}


class SamePersonForm(AddingForm):
    """Whether a person with another TRN, but this name and date of birth, is the same person.

    When they are, the journey goes on with the TRN that we hold.
    """

    rows = ("Same person as at your school",)

    same_as = RadiosField(
        label="Is this the same person?",
        choices=[("no", "No, they are two people")],
        missing="Select if this is the same person",
    )

    def __init__(self, progress: Adding, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        field = cast(RadiosField, self.fields["same_as"])
        field.help_text = (
            f"You entered the TRN {progress.answers['trn']}. At your school there is a person with"
            " the same name and date of birth, and another TRN. If it is one person, we go on with"
            f" the TRN that we hold. If that one is wrong, contact us at {settings.SUPPORT_EMAIL}."
        )
        field.offer_first(
            (teacher.trn, f"Yes, they are {teacher.name} with TRN {teacher.trn}")
            for teacher in progress.likely_same
        )

    def clean(self) -> dict[str, Any]:
        """Return "no"; or the TRN that we hold, to ask again whether it is this person."""
        if self.cleaned_data.get("same_as") in (None, "no"):
            return self.cleaned_data
        trn = self.cleaned_data["same_as"]
        return {"trn": trn, "name": None, "same_as": None, "is_them": None}


class EmailForm(AddingForm):
    """The school's email address for them."""

    asks = "What email address does {0.name} use at your school?"
    rows = ("Email address",)

    email = EmailField()

    def clean_email(self) -> str:
        """Return the address, if no other person has it."""
        email, progress = self.cleaned_data["email"], self.progress
        started_on = progress.answers.get("started_on") or progress.day
        check_free_email(progress, progress.role.model, progress.teacher, email, started_on)
        return email


class StartForm(DayForm, AddingForm):
    """The first day on which they have the role at the school."""

    asks = "When does {0.name} start as {0.role.a_noun} at your school?"
    rows = ("Start date",)

    started_on = DateField(name="their start date")

    @property
    def hint(self) -> str:
        last = in_words(latest(self.progress.day))
        return f"This can be in the past or in the future, on or before {last}."

    def check_day(self, day: date) -> None:
        progress = self.progress
        born_on, role = progress.answers["date_of_birth"], progress.role.model
        check_joining(progress.school, day, progress.day)
        check_start(role, progress.times, progress.school, born_on, day, progress.day)


class InductionForm(DayForm, AddingForm):
    """The first day of induction, if it is not recorded for this person."""

    asks = "When does induction start for {0.name}?"
    rows = ("Induction start date",)

    induction_started_on = DateField(name="their induction start date")

    hint = "If they started it at another school, enter the date they started there."

    def check_day(self, day: date) -> None:
        check_induction_start(self.progress.answers["date_of_birth"], day, self.progress.day)
