"""What pages, files and emails say about a person's training: why, who trains them, who to ask.

docs/training-status.md has both of its tables.
"""

from dataclasses import dataclass

from core.periods import in_words
from mentors.people.training import Situation, TrainedBy, Training
from mentors.status.training_status import TrainingStatus, Why

NOT_REPORTED = "Not yet reported by a lead provider"
NO_LEAD_PROVIDER = (
    "None. Your school does not use a DfE-funded training provider, so no provider reports mentor"
    " training."
)
NO_LEAD_PROVIDER_OF_AN_ECT = "None. Your school does not use a DfE-funded training provider."
NOT_CONFIRMED = "Not yet confirmed"
_ASK_TO_CONFIRM = "Ask the lead provider to confirm it."


@dataclass(frozen=True)
class TrainingWords:
    """What is said of a person's training.

    `why` says why a mentor has their status. `rows` say who trains them, each by a name and a
    value. `note` is about the lead provider. `nothing_to_do` tells the school that it need not do
    anything. All but the rows are sentences, or "".
    """

    why: str
    rows: tuple[tuple[str, str], ...]
    note: str
    nothing_to_do: str


def words_of_training(training: Training, status: TrainingStatus | None = None) -> TrainingWords:
    """The words for this training; `status` is a mentor's status of mentor training."""
    if status is None:
        note = _ASK_TO_CONFIRM if training.situation is Situation.WAITING else _stopped(training)
        return TrainingWords("", _rows(training, is_mentor=False), note, "")
    return TrainingWords(
        why=_why(status, training),
        rows=_rows(training, is_mentor=True),
        note=_note(training, status),
        nothing_to_do=_nothing_to_do(training, status),
    )


def _nothing_to_do(training: Training, status: TrainingStatus) -> str:
    """That the school has nothing to do, where the lead provider here is to report; else ""."""
    if not training.here or training.situation is not Situation.TRAINED:
        return ""
    if status.why is Why.TRAINING:
        reports = f"{training.here.lead_provider} will tell us when they have completed it. "
    elif status.why is Why.NOT_REPORTED and status.evidence.started_on:
        reports = ""  # the reason has said it
    else:
        return ""
    return f"{reports}You do not need to do anything."


def _why(status: TrainingStatus, training: Training) -> str:
    evidence, why = status.evidence, status.why
    shows_dates = status.detail is not None
    if why is Why.DECLARED and evidence.completion and evidence.completion.declaration:
        return f"{evidence.completion.declaration.lead_provider} told us they completed it."
    if why is Why.EARLY_ROLL_OUT:
        early = "They completed it in the early roll-out of the programme"
        if training.situation is Situation.EARLY_ROLL_OUT:
            early += ", so no lead provider is shown"
        return f"{early}."
    if why is Why.TAKEN_BACK and evidence.taken_back:
        taken_back = evidence.taken_back
        when = f"On {in_words(taken_back.on)}, " if status.status else ""
        return f"{when}{taken_back.by} took back the completion that was reported."
    if why is Why.RECORDED_NOT_COMPLETED:
        return (
            "Our records show that they started it and did not complete it, and cannot do it again."
        )
    if why is Why.TIME_ENDED and evidence.time_ended_on:
        return f"They had until {evidence.time_ended_on:%B %Y} to complete it. {_ask(training)}"
    if why is Why.TRAINING:
        paired = "This is when they were first assigned an ECT."
        if evidence.time_ends_on and shows_dates:
            return f"{paired} They have until {in_words(evidence.time_ends_on)} to complete it."
        return paired
    if why is Why.NOT_REPORTED:
        return (
            "No lead provider has told us that they have completed it. We will show it here when"
            " one does."
        )
    return ""


def _ask(training: Training) -> str:
    """Who can tell the school if they have completed it in time."""
    if training.here:
        return f"Ask {training.here.lead_provider} if they have."
    if training.situation is Situation.ELSEWHERE:
        return "Ask their lead provider if they have."
    return "Ask them if they have, and with which lead provider."


def _rows(training: Training, *, is_mentor: bool) -> tuple[tuple[str, str], ...]:
    if training.here:
        waits = training.situation in (Situation.WAITING, Situation.OF_YEAR)
        here = _of(training.here, waits=waits and training.here.delivery_partner is None)
        if training.completed_with:
            with_ = training.completed_with
            return (
                ("Completed with", f"{with_.lead_provider} and {with_.delivery_partner}"),
                *here,
            )
        return here
    lead_provider = {
        Situation.EARLY_ROLL_OUT: "",
        Situation.ELSEWHERE: f"They train through {training.elsewhere}.",
        Situation.SCHOOL_LED: NO_LEAD_PROVIDER if is_mentor else NO_LEAD_PROVIDER_OF_AN_ECT,
        Situation.NOT_REPORTED: NOT_REPORTED,
    }[training.situation]
    partner = {Situation.SCHOOL_LED: "None", Situation.NOT_REPORTED: NOT_REPORTED}
    rows = (
        ("Lead provider", lead_provider),
        ("Delivery partner", partner.get(training.situation, "")),
    )
    return tuple(row for row in rows if row[1])


def _of(by: TrainedBy, *, waits: bool) -> tuple[tuple[str, str], ...]:
    provider = f"{by.lead_provider}, who has yet to confirm it" if waits else by.lead_provider
    return (
        ("Lead provider", provider),
        ("Delivery partner", by.delivery_partner or NOT_CONFIRMED),
    )


def _note(training: Training, status: TrainingStatus) -> str:
    """What is to be said of a mentor's lead provider, beneath its name."""
    if training.situation is Situation.COMPLETED_ELSEWHERE:
        return "This is who they completed it with, at another school."
    if training.situation is Situation.ENDED and training.here:
        ended = f"{training.here.lead_provider} does not train them at this school now."
        now = _elsewhere(training)
        if not now and _may_be_reported(training, status):
            now = "If another lead provider trains them, tell us which."
        return f"{ended} {now}".strip()
    if training.situation is Situation.WAITING and status.why is not Why.RECORDED_NOT_COMPLETED:
        return _ASK_TO_CONFIRM
    if training.situation is Situation.NOT_REPORTED and _may_be_reported(training, status):
        return "If a lead provider trains them, tell us which."
    return _stopped(training)


def _stopped(training: Training) -> str:
    """What the lead provider told us, where it no longer trains them or has paused it."""
    if training.here and training.situation is Situation.WITHDRAWN:
        told = "they are no longer training them"
    elif training.here and training.situation is Situation.DEFERRED:
        told = "that this training is paused"
    else:
        return ""
    said = f"{training.here.lead_provider} has told us {told}. Contact them if this is wrong."
    return f"{said} {_elsewhere(training)}".strip()


def _elsewhere(training: Training) -> str:
    return f"They train through {training.elsewhere} now." if training.elsewhere else ""


def _may_be_reported(training: Training, status: TrainingStatus) -> bool:
    """Whether they are here, were paired, and have not completed it as far as the school reads."""
    is_in_training = status.why in (Why.TRAINING, Why.NOT_REPORTED)
    return is_in_training and bool(status.evidence.started_on) and not training.has_left
