"""What the service does by itself, and when. A worker runs it; with several, one of them does.

Times are UTC. A run that was missed, as no worker ran, is made up for within a day.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.signing_in import codes
from core.email_queue import find_lost_emails, forget_old_emails
from declarations import counting, cursors, state_moves, tokens
from declarations.shown.partnerships import count_in_training
from declarations.shown.schools import notice_tutors
from mentors.completion_emails import email_completions
from mentors.journeys import drafts

_EVERY_MINUTE, _HOURLY, _NIGHTLY = "* * * * *", "20 * * * *", "40 2 * * *"
# 8:00 in London is 7:00 UTC in summer and 8:00 UTC in winter. The task emails once a day, and never
# before 8:00 in London.
_AT_EIGHT = "0 7,8 * * *"


def _forget_sessions(now: datetime) -> None:
    call_command("clearsessions")


TASKS: dict[str, tuple[str, Callable[[datetime], object]]] = {
    "forget page cursors": (_HOURLY, cursors.forget_old),
    "forget request windows": (_HOURLY, tokens.forget_old_windows),
    "forget abandoned answers": (_HOURLY, drafts.forget_abandoned),
    "go on with moves of states": (_EVERY_MINUTE, state_moves.go_on),
    "forget plans of moves": (_HOURLY, state_moves.forget_plans),
    "count declarations": (_NIGHTLY, counting.count_anew),
    "count who is in training": (_NIGHTLY, count_in_training),
    "notice induction tutors": (_NIGHTLY, notice_tutors),
    "email completions": (_AT_EIGHT, email_completions),
    "forget sessions": (_NIGHTLY, _forget_sessions),
    "forget sign-in codes": (_NIGHTLY, codes.forget_old_codes),
    "forget emails": (_NIGHTLY, forget_old_emails),
}
"""The tasks by name: a cron expression that says when, and the function to call with the moment."""


def _regularly(name: str, cron: str, task: Callable[[datetime], object]) -> None:
    def run(timestamp: int) -> None:
        task(timezone.now())

    app.periodic(cron=cron)(app.task(name=name)(run))


app.periodic(cron=_EVERY_MINUTE)(find_lost_emails)
for name, (cron, task) in TASKS.items():
    _regularly(name, cron, task)
