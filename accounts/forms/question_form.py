"""A page's form with one question."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.layout import Question
from accounts.refusals import RefusedChange


class QuestionForm(forms.Form):
    """One question, whose label is the page's h1, and the button to go on.

    Further fields, which a subclass may have, stand below it with labels of the usual size.
    """

    button = "Continue"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        first, *others = self.fields
        self.helper.layout = Layout(Question(first), *others)
        self.helper.add_input(Submit("", self.button))

    @property
    def question(self) -> str:
        """What the page asks, for its title."""
        return str(next(iter(self.fields.values())).label)


@contextmanager
def at_its_field() -> Iterator[None]:
    """Say at the field that is being cleaned what a rule refuses."""
    try:
        yield
    except RefusedChange as refusal:
        raise ValidationError(str(refusal)) from refusal
