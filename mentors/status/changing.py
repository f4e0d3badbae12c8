"""Rules for changing which policy is in force: what has been in force stays on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.periods import in_words
from core.refusals import RefusedChange
from mentors.models import StatusPolicy
from mentors.status.policies import COMPLETED_ONLY, Policy, policy_of


@dataclass(frozen=True)
class Effect:
    """A day from which, because of the change, `after` holds instead of `before`."""

    day: date
    before: Policy
    after: Policy


def has_been_in_force(record: StatusPolicy, day: date) -> bool:
    """Whether a record holds on this day, which is today, or has held: then it stays as it is."""
    return record.in_force_from <= day


def check_first_day(first_day: date, day: date) -> None:
    """Raise RefusedChange for the first day of a policy that is past; `day` is today."""
    if first_day < day:
        raise RefusedChange(
            f"In force from must be on or after {in_words(day)}: what schools have read is not"
            " rewritten"
        )


def effects(removed: StatusPolicy | None, added: StatusPolicy | None) -> list[Effect]:
    """What changes when a record is deleted, added or changed.

    A changed record is both: `removed` is found by its id, and `added` has the new values. Each
    policy holds until the next record.
    """
    records = list(StatusPolicy.objects.all())
    now = [_dated(record) for record in records]
    then = [_dated(record) for record in records if removed is None or record.pk != removed.pk]
    then += [_dated(added)] if added else []
    days = {day for day, _ in {*now} ^ {*then}}
    return [
        Effect(day, _on(now, day), _on(then, day))
        for day in sorted(days)
        if _on(now, day) != _on(then, day)
    ]


def _dated(record: StatusPolicy) -> tuple[date, Policy]:
    return record.in_force_from, policy_of(record.policy, record.months)


def _on(records: Iterable[tuple[date, Policy]], day: date) -> Policy:
    held = [record for record in records if record[0] <= day]
    return max(held, key=lambda record: record[0])[1] if held else COMPLETED_ONLY
