"""The two questions of a pairing: with whom, and from when."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.dates import in_words
from core.forms import ChoiceLabel, DateField, QuestionForm, at_its_field
from mentors.pairing.candidates import Candidate
from mentors.pairing.planning import first_day, plan
from schools.models import ECTAtSchool, MentorAtSchool

# With more to choose from than this, the radios can be searched.
SEARCHED_ABOVE = 20


class WhoForm(QuestionForm):
    """Radios of those who can be chosen. Cleans `chosen` to a public id."""

    chosen = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        question: str,
        missing: str,
        candidates: Sequence[Candidate],
        **kwargs: Any,
    ) -> None:
        """`missing` is said when nobody was chosen who can be."""
        super().__init__(*args, **kwargs)
        self.candidates = {str(each.person.public_id): each for each in candidates}
        field = self.fields["chosen"]
        field.label = question
        field.choices = _choices(candidates)
        field.error_messages = dict.fromkeys(("required", "invalid_choice"), missing)
        if len(candidates) > SEARCHED_ABOVE:
            field.widget.attrs["data-searched"] = "true"

    def clean_chosen(self) -> str:
        """Refuse the present one, whose choice would change nothing."""
        chosen = self.cleaned_data["chosen"]
        if self.candidates[chosen].is_present:
            name = self.candidates[chosen].person.teacher.name
            raise ValidationError(f"{name} is the mentor already. Select another mentor")
        return chosen


class StartDateForm(QuestionForm):
    """The day from which the mentor mentors the ECT."""

    started_on = DateField(name="start date")

    def __init__(
        self, *args: Any, mentor: MentorAtSchool, ect: ECTAtSchool, day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mentor, self.ect, self.day = mentor, ect, day
        field = self.fields["started_on"]
        field.label = f"When does {mentor.teacher.name} start mentoring {ect.teacher.name}?"
        first = first_day(mentor, ect, day)
        field.help_text = (
            f"This can be in the past or in the future, on or after {in_words(first.day)},"
            f" {first.why}. For example, 27 3 {day.year}."
        )

    def clean_started_on(self) -> date:
        """Refuse a day from which they cannot be paired."""
        started_on = self.cleaned_data["started_on"]
        with at_its_field():
            plan(self.mentor, self.ect, started_on=started_on, day=self.day)
        return started_on


def _choices(candidates: Sequence[Candidate]) -> list[tuple[str, ChoiceLabel]]:
    """The radios; of several with one name, each with the TRN, which tells them apart."""
    names = Counter(each.person.teacher.name for each in candidates)
    return [(str(each.person.public_id), _label(each, names)) for each in candidates]


def _label(candidate: Candidate, names: Counter) -> ChoiceLabel:
    teacher = candidate.person.teacher
    trn = f"TRN {teacher.trn}" if names[teacher.name] > 1 else ""
    return ChoiceLabel(teacher.name, ". ".join(filter(None, (candidate.hint, trn))))
