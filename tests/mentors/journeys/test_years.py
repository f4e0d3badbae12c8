"""The journey "Tell us how you will train teachers in ...", page by page."""

import pytest
from django.test import Client

from declarations.models import SchoolYear, TrainingPeriod
from schools.models import School
from tests.builders import (
    make_cohort,
    make_mentor,
    make_pair,
    make_partnership,
    make_school,
    make_tutor,
    make_waiting,
)
from tests.mentors.journeys.person_helpers import banner, error, press, send
from tests.mentors.reading import choices, follow, open_address, open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-06-01T12:00:00Z")]

US, THEM = "Ambition Institute", "Teach First"
LED = "provider_led"


@pytest.fixture
def school(client: Client) -> School:
    for name in (US, THEM):
        make_pair(name, "A hub", 2026)
    school = make_school()
    client.force_login(make_tutor(school))
    return school


def at(school: School, page: str = "", year: int = 2026) -> str:
    return f"/schools/{school.urn}/academic-years/{year}{page and '/' + page}"


def answer(client: Client, school: School, **answers: str):
    """Answer both questions; the page to check the answers."""
    page = send(client, at(school), programme=answers["programme"])
    if "lead_provider" in answers:
        page = send(client, at(school, "lead-provider"), lead_provider=answers["lead_provider"])
    return page


def test_the_coming_year_is_asked_for_on_home_and_then_shown_there(client, school):
    home = open_page(client, "school-home", school.urn)
    page = follow(client, home, "Tell us how you will train teachers in 2026 to 2027")
    assert words(page.h1) == "How will you train teachers in 2026 to 2027?"
    assert choices(page) == [
        "Use a training provider funded by the DfE",
        "Deliver your own programme",
        "Not decided yet",
    ]
    page = send(client, at(school), programme=LED)
    assert words(page.h1) == "Which lead provider will you use in 2026 to 2027?"
    assert choices(page) == [US, THEM, "We do not know yet"]
    page = send(client, at(school, "lead-provider"), lead_provider=THEM)
    assert rows(page) == {
        "Programme": "Use a training provider funded by the DfE",
        "Lead provider": THEM,
    }
    assert f"{THEM} must confirm that it works with your school." in words(page)
    home = press(client, at(school, "check"), page)
    assert banner(home) == "You have told us how you will train teachers in 2026 to 2027."
    assert "Tell us how" not in words(home.select_one("h2:-soup-contains('Academic year')").parent)
    assert f"{THEM}, who has yet to confirm it" in words(home)
    year = SchoolYear.objects.get(school=school)
    assert (year.programme, year.lead_provider.name) == (LED, THEM)
    page = follow(client, home, "Change lead provider of 2026 to 2027")
    assert page.select_one("input[checked]")["value"] == LED


def test_last_year_s_answer_is_offered(client, school):
    make_partnership(school, 2025, US)
    SchoolYear.objects.filter(school=school).update(lead_provider=make_pair(US).lead_provider)
    page = open_address(client, at(school))
    assert page.select_one("input[checked]")["value"] == LED
    page = send(client, at(school), programme=LED)
    assert page.select_one("input[checked]")["value"] == US


def test_that_the_provider_is_not_known_yet(client, school):
    page = answer(client, school, programme=LED, lead_provider="not-known")
    assert rows(page)["Lead provider"] == "We do not know yet"
    press(client, at(school, "check"), page)
    assert SchoolYear.objects.get(school=school).lead_provider is None


@pytest.mark.parametrize("programme", ["school_led", "not_decided"])
def test_what_is_deleted_is_listed_before_confirming(client, school, programme):
    make_waiting(make_mentor(school=school, name="Jane Thomas"), US, 2026)
    page = answer(client, school, programme=programme)
    assert [words(li) for li in page.select("#deleted li")] == [
        f"Jane Thomas’s training with {US} from 1 September 2021"
    ]
    press(client, at(school, "check"), page)
    assert not TrainingPeriod.objects.exists()
    assert SchoolYear.objects.get(school=school).programme == programme


def test_who_follows_is_listed(client, school):
    press(
        client,
        at(school, "check"),
        answer(client, school, programme=LED, lead_provider=US),
    )
    period = make_waiting(make_mentor(school=school, name="Jane Thomas"), US, 2026)
    page = answer(client, school, programme=LED, lead_provider="not-known")
    assert len(page.select("#staying li")) == 1
    page = answer(client, school, programme=LED, lead_provider=THEM)
    assert len(page.select("#following li")) == 1
    press(client, at(school, "check"), page)
    period.refresh_from_db()
    assert period.lead_provider.name == THEM


def test_who_stays_with_the_former_provider_is_listed_and_stays(client, school):
    chosen = {"programme": LED, "lead_provider": US}
    press(client, at(school, "check"), answer(client, school, **chosen))
    period = make_waiting(make_mentor(school=school, name="Jane Thomas"), US, 2026)
    page = answer(client, school, **chosen | {"lead_provider": "not-known"})
    assert f"goes on waiting for {US}, also when you choose another lead provider" in words(page)
    assert len(page.select("#staying li")) == 1
    press(client, at(school, "check"), page)
    page = answer(client, school, **chosen | {"lead_provider": THEM})
    assert not page.select("#following li")
    press(client, at(school, "check"), page)
    period.refresh_from_db()
    assert period.lead_provider.name == US


def test_what_a_partnership_fixes_leads_back_and_says_whom_to_ask(client, school):
    make_partnership(school, 2026, US)
    says = f"contact {US}"
    home = open_page(client, "school-home", school.urn)
    assert says in words(home)
    assert not [a for a in home.select("a") if "Change lead provider" in words(a)]
    response = client.get(at(school), follow=True)
    assert response.redirect_chain[-1][0] == f"/schools/{school.urn}"
    assert says in response.content.decode()


def test_a_partnership_reported_since_the_answers_refuses_them(client, school):
    page = answer(client, school, programme="school_led")
    make_partnership(school, 2026, US)
    home = press(client, at(school, "check"), page)
    assert f"contact {US}" in words(home)


def test_years_that_are_not_open(client, school):
    make_cohort(2024)
    response = client.get(at(school, year=2024), follow=True)
    assert "can no longer be changed here" in response.content.decode()
    assert client.get(at(school, year=2031)).status_code == 404
    assert client.get(at(make_school())).status_code == 404


def test_a_choice_is_needed(client, school):
    assert error(send(client, at(school))) == "Select how you will train teachers"
    page = answer(client, school, programme=LED, lead_provider="Nobody")
    assert error(page) == "Select which lead provider you will use"
