"""Every row of the contract's table, on facts alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from declarations.claims import Claim, RefusedDeclaration
from declarations.judgement import judge
from tests.declarations.contract import (
    ALREADY,
    BEFORE_COHORT,
    CLOSED,
    COURSE_MISSING,
    DATE_MISSING,
    EVIDENCE_MISSING,
    EVIDENCE_OTHER,
    FUTURE,
    NOT_A_DATE,
    NOT_FOR_COHORT,
    OTHER_COURSE,
    OUT_OF_ORDER,
    PARTICIPANT_MISSING,
    PARTICIPANT_UNKNOWN,
    TYPE_MISSING,
    TYPE_UNKNOWN,
    WITHDREW,
)
from tests.declarations.judged import (
    DECLARED,
    GOOD,
    MISSING,
    MOMENT,
    NOW,
    ODD,
    OF_ECT,
    OLD,
    OTHERS,
    US,
    WITHDRAWN,
    declared,
    facts,
    training,
)

# Row of the table, what is sent, the facts, the answer.
CASES = [
    *((1, {"participant_id": value}, facts(), PARTICIPANT_MISSING)
      for value in MISSING),
    (2, {}, None, PARTICIPANT_UNKNOWN),
    (2, {}, facts(training(lead_provider_id=OTHERS)), PARTICIPANT_UNKNOWN),
    *((3, {"course_identifier": value}, facts(), COURSE_MISSING)
      for value in (*MISSING, *ODD, "ECF-MENTOR", "ecf-mentor ", "npq-senco")),
    *((4, {"declaration_date": value}, facts(), DATE_MISSING)
      for value in MISSING),
    (5, {"course_identifier": "ecf-induction"}, facts(), OTHER_COURSE),
    (5, {"course_identifier": "ecf-mentor"}, facts(OF_ECT), OTHER_COURSE),
    (5, {"course_identifier": "ecf-induction"}, facts(OF_ECT), OTHER_COURSE),
    *((6, {"declaration_type": value}, facts(), TYPE_MISSING)
      for value in MISSING),
    *((7, {"declaration_type": value}, facts(), TYPE_UNKNOWN)
      for value in (*ODD, "Started", "retained-5", "retained", "extended-4", "completed ")),
    (8, {}, facts(declared=(declared("completed", by=OTHERS),)), ALREADY),
    (8, {}, facts(declared=(declared("completed"),)), ALREADY),
    (8, {"declaration_date": "yesterday"}, facts(declared=(declared("completed"),)), ALREADY),
    (9, {"declaration_date": "2026-03-02T09:30:01Z"}, facts(), FUTURE),
    (9, {"declaration_date": "2026-03-02T09:31:00"}, facts(), FUTURE),
    (9, {"declaration_date": "2026-03-02T10:30:00+00:59"}, facts(), FUTURE),
    *(("9a", {"declaration_date": value}, facts(), BEFORE_COHORT)
      for value in ("2025-05-31T23:59:59", "2025-05-31T22:59:59Z", "0214-09-01T10:00:00Z")),
    *((10, {"declaration_date": value}, facts(), NOT_A_DATE)
      for value in (*ODD, "2025-11-03", "2025-13-03T10:00:00Z", "2025-02-30T10:00:00Z",
                    "2025-11-03T24:00:00Z", "2025-11-03 10:00:00Z", "2025-11-03T10:00Z",
                    "20251103T100000Z", "2025-11-03T10:00:00Z ", "2025-11-03T10:00:00+25:00",
                    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00", "2025-11-03T10:00:61Z",
                    "٢٠٢٥-11-03T10:00:00Z", "2025-W45-1T10:00:00Z", DECLARED + "\n")),
    *((11, {"declaration_type": f"retained-{n}", "evidence_held": "other"}, facts(),
       NOT_FOR_COHORT)
      for n in (1, 2, 3, 4)),
    *((11, {"declaration_type": f"extended-{n}", "evidence_held": "other"}, facts(training(year)),
       NOT_FOR_COHORT)
      for n in (1, 2, 3) for year in (2021, 2024, 2025)),
    *((12, {"declaration_type": kind, "evidence_held": value}, found, EVIDENCE_MISSING)
      for kind, found in (("started", facts()), ("completed", facts()), ("completed", OLD),
                          ("retained-1", OLD))
      for value in MISSING),
    *((13, {"declaration_type": kind, "evidence_held": value}, found, EVIDENCE_OTHER)
      for kind, found, values in (
          ("started", facts(), ("75-percent-engagement-met", *ODD)),
          ("completed", facts(), ("other", "training-event-attended", *ODD)),
          ("completed", OLD, ("75-percent-engagement-met", "materials-engaged-with-offline", *ODD)),
          ("retained-4", OLD, ("materials-engaged-with-offline", "Other", *ODD)))
      for value in values),
    *((14, {"evidence_held": "other", "declaration_date": at}, facts(WITHDRAWN), WITHDREW)
      for at in (DECLARED, "2025-03-01T00:00:00Z", "2025-03-01T00:00:00.000001Z")),
    (15, {"evidence_held": "other"}, facts(training(2021, closed_for_payment=True)), CLOSED),
    (16, {}, facts(declared=(declared("started", MOMENT + timedelta(seconds=1)),)), OUT_OF_ORDER),
    (16, {}, facts(declared=(declared("started", MOMENT + timedelta(days=1), OTHERS),)),
     OUT_OF_ORDER),
    (16, {}, facts(declared=(declared("retained-4", MOMENT + timedelta(days=1)),)), OUT_OF_ORDER),
    (16, {"declaration_type": "started", "evidence_held": "other"},
     facts(declared=(declared("completed", MOMENT - timedelta(seconds=1)),)), OUT_OF_ORDER),
    (16, {"declaration_type": "started", "evidence_held": "other"},
     facts(declared=(declared("retained-1", MOMENT - timedelta(days=1), OTHERS),)), OUT_OF_ORDER),
]  # fmt: skip


@pytest.mark.parametrize(("row", "sent", "found", "answer"), CASES)
def test_a_claim_is_refused_in_the_words_of_its_row(row, sent, found, answer):
    with pytest.raises(RefusedDeclaration) as refused:
        judge(US, replace(GOOD, **sent), found, NOW)
    assert (refused.value.title, refused.value.detail) == answer


def test_every_row_has_its_case():
    assert {row for row, *_ in CASES} == {*range(1, 17), "9a"}


def test_of_several_faults_the_first_of_the_table_is_told():
    """A claim with every fault that can stand together, which are mended one by one."""
    found = facts(
        training(lead_provider_id=OTHERS),
        declared=(declared("started", NOW, OTHERS), declared("completed", by=OTHERS)),
    )
    ours = training(2021, closed_for_payment=True, withdrawn_at=datetime(2025, 3, 1, tzinfo=UTC))
    sent = Claim(None, None, None, None, None)
    mended = [
        ({}, found, PARTICIPANT_MISSING[1]),
        ({"participant_id": "x"}, found, PARTICIPANT_UNKNOWN[1]),
        ({}, replace(found, trainings=(ours,)), COURSE_MISSING[1]),
        ({"course_identifier": "ecf-induction"}, ..., DATE_MISSING[1]),
        ({"declaration_date": "2027-01-01"}, ..., OTHER_COURSE[1]),
        ({"course_identifier": "ecf-mentor"}, ..., TYPE_MISSING[1]),
        ({"declaration_type": "extended"}, ..., TYPE_UNKNOWN[1]),
        ({"declaration_type": "completed"}, ..., ALREADY[1]),
        ({"declaration_date": "2027-01-01T00:00:00Z"}, ..., ALREADY[1]),
        ({"declaration_type": "extended-1"}, ..., FUTURE[1]),
        ({"declaration_date": "2021-05-31T22:59:59Z"}, ..., BEFORE_COHORT[1]),
        ({"declaration_date": "2026-01-01"}, ..., NOT_A_DATE[1]),
        ({"declaration_date": DECLARED}, ..., NOT_FOR_COHORT[1]),
        ({"declaration_type": "retained-1"}, ..., EVIDENCE_MISSING[1]),
        ({"evidence_held": "hearsay"}, ..., EVIDENCE_OTHER[1]),
        ({"evidence_held": "other"}, ..., WITHDREW[1]),
        ({"declaration_date": "2025-02-28T23:59:59Z"}, ..., CLOSED[1]),
    ]
    for change, facts_now, answer in mended:
        sent = replace(sent, **change)
        found = found if facts_now is ... else facts_now
        with pytest.raises(RefusedDeclaration) as refused:
            judge(US, sent, found, NOW)
        assert refused.value.detail == answer


def test_the_cohort_is_asked_before_the_order():
    closed = facts(training(closed_for_payment=True), declared=(declared("started", NOW, OTHERS),))
    with pytest.raises(RefusedDeclaration, match="for the 2025 cohort"):
        judge(US, GOOD, closed, NOW)
