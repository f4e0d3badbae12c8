"""The journeys that change a person's name, or their email address at the school."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from core.forms import EmailField, NameField
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
from mentors.journeys.forms import NAME_QUESTION, StepForm, check_free_email
from mentors.people.listing import has_left
from mentors.roles import ECT, MENTOR, Role
from schools.details import MOVED_ON, change_email, rename
from schools.models import PersonAtSchool, Teacher


@dataclass(frozen=True)
class AboutPerson(Progress):
    """A journey about one mentor or ECT, which begins and ends on their page."""

    subject: PersonAtSchool

    @property
    def person(self) -> PersonAtSchool:
        """The mentor or ECT."""
        return self.subject

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.teacher.name

    @property
    def has_left(self) -> bool:
        """Whether they left the school, so that their record stays as it is."""
        return has_left(self.person, self.day)


def page_of_person(progress: AboutPerson) -> str:
    """The address of the person's page."""
    return reverse(progress.role.page, args=[progress.school.urn, progress.person.public_id])


def route_of_person(role: Role, page: str) -> str:
    """The route of a page about a person in this role."""
    return f"schools/<int:urn>/{role.section}/<uuid:public_id>/{page}"


class DetailForm(StepForm):
    """Asks for the new value, filled in with the present one."""

    progress: AboutPerson

    def __init__(self, progress: AboutPerson, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        (name,) = self.fields
        self.fields[name].initial = _PRESENT[name](progress.person)


class NewNameForm(DetailForm):
    """Asks for the person's name."""

    rows = ("New name",)

    name = NameField(
        longest=Teacher.LONGEST_NAME,
        label=NAME_QUESTION,
        help_text=(
            "This is their name everywhere: other schools and lead providers who work with them see"
            " it too."
        ),
    )

    def clean_name(self) -> str:
        """Return another name than the present one."""
        name = self.cleaned_data["name"]
        if name == self.progress.name:
            raise ValidationError("We have this name already. Enter another one, or go back")
        return name


class NewEmailForm(DetailForm):
    """Asks for the school's email address for the person."""

    rows = ("New email address",)

    email = EmailField(
        label="What is their email address?",
        help_text="Use their work email address at your school.",
    )

    def clean_email(self) -> str:
        """Return another address than the present one, that no other person has."""
        email, person = self.cleaned_data["email"], self.progress.person
        if email == person.email:
            raise ValidationError(
                "We have this email address already. Enter another one, or go back"
            )
        check_free_email(
            self.progress,
            type(person),
            person.teacher,
            email,
            person.started_on,
            person.finished_on,
        )
        return email


_PRESENT: dict[str, Callable[[PersonAtSchool], str]] = {
    "name": lambda person: person.teacher.name,
    "email": lambda person: person.email,
}


def _rename(person: PersonAtSchool, name: str, *, seen: str) -> None:
    rename(person.teacher, name, seen=seen)


def _change(
    role: Role, field: str, words: str, form: type[DetailForm], change: Callable[..., None]
) -> Journey[AboutPerson]:
    """The journey that changes one detail: `field` is its name in the form, `words` on pages."""

    def present(progress: AboutPerson) -> str:
        return _PRESENT[field](progress.person)

    def rows(progress: AboutPerson) -> list[AnswerRow]:
        return [AnswerRow(f"Current {words}", present(progress)), *answered_rows(progress)]

    def act(progress: AboutPerson, shown: str) -> Done:
        if progress.has_left:
            raise RefusedChange(MOVED_ON)
        value = progress.answers[field]
        change(progress.person, value, seen=shown)
        return Done(f"{progress.name}’s {words} is now {value}.")

    return Journey(
        name=f"{role.page}-{field}",
        route=route_of_person(role, field),
        progress=AboutPerson,
        role=role,
        steps=(Step("", form),),
        check=CheckPage(
            act,
            f"Change {words}",
            rows=rows,
            shown=present,
            title=f"Check the new {words}",
        ),
        end=page_of_person,
        closed=lambda progress: "" if progress.has_left else None,
        caption=lambda progress: progress.name,
    )


def _details(role: Role) -> list[Journey[AboutPerson]]:
    return [
        _change(role, "name", "name", NewNameForm, _rename),
        _change(role, "email", "email address", NewEmailForm, change_email),
    ]


CHANGE_DETAILS = [*_details(MENTOR), *_details(ECT)]
