"""What the records say is what schools read: the status follows each action at once."""

import pytest

from declarations.models import Declaration, DeclarationStateChange, RecordedCompletion
from declarations.states import COUNTING_STATES, State
from declarations.transitions import change_state
from mentors.status.facts import training_facts
from mentors.status.policies import COMPLETED_ONLY, THREE_STATUSES, Policy
from mentors.status.training_status import training_status
from schools.models import MentorAtSchool, Teacher
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_training_period,
)
from tests.mentors.declaring import NOW, declare
from tests.mentors.training_facts import EARLY_ROLL_OUT, STARTED_NOT_COMPLETED, on

pytestmark = pytest.mark.django_db

AUTUMN_2022 = ("Training", "Started Autumn term 2022")
COMPLETED = ("Training completed", "Completed 30 July 2023")
NOT_YET = ("Not yet started", "Training can begin once they are assigned an ECT to mentor")


def read(
    teacher: Teacher, day: str = "1 September 2023", policy: Policy = THREE_STATUSES
) -> tuple[str, str | None] | None:
    """The tag and the sentence beneath it that schools read; None without a Status row."""
    answer = training_status(training_facts(teacher.pk), policy, on(day))
    return (answer.status.text, answer.detail) if answer.status else None


@pytest.fixture
def mentor() -> MentorAtSchool:
    """Trained by Ambition Institute; paired since 1 September 2022."""
    mentor = make_mentor()
    make_training_period(mentor)
    make_mentorship(mentor, make_ect(school=mentor.school), started_on=on("1 September 2022"))
    return mentor


@pytest.mark.parametrize("state", State)
def test_a_final_declaration_counts_state_by_state(mentor: MentorAtSchool, state: State):
    declare(mentor.teacher, state=state)

    counts = state in COUNTING_STATES
    assert read(mentor.teacher) == (COMPLETED if counts else AUTUMN_2022)
    assert read(mentor.teacher, policy=COMPLETED_ONLY) == (
        ("Training completed", None) if counts else None
    )


@pytest.mark.parametrize("type_", ["started", "retained-1", "retained-4"])
def test_other_types_never_complete(mentor: MentorAtSchool, type_: str):
    declare(mentor.teacher, type_=type_, state=State.PAID)

    assert read(mentor.teacher) == AUTUMN_2022


def test_voiding_and_declaring_again_changes_the_answer_at_once(mentor: MentorAtSchool):
    first = declare(mentor.teacher, "2023-06-01T12:00:00Z")
    assert read(mentor.teacher) == ("Training completed", "Completed 1 June 2023")

    change_state(first, State.VOIDED, by="token 1", why="Sent by mistake", now=NOW)
    assert read(mentor.teacher) == AUTUMN_2022

    declare(mentor.teacher)
    assert read(mentor.teacher) == COMPLETED


def test_a_clawback_changes_the_answer_at_once(mentor: MentorAtSchool):
    declaration = declare(mentor.teacher, state=State.PAID)
    assert read(mentor.teacher) == COMPLETED

    change_state(declaration, State.AWAITING_CLAWBACK, by="user 1", why="Paid in error", now=NOW)

    assert read(mentor.teacher) == AUTUMN_2022


def test_a_provider_that_no_longer_trains_them_has_completed_them():
    mentor = make_mentor()
    before, now = (
        make_partnership(mentor.school, lead_provider=name)
        for name in ("Teach First", "Ambition Institute")
    )
    make_training_period(mentor, before, finished_on=on("1 August 2023"))
    make_training_period(mentor, now, started_on=on("1 August 2023"))
    declare(mentor.teacher, by="Teach First")

    assert read(mentor.teacher) == COMPLETED


def test_completion_at_another_school_before_they_joined_this_one():
    elsewhere = make_mentor(finished_on=on("1 August 2023"))
    make_training_period(elsewhere, finished_on=on("1 August 2023"))
    declare(elsewhere.teacher)
    here = make_mentor(elsewhere.teacher, started_on=on("1 September 2023"))
    make_mentorship(here, make_ect(school=here.school))

    assert read(here.teacher) == COMPLETED


def test_half_past_eleven_utc_on_a_summer_evening_is_the_next_day(mentor: MentorAtSchool):
    declare(mentor.teacher, "2023-07-29T23:30:00Z")

    assert read(mentor.teacher, "29 July 2023") == AUTUMN_2022
    assert read(mentor.teacher, "30 July 2023") == COMPLETED


def test_their_own_training_as_an_ect_is_not_mentor_training():
    # The API takes declarations about mentors only; rows of other origin must not mislead.
    ect = make_ect(finished_on=on("1 August 2023"))
    training = make_training_period(ect, finished_on=on("1 August 2023"))
    declaration = Declaration.objects.create(
        training_period=training,
        delivery_partner=training.partnership.delivery_partner,
        declaration_type=Declaration.Type.COMPLETED,
        declaration_date=NOW.replace(year=2023),
    )
    DeclarationStateChange.objects.create(
        declaration=declaration, to_state=declaration.state, by="user 1", why="Carried over"
    )
    make_mentor(ect.teacher, ect.school, started_on=on("1 September 2023"))

    assert read(ect.teacher) == NOT_YET


def test_a_pairing_that_is_deleted_was_never_one(mentor: MentorAtSchool):
    mentor.mentorships.get().delete()

    assert read(mentor.teacher) == NOT_YET


def test_a_pairing_of_one_day_is_one():
    mentor = make_mentor()
    make_mentorship(
        mentor,
        make_ect(school=mentor.school),
        started_on=on("10 October 2022"),
        finished_on=on("11 October 2022"),
    )

    assert read(mentor.teacher) == AUTUMN_2022


def test_a_pairing_in_the_future_is_not_yet_one(mentor: MentorAtSchool):
    assert read(mentor.teacher, "31 August 2022") == NOT_YET
    assert read(mentor.teacher, "1 September 2022") == AUTUMN_2022


@pytest.mark.parametrize(
    ("kind", "three_statuses", "completed_only"),
    [
        (
            EARLY_ROLL_OUT,
            ("Training completed", "Completed 19 April 2021"),
            ("Training completed", None),
        ),
        (STARTED_NOT_COMPLETED, ("Training not completed", None), None),
    ],
)
def test_what_dfe_recorded(
    mentor: MentorAtSchool,
    kind: RecordedCompletion.Kind,
    three_statuses: tuple[str, str | None],
    completed_only: tuple[str, None] | None,
):
    RecordedCompletion.objects.create(teacher=mentor.teacher, kind=kind)

    assert read(mentor.teacher) == three_statuses
    assert read(mentor.teacher, policy=COMPLETED_ONLY) == completed_only


def test_started_not_completed_gives_way_to_a_final_declaration_that_counts(
    mentor: MentorAtSchool,
):
    RecordedCompletion.objects.create(teacher=mentor.teacher, kind=STARTED_NOT_COMPLETED)
    declaration = declare(mentor.teacher)
    assert read(mentor.teacher) == COMPLETED

    change_state(declaration, State.VOIDED, by="token 1", why="Sent by mistake", now=NOW)

    assert read(mentor.teacher) == ("Training not completed", None)
