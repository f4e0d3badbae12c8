"""Induction: that it is completed ends the mentorship (DESIGN.md, "The domain")."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from mentors.models import Mentorship
from mentors.pairing.planning import end_of
from schools.models import ECTAtSchool


class Followed(NamedTuple):
    """The mentorships that end on another day than before, and those that never begin."""

    moved: tuple[Mentorship, ...]
    deleted: tuple[Mentorship, ...]


@transaction.atomic
def record_induction_end(ect: ECTAtSchool, before: date | None) -> Followed:
    """Save an ECT whose end of induction was recorded, corrected or taken back.

    `before` is the end on record until now: the first day after induction, or None. Whoever mentors
    the ECT stops with induction, and what would begin later is deleted. A mentorship that ended
    with `before` goes on, or stops earlier, as is known now.
    """
    # Saved first: that locks the ECT's row, so that pairing waits, as two pairings do.
    ect.save()
    end = ect.induction_finished_on
    stops = Q(end_reason=Mentorship.EndReason.INDUCTION_COMPLETED, finished_on=before)
    if end:
        stops |= Q(finished_on__isnull=True) | Q(finished_on__gt=end)
    pairings = ect.mentorships.filter(stops).select_related("mentor__teacher", "ect__teacher")
    followed = Followed(
        moved=tuple(p for p in pairings if end is None or p.started_on < end),
        deleted=tuple(p for p in pairings if end and p.started_on >= end),
    )
    for pairing in followed.deleted:
        pairing.delete()
    for pairing in followed.moved:
        known = end_of(pairing.mentor, ect)
        pairing.finished_on, pairing.end_reason = known.finished_on, known.reason
        pairing.save()
    return followed
