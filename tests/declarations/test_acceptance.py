"""What is accepted, how its values are read, and what is an exact repeat; on facts alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from declarations.claims import Claim, RefusedDeclaration
from declarations.facts import TeacherFacts
from declarations.judgement import Accepted, Repeat, judge
from tests.declarations.judged import (
    FIRST,
    GOOD,
    MISSING,
    MOMENT,
    NOW,
    ODD,
    OTHERS,
    US,
    WITHDRAWN,
    declared,
    facts,
    training,
)


def accepted(claim: Claim, found: TeacherFacts) -> Accepted:
    verdict = judge(US, claim, found, NOW)
    assert isinstance(verdict, Accepted)
    return verdict


@pytest.mark.parametrize(
    ("year", "declaration_type", "evidence", "kept"),
    [
        *((2024, "started", value, "")
          for value in (*MISSING, *ODD, "other", "75-percent-engagement-met")),
        *((2024, kind, value, value)
          for kind in ("retained-1", "retained-4", "completed")
          for value in ("training-event-attended", "self-study-material-completed", "other")),
        *((2025, "started", value, value)
          for value in ("training-event-attended", "self-study-material-completed",
                        "materials-engaged-with-offline", "other")),
        *((2025, "completed", value, value)
          for value in ("75-percent-engagement-met",
                        "75-percent-engagement-met-reduced-induction")),
    ],
)  # fmt: skip
def test_evidence_is_dropped_or_kept(year, declaration_type, evidence, kept):
    claim = replace(GOOD, declaration_type=declaration_type, evidence_held=evidence)
    assert accepted(claim, facts(training(year))).evidence_held == kept


@pytest.mark.parametrize(
    ("sent", "moment"),
    [
        ("2025-11-03T10:00:00Z", MOMENT),
        ("2025-11-03t10:00:00z", MOMENT),
        ("2025-11-03T10:00:00", MOMENT),
        ("2025-07-03T10:00:00", datetime(2025, 7, 3, 9, tzinfo=UTC)),
        ("2025-11-03T11:00:00+01", MOMENT),
        ("2025-11-03T11:00:00+0100", MOMENT),
        ("2025-11-03T11:00:00+01:00", MOMENT),
        ("2025-11-03T04:30:00-05:30", MOMENT),
        ("2025-11-03T10:00:00,5Z", MOMENT.replace(microsecond=500_000)),
        ("2025-11-03T10:00:00.25Z", MOMENT.replace(microsecond=250_000)),
        ("2025-11-03T10:00:00.123456789Z", MOMENT.replace(microsecond=123_456)),
        ("2026-03-02T09:30:00Z", NOW),
        # The first moment of the cohort of 2025, in London.
        ("2025-06-01T00:00:00", datetime(2025, 5, 31, 23, tzinfo=UTC)),
    ],
)
def test_a_date_time_may_come_in_these_forms(sent, moment):
    assert accepted(replace(GOOD, declaration_date=sent), facts()).declaration_date == moment


@pytest.mark.parametrize(
    "found",
    [
        # Equal moments pass, whatever the type, and `completed` needs no `started`.
        facts(declared=(declared("started"),)),
        facts(declared=(declared("started"), declared("retained-1", MOMENT, OTHERS))),
        facts(),
        # Before 2025 nothing is asked of the order.
        facts(training(2025), declared=(declared("extended-1", NOW),)),
        # The latest-starting training period with this provider decides.
        facts(training(2021, closed_for_payment=True, started_on=date(2021, 9, 1)), training()),
        facts(training(), training(started_on=date(2024, 9, 1), withdrawn_at=MOMENT)),
        facts(training(), training(of_mentor=False, started_on=date(2026, 1, 1), cohort=2021)),
        facts(training(), training(lead_provider_id=OTHERS, started_on=date(2026, 1, 1))),
        # A moment before the withdrawal is good.
        facts(training(withdrawn_at=MOMENT + timedelta(seconds=1))),
    ],
)
def test_a_claim_is_accepted(found):
    verdict = accepted(GOOD, found)
    assert (verdict.teacher_id, verdict.training_period_id) == (3, 10)
    assert (verdict.lead_provider_id, verdict.delivery_partner_id) == (US, 5)


def test_before_2025_the_order_of_dates_is_free():
    late = (declared("started", NOW), declared("retained-1", NOW, OTHERS))
    accepted(replace(GOOD, evidence_held="other"), facts(training(2024), declared=late))


@pytest.mark.parametrize(
    ("eligible_from", "state"),
    [
        (None, "submitted"),
        (date(2025, 7, 2), "eligible"),
        (date(2025, 7, 3), "eligible"),  # 23:30 UTC is the 3rd in London
        (date(2025, 7, 4), "submitted"),
    ],
)
def test_a_declaration_is_eligible_when_the_teacher_was_on_that_london_day(eligible_from, state):
    claim = replace(GOOD, declaration_date="2025-07-02T23:30:00Z")
    assert accepted(claim, facts(eligible_from=eligible_from)).state == state


SENT_BEFORE = declared("completed", evidence="75-percent-engagement-met")


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({}, facts(declared=(SENT_BEFORE,))),
        ({"declaration_date": "2025-11-03T11:00:00+01:00"}, facts(declared=(SENT_BEFORE,))),
        # Rows 9 to 16 are skipped.
        ({}, facts(replace(WITHDRAWN, closed_for_payment=True), declared=(SENT_BEFORE,))),
        ({"declaration_date": "2027-01-01T00:00:00Z"},
         facts(declared=(replace(SENT_BEFORE, declared_at=datetime(2027, 1, 1, tzinfo=UTC)),))),
        # Evidence is compared after the dropping.
        ({"declaration_type": "started", "evidence_held": "hearsay"},
         facts(training(2024), declared=(declared("started"),))),
    ],
)  # fmt: skip
def test_an_exact_repeat_is_answered_with_the_first(sent, found):
    assert judge(US, replace(GOOD, **sent), found, NOW) == Repeat(FIRST)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"evidence_held": "75-percent-engagement-met-reduced-induction"}, (SENT_BEFORE,)),
        ({"evidence_held": None}, (SENT_BEFORE,)),
        ({"evidence_held": {}}, (SENT_BEFORE,)),
        ({"declaration_date": "2025-11-03T10:00:01Z"}, (SENT_BEFORE,)),
        ({"declaration_date": "2025-11-03T10:00:00.000001Z"}, (SENT_BEFORE,)),
        ({}, (replace(SENT_BEFORE, lead_provider_id=OTHERS),)),
    ],
)
def test_a_repeat_that_is_not_exact_is_refused(sent, found):
    with pytest.raises(RefusedDeclaration, match="has already been submitted"):
        judge(US, replace(GOOD, **sent), facts(declared=found), NOW)
