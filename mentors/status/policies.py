"""The three policies on what schools read about mentor training (docs/training-status.md).

Each is a value. Which of them is in force on a day is a dated record that DfE staff keep in admin.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from mentors.models import StatusPolicy


@dataclass(frozen=True)
class Policy:
    """What schools read about mentor training, as a value.

    `shows_every_status`: every status is shown, with the date or term beneath it; otherwise only
    "Training completed" is, with nothing beneath it.
    `shows_previously_mentored`: a mentor's page lists the ECTs mentored there before who have
    completed induction.
    `months_to_complete`: the time limit, from the first pairing; None without one.
    """

    kind: StatusPolicy.Policy
    shows_every_status: bool = True
    shows_previously_mentored: bool = True
    months_to_complete: int | None = None

    def last_day_to_complete(self, started_on: date) -> date | None:
        """The last day, included, on which somebody first paired on `started_on` is in time.

        It is the corresponding day so many months later, or the last day of a shorter month: how
        English law counts months (Dodds v Walker [1981] 1 WLR 1027). None without a time limit.
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
    """The policy with a time limit of so many months (1 or more) from the first pairing."""
    return Policy(StatusPolicy.Policy.TIME_LIMIT, months_to_complete=months)


def policy_of(kind: str, months: int | None) -> Policy:
    """The policy of this kind (a value of StatusPolicy.Policy).

    `months` goes with a time limit alone and is None for the others, as the database holds it.
    """
    if kind == StatusPolicy.Policy.TIME_LIMIT:
        return with_time_limit(months)
    return {policy.kind: policy for policy in (COMPLETED_ONLY, THREE_STATUSES)}[kind]


def policy_in_force(day: date) -> Policy:
    """The policy of the latest record dated on or before this day; "completed only" without one.

    One query.
    """
    records = StatusPolicy.objects.filter(in_force_from__lte=day).order_by("-in_force_from")
    record = records.first()
    return policy_of(record.policy, record.months) if record else COMPLETED_ONLY
