"""Every kind of fact about a mentor, every way they are trained, and what a school reads."""

from mentors.people.training_words import words_of_training
from mentors.status.policies import COMPLETED_ONLY, THREE_STATUSES, with_time_limit
from mentors.status.training_status import training_status
from tests.mentors.status_document import known
from tests.mentors.training_facts import on
from tests.mentors.words_document import training_told

DAY = on("1 September 2025")
POLICIES = {
    "Completed only": COMPLETED_ONLY,
    "Three statuses": THREE_STATUSES,
    "With a time limit": with_time_limit(36),
}
# In the words of docs/training-status.md.
FACTS = {
    "Completed, declared by the provider that trained them here": (
        "paired from 1 September 2022; completed for 30 July 2023, paid, by UCL"
    ),
    "Completed, declared by another provider": (
        "paired from 1 September 2022; completed for 30 July 2023, paid, by Teach First"
    ),
    "Completed in the early roll-out": "recorded early roll-out; paired from 1 September 2022",
    "A completion was taken back": (
        "paired from 1 September 2023; completed for 30 July 2025, voided, taken back on"
        " 1 August 2025 by UCL"
    ),
    "Recorded as not completed": "recorded started, not completed; paired from 1 September 2020",
    "The time has ended": "paired from 15 July 2022",
    "In training": "paired from 1 September 2024",
    "Never paired": "nothing",
}
WHO = (
    "trained by UCL",
    "waiting for UCL",
    "withdrawn by UCL",
    "deferred by UCL",
    "no longer trained by UCL",
    "trained at St Bede by UCL",
    "school-led",
    "not reported",
)


def reads(facts: str, who: str, policy: object) -> str:
    """All that the section says of these facts under this policy: the status, why, and who."""
    status = training_status(known(facts), policy, DAY)
    training = training_told(who, DAY, status)
    words = words_of_training(training, status)
    asked = training.to_ask.lead_provider if training.to_ask else "us"
    said = [
        f"**{status.status.text}**" if status.status else "",
        status.detail or "",
        words.why,
        "; ".join(f"{name}: {value}" for name, value in words.rows),
        words.note,
        words.nothing_to_do,
        f"Wrong? Ask {asked}.",
    ]
    return " · ".join(filter(None, said))
