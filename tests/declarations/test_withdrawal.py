"""A provider withdraws, defers and resumes a mentor: every refusal, and what follows."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from declarations.claims import RefusedCall
from declarations.models import TrainingPeriod
from declarations.withdrawal import Stop, defer, resume, withdraw
from schools.models import Teacher
from tests.builders import make_ect, make_mentor, make_training_period, make_waiting
from tests.declarations.trained import BY, declare, make_trained, provider

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY, TOMORROW, NEXT_DAY = date(2026, 3, 2), date(2026, 3, 3), timedelta(days=1)
MISSING = (None, "", {}, {"a": 1}, [], ["x"])
WITHDRAWALS = (
    "left-teaching-profession",
    "moved-school",
    "mentor-no-longer-being-mentor",
    "switched-to-school-led",
    "changed-lead-provider",
    "other",
)
DEFERRALS = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")
NOT_RECOGNISED = (
    "The entered '#/{}' is not recognised for the given participant. Check details and try again."
)
COURSE_MISSING = ("course_identifier", "Enter a '#/course_identifier'.")
OTHER_COURSE = ("course_identifier", NOT_RECOGNISED.format("course_identifier"))
REASON_MISSING = ("reason", "Enter a '#/reason'.")
OTHER_REASON = ("reason", NOT_RECOGNISED.format("reason"))
DEFERRED = ("participant_id", "The '#/participant_id' is already deferred.")
WITHDRAWN = ("participant_id", "The '#/participant_id' is already withdrawn.")
ACTIVE = ("participant_id", "The '#/participant_id' is already active.")
NOT_A_DAY = (
    "You cannot {} #/participant_id. This is because they have not been training with you for at "
    "least one day."
)
BEGUN_TODAY = (
    "participant_id",
    "You cannot defer or withdraw this participant today. You need to try again tomorrow as the "
    "training was recently changed for this participant.",
)
ELSEWHERE = (
    "participant_id",
    "This participant cannot be resumed because they are already active with another provider.",
)
SAME_DAY = (
    "participant_id",
    "You cannot resume a participant on the same day they were withdrawn or deferred. Resume them "
    "tomorrow or later.",
)
GONE = (
    "participant_id",
    "The participant is no longer at the school. Please contact the induction tutor to resolve.",
)
US = "Ambition Institute"


def act(call, training: TrainingPeriod, now: datetime = NOW, **stop) -> TrainingPeriod:
    stop = {"course_identifier": "ecf-mentor", "reason": "other"} | stop
    participant_id = training.teacher.participant_id
    return call(training.lead_provider, participant_id, Stop(**stop), by=BY, now=now)


def refused(call, training: TrainingPeriod, now: datetime = NOW, **stop) -> list[tuple[str, str]]:
    before = list(TrainingPeriod.objects.values())
    with pytest.raises(RefusedCall) as refusal:
        act(call, training, now, **stop)
    assert list(TrainingPeriod.objects.values()) == before
    return [tuple(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize("call", [withdraw, defer, resume])
def test_the_course_is_that_of_mentors(call):
    training = make_trained()
    for value in (*MISSING, "ecf", 1, "ECF-MENTOR"):
        assert refused(call, training, course_identifier=value) == [COURSE_MISSING]
    assert refused(call, training, course_identifier="ecf-induction") == [OTHER_COURSE]


@pytest.mark.parametrize(("call", "reasons"), [(withdraw, WITHDRAWALS), (defer, DEFERRALS)])
def test_a_reason_is_of_the_list(call, reasons):
    for value in MISSING:
        assert refused(call, make_trained(), reason=value) == [REASON_MISSING]
    of_the_other_list = {*WITHDRAWALS, *DEFERRALS} - {*reasons}
    for value in ("Other", "because", 1, True, *of_the_other_list):
        assert refused(call, make_trained(), reason=value) == [OTHER_REASON]
    for value in reasons:
        period = act(call, make_trained(), reason=value)
        assert value in (period.withdrawn_reason, period.deferred_reason)


def test_several_faults_are_told_at_once_at_most_one_of_each_attribute():
    training = make_trained(started_on=TOMORROW)
    assert refused(withdraw, training, course_identifier=None, reason=None) == [
        COURSE_MISSING,
        REASON_MISSING,
    ]
    assert refused(defer, training, reason="x") == [
        OTHER_REASON,
        ("participant_id", NOT_A_DAY.format("defer")),
    ]


@pytest.mark.parametrize("call", [withdraw, defer, resume])
def test_a_mentor_whom_the_provider_never_trained_is_not_found(call):
    training = make_trained()
    stranger = make_trained(2023, "Teach First")
    waits = make_waiting(make_mentor(), US)
    ect = make_training_period(make_ect())
    ids = [each.teacher.participant_id for each in (stranger, waits, ect)]
    stop = Stop("ecf-mentor", "other")
    for participant_id in (uuid4(), *ids):
        with pytest.raises(Teacher.DoesNotExist):
            call(training.lead_provider, participant_id, stop, by=BY, now=NOW)


@pytest.mark.parametrize(("call", "word"), [(withdraw, "withdraw"), (defer, "defer")])
def test_training_that_has_lasted_no_day_is_not_stopped(call, word):
    not_yet = ("participant_id", NOT_A_DAY.format(word))
    assert refused(call, make_trained(started_on=TOMORROW)) == [not_yet]
    assert refused(call, make_trained(started_on=TODAY)) == [BEGUN_TODAY]
    assert act(call, make_trained(started_on=TODAY - NEXT_DAY)).last_day == TODAY


def test_a_repeat_is_refused():
    training = make_trained()
    act(defer, training)
    assert refused(defer, training) == [DEFERRED]
    act(withdraw, training)
    assert refused(withdraw, training) == [WITHDRAWN]
    assert refused(defer, training) == [WITHDRAWN]


@pytest.mark.parametrize("call", [withdraw, defer])
@pytest.mark.parametrize(
    ("finished_on", "last_day"),
    [(None, TODAY), (date(2026, 9, 1), TODAY), (date(2025, 9, 1), date(2025, 8, 31))],
)
def test_it_ends_today_or_as_it_did(call, finished_on, last_day):
    period = act(call, make_trained(finished_on=finished_on))
    assert period.last_day == last_day
    assert NOW in (period.withdrawn_at, period.deferred_at)


@pytest.mark.parametrize("call", [withdraw, defer])
@pytest.mark.parametrize(
    ("finished_on", "reason"), [(date(2026, 9, 1), ""), (date(2025, 9, 1), "left_school")]
)
def test_it_keeps_why_it_ended_unless_the_provider_ends_it_earlier(call, finished_on, reason):
    period = act(call, make_trained(finished_on=finished_on, end_reason="left_school"))
    assert period.end_reason == reason


def test_withdrawing_clears_a_deferral():
    training = make_trained()
    act(defer, training, reason="career-break")
    later = NOW + timedelta(days=9)
    period = act(withdraw, training, later, reason="moved-school")
    assert (period.deferred_at, period.deferred_reason) == (None, "")
    assert (period.withdrawn_at, period.withdrawn_reason) == (later, "moved-school")
    assert period.last_day == TODAY


def test_a_mentor_who_completed_can_be_withdrawn_and_keeps_the_end():
    training = make_trained()
    declare(training, "completed")
    training.refresh_from_db()
    period = act(withdraw, training)
    assert (period.end_reason, period.finished_on) == ("completed", training.finished_on)


def test_only_the_latest_training_with_the_provider_is_stopped():
    first = make_trained(started_on=date(2022, 9, 1), finished_on=date(2023, 9, 1))
    second = make_trained(mentor=first.mentor, started_on=date(2023, 9, 1))
    assert act(withdraw, first) == second


# --- Resuming ---


def stopped(call=defer, **fields) -> TrainingPeriod:
    """Training that the provider stopped a month ago."""
    return act(call, make_trained(**fields), NOW - timedelta(days=30))


@pytest.mark.parametrize("call", [withdraw, defer])
def test_resuming_begins_a_new_period_and_leaves_the_old_one(call):
    old = stopped(call)
    leaves = date(2027, 9, 1)
    type(old.mentor).objects.filter(pk=old.mentor_id).update(finished_on=leaves)
    new = act(resume, old)
    assert (new.started_on, new.finished_on, new.end_reason) == (TODAY, leaves, "left_school")
    assert (new.partnership, new.mentor, new.cohort) == (old.partnership, old.mentor, old.cohort)
    assert (new.withdrawn_at, new.deferred_at) == (None, None)
    before = TrainingPeriod.objects.get(pk=old.pk)
    assert before.withdrawn_at or before.deferred_at
    assert refused(resume, old) == [ACTIVE]


def test_what_goes_on_is_not_resumed():
    assert refused(resume, make_trained()) == [ACTIVE]
    ended = make_trained(finished_on=date(2025, 9, 1))
    assert refused(resume, ended) == [ACTIVE]


def test_another_training_is_in_the_way_at_this_school_or_elsewhere():
    here, elsewhere, to_come, waits, over = (stopped() for _ in range(5))
    make_trained(2023, "Teach First", mentor=here.mentor, started_on=TODAY)
    make_trained(2023, "Teach First", mentor=make_mentor(elsewhere.teacher))
    make_trained(2023, "Teach First", mentor=to_come.mentor, started_on=date(2026, 9, 1))
    make_waiting(waits.mentor, "Teach First", started_on=TODAY)
    make_trained(2023, "Teach First", mentor=make_mentor(over.teacher), finished_on=TODAY)
    for each in (here, elsewhere, to_come, waits):
        assert refused(resume, each) == [ELSEWHERE]
    assert act(resume, over)


def test_not_on_the_last_day_of_the_training():
    training = make_trained()
    act(defer, training)
    assert refused(resume, training) == [SAME_DAY]
    assert act(resume, training, NOW + NEXT_DAY)


@pytest.mark.parametrize(
    ("leaves", "is_gone"),
    [(date(2026, 2, 15), True), (TODAY, True), (TOMORROW, True), (TOMORROW + NEXT_DAY, False)],
)
def test_not_when_they_are_gone_or_today_is_the_last_day(leaves, is_gone):
    training = stopped(withdraw)
    type(training.mentor).objects.filter(pk=training.mentor_id).update(finished_on=leaves)
    if is_gone:
        assert refused(resume, training) == [GONE]
    else:
        assert act(resume, training).last_day == leaves - NEXT_DAY


def test_withdrawn_may_be_declared_for_until_then_and_deferred_for_longer():
    withdrawn, deferred = stopped(withdraw), stopped(defer)
    assert declare(deferred, "completed", declaration_date="2026-03-01T10:00:00Z")
    assert declare(withdrawn, "completed", declaration_date="2025-12-01T10:00:00Z")
    assert provider(US) == withdrawn.lead_provider
