"""Adding and pairing people asks who will train them, and training begins with the answer."""

from datetime import date

import pytest
from django.test import Client

from declarations.models import SchoolYear, TrainingPeriod
from mentors.leaving.induction import record_induction_end
from mentors.models import Mentorship, StatusPolicy
from schools.models import Teacher
from tests.builders import (
    make_mentor,
    make_pair,
    make_partnership,
    make_school,
    make_waiting,
)
from tests.mentors.journeys.adding_helpers import Adder
from tests.mentors.journeys.pairing_helpers import AtSchool, Journey, banner, read
from tests.mentors.reading import choices, open_address, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z")]

TODAY, LATER = date(2026, 3, 2), date(2026, 5, 1)
US, THEM = "Ambition Institute", "Teach First"
NOT_NOW = "They will not do mentor training now"


@pytest.fixture(autouse=True)
def providers() -> None:
    for name in (US, THEM):
        make_pair(name, "A hub", 2025)


@pytest.fixture
def at(client: Client) -> AtSchool:
    school = AtSchool()
    client.force_login(school.tutor)
    return school


def policy(kind: str) -> None:
    months = 36 if kind == "time_limit" else None
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy=kind, months=months)


# --- Adding ---


def test_adding_a_mentor_asks_and_their_training_waits(client, school):
    adder = Adder(client, school).answer(name="Jane Thomas")
    assert adder.at == "lead-provider"
    assert words(adder.page.h1) == "Who will run Jane Thomas’s mentor training?"
    assert choices(adder.page) == [US, THEM, NOT_NOW]
    adder.send("lead-provider", lead_provider=THEM)
    assert rows(adder.page)["Lead provider"] == THEM
    assert f"Jane Thomas’s training with {THEM} begins on 5 January 2026." in adder.text()
    assert "your school uses a DfE-funded training provider in 2025 to 2026" in adder.text()
    adder.confirm()
    assert adder.banner() == (
        f"You have added Jane Thomas as a mentor. {THEM} will contact Jane Thomas once it has"
        " confirmed that it works with your school. Until then Jane Thomas’s page says that it has"
        " yet to confirm it."
    )
    assert rows(adder.page.select_one("#mentor-training"))["Lead provider"] == (
        f"{THEM}, who has yet to confirm it"
    )
    period = TrainingPeriod.objects.get()
    assert (period.waits, period.started_on) == (True, date(2026, 1, 5))
    year = SchoolYear.objects.get()
    assert (year.programme, year.lead_provider) == ("provider_led", None)


def test_in_a_partnership_the_provider_contacts_them(client, school):
    make_partnership(school, 2025, US, "A hub")
    adder = Adder(client, school).answer(name="Jane Thomas")
    assert [words(hint) for hint in adder.page.select(".govuk-radios__hint")] == [
        "Your school’s lead provider in 2025 to 2026"
    ]
    adder.send("lead-provider", lead_provider=US).confirm()
    assert adder.banner().endswith(
        f"{US} will contact Jane Thomas about their training. Jane Thomas’s page changes when {US}"
        " tells us that they have completed it."
    )
    assert not TrainingPeriod.objects.get().waits


def test_they_may_not_train_now(client, school):
    adder = Adder(client, school).answer(name="Jane Thomas")
    adder.send("lead-provider", lead_provider="not-now")
    assert rows(adder.page)["Lead provider"] == NOT_NOW
    adder.confirm()
    assert adder.banner() == (
        "You have added Jane Thomas as a mentor. No lead provider will contact Jane Thomas now."
        " You can choose one later, on their page or when you next assign an ECT to them."
    )
    assert not TrainingPeriod.objects.exists()
    assert not SchoolYear.objects.exists()


def test_an_answer_is_needed_and_one_of_those_offered(client, school):
    adder = Adder(client, school).answer(name="Jane Thomas")
    for wrong in ("", "Nobody"):
        adder.send("lead-provider", lead_provider=wrong)
        assert adder.errors() == ["Select who will run their mentor training"]


def test_adding_an_ect_asks_who_trains_them(client, school):
    adder = Adder(client, school, "ects").answer(name="Ray Kirby", induction=date(2026, 1, 5))
    assert words(adder.page.h1) == "Who will train Ray Kirby?"
    assert choices(adder.page)[-1] == "No lead provider will train them now"
    adder.send("lead-provider", lead_provider=US).confirm()
    period = TrainingPeriod.objects.get()
    assert (period.ect.teacher.name, period.lead_provider.name) == ("Ray Kirby", US)


def test_why_it_is_not_asked_stands_on_the_check_page(client, school):
    policy("three_statuses")
    adder = Adder(client, school).answer(name="Jane Thomas")
    assert adder.at == "check"
    assert (
        "We will ask who trains Jane Thomas when you first assign an ECT to them." in adder.text()
    )


def test_what_was_decided_since_the_page_was_opened_is_said_first(client, school):
    adder = Adder(client, school).answer(name="Jane Thomas")
    adder.send("lead-provider", lead_provider=US)
    SchoolYear.objects.create(
        school=school, cohort=make_pair(US, "A hub", 2025).cohort, programme="school_led"
    )
    adder.confirm()
    assert adder.errors() == [
        "What we know of their training has changed. Check your answers, then try again"
    ]
    assert "Your school delivers its own programme in 2025 to 2026." in adder.text()
    adder.confirm()
    assert not TrainingPeriod.objects.exists()


def test_undoing_the_addition_takes_the_training_and_the_person_back(client, school):
    adder = Adder(client, school).answer(name="Jane Thomas")
    adder.send("lead-provider", lead_provider=US).confirm()
    where = f"/schools/{school.urn}/mentors/{TrainingPeriod.objects.get().mentor.public_id}/undo"
    page = open_address(client, where)
    client.post(where, {"seen": page.select_one("[name=seen]")["value"]})
    assert not TrainingPeriod.objects.exists()
    assert not Teacher.objects.exists()


# --- Pairing ---


def up_to_check(journey: Journey, person: object, day: date, lead_provider: str):
    journey.choose(person)
    page = read(journey.client.get(journey.start(day).url))
    assert words(page.h1) == f"Who will run {MENTOR}’s mentor training?"
    where = journey.address("-lead-provider")
    response = journey.client.post(where, {"lead_provider": lead_provider})
    return read(journey.client.get(response.url))


MENTOR = "Julie Carver"


@pytest.mark.parametrize("kind", StatusPolicy.Policy.values)
@pytest.mark.parametrize("name", ["assign", "change-mentor"])
def test_a_first_pairing_asks_from_either_page(client, at, name, kind):
    policy(kind)
    two = (at.julie, at.jason) if name == "assign" else (at.jason, at.julie)
    journey = Journey(client, name, two[0])
    page = up_to_check(journey, two[1], TODAY, US)
    assert rows(page)["Lead provider"] == US
    page = open_address(client, journey.confirm(page).url)
    assert banner(page).startswith(f"Julie Carver now mentors Jason Blue. {US} will contact Julie")
    period = TrainingPeriod.objects.get()
    assert (period.mentor, period.started_on) == (at.julie, TODAY)


def test_a_new_policy_changes_no_training(client, at):
    make_waiting(at.julie, US, 2025)
    before = list(TrainingPeriod.objects.values())
    policy("three_statuses")
    page = Journey(client, "assign", at.julie).up_to_check(at.jason, TODAY)
    assert f"Julie Carver trains with {US} already." in words(page)
    assert list(TrainingPeriod.objects.values()) == before


def test_a_mentor_in_training_is_not_asked_about(client, at):
    make_waiting(at.julie, US, 2025)
    page = Journey(client, "assign", at.julie).up_to_check(at.jason, TODAY)
    assert f"Julie Carver trains with {US} already." in words(page)
    assert "Lead provider" not in rows(page)


def plan_training(client: Client, at: AtSchool) -> TrainingPeriod:
    """Julie Carver is to mentor Jonathan Paul, and to train, from a later day on."""
    journey = Journey(client, "change-mentor", at.jonathan)
    journey.confirm(up_to_check(journey, at.julie, LATER, US))
    return TrainingPeriod.objects.get(mentor=at.julie)


def test_undoing_a_planned_pairing_removes_its_training(client, at):
    plan_training(client, at)
    journey = Journey(client, "change-mentor", at.jonathan)
    make_waiting(at.jane, THEM, 2025)
    page = journey.up_to_check(at.jane, LATER)
    assert (
        f"Julie Carver’s training with {US}, which was to begin on 1 May 2026, will be deleted."
        in words(page)
    )
    journey.confirm(page)
    assert not TrainingPeriod.objects.filter(mentor=at.julie).exists()
    assert TrainingPeriod.objects.filter(mentor=at.jane).exists()


def test_so_it_does_where_the_training_begins_after_a_last_day_elsewhere(client, at):
    left_on = date(2026, 6, 1)
    there = make_mentor(at.julie.teacher, make_school(), finished_on=left_on)
    make_waiting(there, THEM, 2025, finished_on=left_on)
    make_pair(US, "A hub", 2026)
    journey = Journey(client, "change-mentor", at.jonathan)
    journey.confirm(up_to_check(journey, at.julie, LATER, US))
    assert TrainingPeriod.objects.get(mentor=at.julie).started_on == left_on
    make_waiting(at.jane, THEM, 2025)
    journey.confirm(journey.up_to_check(at.jane, LATER))
    assert not TrainingPeriod.objects.filter(mentor=at.julie).exists()


def test_undoing_an_ect_s_addition_removes_the_training_of_their_planned_mentor(client, at):
    journey = Journey(client, "change-mentor", at.jason)
    journey.confirm(up_to_check(journey, at.julie, LATER, US))
    where = f"/schools/{at.school.urn}/ects/{at.jason.public_id}/undo"
    page = open_address(client, where)
    assert f"Julie Carver’s training with {US} from 1 May 2026" in words(page)
    client.post(where, {"seen": page.select_one("[name=seen]")["value"]})
    assert not TrainingPeriod.objects.filter(mentor=at.julie).exists()


def test_so_it_does_when_the_ect_leaves_before_and_staying_gives_it_back(client, at):
    journey = Journey(client, "change-mentor", at.jason)
    journey.confirm(up_to_check(journey, at.julie, LATER, US))
    planned = TrainingPeriod.objects.values().get()
    leaving = f"/schools/{at.school.urn}/ects/{at.jason.public_id}/leaving"
    last_day = {"last_day-day": 30, "last_day-month": 4, "last_day-year": 2026}
    page = read(client.get(client.post(leaving, last_day).url))
    assert f"Julie Carver’s training with {US} from 1 May 2026" in words(page)
    client.post(f"{leaving}/check", {"seen": page.select_one("[name=seen]")["value"]})
    assert not TrainingPeriod.objects.exists()
    page = open_address(client, f"{leaving}/withdraw")
    client.post(f"{leaving}/withdraw", {"seen": page.select_one("[name=seen]")["value"]})
    assert Mentorship.objects.filter(mentor=at.julie).exists()
    assert TrainingPeriod.objects.values().get() == planned


def test_so_it_does_when_induction_ends_before(client, at):
    journey = Journey(client, "change-mentor", at.jason)
    journey.confirm(up_to_check(journey, at.julie, LATER, US))
    teacher = Teacher.objects.get(pk=at.jason.teacher_id)
    teacher.induction_finished_on = LATER
    outcome = record_induction_end(teacher, None, day=TODAY)
    assert [str(row.lead_provider) for row in outcome.training] == [US]
    assert not TrainingPeriod.objects.exists()


def test_training_stays_where_the_mentor_has_another_pairing(client, at):
    period = plan_training(client, at)
    other = Journey(client, "assign", at.julie)
    other.confirm(other.up_to_check(at.jason, LATER))
    journey = Journey(client, "change-mentor", at.jonathan)
    make_waiting(at.jane, THEM, 2025)
    journey.confirm(journey.up_to_check(at.jane, LATER))
    assert Mentorship.objects.filter(mentor=at.julie).count() == 1
    assert TrainingPeriod.objects.filter(pk=period.pk).exists()
