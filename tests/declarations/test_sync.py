"""A provider keeps a copy up to date while tutors, providers and imports write: nothing missed."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from declarations.models import DeliveryPartner, SchoolPartnership, TrainingPeriod
from declarations.partnerships import PartnershipClaim, report_partnership
from declarations.submission import submit, void
from declarations.training import begin_training
from declarations.withdrawal import Stop, withdraw
from schools.models import School, Teacher
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_mentorship,
    make_pair,
    make_partnership,
    make_training_period,
    make_tutor,
)
from tests.declarations.syncing import NOTHING, Copy
from tests.declarations.trained import BY, claim_about, make_trained, provider
from tests.moments import stamped_after

pytestmark = pytest.mark.django_db(transaction=True)
US = "Ambition Institute"


@contextmanager
def committed_later(act: Callable[[], object]) -> Iterator[None]:
    """Act in a transaction of another connection, which is committed when the block ends."""
    acted, may_commit = Event(), Event()

    def run() -> None:
        try:
            with transaction.atomic():
                act()
                acted.set()
                assert may_commit.wait(60)
        finally:
            acted.set()
            connection.close()

    with ThreadPoolExecutor(1) as other:
        running = other.submit(run)
        assert acted.wait(60)
        try:
            yield
        finally:
            may_commit.set()
        running.result(60)


def test_what_a_long_import_wrote_is_read_though_a_reading_came_between():
    old, declared, voided = make_trained(2025), make_trained(2025), make_trained(2025)
    mistake = submit(provider(), _good(voided), by=BY, now=timezone.now())
    copy = Copy(provider(), overlap=timedelta(0))
    copy.sync()

    def imported() -> None:
        Teacher.objects.filter(pk=old.teacher_id).update(name="Another Name")
        School.objects.filter(pk=old.school_id).update(name="Another School")
        DeliveryPartner.objects.update(name="Another Hub")
        make_trained(2025, delivery_partner="Another Hub")
        submit(provider(), _good(declared), by=BY, now=timezone.now())
        void(provider(), mistake.pk, by=BY, now=timezone.now())

    with connection.cursor() as cursor, stamped_after(cursor, "0 seconds"):
        with committed_later(imported):
            copy.sync()
            assert len(copy.rows["participants"]) == 3
        copy.sync()
    assert copy.missed() == NOTHING
    assert len(copy.rows["participants"]) == 4
    assert len(copy.rows["participant-declarations"]) == 2


def _good(training: TrainingPeriod):
    now = timezone.now() - timedelta(days=1)
    return claim_about(
        training.teacher,
        declaration_date=now.isoformat(),
        evidence_held="training-event-attended",
    )


# --- At once ---

_NUMBERS = count()


def tutor_adds_a_mentor() -> None:
    school = School.objects.order_by("?").first()
    cohort = make_cohort(2025)
    mentor = make_mentor(school=school)
    begin_training(mentor, provider(), cohort, date(2025, 9, 1), by="user 1", now=timezone.now())


def tutor_pairs() -> None:
    partnership = SchoolPartnership.objects.order_by("?").first()
    ect = make_ect(school=partnership.school)
    make_training_period(ect, partnership)
    make_mentorship(make_mentor(school=partnership.school), ect)


def tutor_is_named() -> None:
    make_tutor(School.objects.order_by("?").first(), name=f"Tutor {next(_NUMBERS)}")


def import_changes_many() -> None:
    with transaction.atomic():
        for teacher in Teacher.objects.order_by("pk")[:20]:
            Teacher.objects.filter(pk=teacher.pk).update(name=f"Name {next(_NUMBERS)}")


def import_brings_a_school() -> None:
    with transaction.atomic():
        make_partnership(make_mentor().school, 2025, US)


def provider_reports() -> None:
    school = School.objects.get(pk=make_mentor().school_id)
    pair = make_pair(US, f"Hub {next(_NUMBERS)}", 2025)
    partner = str(pair.delivery_partner.public_id)
    claim = PartnershipClaim("2025", str(school.public_id), partner)
    report_partnership(pair.lead_provider, claim, by=BY, now=timezone.now())


def provider_declares() -> None:
    training = make_trained(2025)
    made = submit(training.lead_provider, _good(training), by=BY, now=timezone.now())
    if next(_NUMBERS) % 2:
        void(training.lead_provider, made.pk, by=BY, now=timezone.now())


def provider_withdraws() -> None:
    training = make_trained(2025)
    stop = Stop("ecf-mentor", "other")
    participant_id = training.teacher.participant_id
    withdraw(training.lead_provider, participant_id, stop, by=BY, now=timezone.now())


WRITERS = (
    (tutor_adds_a_mentor, tutor_pairs, tutor_is_named),
    (import_changes_many, import_brings_a_school),
    (provider_reports, provider_declares, provider_withdraws),
)


# A reading that goes back by a minute would read everything again: the tests would prove less. So
# moments are set again at commit when they are a second old, and a reading goes back by three.
OVERLAP = timedelta(seconds=3)


def sync_while_they_write(goes_on: Callable[[datetime, int], bool]) -> int:
    """Sync while all write; how many rows were read.

    Each writer writes as long as `goes_on` is true of the start and of its rounds so far, and at
    least until two readings have ended.
    """
    with connection.cursor() as cursor, stamped_after(cursor, "1 second"):
        return _sync_while_they_write(goes_on)


def _sync_while_they_write(goes_on: Callable[[datetime, int], bool]) -> int:
    make_trained(2025)
    copy, begun, readings, is_over = Copy(provider(), OVERLAP), timezone.now(), 0, False

    def write(acts: tuple[Callable[[], object], ...]) -> None:
        rounds = 0
        try:
            while not is_over and (goes_on(begun, rounds) or readings < 2):
                acts[rounds % len(acts)]()
                rounds += 1
        finally:
            connection.close()

    with ThreadPoolExecutor(len(WRITERS)) as pool:
        writing = [pool.submit(write, acts) for acts in WRITERS]
        try:
            while not all(each.done() for each in writing):
                copy.sync()
                readings += 1
        finally:
            is_over = True
    for each in writing:
        each.result()
    copy.sync()
    assert copy.missed() == NOTHING
    return sum(len(rows) for rows in copy.rows.values())


def test_nothing_is_missed_and_nothing_comes_twice():
    rounds = 24
    assert sync_while_they_write(lambda begun, written: written < rounds) > 10


@pytest.mark.proof
def test_nothing_is_missed_in_a_minute():
    minute = timedelta(minutes=1)
    read = sync_while_they_write(lambda begun, written: timezone.now() - begun < minute)
    assert read > 100
