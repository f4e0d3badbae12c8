"""Providers, schools and completions at the same moment, over real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from declarations import locks
from declarations.claims import RefusedCall, RefusedDeclaration
from declarations.listing import find
from declarations.locks import lock_school_year, lock_teachers_known_by
from declarations.models import (
    CompletionNotice,
    Declaration,
    SchoolPartnership,
    SchoolYear,
    SharedDeclaration,
    TrainingPeriod,
)
from declarations.partnerships import (
    PartnershipClaim,
    correct_partnership,
    report_partnership,
)
from declarations.states import State
from declarations.submission import void
from declarations.training import begin_training
from declarations.transitions import change_state
from declarations.visibility import participants
from declarations.withdrawal import Stop, withdraw
from tests.at_once import one_waits, over_its_own_connection, refused_at_once
from tests.builders import make_cohort, make_mentor, make_pair, make_school
from tests.config.processes import wait_until
from tests.databases import another_waits
from tests.declarations.client import Provider, asked
from tests.declarations.kept import kept_by_triggers, kept_if_found_anew
from tests.declarations.trained import BY, NOW, claim_about, declare, make_trained, provider

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5
US, THEM = "Ambition Institute", "Teach First"
OTHER = Stop("ecf-mentor", "other")


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each was refused with, when all run at the same moment, or nothing."""
    return refused_at_once(*acts, refusals=(RefusedCall, RefusedDeclaration))


def reporting(school, name: str) -> Callable[[], object]:
    pair = make_pair(name, "Selby Teaching School Hub", 2025)
    partner_id = str(pair.delivery_partner.public_id)
    claim = PartnershipClaim("2025", str(school.public_id), partner_id)
    return lambda: report_partnership(pair.lead_provider, claim, by=BY, now=NOW)


def test_two_equal_reports_make_one_partnership():
    for _ in range(ROUNDS):
        school = make_school()
        report = reporting(school, US)
        said = sorted(at_once(report, report))
        assert said[0] == ""
        assert "already in a confirmed partnership" in said[1]
        assert SchoolPartnership.objects.filter(school=school).count() == 1
        assert SchoolYear.objects.filter(school=school).count() == 1


def test_two_providers_report_each_theirs():
    for _ in range(ROUNDS):
        school = make_school()
        assert at_once(reporting(school, US), reporting(school, THEM)) == ["", ""]
        assert SchoolPartnership.objects.filter(school=school).count() == 2


def test_training_that_begins_while_its_partnership_is_reported_does_not_wait():
    cohort, us = make_cohort(2025), provider(US)
    for _ in range(ROUNDS):
        mentor = make_mentor()

        def begin(mentor=mentor) -> None:
            begin_training(mentor, us, cohort, date(2026, 1, 5), by="user 1", now=NOW)

        assert at_once(reporting(mentor.school, US), begin) == ["", ""]
        (period,) = mentor.training_periods.all()
        assert period.partnership == SchoolPartnership.objects.get(school=mentor.school)


def withdrawing(training: TrainingPeriod) -> Callable[[], object]:
    participant_id = training.teacher.participant_id
    return lambda: withdraw(training.lead_provider, participant_id, OTHER, by=BY, now=NOW)


def test_a_withdrawal_and_a_declaration_of_its_moment_come_one_after_the_other():
    for _ in range(ROUNDS):
        training = make_trained(2023)
        said = at_once(
            withdrawing(training),
            lambda training=training: declare(
                training, "completed", declaration_date="2026-03-02T09:30:00Z"
            ),
        )
        training.refresh_from_db()
        assert training.withdrawn_at == NOW
        assert training.last_day == date(2026, 3, 2)
        assert said[0] == ""
        declared = Declaration.objects.filter(teacher=training.teacher).count()
        assert declared == CompletionNotice.objects.filter(teacher=training.teacher).count()
        assert declared == ("withdrew from this course" not in said[1])


def test_a_withdrawal_and_a_void_do_not_wait_for_each_other():
    for _ in range(ROUNDS):
        training = make_trained(2023)
        made = declare(training, "completed")
        said = at_once(
            withdrawing(training),
            lambda made=made: void(made.lead_provider, made.pk, by=BY, now=NOW),
        )
        assert said == ["", ""]
        training.refresh_from_db()
        assert training.withdrawn_at == NOW
        assert training.last_day in (date(2025, 11, 3), date(2026, 3, 2))


@pytest.mark.parametrize("call", ["correct", "void"])
def test_who_holds_the_teacher_may_change_what_a_call_waits_to_change(call):
    training = make_trained(2023)
    made, us = declare(training, "completed"), training.lead_provider
    partner = make_pair(US, "Another Hub", 2023).delivery_partner
    partnership_id, partner_id = training.partnership.public_id, str(partner.public_id)
    acts = {
        "correct": lambda: correct_partnership(us, partnership_id, partner_id, by=BY),
        "void": lambda: void(us, made.pk, by=BY, now=NOW),
    }

    with ThreadPoolExecutor(1) as caller:
        with transaction.atomic():
            assert lock_teachers_known_by([training.teacher.participant_id])
            called = caller.submit(over_its_own_connection(acts[call]))
            wait_until(another_waits, "the call waits for the teacher")
            change_state(made, State.ELIGIBLE, by="user 1", why="as training begins", now=NOW)
        called.result(timeout=20)
    made.refresh_from_db()
    assert made.state == ("voided" if call == "void" else "eligible")


@pytest.mark.parametrize("first", ["training", "declaration"])
def test_training_and_another_provider_s_declaration_at_once_are_shared(first):
    before = make_trained(2023, THEM, finished_on=date(2024, 9, 1))
    acts = [
        lambda: make_trained(2023, US, mentor=before.mentor, started_on=date(2024, 9, 1)),
        lambda: declare(before, declaration_date="2024-06-01T10:00:00Z"),
    ]
    one, other = acts if first == "training" else reversed(acts)
    make_pair(US, "Selby Teaching School Hub", 2023)
    one_waits(one, other)
    assert find(provider(US), Declaration.objects.get().pk)
    assert kept_by_triggers() == kept_if_found_anew()


@pytest.mark.parametrize("first", ["training", "change"])
def test_training_and_a_change_of_another_provider_s_declaration_at_once_are_shared(first):
    before = make_trained(2023, THEM, finished_on=date(2024, 9, 1))
    declared = Declaration.objects.filter(
        pk=declare(before, declaration_date="2024-06-01T10:00:00Z").pk
    )
    make_pair(US, "Selby Teaching School Hub", 2023)
    acts = [
        lambda: make_trained(2023, US, mentor=before.mentor, started_on=date(2024, 9, 1)),
        # Whoever writes it, without a lock on the teacher.
        lambda: declared.update(evidence_held="other"),
    ]
    one_waits(*(acts if first == "training" else reversed(acts)))
    assert SharedDeclaration.objects.get().updated_at == declared.get().updated_at
    assert kept_by_triggers() == kept_if_found_anew()


def test_two_periods_of_a_mentor_are_taken_away_at_once():
    before = make_trained(2023, US, finished_on=date(2022, 9, 1))
    after = make_trained(2023, US, mentor=before.mentor, started_on=date(2022, 9, 1))
    # Then `before`, which the second has locked, would be the participant's.
    other = TrainingPeriod.objects.filter(pk=after.pk)
    one_waits(lambda: other.update(partnership=None), before.delete)
    assert kept_by_triggers() == kept_if_found_anew()
    assert not participants(provider(US)).exists()


def test_a_call_that_waits_too_long_gives_up_with_the_503(monkeypatch):
    assert locks._LONGEST_WAIT == "2s"
    monkeypatch.setattr(locks, "_LONGEST_WAIT", "500ms")
    training, school = make_trained(2023), make_school()
    us, teacher = Provider(training.lead_provider), training.teacher
    partner = str(make_pair(US, "Selby Teaching School Hub", 2025).delivery_partner.public_id)
    made = declare(training)
    completed = claim_about(teacher, "completed").__dict__
    stop = {"course_identifier": "ecf-mentor", "reason": "other"}
    report = {"cohort": "2025", "school_id": str(school.public_id), "delivery_partner_id": partner}
    participant = f"participants/{teacher.participant_id}"
    calls = [
        ("POST", "participant-declarations", completed),
        ("PUT", f"participant-declarations/{made.pk}/void", {}),
        ("PUT", f"{participant}/withdraw", stop),
        ("PUT", f"{participant}/defer", stop),
        ("PUT", f"{participant}/resume", stop),
        ("POST", "partnerships", report),
        ("PUT", f"partnerships/{training.partnership.public_id}", {"delivery_partner_id": partner}),
    ]

    def call(method: str, path: str, attributes: dict) -> int:
        try:
            return asked(us, method, path, **attributes)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as callers, transaction.atomic():
        lock_school_year(school.pk, make_cohort(2025).pk)
        lock_school_year(training.school_id, training.cohort_id)
        assert lock_teachers_known_by([teacher.participant_id])
        answers = [callers.submit(call, *each) for each in calls]
        assert [answer.result(timeout=20) for answer in answers] == [503] * len(calls)
    assert call(*calls[0]) == 200
