"""The teachers that the rows of a file are about."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from schools.models import Teacher

_TRN = re.compile("[0-9]{7}")


def teachers_held_still(
    trns: Iterable[str], participant_ids: Iterable[UUID] = ()
) -> list[tuple[int, UUID, str]]:
    """The id, participant id and TRN of each teacher asked for; what is no TRN asks for nobody.

    Under a lock until the transaction ends: other writers about them wait, and then find what this
    one wrote.
    """
    asked = Q(trn__in=[*filter(_TRN.fullmatch, trns)]) | Q(participant_id__in=[*participant_ids])
    locked = Teacher.objects.select_for_update(no_key=True).filter(asked).order_by("pk")
    return list(locked.values_list("pk", "participant_id", "trn"))
