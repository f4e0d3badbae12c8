"""The answers of a journey of several pages, kept from one page to the next.

They are kept for the user, not in the session: a journey goes on after signing in again. What was
not touched for `KEPT_FOR` counts as abandoned. It is deleted with the next answer that any user
gives, and by a regular task (config/schedule.py).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from accounts.models import User
from mentors.models import DraftAnswers
from schools.models import School

KEPT_FOR = timedelta(hours=24)


class NothingToFinishError(Exception):
    """The journey has no answers: it was finished already, perhaps in another window."""


class EntryError(NamedTuple):
    """Why a page refused what was sent: at a field, or at "__all__".

    Of a date, `parts` names the inputs at fault, such as "month".
    """

    field: str
    message: str
    parts: Sequence[str] = ()


@dataclass(frozen=True)
class Refused:
    """What a page refused, and why; `entered` has what was entered, by the names of its inputs."""

    page: str
    errors: Sequence[EntryError]
    entered: dict[str, str] | None = None


@dataclass(frozen=True)
class DraftContents:
    """What is kept of a journey: the answers by the names of their fields; dates are dates."""

    answers: dict[str, Any] = field(default_factory=dict)
    refused: Refused | None = None


@dataclass(frozen=True)
class Draft:
    """One user's answers in one journey at one school.

    `name` says which journey; `about` is the public id of the person it is about, if any.
    """

    user: User
    school: School
    name: str
    about: UUID | None = None

    def read(self, now: datetime) -> DraftContents:
        """Return what is kept; nothing, when the journey was not begun or was abandoned."""
        row = DraftAnswers.objects.filter(**self._key(), touched_at__gt=now - KEPT_FOR).first()
        if row is None:
            return DraftContents()
        return DraftContents(row.answers, _refused(row.refused) if row.refused else None)

    @transaction.atomic
    def remember(
        self, now: datetime, answers: dict[str, Any], *, anew: bool = False
    ) -> dict[str, Any]:
        """Keep these answers beside those given before, or `anew` in their place; return all.

        Values are text, dates or None.
        """
        forget_abandoned(now)
        row = self._locked(now)
        row.answers = answers if anew else row.answers | answers
        row.refused = None
        row.touched_at = now
        row.save()
        return row.answers

    @transaction.atomic
    def refuse(self, now: datetime, refused: Refused) -> None:
        """Keep what a page refused, until that page shows it. The answers stay as they are."""
        forget_abandoned(now)
        row = self._locked(now)
        row.refused = asdict(refused)
        row.touched_at = now
        row.save()

    def forget_refused(self, shown: Refused) -> None:
        """Delete what was refused, as its page has shown it; not what was refused since then."""
        kept = DraftAnswers.objects.filter(**self._key(), refused=asdict(shown))
        kept.update(refused=None)

    @contextmanager
    def finishing(self, now: datetime) -> Iterator[dict[str, Any]]:
        """Give the answers to the block that acts on them, and delete them, in one transaction.

        When the act raises, nothing is done and the answers stay. Of two that finish at the same
        moment one waits, and then raises NothingToFinishError; so does going back and sending
        again.
        """
        with transaction.atomic():
            row = (
                DraftAnswers.objects.select_for_update()
                .filter(**self._key(), touched_at__gt=now - KEPT_FOR)
                .first()
            )
            if row is None:
                raise NothingToFinishError
            row.delete()
            yield row.answers

    def _locked(self, now: datetime) -> DraftAnswers:
        """The row of this draft, made if there is none, and locked until the transaction ends."""
        rows = DraftAnswers.objects.select_for_update()
        row, _ = rows.get_or_create(**self._key(), defaults={"answers": {}, "touched_at": now})
        return row

    def _key(self) -> dict[str, Any]:
        return {"user": self.user, "school": self.school, "name": self.name, "about": self.about}


def _refused(kept: dict[str, Any]) -> Refused:
    errors = [EntryError(*error) for error in kept["errors"]]
    return Refused(kept["page"], errors, kept["entered"])


def forget_abandoned(now: datetime) -> int:
    """Delete the drafts that were not touched for `KEPT_FOR`; return how many there were."""
    deleted, _ = DraftAnswers.objects.filter(touched_at__lte=now - KEPT_FOR).delete()
    return deleted
