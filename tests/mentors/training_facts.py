"""Facts about a mentor's training in few words, for tests that need no database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import count
from uuid import UUID

from hypothesis import strategies as st

from declarations.completion import DeclarationFact
from declarations.models import Declaration, RecordedCompletion
from declarations.states import COUNTING_STATES, State
from mentors.status.policies import COMPLETED_ONLY, THREE_STATUSES, with_time_limit
from mentors.status.training_status import MentorshipFact, TrainingFacts

COMPLETED = Declaration.Type.COMPLETED
EARLY_ROLL_OUT = RecordedCompletion.Kind.EARLY_ROLL_OUT
STARTED_NOT_COMPLETED = RecordedCompletion.Kind.STARTED_NOT_COMPLETED
NOT_COUNTING_STATES = tuple(state for state in State if state not in COUNTING_STATES)

_numbers = count(1)


def on(day: str) -> date:
    """The day of "30 July 2023"."""
    return datetime.strptime(day, "%d %B %Y").replace(tzinfo=UTC).date()


def paired(first_day: str, finished_on: str | None = None) -> MentorshipFact:
    return MentorshipFact(on(first_day), on(finished_on) if finished_on else None)


def declared(
    day: str,
    *,
    at: str = "12:00",
    type_: Declaration.Type = COMPLETED,
    state: State = State.PAID,
    by: str = "Ambition Institute",
) -> DeclarationFact:
    """A declaration for that day and time, in UTC."""
    return DeclarationFact(
        declaration_id=UUID(int=next(_numbers)),
        declaration_type=type_,
        declared_at=datetime.combine(on(day), time.fromisoformat(at), UTC),
        state=state,
        lead_provider=by,
        delivery_partner="Selby Teaching School Hub",
    )


def facts(
    *known: DeclarationFact | MentorshipFact | RecordedCompletion.Kind,
) -> TrainingFacts:
    """All that is known of a mentor, in any order."""
    return TrainingFacts(
        declarations=tuple(fact for fact in known if isinstance(fact, DeclarationFact)),
        mentorships=tuple(fact for fact in known if isinstance(fact, MentorshipFact)),
        recorded=frozenset(fact for fact in known if isinstance(fact, RecordedCompletion.Kind)),
    )


# --- For Hypothesis: a few years around the day asked about, so that before and after are met ---
days = st.dates(date(2020, 9, 1), date(2027, 8, 31))
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))
policies = st.one_of(
    st.just(COMPLETED_ONLY),
    st.just(THREE_STATUSES),
    st.integers(1, 60).map(with_time_limit),
)


def declarations(
    types: Sequence[Declaration.Type] = tuple(Declaration.Type),
    states: Sequence[State] = tuple(State),
) -> st.SearchStrategy[DeclarationFact]:
    return st.builds(
        DeclarationFact,
        declaration_id=st.uuids(),
        declaration_type=st.sampled_from(types),
        declared_at=moments,
        state=st.sampled_from(states),
        lead_provider=st.sampled_from(["Ambition Institute", "Teach First"]),
        delivery_partner=st.just("Selby Teaching School Hub"),
    )


final_declarations = declarations([COMPLETED], COUNTING_STATES)
kinds = st.frozensets(st.sampled_from(RecordedCompletion.Kind))
mentorships = st.builds(MentorshipFact, days, st.none() | days)
training_facts = st.builds(
    TrainingFacts,
    declarations=st.lists(declarations(), max_size=5).map(tuple),
    mentorships=st.lists(mentorships, max_size=3).map(tuple),
    recorded=kinds,
)
