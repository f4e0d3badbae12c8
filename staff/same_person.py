"""Two records that may be of one person: staff are asked before they save a second one."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Func, QuerySet, TextField, Value
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from schools.models import Teacher


def alike(name: str, born_on: date, but: int | None) -> QuerySet[Teacher]:
    """The teachers of this name and date of birth, but for the one with the id `but`, if any."""
    searchable = Func(Value(name), function="searchable", output_field=TextField())
    found = Teacher.objects.filter(searchable_name=searchable, date_of_birth=born_on)
    return found if but is None else found.exclude(pk=but)


def links_to(teachers: QuerySet[Teacher]) -> SafeString:
    """A link to the page of each teacher; "" for none."""
    links = [(reverse("admin:schools_teacher_change", args=[each.pk]), each) for each in teachers]
    return format_html_join(", ", '<a href="{}">{}</a>', links)


class TeacherForm(forms.ModelForm):
    """A teacher; a second one of the same name and date of birth is saved once that is confirmed.

    The box to confirm it is there only when it is asked for.
    """

    is_another_person = forms.BooleanField(
        label="This is another person", required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """Ask whether this is another person, unless that is confirmed or no teacher is alike."""
        entered = super().clean() or {}
        name, born_on = entered.get("name"), entered.get("date_of_birth")
        if not (name and born_on and {"name", "date_of_birth"} & {*self.changed_data}):
            return entered
        if twins := links_to(alike(name, born_on, self.instance.pk)):
            self.fields["is_another_person"].widget = forms.CheckboxInput()
            if not entered.get("is_another_person"):
                asked = format_html(
                    "There is a teacher of this name and date of birth already: {}. If this is"
                    " another person, tick this box and save again.",
                    twins,
                )
                self.add_error("is_another_person", asked)
        return entered
