"""The questions about the other schools of a mentor who is added, one school at a time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from core.forms import DateField, RadiosField
from core.periods import in_words
from mentors.journeys.adding.answers import Adding, key_of
from mentors.journeys.adding.questions import AddingForm
from mentors.journeys.declaration import AnswerRow
from mentors.journeys.forms import PAST_OR_FUTURE, DayForm
from schools.joining import check_last_day_elsewhere


class ElsewhereForm(AddingForm):
    """A question about another school of a mentor, asked of each school on a page of its own."""

    def __init__(self, progress: Adding, *args: Any, **kwargs: Any) -> None:
        super().__init__(progress, *args, **kwargs)
        (self.name,) = self.fields
        self.there = progress.asked_about(self.name)
        self.fields[self.name].initial = progress.answers.get(key_of(self.name, self.there))

    def clean(self) -> dict[str, Any]:
        """Keep the answer about this school; ask again about those that come after it."""
        schools = self.progress.elsewhere
        after = schools[schools.index(self.there) + 1 :]
        asked_again = {key_of(self.name, each): None for each in after}
        return asked_again | {key_of(self.name, self.there): self.cleaned_data.get(self.name)}


class OtherSchoolForm(ElsewhereForm):
    """Whether a mentor goes on at another school."""

    asks = "Will {0.name} go on mentoring at {0.other_school}?"

    goes_on = RadiosField(
        choices=[("yes", "Yes"), ("no", "No")],
        missing="Select yes if they will go on mentoring there",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "goes_on"
        ].help_text = (
            f"If not, we will ask {self.there.school.name} to tell us that they are leaving."
        )


class LastDayThereForm(DayForm, ElsewhereForm):
    """The last day of a mentor at another school where they do not go on."""

    asks = "What is {0.name}’s last day at {0.school_left}?"

    last_day_there = DateField(name="their last day there")

    hint = PAST_OR_FUTURE

    def check_day(self, day: date) -> None:
        check_last_day_elsewhere(self.there, day, self.progress.day)


def rows_of_other_schools(adding: Adding) -> Iterator[AnswerRow]:
    """The rows of the check page about each school: whether they go on there, the last day."""
    goes_on, last_day = adding.change("other-school"), adding.change("last-day-there")
    for time in adding.elsewhere:
        school, left_on = time.school.name, adding.last_days.get(time.pk)
        yield AnswerRow(f"Goes on mentoring at {school}", "No" if left_on else "Yes", goes_on)
        if left_on:
            yield AnswerRow(f"Last day at {school}", in_words(left_on), last_day)
