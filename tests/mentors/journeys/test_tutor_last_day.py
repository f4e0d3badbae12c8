"""Recording that an induction tutor leaves, as a tutor of the school reads it."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from schools.models import InductionTutor, School
from tests.accounts.signing_in import error_of
from tests.builders import make_school, make_tutor
from tests.mentors.reading import address, heading, open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False)]
NOBODY_STAYS = "No other induction tutor stays at this school."


@pytest.fixture
def school(client: Client) -> School:
    school = make_school("All Saints")
    client.force_login(make_tutor(school, "sarah@school.example", name="Sarah Philips"))
    return school


@pytest.fixture
def colleague(school: School) -> InductionTutor:
    return school.induction_tutors.get(user=make_tutor(school, name="Al Ant"))


def answer(client: Client, tutor: InductionTutor, day: date):
    """What follows this last day on the first page."""
    parts = {f"last_day-{part}": getattr(day, part) for part in ("day", "month", "year")}
    path = address("tutor-last-day", tutor.school.urn, tutor.pk)
    return client.post(path, parts, follow=True)


def confirm(client: Client, tutor: InductionTutor) -> BeautifulSoup:
    path = address("check-tutor-last-day", tutor.school.urn, tutor.pk)
    check = BeautifulSoup(client.get(path, follow=True).content, "html.parser")
    sent = {seen["name"]: seen["value"] for seen in check.select("[name=seen]")}
    page = BeautifulSoup(client.post(path, sent, follow=True).content, "html.parser")
    tutor.refresh_from_db()
    return page


def banner(page: BeautifulSoup) -> str:
    return words(page.select_one(".govuk-notification-banner"))


def test_a_colleague_leaves(client: Client, school: School, colleague: InductionTutor):
    page = open_page(client, "tutor-last-day", school.urn, colleague.pk)
    assert heading(page) == ("Al Ant", "Last day as an induction tutor")
    assert (
        "Al Ant can see and keep the records of All Saints until the end of the last day: until"
        " midnight, if it is today." in words(page.main)
    )
    assert NOBODY_STAYS not in words(page.main)

    check = answer(client, colleague, date(2026, 1, 20))
    page = BeautifulSoup(check.content, "html.parser")
    assert rows(page) == {"Induction tutor": "Al Ant", "Last day": "20 January 2026"}
    colleague.refresh_from_db()
    assert colleague.last_day is None

    assert banner(confirm(client, colleague)) == (
        "Success Al Ant is an induction tutor until 20 January 2026."
    )
    assert colleague.last_day == date(2026, 1, 20)
    event = colleague.events.select_related("pgh_context").latest("pgh_id")
    by = User.objects.get(pk=event.pgh_context.metadata["user"])
    assert (event.pgh_label, by.name) == ("update", "Sarah Philips")


def test_who_leaves_themselves_today_is_let_in_until_midnight(
    client: Client, school: School, time_machine
):
    mine = school.induction_tutors.get()
    answer(client, mine, date(2026, 1, 15))
    page = confirm(client, mine)
    assert banner(page) == "Success Sarah Philips is an induction tutor until 15 January 2026."
    time_machine.move_to("2026-01-15T23:59:00Z", tick=False)
    client.force_login(mine.user)
    assert client.get(address("school-home", school.urn)).status_code == 200
    time_machine.move_to("2026-01-16T00:00:00Z", tick=False)
    assert client.get(address("school-home", school.urn)).status_code == 404


def test_the_pages_warn_when_nobody_stays(client: Client, school: School):
    mine = school.induction_tutors.get()
    page = open_page(client, "tutor-last-day", school.urn, mine.pk)
    assert NOBODY_STAYS in words(page.main)
    check = answer(client, mine, date(2026, 1, 15))
    assert NOBODY_STAYS in check.text
    assert "DfE" in check.text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 14), "Last day must be on or after 15 January 2026, today"),
        (date(2036, 1, 14), "Last day must be on or before 15 January 2027"),
    ],
)
def test_a_last_day_that_cannot_be(client: Client, colleague: InductionTutor, day, said):
    assert error_of(answer(client, colleague, day)) == said


def test_a_recorded_day_stands_there_to_be_changed(client: Client, colleague: InductionTutor):
    answer(client, colleague, date(2026, 1, 20))
    confirm(client, colleague)
    page = open_page(client, "tutor-last-day", colleague.school.urn, colleague.pk)
    shown = [page.find("input", {"name": f"last_day-{part}"})["value"] for part in ("day", "month")]
    assert shown == ["20", "1"]


@pytest.mark.parametrize("step", ["last-day", "check"])
@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_a_number_of_no_appointment_is_not_there(client: Client, colleague, step, number):
    where = f"/schools/{colleague.school.urn}/tutors/{number}/{step}"
    assert client.get(where).status_code == 404
    assert client.post(where).status_code == 404


def test_nothing_is_recorded_without_an_answer(client: Client, colleague: InductionTutor):
    confirm(client, colleague)
    assert colleague.last_day is None


def test_a_day_that_has_passed_since_is_refused(
    client: Client, colleague: InductionTutor, time_machine
):
    time_machine.move_to("2026-01-15T23:59:00Z", tick=False)
    client.force_login(User.objects.get(email="sarah@school.example"))
    answer(client, colleague, date(2026, 1, 15))
    time_machine.move_to("2026-01-16T00:00:10Z", tick=False)
    page = confirm(client, colleague)
    said = words(page.select_one(".govuk-error-summary__list"))
    assert said == "Last day must be on or after 16 January 2026, today"
    assert colleague.last_day is None


def test_who_comes_through_dfe_sign_in_leaves_there(client: Client, colleague: InductionTutor):
    InductionTutor.objects.filter(pk=colleague.pk).update(source="dfe_sign_in")
    path = address("tutor-last-day", colleague.school.urn, colleague.pk)
    page = BeautifulSoup(client.get(path, follow=True).content, "html.parser")
    assert banner(page).startswith("Important They are an induction tutor through DfE Sign-in.")
    answer(client, colleague, date(2026, 1, 20))
    confirm(client, colleague)
    assert colleague.last_day is None
