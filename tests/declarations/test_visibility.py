"""Who sees what: a provider's own declarations, and what others declared of its mentors."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from declarations.list_parts import Filters
from declarations.listing import Listing, find
from declarations.models import Declaration, TrainingPeriod
from declarations.states import COUNTING_STATES, State
from declarations.transitions import first_state_change
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_partnership,
    make_training_period,
    make_waiting,
)
from tests.declarations.trained import NOW, bring_to, declare, make_trained, provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_found_anew")]
US, THEM, THIRD = "Ambition Institute", "Teach First", "UCL"


@pytest.fixture
def mentor():
    return make_mentor()


def trained(mentor, by: str, started: str, finished: str | None = None) -> TrainingPeriod:
    last = date.fromisoformat(finished) if finished else None
    start = date.fromisoformat(started)
    return make_trained(2023, by, mentor=mentor, started_on=start, finished_on=last)


def declared(training: TrainingPeriod, kind: str = "started", on: str = "2024-06-01", **fields):
    return declare(training, kind, declaration_date=f"{on}T10:00:00Z", **fields)


def sees(name: str, declaration: Declaration) -> bool:
    """Whether the provider sees it: the single call and the lists must agree."""
    row = find(provider(name), declaration.pk)
    of_them = Filters(participant_ids=(declaration.teacher.participant_id,))
    for filters in (Filters(), of_them):
        listed = [each.id for each in Listing(provider(name), filters).page(1, 100)]
        assert (declaration.pk in listed) == (row is not None), filters
    return row is not None


def test_its_own_in_every_state_and_nothing_of_strangers(mentor):
    training = trained(mentor, US, "2023-09-01")
    for state, kind in zip(State, ("started", "retained-1", "retained-2", "retained-3",
                                   "retained-4", "completed"), strict=False):  # fmt: skip
        assert sees(US, bring_to(declared(training, kind), state))
    assert not any(sees(THEM, each) for each in Declaration.objects.all())


@pytest.mark.parametrize("state", State)
def test_the_successor_sees_what_counts(mentor, state):
    before = trained(mentor, THEM, "2023-09-01", "2024-09-01")
    trained(mentor, US, "2024-09-01")
    declaration = bring_to(declared(before), state)
    assert sees(US, declaration) == (state in COUNTING_STATES)
    assert sees(THEM, declaration)


def test_the_predecessor_sees_what_is_dated_before_its_own_training_ended(mentor):
    trained(mentor, THEM, "2023-09-01", "2024-09-01")
    after = trained(mentor, US, "2024-09-01")
    assert sees(THEM, declared(after, on="2024-08-31"))
    assert not sees(THEM, declared(after, "completed", on="2024-09-01"))


def test_a_provider_between_two_others_sees_both_until_its_own_end(mentor):
    first = declared(trained(mentor, THEM, "2023-09-01", "2024-09-01"))
    trained(mentor, US, "2024-09-01", "2025-09-01")
    third = trained(mentor, THIRD, "2025-09-01")
    assert sees(US, first)
    assert not sees(US, declared(third, "completed", on="2025-10-01"))
    assert sees(THIRD, first)


def test_training_that_is_to_begin_is_training_with_the_provider(mentor):
    first = declared(trained(mentor, THEM, "2023-09-01", "2026-09-01"))
    trained(mentor, US, "2026-09-01")
    assert sees(US, first)


def test_a_provider_for_whose_partnership_training_waits_sees_nothing_of_others(mentor):
    first = declared(trained(mentor, THEM, "2023-09-01", "2024-09-01"))
    waiting = make_waiting(mentor, US, started_on=date(2024, 9, 1))
    assert not sees(US, first)
    waiting.partnership = make_partnership(mentor.school, 2023, US)
    waiting.save()
    assert sees(US, first)


def test_what_was_declared_of_them_as_an_ect_is_not_seen(mentor):
    ect = make_ect(mentor.teacher, started_on=date(2022, 9, 1), finished_on=date(2023, 8, 31))
    partnership = make_partnership(ect.school, 2023, THEM)
    before = make_training_period(ect, partnership, finished_on=date(2023, 8, 31))
    as_an_ect = Declaration(
        training_period=before,
        delivery_partner=partnership.delivery_partner,
        declaration_type="started",
        declaration_date=NOW,
    )
    with transaction.atomic():
        as_an_ect.save()
        first_state_change(as_an_ect, by="user 1", why="in a test").save()
    trained(mentor, THEM, "2023-09-01", "2024-09-01")
    trained(mentor, US, "2024-09-01")
    assert not sees(US, as_an_ect)


def test_a_provider_that_came_back_sees_what_was_declared_while_it_was_away(mentor):
    trained(mentor, US, "2022-09-01", "2023-09-01")
    between = declared(trained(mentor, THEM, "2023-09-01", "2024-09-01"))
    assert not sees(US, between)
    trained(mentor, US, "2024-09-01")
    assert sees(US, between)


@pytest.mark.parametrize(
    ("at", "seen"), [("2025-07-31T23:59:59+01:00", True), ("2025-08-01T00:00:00+01:00", False)]
)
def test_until_its_own_training_ended_in_london(mentor, at, seen):
    before = trained(mentor, THEM, "2023-09-01", "2024-09-01")
    trained(mentor, US, "2024-09-01", "2025-08-01")
    declaration = declare(before, declaration_date=at)
    assert sees(US, declaration) == seen


def test_its_latest_training_decides_the_end(mentor):
    before = trained(mentor, THEM, "2022-09-01", "2023-09-01")
    trained(mentor, US, "2023-09-01", "2024-09-01")
    declaration = declared(before, on="2025-01-01")
    assert not sees(US, declaration)
    trained(mentor, US, "2024-09-01", "2026-03-01")
    assert sees(US, declaration)


def test_two_providers_at_once_see_each_other(mentor):
    elsewhere = make_mentor(mentor.teacher)
    first = trained(mentor, THEM, "2023-09-01")
    second = trained(elsewhere, US, "2024-09-01")
    assert sees(US, declared(first))
    assert sees(THEM, declared(second, "retained-1"))


@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        ({"finished_on": date(2025, 9, 1)}, True),
        ({"finished_on": date(2024, 6, 1)}, False),
        ({"partnership": None}, False),
        ({"teacher": None, "mentor": None}, False),
    ],
    ids=str,
)
def test_a_change_of_its_own_training_changes_what_it_sees(changed, seen, mentor):
    declaration = declared(trained(mentor, THEM, "2023-09-01", "2024-09-01"))
    elsewhere = make_mentor(mentor.teacher)
    own = trained(elsewhere, US, "2022-09-01")
    assert sees(US, declaration)
    if "mentor" in changed:
        another = make_mentor(school=elsewhere.school)
        changed = {"mentor": another, "teacher": another.teacher}
    TrainingPeriod.objects.filter(pk=own.pk).update(**changed)
    assert sees(US, declaration) == seen


def test_a_corrected_date_changes_who_sees_it(mentor):
    trained(mentor, US, "2022-09-01", "2023-10-01")
    declaration = declared(trained(mentor, THEM, "2023-10-01", "2024-09-01"))
    assert not sees(US, declaration)
    earlier = datetime(2023, 9, 30, 10, tzinfo=UTC)
    Declaration.objects.filter(pk=declaration.pk).update(declaration_date=earlier)
    assert sees(US, declaration)


def test_it_sees_nothing_more_once_its_own_training_is_deleted(mentor):
    declaration = declared(trained(mentor, THEM, "2023-09-01", "2024-09-01"))
    own = trained(mentor, US, "2024-09-01")
    assert sees(US, declaration)
    own.delete()
    assert not sees(US, declaration)


@pytest.mark.parametrize("cohorts", [None, (2023,), (2022, 2023, 2031)], ids=str)
def test_others_are_listed_among_its_own_by_when_they_were_made(mentor, cohorts):
    make_cohort(2022)
    before = trained(mentor, THEM, "2023-09-01", "2024-09-01")
    after = trained(mentor, US, "2024-09-01")
    kinds = ("started", "retained-1", "retained-2", "retained-3", "completed")
    made = [declared(before if n in (0, 3) else after, kind) for n, kind in enumerate(kinds)]
    for n, each in enumerate(made):
        Declaration.objects.filter(pk=each.pk).update(created_at=NOW + timedelta(minutes=n))
    expected = [each.pk for each in made]
    listing = Listing(provider(US), Filters(cohorts=cohorts))
    for size in range(1, 7):
        by_number = [row.id for n in range(1, 7) for row in listing.page(n, size)]
        assert by_number == expected
        read, mark = [], None
        for n in range(1, 7):
            page = listing.page(n, size, mark)
            read += [row.id for row in page]
            mark = page[-1].position if page else mark
        assert read == expected


@pytest.mark.parametrize("stretch", [0, 10], ids=["sorted", "scanned"])
def test_filters_hold_for_what_others_declared(stretch, mentor, monkeypatch):
    monkeypatch.setattr("declarations.listing._STRETCH", stretch)
    before = trained(mentor, THEM, "2023-09-01", "2024-09-01")
    after = trained(mentor, US, "2024-09-01")
    declared(before)
    own = declared(after, "completed")
    later = Filters(delivery_partner_ids=(own.delivery_partner.public_id,), cohorts=(2024,))
    assert Listing(provider(US), later).page(1, 9) == []
    same = Filters(delivery_partner_ids=(own.delivery_partner.public_id,), cohorts=(2023,))
    assert len(Listing(provider(US), same).page(1, 9)) == 2


@pytest.mark.parametrize("few", [9, 0], ids=["few partners", "many partners"])
def test_the_partner_of_what_others_declared_is_its_own(few, mentor, monkeypatch):
    monkeypatch.setattr("declarations.list_parts._FEW_PARTNERS", few)
    before = make_trained(
        2023, THEM, mentor=mentor, delivery_partner="Leeds Hub",
        started_on=date(2023, 9, 1), finished_on=date(2024, 9, 1),
    )  # fmt: skip
    after = make_trained(
        2023, US, mentor=mentor, delivery_partner="York Hub", started_on=date(2024, 9, 1)
    )
    theirs, ours = declared(before), declared(after, "completed")

    def listed(*declarations: Declaration) -> list[UUID]:
        asked = tuple(each.delivery_partner.public_id for each in declarations)
        filters = Filters(delivery_partner_ids=asked)
        return [row.id for row in Listing(provider(US), filters).page(1, 9)]

    assert listed(theirs) == [theirs.pk]
    assert listed(ours) == [ours.pk]
    assert set(listed(ours, theirs)) == {theirs.pk, ours.pk}
    assert listed() == []
