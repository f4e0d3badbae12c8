"""What every journey has: errors shown once, acts done once, two windows, a beginning anew."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from core.text import NOT_IN_A_NAME
from mentors.journeys.forms import LONGEST_KEPT
from mentors.models import DraftAnswers, Mentorship
from schools.models import InductionTutor, Teacher
from tests.builders import make_tutor
from tests.mentors.journeys.pairing_helpers import AtSchool, Journey
from tests.mentors.reading import address, open_address, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z", tick=False)]

TODAY, LATER = date(2026, 3, 2), date(2026, 9, 1)
CHANGED = "Your answers were changed, perhaps in another window. Check them, then confirm"


@pytest.fixture
def at(client: Client) -> AtSchool:
    school = AtSchool()
    client.force_login(school.tutor)
    return school


def day(field: str, on: date) -> dict[str, int]:
    return {f"{field}-{part}": getattr(on, part) for part in ("day", "month", "year")}


def errors(page: BeautifulSoup) -> list[str]:
    """What the error summary says; the title says "Error:" exactly when there is one."""
    said = [words(a) for a in page.select(".govuk-error-summary a")]
    assert page.title.string.strip().startswith("Error: ") == bool(said)
    return said


def press(client: Client, check: BeautifulSoup, where: str) -> HttpResponse:
    """Press the button of a check page that was opened before."""
    return client.post(where, {"seen": check.select_one("[name=seen]")["value"]})


def pages(at: AtSchool) -> dict[str, tuple[str, dict, dict]]:
    """A question of each journey: where it is, an entry it refuses, and one that it takes."""
    urn, mentor, ect = at.school.urn, at.julie.public_id, at.jonathan.public_id
    tutor = at.school.induction_tutors.get().pk
    past, soon = day("last_day", date(2020, 1, 1)), day("last_day", date(2026, 7, 21))
    return {
        "add a mentor": (address("add-mentor-page", urn, "trn"), {"trn": "1"}, {"trn": "7654321"}),
        "add an ECT": (address("add-ect-page", urn, "trn"), {"trn": "1"}, {"trn": "7654321"}),
        "assign": (
            address("assign", urn, mentor),
            {"chosen": "x"},
            {"chosen": at.jason.public_id},
        ),
        "change mentor": (
            address("change-mentor", urn, ect),
            {"chosen": "x"},
            {"chosen": at.julie.public_id},
        ),
        "mentor's name": (address("mentor-name", urn, mentor), {"name": " "}, {"name": "Jo B"}),
        "ECT's name": (address("ect-name", urn, ect), {"name": " "}, {"name": "Jo B"}),
        "mentor's email": (
            address("mentor-email", urn, mentor),
            {"email": "x"},
            {"email": "x@a.example"},
        ),
        "ECT's email": (address("ect-email", urn, ect), {"email": "x"}, {"email": "x@a.example"}),
        "mentor leaves": (address("mentor-leaving", urn, mentor), past, soon),
        "ECT leaves": (address("ect-leaving", urn, ect), past, soon),
        "name a tutor": (
            address("add-tutor", urn),
            {"name": "Al Ant", "email": "x"},
            {"name": "Al Ant", "email": "al@a.example"},
        ),
        "tutor's last day": (address("tutor-last-day", urn, tutor), past, soon),
    }


JOURNEYS = (
    "add a mentor",
    "add an ECT",
    "assign",
    "change mentor",
    "mentor's name",
    "ECT's name",
    "mentor's email",
    "ECT's email",
    "mentor leaves",
    "ECT leaves",
    "name a tutor",
    "tutor's last day",
)


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_refused_answer_leads_back_to_its_question_which_says_why_once(client, at, name):
    where, wrong, right = pages(at)[name]
    answer = client.post(where, wrong)
    assert (answer.status_code, answer.url) == (302, where)
    assert client.head(where).status_code == 200  # reads nothing out of it
    page = open_address(client, where)
    assert len(errors(page)) == 1
    entered = {
        i["name"]: i.get("value") for i in page.select("main input[type=text], [type=email]")
    }
    assert entered == {name: str(value) for name, value in wrong.items() if name in entered}
    assert errors(open_address(client, where)) == []
    assert not DraftAnswers.objects.get().answers
    client.post(where, wrong)
    assert client.post(where, right).url != where
    assert errors(open_address(client, where)) == []


def test_where_a_question_was_opened_from_goes_along_with_its_error(client: Client, at: AtSchool):
    journey = Journey(client, "change-mentor", at.jonathan, f"from={at.jane.public_id}&change=1")
    assert journey.choose(at.jane).url == journey.address()


def test_of_what_was_refused_only_the_form_s_own_inputs_are_kept_and_cut(client, at):
    where = address("mentor-name", at.school.urn, at.julie.public_id)
    sent = {"name": "n" * 9000, "csrfmiddlewaretoken": "secret", "other": "x", "seen": "y"}
    client.post(where, sent)
    (draft,) = DraftAnswers.objects.all()
    assert draft.refused["entered"] == {"name": "n" * LONGEST_KEPT}
    assert errors(open_address(client, where)) == ["Full name must be 200 characters or less"]
    assert DraftAnswers.objects.get().refused is None


def test_a_null_character_in_what_was_refused_is_shown(client: Client, at: AtSchool):
    where = address("mentor-name", at.school.urn, at.julie.public_id)
    page = BeautifulSoup(client.post(where, {"name": "<\0"}, follow=True).content, "html.parser")
    assert errors(page) == [NOT_IN_A_NAME]
    assert page.select_one("#id_name")["value"] == "<\N{REPLACEMENT CHARACTER}"


def test_the_error_of_a_date_is_at_the_input_at_fault(client: Client, at: AtSchool):
    where = address("mentor-leaving", at.school.urn, at.julie.public_id)
    page = client.post(where, day("last_day", TODAY) | {"last_day-month": ""}, follow=True)
    page = BeautifulSoup(page.content, "html.parser")
    assert errors(page) == ["Last day must include a month"]
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_last_day-month"
    assert [i["id"] for i in page.select(".govuk-input--error")] == ["id_last_day-month"]


def test_a_refused_act_leads_back_to_the_check_page_which_says_why_once(client, at):
    where = address("mentor-name", at.school.urn, at.julie.public_id)
    client.post(where, {"name": "Jo Brown"})
    check = open_address(client, f"{where}/check")
    Teacher.objects.filter(pk=at.julie.teacher_id).update(name="Julie Smith")
    answer = press(client, check, f"{where}/check")
    assert (answer.status_code, answer.url) == (302, f"{where}/check")
    page = open_address(client, answer.url)
    assert errors(page) == [
        "Our records were changed while you were looking. Check what they say now"
    ]
    assert rows(page.main) == {"Current name": "Julie Smith", "New name": "Jo Brown"}
    assert errors(open_address(client, answer.url)) == []
    press(client, page, f"{where}/check")
    assert Teacher.objects.get(pk=at.julie.teacher_id).name == "Jo Brown"


def test_of_a_person_who_left_meanwhile_nothing_is_changed_and_the_page_says_so(client, at):
    where = address("mentor-email", at.school.urn, at.julie.public_id)
    client.post(where, {"email": "new@a.example"})
    check = open_address(client, f"{where}/check")
    type(at.julie).objects.filter(pk=at.julie.pk).update(finished_on=TODAY)
    answer = press(client, check, f"{where}/check")
    assert errors(open_address(client, answer.url))[0].startswith("Our records were changed")
    at.julie.refresh_from_db()
    assert at.julie.email != "new@a.example"


def tutors_check(at: AtSchool, tutor: InductionTutor | None = None) -> str:
    if tutor is None:
        return address("check-tutor", at.school.urn)
    return address("check-tutor-last-day", at.school.urn, tutor.pk)


def test_a_tutor_named_in_another_window_is_not_named_by_this_one(client: Client, at: AtSchool):
    where = address("add-tutor", at.school.urn)
    client.post(where, {"name": "Al Ant", "email": "al@a.example"})
    opened = open_address(client, tutors_check(at))
    client.post(where, {"name": "Bo Bee", "email": "bo@a.example"})
    page = open_address(client, press(client, opened, tutors_check(at)).url)
    assert errors(page) == [CHANGED]
    assert rows(page.main)["Full name"] == "Bo Bee"
    assert InductionTutor.objects.count() == 1
    press(client, page, tutors_check(at))
    assert InductionTutor.objects.latest("pk").named_as == "Bo Bee"


def test_a_last_day_of_another_window_is_not_recorded_by_this_one(client: Client, at: AtSchool):
    tutor = at.school.induction_tutors.get()
    where = address("tutor-last-day", at.school.urn, tutor.pk)
    client.post(where, day("last_day", date(2026, 3, 20)))
    opened = open_address(client, tutors_check(at, tutor))
    client.post(where, day("last_day", date(2026, 4, 20)))
    page = open_address(client, press(client, opened, tutors_check(at, tutor)).url)
    assert errors(page) == [CHANGED]
    assert rows(page.main)["Last day"] == "20 April 2026"
    tutor.refresh_from_db()
    assert tutor.last_day is None


def test_a_last_day_sent_again_leads_on_and_changes_nothing(client: Client, at: AtSchool):
    tutor = at.school.induction_tutors.get(user=make_tutor(at.school, name="Al Ant"))
    where = address("tutor-last-day", at.school.urn, tutor.pk)
    client.post(where, day("last_day", date(2026, 3, 20)))
    check = open_address(client, tutors_check(at, tutor))
    listed = address("tutors", at.school.urn)
    assert press(client, check, tutors_check(at, tutor)).url == listed
    InductionTutor.objects.filter(pk=tutor.pk).update(finished_on=date(2026, 5, 1))
    assert press(client, check, tutors_check(at, tutor)).url == listed
    tutor.refresh_from_db()
    assert tutor.finished_on == date(2026, 5, 1)


def test_the_list_of_tutors_and_a_question_opened_anew_drop_nothing_of_another_window(client, at):
    where = address("add-tutor", at.school.urn)
    client.post(where, {"name": "Al Ant", "email": "al@a.example"})
    opened = open_address(client, tutors_check(at))
    open_address(client, address("tutors", at.school.urn))
    open_address(client, where)
    press(client, opened, tutors_check(at))
    assert InductionTutor.objects.latest("pk").named_as == "Al Ant"


def checked(page: BeautifulSoup) -> list[str]:
    return [radio["value"] for radio in page.select("input[type=radio][checked]")]


def test_a_pairing_begun_anew_has_nothing_of_the_one_that_was_abandoned(client, at):
    journey = Journey(client, "change-mentor", at.jonathan)
    journey.up_to_check(at.julie, LATER)
    page = open_address(client, journey.page)
    page = open_address(client, page.find("a", href=journey.address())["href"])
    assert checked(page) == []
    answer = journey.choose(at.julie)
    assert answer.url == journey.address("-start-date")
    assert not open_address(client, answer.url).select("main input[type=text][value]")


def test_going_back_within_a_pairing_shows_what_was_chosen(client: Client, at: AtSchool):
    journey = Journey(client, "change-mentor", at.jonathan)
    check = journey.up_to_check(at.julie, LATER)
    for opened in (check, check):
        (change,) = [a for a in opened.select("dd a") if words(a) == "Change mentor"]
        assert checked(open_address(client, change["href"])) == [str(at.julie.public_id)]
    start = open_address(client, check.select_one(".govuk-back-link")["href"])
    assert [i["value"] for i in start.select("main input[type=text]")] == ["1", "9", "2026"]
    where = start.select_one(".govuk-back-link")["href"]
    first = open_address(client, where)
    assert checked(first) == [str(at.julie.public_id)]
    assert first.select_one(".govuk-back-link")["href"] == journey.page
    # From there it goes on with the day that was given.
    answer = client.post(where, {"chosen": at.julie.public_id})
    assert answer.url == journey.address("-check")


@pytest.mark.parametrize(
    ("name", "entry", "field"),
    [
        ("mentor-name", {"name": "Jo Brown"}, "name"),
        ("mentor-email", {"email": "jo@a.example"}, "email"),
        ("mentor-leaving", day("last_day", LATER), "last_day-month"),
    ],
)
def test_a_change_begun_anew_shows_the_records_and_change_shows_the_answer(
    client, at, name, entry, field
):
    where = address(name, at.school.urn, at.julie.public_id)
    before = open_address(client, where).find("input", {"name": field}).get("value")
    client.post(where, entry)
    assert open_address(client, where).find("input", {"name": field}).get("value") == before
    check = open_address(client, f"{where}/check")
    for link in (check.select_one("dd a"), check.select_one(".govuk-back-link")):
        page = open_address(client, link["href"])
        assert page.find("input", {"name": field})["value"] == str(entry[field])


def test_answers_go_on_beside_those_of_another_user(client: Client, at: AtSchool):
    mine = Journey(client, "assign", at.julie)
    page = mine.up_to_check(at.jason, TODAY)
    colleague = Client()
    colleague.force_login(make_tutor(at.school))
    Journey(colleague, "assign", at.julie).choose(at.jonathan)
    assert mine.confirm(page).url == mine.page
    assert Mentorship.objects.on(TODAY).get(ect=at.jason).mentor == at.julie


def test_no_address_and_no_session_holds_an_answer(client: Client, at: AtSchool):
    for where, wrong, right in pages(at).values():
        for entry in (wrong, right):
            answer = client.post(where, entry)
            assert not any(
                str(value) in answer.url for value in entry.values() if len(str(value)) > 4
            )
    held = str(dict(client.session))
    assert "Al Ant" not in held
    assert "2026" not in held
