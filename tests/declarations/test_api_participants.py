"""Participants by API: every value that is shown, filters, and the calls that change them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from declarations.models import RecordedCompletion, TrainingPeriod
from declarations.states import State
from declarations.submission import void
from tests.builders import make_ect, make_mentor, make_teacher, make_training_period, make_waiting
from tests.declarations.client import NOT_FOUND, V3, Provider, asked, errors, ids_of, listed, shown
from tests.declarations.test_withdrawal import (
    ACTIVE,
    BEGUN_TODAY,
    COURSE_MISSING,
    DEFERRED,
    ELSEWHERE,
    GONE,
    NOT_A_DAY,
    OTHER_COURSE,
    OTHER_REASON,
    REASON_MISSING,
    SAME_DAY,
    WITHDRAWN,
)
from tests.declarations.trained import BY, NOW, bring_to, declare, make_trained, provider

pytestmark = pytest.mark.django_db
TODAY, DAY = NOW.date(), timedelta(days=1)
US, THEM = "Ambition Institute", "Teach First"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client():
    return Provider(provider())


def enrolment(client: Provider, training: TrainingPeriod) -> dict:
    """The participant's enrolment; the list and the single call must agree."""
    found = shown(client, f"participants/{training.teacher.participant_id}")
    assert found in listed(client, "participants")
    (one,) = found["attributes"]["ecf_enrolments"]
    return one


def test_everything_that_is_shown(client):
    training = make_trained(2023, delivery_partner="Leeds Hub")
    teacher = training.teacher
    teacher.refresh_from_db()
    found = shown(client, f"participants/{teacher.participant_id}")
    moments = [found["attributes"].pop("updated_at")]
    moments.append(found["attributes"]["ecf_enrolments"][0].pop("created_at"))
    assert all(datetime.fromisoformat(moment).tzinfo for moment in moments)
    assert found == {
        "id": str(teacher.participant_id),
        "type": "participant",
        "attributes": {
            "full_name": "Morgan Mentor",
            "teacher_reference_number": teacher.trn,
            "ecf_enrolments": [
                {
                    "training_record_id": str(teacher.mentor_training_record_id),
                    "email": training.mentor.email,
                    "mentor_id": None,
                    "school_urn": str(training.school.urn),
                    "participant_type": "mentor",
                    "cohort": "2023",
                    "training_status": "active",
                    "participant_status": "active",
                    "eligible_for_funding": None,
                    "pupil_premium_uplift": False,
                    "sparsity_uplift": False,
                    "schedule_identifier": "ecf-standard-september",
                    "delivery_partner_id": str(training.partnership.delivery_partner.public_id),
                    "withdrawal": None,
                    "deferral": None,
                    "working_pattern": None,
                    "induction_end_date": None,
                    "most_recent_induction_period_end_date": None,
                    "overall_induction_start_date": None,
                    "mentor_funding_end_date": None,
                    "mentor_ineligible_for_funding_reason": None,
                    "cohort_changed_after_payments_frozen": False,
                }
            ],
            "participant_id_changes": [],
        },
    }


YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY


@pytest.mark.parametrize(
    ("days", "completed", "status"),
    [
        ((date(2023, 9, 1), None), False, "active"),
        ((TODAY, None), False, "active"),
        ((TOMORROW, None), False, "joining"),
        # The second day is the one after the last: the last is yesterday, today, tomorrow.
        ((date(2023, 9, 1), TODAY), False, "left"),
        ((date(2023, 9, 1), TOMORROW), False, "left"),
        ((date(2023, 9, 1), TOMORROW + DAY), False, "leaving"),
        ((TOMORROW, TOMORROW + DAY), False, "leaving"),
        ((date(2023, 9, 1), date(2025, 11, 4)), True, "active"),
        ((date(2023, 9, 1), date(2025, 11, 3)), True, "left"),
    ],
)
def test_the_participant_status(client, days, completed, status):
    started_on, finished_on = days
    training = make_trained(2023, started_on=started_on, finished_on=finished_on)
    if completed:
        declare(training, "completed")
    assert enrolment(client, training)["participant_status"] == status


@pytest.mark.parametrize("what", ["withdrawn", "deferred"])
@pytest.mark.parametrize(("end", "status"), [(TOMORROW, "left"), (TOMORROW + DAY, "leaving")])
def test_stopped_training_says_why_and_when(client, what, end, status):
    stopped = {f"{what}_at": NOW, f"{what}_reason": "other"}
    training = make_trained(2023, finished_on=end, **stopped)
    found = enrolment(client, training)
    assert (found["training_status"], found["participant_status"]) == (what, status)
    said = {"reason": "other", "date": "2026-03-02T09:30:00Z"}
    wanted = {"withdrawn": (said, None), "deferred": (None, said)}
    assert (found["withdrawal"], found["deferral"]) == wanted[what]


@pytest.mark.parametrize(
    ("first_day", "schedule"),
    [
        (date(2022, 5, 31), "april"),
        (date(2022, 6, 1), "september"),
        (date(2022, 10, 31), "september"),
        (date(2022, 11, 1), "january"),
        (date(2022, 2, 28), "january"),
        (date(2022, 3, 1), "april"),
    ],
)
def test_the_schedule_is_by_the_month_of_the_first_day(client, first_day, schedule):
    training = make_trained(2023, started_on=first_day)
    assert enrolment(client, training)["schedule_identifier"] == f"ecf-standard-{schedule}"


def funding(client: Provider, training: TrainingPeriod) -> tuple:
    found = enrolment(client, training)
    names = ("eligible_for_funding", "mentor_funding_end_date",
             "mentor_ineligible_for_funding_reason")  # fmt: skip
    return tuple(found[name] for name in names)


@pytest.mark.parametrize(
    ("eligible_from", "eligible"),
    [(None, False), (date(2025, 11, 3), True), (date(2025, 11, 4), False)],
)
def test_funding_ends_with_a_completion_and_goes_on_when_it_is_voided(
    client, eligible_from, eligible
):
    teacher = make_teacher(mentor_funding_eligible_from=eligible_from)
    training = make_trained(2023, teacher=teacher)
    made = declare(training, "completed")
    ended = (eligible, "2025-11-03", "completed_declaration_received")
    assert funding(client, training) == ended
    void(training.lead_provider, made.pk, by=BY, now=NOW)
    assert funding(client, training) == (eligible_from and True, None, None)


@pytest.mark.parametrize(
    ("kind", "ended"),
    [
        ("early_roll_out", ("2021-04-19", "completed_during_early_roll_out")),
        ("started_not_completed", ("2026-03-02", "started_not_completed")),
    ],
)
def test_funding_ends_with_what_dfe_recorded(client, kind, ended):
    training = make_trained(2023)
    RecordedCompletion.objects.create(teacher=training.teacher, kind=kind, recorded_at=NOW)
    assert funding(client, training) == (False, *ended)


def test_each_provider_has_its_own_latest_training(client):
    first = make_trained(2022, US, finished_on=date(2024, 9, 1))
    make_trained(2023, THEM, mentor=first.mentor, started_on=date(2024, 9, 1))
    theirs = Provider(provider(THEM))
    assert enrolment(client, first)["cohort"] == "2022"
    assert enrolment(theirs, first)["cohort"] == "2023"
    assert ids_of(client, "participants", filter_cohort="2023") == []
    assert len(ids_of(theirs, "participants", filter_cohort="2023")) == 1
    make_trained(2024, US, teacher=first.teacher, started_on=date(2027, 9, 1))
    assert enrolment(client, first)["cohort"] == "2024"
    assert len(ids_of(client, "participants", filter_cohort="2024,2030,x")) == 1


def test_who_is_registered_first_is_who_started_first(client):
    training = make_trained(2023)
    with time_machine.travel(NOW + DAY, tick=False):
        make_mentor(training.teacher, started_on=date(2020, 1, 1))
    earliest = training.teacher.mentoratschools.order_by("started_on").first()
    assert enrolment(client, training)["created_at"] == (
        earliest.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    )


def test_who_only_waits_or_is_an_ect_is_not_found(client):
    waiting = make_waiting(make_mentor())
    ect = make_training_period(make_ect())
    for training in (waiting, ect):
        assert shown(client, f"participants/{training.teacher.participant_id}") is None


@pytest.mark.parametrize(
    ("status", "found"),
    [("active", "a"), ("deferred", "d"), ("withdrawn", "w"), ("left", ""), ("Active", ""),
     ("active,withdrawn", ""), ("", "adw")],
)  # fmt: skip
def test_the_filter_by_training_status_takes_one_of_its_words(client, status, found):
    ended = {"finished_on": TODAY}
    made = {
        "a": make_trained(2023),
        "d": make_trained(2023, deferred_at=NOW, deferred_reason="other", **ended),
        "w": make_trained(2023, withdrawn_at=NOW, withdrawn_reason="other", **ended),
    }
    ids = ids_of(client, "participants", filter_training_status=status)
    assert set(ids) == {str(made[letter].teacher.participant_id) for letter in found}


def test_nobodys_id_was_changed(client):
    training = make_trained()
    former = {"filter_from_participant_id": training.teacher.participant_id}
    assert ids_of(client, "participants", **former) == []
    assert len(ids_of(client, "participants", filter_from_participant_id=" ")) == 1


def test_what_changed_since(client):
    training = make_trained()
    (one,) = listed(client, "participants")
    since = one["attributes"]["updated_at"]
    assert ids_of(client, "participants", filter_updated_since=since) == [one["id"]]
    later = (datetime.fromisoformat(since) + timedelta(seconds=2)).isoformat()
    assert ids_of(client, "participants", filter_updated_since=later) == []
    assert training.teacher.participant_id


# --- Withdraw, defer and resume ---

OTHER = {"course_identifier": "ecf-mentor", "reason": "other"}


def act(client: Provider, training: TrainingPeriod, what: str, **stop) -> tuple[int, dict]:
    stop = OTHER | stop
    if what == "resume":
        stop.pop("reason")
    return asked(client, "PUT", f"participants/{training.teacher.participant_id}/{what}", **stop)


def stopped(what: str, at: datetime = NOW - 3 * DAY) -> dict:
    ends = {"finished_on": TODAY - 2 * DAY}
    return {f"{what}_at": at, f"{what}_reason": "other"} | ends


TRAINED = {"started_on": date(2023, 9, 1)}
REFUSALS = [
    ("withdraw", TRAINED, {"course_identifier": None}, [COURSE_MISSING]),
    ("defer", TRAINED, {"course_identifier": "x"}, [COURSE_MISSING]),
    ("resume", stopped("deferred"), {"course_identifier": "ecf-induction"}, [OTHER_COURSE]),
    ("withdraw", TRAINED, {"reason": None}, [REASON_MISSING]),
    ("withdraw", TRAINED, {"reason": "bereavement"}, [OTHER_REASON]),
    ("defer", TRAINED, {"reason": "moved-school"}, [OTHER_REASON]),
    ("defer", stopped("deferred"), {}, [DEFERRED]),
    ("withdraw", stopped("withdrawn"), {}, [WITHDRAWN]),
    ("defer", stopped("withdrawn"), {}, [WITHDRAWN]),
    ("withdraw", {"started_on": TOMORROW}, {}, [("participant_id", NOT_A_DAY.format("withdraw"))]),
    ("defer", {"started_on": TOMORROW}, {}, [("participant_id", NOT_A_DAY.format("defer"))]),
    ("withdraw", {"started_on": TODAY}, {}, [BEGUN_TODAY]),
    ("defer", {"started_on": TODAY}, {}, [BEGUN_TODAY]),
    ("resume", TRAINED, {}, [ACTIVE]),
    ("resume", stopped("deferred", NOW) | {"finished_on": TOMORROW}, {}, [SAME_DAY]),
    ("withdraw", stopped("withdrawn"), {"reason": "x"}, [OTHER_REASON, WITHDRAWN]),
    ("defer", {"started_on": TODAY}, {"course_identifier": "", "reason": ""},
     [COURSE_MISSING, REASON_MISSING]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "days", "sent", "problems"), REFUSALS)
def test_every_refusal_is_told_in_the_contracts_words(client, what, days, sent, problems):
    training = make_trained(2023, **days)
    told = {"errors": [{"title": title, "detail": detail} for title, detail in problems]}
    assert act(client, training, what, **sent) == (422, told)


def test_a_mentor_who_trains_elsewhere_or_has_gone_is_not_resumed(client):
    training = make_trained(2023, **stopped("deferred"))
    elsewhere = make_trained(2023, THEM, teacher=training.teacher)
    assert act(client, training, "resume") == (422, errors(*ELSEWHERE))
    elsewhere.delete()
    training.mentor.finished_on = TOMORROW
    training.mentor.save()
    assert act(client, training, "resume") == (422, errors(*GONE))


def test_it_is_answered_with_the_participant_as_it_is_now(client):
    training = make_trained(2023)
    for what, status in (("defer", "deferred"), ("withdraw", "withdrawn")):
        code, answer = act(client, training, what)
        assert code == 200
        assert answer["data"] == shown(client, f"participants/{training.teacher.participant_id}")
        assert answer["data"]["attributes"]["ecf_enrolments"][0]["training_status"] == status
    with time_machine.travel(NOW + DAY, tick=False):
        code, answer = act(client, training, "resume")
    assert code == 200
    (found,) = answer["data"]["attributes"]["ecf_enrolments"]
    assert (found["training_status"], found["participant_status"]) == ("active", "active")
    assert found["withdrawal"] is None


@pytest.mark.parametrize("what", ["withdraw", "defer", "resume"])
def test_anothers_participant_is_not_found(what):
    training = make_trained(2023)
    stranger = Provider(provider(THEM))
    assert act(stranger, training, what) == (404, NOT_FOUND)
    assert stranger.send("PUT", f"{V3}/participants/x/{what}", {"data": {"attributes": OTHER}}) == (
        404,
        NOT_FOUND,
    )


@pytest.mark.parametrize("state", State)
def test_a_completion_counts_in_the_states_that_count(client, state):
    training = make_trained(2023)
    bring_to(declare(training, "completed"), state)
    counts = state in ("submitted", "eligible", "payable", "paid")
    assert (enrolment(client, training)["mentor_funding_end_date"] is not None) == counts
