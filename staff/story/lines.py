"""The lines of a story, in order of time, and the base of admins whose records have a story."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from core.admin_addresses import address_of_page
from core.admin_bases import RecordAdmin
from core.history_words import Told
from core.periods import in_words, london_day, moment_in_words


@dataclass(frozen=True)
class StoryLine:
    """One thing that happened. `at` is its moment, or None where only the day is known.

    `record` has a page of its own; `who` is a user, a token or a command, or "".
    """

    day: date
    what: str
    record: Model | None = None
    at: datetime | None = None
    who: str = ""
    where: str = ""

    @property
    def when(self) -> str:
        """The moment in words, or the day where only that is known."""
        return moment_in_words(self.at) if self.at else in_words(self.day)


def in_order(lines: Iterable[StoryLine]) -> list[StoryLine]:
    """The lines, the earliest first; what has only a day comes first on it."""
    return sorted(lines, key=lambda line: (line.day, line.at.timestamp() if line.at else 0))


def lines_of_history(told: Iterable[Told]) -> Iterator[StoryLine]:
    """A line for each change that the history tells."""
    for each in told:
        yield StoryLine(
            london_day(each.at), capfirst(each.what), None, each.at, each.who, each.where
        )


class StoryMixin(RecordAdmin):
    """An admin whose records' pages end with their story, for each user who may see the record."""

    def story(self, record: Any) -> list[StoryLine]:
        """The story of a record, in order of time."""
        raise NotImplementedError

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Adds the story, with links to what the user may open, and to where they add a note."""
        record = context.get("original")
        if record is not None:
            context["add_note"] = _address_of_new_note(record, request)
            context["story"] = [
                (line, address_of_page(line.record, request) if line.record else "")
                for line in self.story(record)
            ]
        return super().render_change_form(request, context, *args, **kwargs)


def _address_of_new_note(record: Model, request: HttpRequest) -> str:
    """The address of the form for a note on this record; "" for a user who may write none."""
    if not request.user.has_perm("schools.add_staffnote"):
        return ""
    asked = urlencode({record._meta.model_name or "": record.pk})
    return f"{reverse('admin:schools_staffnote_add')}?{asked}"
