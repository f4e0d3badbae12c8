"""What somebody is asked who adds a mentor or an ECT: one form a page."""

from datetime import date
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.http import HttpRequest

from core.forms import NO_AUTOFILL, DateField, EmailField, QuestionForm, at_its_field
from mentors.views.adding.progress import ABOUT_THEM, Progress
from mentors.views.person_fields import NameField
from schools.details import check_email
from schools.finding import check_date_of_birth, trn_of
from schools.joining import check_induction_start, check_start

TOO_MANY = (
    "You have tried too many TRNs and dates of birth. Try again tomorrow, or contact us at"
    f" {settings.SUPPORT_EMAIL}"
)


class AddingForm(QuestionForm):
    """A question of the journey, filled in with what was answered before."""

    def __init__(self, request: HttpRequest, progress: Progress) -> None:
        sent = request.POST if request.method == "POST" else None
        super().__init__(sent, initial=progress.answers)
        self.request, self.progress = request, progress


class TRNForm(AddingForm):
    """Their TRN. Another one than before is another person, of whom nothing is answered yet."""

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
        """Forget the other answers with another TRN.

        The same one is not kept again: another window may have another person's by now.
        """
        trn = self.cleaned_data.get("trn")
        if trn == self.progress.answers.get("trn"):
            return {}
        return dict.fromkeys(ABOUT_THEM) | {"trn": trn}


class DateOfBirthForm(AddingForm):
    """Their date of birth, which is looked up with the TRN: how often is limited.

    Both are kept together, so that no pair is looked up that was not counted here.
    """

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
        """Ask again who it is, when it may be somebody else. The same day is not kept again."""
        answers = self.progress.answers
        if self.cleaned_data.get("date_of_birth") == answers.get("date_of_birth"):
            return {}
        return self.cleaned_data | {"trn": answers["trn"], "is_them": None}

    def _may_look_up(self) -> bool:
        by_school = str(self.progress.school.urn)
        return ratelimit.consume(
            self.request, action="find_teacher", key=by_school
        ) and ratelimit.consume(
            self.request, action="find_teacher_by_trn", key=self.progress.answers["trn"]
        )


class TeacherForm(AddingForm):
    """Whether whom we found is whom they mean; if not, it begins again."""

    is_them = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No, enter another TRN")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select if this is them"),
    )

    def __init__(self, request: HttpRequest, progress: Progress) -> None:
        super().__init__(request, progress)
        self.fields["is_them"].label = f"Is this {progress.person}?"

    def clean(self) -> dict[str, Any]:
        """Forget everything about somebody who is somebody else."""
        if self.cleaned_data.get("is_them") == "no":
            return dict.fromkeys(ABOUT_THEM)
        return self.cleaned_data


class NameForm(AddingForm):
    """The name of somebody unknown."""

    name = NameField()


class EmailForm(AddingForm):
    """The school's email address for them."""

    email = EmailField()

    def __init__(self, request: HttpRequest, progress: Progress) -> None:
        super().__init__(request, progress)
        question = f"What email address does {progress.person} use at your school?"
        self.fields["email"].label = question

    def clean_email(self) -> str:
        """Return the address, if nobody else has it."""
        email, progress = self.cleaned_data["email"], self.progress
        started_on = progress.answers.get("started_on") or progress.day
        with at_its_field():
            check_email(progress.adds.role, progress.teacher, email, started_on)
        return email


class StartForm(AddingForm):
    """The first day on which they have the role at the school."""

    started_on = DateField(
        name="their start date",
        help_text="It can be in the past, or up to a year from now. Like 1 9 2026",
    )

    def __init__(self, request: HttpRequest, progress: Progress) -> None:
        super().__init__(request, progress)
        question = f"When does {progress.person} start as {progress.adds.a_noun} at your school?"
        self.fields["started_on"].label = question

    def clean_started_on(self) -> date:
        """Return the day, if they can start on it."""
        started_on, progress = self.cleaned_data["started_on"], self.progress
        born_on = progress.answers["date_of_birth"]
        with at_its_field():
            check_start(
                progress.adds.role,
                progress.times,
                progress.school,
                born_on,
                started_on,
                progress.day,
            )
        return started_on


class InductionForm(AddingForm):
    """The first day of induction of somebody who was no ECT here before."""

    induction_started_on = DateField(
        name="their induction start date",
        help_text="If they started it at another school, enter the date they started there."
        " Like 1 9 2026",
    )

    def __init__(self, request: HttpRequest, progress: Progress) -> None:
        super().__init__(request, progress)
        field = self.fields["induction_started_on"]
        field.label = f"When does induction start for {progress.person}?"

    def clean_induction_started_on(self) -> date:
        """Return the day, if induction can start on it."""
        started_on = self.cleaned_data["induction_started_on"]
        with at_its_field():
            check_induction_start(
                self.progress.answers["date_of_birth"], started_on, self.progress.day
            )
        return started_on
