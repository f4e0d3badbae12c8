"""The questions of adding a mentor or an ECT: a form for each, which checks its answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django import forms
from django.conf import settings

from core.forms import NO_AUTOFILL, DateField, EmailField, at_its_field
from mentors.journeys.forms import NameField, StepForm
from schools.details import check_email
from schools.finding import check_date_of_birth, trn_of
from schools.joining import check_induction_start, check_start

if TYPE_CHECKING:
    from mentors.journeys.adding import Adding

TOO_MANY = (
    "You have tried too many TRNs and dates of birth. Try again tomorrow, or contact us at"
    f" {settings.SUPPORT_EMAIL}"
)


class AddingForm(StepForm):
    """A question about the person who is added."""

    progress: Adding


class TRNForm(AddingForm):
    """Asks for the TRN. Another TRN is another person, so it deletes the answers given before."""

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
        """Begin anew when the TRN has changed.

        A TRN that has not changed is not written again: meanwhile another window may have entered
        another person's.
        """
        if self.cleaned_data.get("trn") == self.progress.answers.get("trn"):
            return {}
        self.begins_anew = True
        return self.cleaned_data


class DateOfBirthForm(AddingForm):
    """Asks for the date of birth, and limits how often teachers are looked up.

    A teacher is found by TRN and date of birth together.
    Both are written together, so that every pair that is looked up has been counted here.
    """

    rows = ("Date of birth",)

    date_of_birth = DateField(
        label="What is their date of birth?", name="their date of birth", help_text="Like 31 3 1990"
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
        """When the day has changed, ask "Is this ...?" again. An unchanged day is not written."""
        answers = self.progress.answers
        if self.cleaned_data.get("date_of_birth") == answers.get("date_of_birth"):
            return {}
        return self.cleaned_data | {"trn": answers["trn"], "is_them": None}

    def _may_look_up(self) -> bool:
        """Count this look-up by tutor, school and TRN; return whether all limits allow it."""
        request, by_school = self.progress.request, str(self.progress.school.urn)
        return ratelimit.consume(request, action="find_teacher", key=by_school) and (
            ratelimit.consume(
                request, action="find_teacher_by_trn", key=self.progress.answers["trn"]
            )
        )


class TeacherForm(AddingForm):
    """Asks whether the teacher that we found is the right one; if not, the journey begins anew."""

    asks = "Is this {0.name}?"

    is_them = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No, enter another TRN")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select if this is them"),
    )

    def clean(self) -> dict[str, Any]:
        """Delete all answers when they are about another person."""
        self.begins_anew = self.cleaned_data.get("is_them") == "no"
        return {} if self.begins_anew else self.cleaned_data


class NameForm(AddingForm):
    """Asks for the name of a person without a record."""

    name = NameField()


class EmailForm(AddingForm):
    """Asks for the school's email address for the person."""

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
    """Asks for the person's first day in the role at the school."""

    asks = "When does {0.name} start as {0.role.a_noun} at your school?"
    rows = ("Start date",)

    started_on = DateField(
        name="their start date",
        help_text="It can be in the past, or up to a year from now. Like 1 9 2026",
    )

    def clean_started_on(self) -> date:
        """Return the day, if they can start on it."""
        started_on, progress = self.cleaned_data["started_on"], self.progress
        born_on = progress.answers["date_of_birth"]
        with at_its_field():
            check_start(
                progress.role.model,
                progress.times,
                progress.school,
                born_on,
                started_on,
                progress.day,
            )
        return started_on


class InductionForm(AddingForm):
    """Asks for the first day of induction of a person who was not an ECT before."""

    asks = "When does induction start for {0.name}?"
    rows = ("Induction start date",)

    induction_started_on = DateField(
        name="their induction start date",
        help_text="If they started it at another school, enter the date they started there."
        " Like 1 9 2026",
    )

    def clean_induction_started_on(self) -> date:
        """Return the day, if induction can start on it."""
        started_on = self.cleaned_data["induction_started_on"]
        with at_its_field():
            check_induction_start(
                self.progress.answers["date_of_birth"], started_on, self.progress.day
            )
        return started_on
