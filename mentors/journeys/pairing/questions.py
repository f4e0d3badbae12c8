"""The questions of a pairing: which person, with a search if there are many, and from when."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.layout import Layout
from django import forms

from core.forms import ChoiceLabel, DateField, Question
from core.periods import in_words
from mentors.journeys.forms import DayForm, StepForm
from mentors.journeys.pairing.answers import CHOSEN, Pairing
from mentors.pairing.choices import Candidate
from mentors.pairing.planning import first_pairing_day, plan_pairing
from mentors.views.lists import pagination


class ChooseForm(StepForm):
    """Radios of the people who can be chosen. Cleans `chosen` to a public id.

    Where they are too many for one page, `search` stands above them.
    """

    progress: Pairing

    chosen = forms.CharField(widget=forms.RadioSelect)

    def __init__(self, progress: Pairing, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        self.candidates, self.search = progress.candidates, progress.search
        if CHOSEN in progress.request.GET:
            self.initial = {CHOSEN: progress.request.GET[CHOSEN]}
        field = self.fields[CHOSEN]
        field.error_messages["required"] = progress.choice.missing
        field.label = question = progress.choice.question.format(progress.name)
        if self.candidates.are_searched:
            self.heading = self.search.heading = question
            field.label = f"Select {progress.other.a_noun}"
            self.search.data = {**self.search.data, CHOSEN: self[CHOSEN].value() or ""}
            self.helper.layout = Layout(Question(CHOSEN, size="m", heading=False))
        self.pagination = pagination(self.candidates.page, progress.request)
        cast(forms.RadioSelect, field.widget).choices = self._choices()

    @property
    def found(self) -> str:
        """What the search found, in words; "" without a search."""
        words = self.search.words
        if not words:
            return ""
        number, noun = self.candidates.page.paginator.count, self.progress.other.noun
        if number == 1:
            return f"1 {noun} matches ‘{words}’."
        return f"{number or 'No'} {noun}s match ‘{words}’."

    def _choices(self) -> list[tuple[str, ChoiceLabel]]:
        """The people on this page; above them the one who is chosen, if on another page."""
        shown = list(self.candidates.shown)
        chosen = self[CHOSEN].value()
        if chosen and str(chosen) not in [str(each.person.public_id) for each in shown]:
            shown = [*filter(None, [self.progress.candidate(str(chosen))]), *shown]
        return _choices(shown, with_trns=self.candidates.are_searched)

    def clean_chosen(self) -> str:
        """Refuse who cannot be chosen, and the present mentor: that would change nothing."""
        candidate = self.progress.candidate(self.cleaned_data[CHOSEN])
        if candidate is None:
            raise forms.ValidationError(self.progress.choice.missing)
        if candidate.is_present:
            name = candidate.person.teacher.name
            raise forms.ValidationError(f"{name} is the mentor already. Select another mentor")
        return str(candidate.person.public_id)


class StartDateForm(DayForm):
    """The day from which the mentor mentors the ECT."""

    progress: Pairing
    asks = "When does {0.two[0].teacher.name} start mentoring {0.two[1].teacher.name}?"
    rows = ("Start date",)

    started_on = DateField(name="start date")

    @property
    def hint(self) -> str:
        first = first_pairing_day(*self.progress.two, self.progress.day)
        return (
            f"This can be in the past or in the future, on or after {in_words(first.day)},"
            f" {first.why}."
        )

    def check_day(self, day: date) -> None:
        plan_pairing(*self.progress.two, started_on=day, day=self.progress.day)


def _choices(candidates: Sequence[Candidate], *, with_trns: bool) -> list[tuple[str, ChoiceLabel]]:
    """The radios, with TRNs if they can be searched; else only of people of the same name."""
    names = Counter(each.person.teacher.name for each in candidates)
    return [
        (
            str(each.person.public_id),
            _label(each, with_trn=with_trns or names[each.person.teacher.name] > 1),
        )
        for each in candidates
    ]


def _label(candidate: Candidate, *, with_trn: bool) -> ChoiceLabel:
    teacher = candidate.person.teacher
    trn = f"TRN {teacher.trn}" if with_trn else ""
    return ChoiceLabel(teacher.name, ". ".join(filter(None, (candidate.hint, trn))))
