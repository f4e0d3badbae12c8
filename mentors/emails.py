"""The email that induction tutors get about mentor training."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.email_queue import Email, make_email


@dataclass(frozen=True)
class MentorNews:
    """What became of a mentor's training: `has_completed`, or a completion was taken back.

    `why` is what the mentor's page says of it, and `page` the address of that page.
    """

    mentor: str
    has_completed: bool
    why: str
    page: str


def mentor_training_news(
    school: str, news: Sequence[MentorNews], what_it_is: str, switch: str
) -> Email:
    """The email to an induction tutor on the mentors of a school; `switch` is where to stop it."""
    return make_email(
        "mentor training",
        f"Mentor training at {school}: what has changed",
        f"This has changed for mentors at {school}.",
        *(f"{_said(each)}\n{each.page}" for each in news),
        what_it_is,
        f"To stop these emails, go to:\n{switch}",
    )


def _said(news: MentorNews) -> str:
    if news.has_completed:
        return f"{news.mentor} has completed mentor training. {news.why}"
    return f"{news.mentor} is not shown as having completed mentor training any more. {news.why}"
