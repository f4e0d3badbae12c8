"""The questions of the journeys that change somebody's record."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from core.forms import DateField, EmailField, QuestionForm, at_its_field
from mentors.leaving.leaving import check_last_day
from mentors.views.person_fields import NameField
from mentors.views.roles import Person
from schools.details import check_email


class NameForm(QuestionForm):
    """Asks what somebody is called."""

    name = NameField(
        help_text=(
            "This is their name everywhere: other schools and lead providers who work with them see"
            " it too."
        )
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_name(self) -> str:
        """Return another name than they have."""
        name = self.cleaned_data["name"]
        if name == self.person.teacher.name:
            raise ValidationError("We have this name already. Enter another one, or go back")
        return name


class EmailForm(QuestionForm):
    """Asks for the address that a school has for somebody."""

    email = EmailField(
        label="What is their email address?",
        help_text="Use their work email address at your school.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        """Return another address than they have, that is nobody else's."""
        email, person = self.cleaned_data["email"], self.person
        if email == person.email:
            raise ValidationError(
                "We have this email address already. Enter another one, or go back"
            )
        with at_its_field():
            check_email(type(person), person.teacher, email, person.started_on, person.finished_on)
        return email


class LastDayForm(QuestionForm):
    """Asks for somebody's last day at the school."""

    last_day = DateField(
        label="What is their last day at your school?",
        name="last day",
        help_text="It can be in the past or in the future. For example, 31 8 2026.",
    )

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.today = person, today
        self.fields["last_day"].label = f"What is {person.teacher.name}’s last day at your school?"

    def clean_last_day(self) -> date:
        """Return a day that can be their last one."""
        with at_its_field():
            check_last_day(self.person, self.cleaned_data["last_day"], self.today)
        return self.cleaned_data["last_day"]
