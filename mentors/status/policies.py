"""The three policies on what schools read about mentor training (docs/training-status.md).

DfE staff record in admin which policy is in force from which day.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from core.compiled_queries import DAY, CompiledQuery
from mentors.models import StatusPolicy
from mentors.models.status_policy import PolicyKind


@dataclass(frozen=True)
class Policy:
    """A policy, by what it makes the pages show.

    `shows_every_status`: pages show every status, with a date or term beneath it. If False, they
    show only "Training completed", with nothing beneath it.
    `shows_previously_mentored`: a mentor's page lists the ECTs they mentored at this school who
    have completed induction.
    `months_to_complete`: how many months after the first pairing the training must be completed;
    None means no time limit.
    """

    kind: PolicyKind
    shows_every_status: bool = True
    shows_previously_mentored: bool = True
    months_to_complete: int | None = None

    def last_day_to_complete(self, started_on: date) -> date | None:
        """The last day, included, to complete for a mentor first paired on `started_on`.

        It is the same day of the month, `months_to_complete` months later; where that month is too
        short, its last day. English law counts months like this (Dodds v Walker [1981] 1 WLR 1027).
        None without a time limit.
        """
        if self.months_to_complete is None:
            return None
        years, month = divmod(started_on.month - 1 + self.months_to_complete, 12)
        year, month = started_on.year + years, month + 1
        return date(year, month, min(started_on.day, monthrange(year, month)[1]))


COMPLETED_ONLY = Policy(
    StatusPolicy.Policy.COMPLETED_ONLY, shows_every_status=False, shows_previously_mentored=False
)
THREE_STATUSES = Policy(StatusPolicy.Policy.THREE_STATUSES)


def with_time_limit(months: int) -> Policy:
    """The policy with a time limit: `months` (1 or more) from the first pairing."""
    return Policy(StatusPolicy.Policy.TIME_LIMIT, months_to_complete=months)


def policy_of(kind: str, months: int | None) -> Policy:
    """The policy of this kind, a value of StatusPolicy.Policy.

    `months` is the time limit; None for the two policies without one, as in the database.
    """
    if months is not None:
        return with_time_limit(months)
    without_limit = {policy.kind: policy for policy in (COMPLETED_ONLY, THREE_STATUSES)}
    return without_limit[StatusPolicy.Policy(kind)]


_IN_FORCE = CompiledQuery(
    lambda: (
        StatusPolicy.objects.filter(in_force_from__lte=DAY)
        .order_by("-in_force_from")
        .values_list("policy", "months")[:1]
    )
)


def policy_in_force(day: date) -> Policy:
    """The policy of the latest record that is dated this day or earlier, in one query.

    "Completed only" when there is no such record.
    """
    record = _IN_FORCE.first(day=day)
    return policy_of(*record) if record else COMPLETED_ONLY
