"""The answers of a journey of several pages, kept from one page to the next.

They are kept for the user, not in the session: a journey goes on after signing in again. Nothing is
kept of one that is abandoned: what nobody touched for `KEPT_FOR` is deleted with the next answer
that anybody gives, and by a regular task (config/schedule.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from mentors.models import DraftAnswers
from schools.models import School

KEPT_FOR = timedelta(hours=24)


class NothingToFinishError(Exception):
    """The journey has no answers: it was finished already, perhaps in another window."""


@dataclass(frozen=True)
class Journey:
    """One user's journey at one school: `name` says which, `about` whose record it is about."""

    user: User
    school: School
    name: str
    about: UUID | None = None

    def answers(self, now: datetime) -> dict[str, Any]:
        """Return what has been answered so far, by the name of the question; dates are dates."""
        kept = DraftAnswers.objects.filter(**self._key(), touched_at__gt=now - KEPT_FOR)
        return kept.values_list("answers", flat=True).first() or {}

    @transaction.atomic
    def remember(self, now: datetime, **answers: Any) -> None:
        """Keep these answers beside those given before; values are text, dates or None."""
        forget_abandoned(now)
        kept, _ = DraftAnswers.objects.get_or_create(
            **self._key(), defaults={"answers": {}, "touched_at": now}
        )
        kept = DraftAnswers.objects.select_for_update().get(pk=kept.pk)
        kept.answers |= answers
        kept.touched_at = now
        kept.save()

    @contextmanager
    def finishing(self, now: datetime) -> Iterator[dict[str, Any]]:
        """Give the answers to what acts on them, in one transaction, and forget them: once.

        When the act raises, nothing is done and the answers stay. Of two that finish at the same
        moment one waits, and then, as after going back and sending again, raises
        NothingToFinishError.
        """
        with transaction.atomic():
            kept = (
                DraftAnswers.objects.select_for_update()
                .filter(**self._key(), touched_at__gt=now - KEPT_FOR)
                .first()
            )
            if kept is None:
                raise NothingToFinishError
            kept.delete()
            yield kept.answers

    def _key(self) -> dict[str, Any]:
        return {"user": self.user, "school": self.school, "name": self.name, "about": self.about}


def forget_abandoned(now: datetime) -> int:
    """Delete what nobody touched for `KEPT_FOR`; return how many journeys that were."""
    deleted, _ = DraftAnswers.objects.filter(touched_at__lte=now - KEPT_FOR).delete()
    return deleted
