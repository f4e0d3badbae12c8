"""The journeys "Assign an ECT to this mentor" and "Assign or change a mentor", page by page."""

from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client

from mentors.models import Mentorship
from tests.builders import make_ect, make_mentor, make_tutor
from tests.mentors.journeys.pairing_helpers import (
    AtSchool,
    Journey,
    banner,
    errors,
    mentor_of,
    read,
)
from tests.mentors.reading import choices, follow, open_address, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z")]

TODAY, LATER = date(2026, 3, 2), date(2026, 9, 1)
FIRST, DAY = "#id_chosen", "#id_started_on-day"


@pytest.fixture
def at(client: Client) -> AtSchool:
    school = AtSchool()
    client.force_login(school.tutor)
    return school


def test_an_ect_is_assigned_to_a_mentor(client: Client, at: AtSchool):
    journey = Journey(client, "assign", at.julie)
    page = follow(client, open_address(client, journey.page), "Assign an ECT to this mentor")
    assert words(page.h1) == "Who would you like to assign to Julie Carver?"
    assert choices(page) == ["Jason Blue", "Jonathan Paul"]
    assert [words(hint) for hint in page.select(".govuk-radios__hint")] == [
        "Not currently being mentored",
        "Currently mentored by Jane Thomas",
    ]

    page = read(client.get(journey.choose(at.jonathan).url))
    assert words(page.h1) == "When does Julie Carver start mentoring Jonathan Paul?"
    assert "on or after 1 September 2025, the day Julie Carver started at this school" in words(
        page
    )
    assert not page.select("main input[type=text][value]")
    page = read(client.get(journey.start(TODAY).url))
    assert words(page.h1) == "Check your answers"
    assert rows(page) == {
        "Mentor": "Julie Carver",
        "ECT": "Jonathan Paul",
        "Start date": "2 March 2026",
    }
    assert "Jane Thomas’s last day of mentoring Jonathan Paul will be 1 March 2026." in words(page)
    assert mentor_of(at.jonathan, TODAY) == "Jane Thomas"

    response = journey.confirm(page)
    assert response.url == journey.page
    page = open_address(client, response.url)
    assert banner(page).startswith("Julie Carver now mentors Jonathan Paul.")
    assert rows(page.select_one("#mentoring"))["Currently mentoring"].startswith("Jonathan Paul ")
    assert follow(client, page, "Assign another ECT to this mentor")
    assert mentor_of(at.jonathan, TODAY) == "Julie Carver"


def test_a_mentor_is_changed_from_the_ect_s_page(client: Client, at: AtSchool):
    journey = Journey(client, "change-mentor", at.jonathan)
    page = open_address(client, journey.page)
    page = follow(client, page, "Change the mentor of Jonathan Paul")
    assert words(page.h1) == "Who will mentor Jonathan Paul?"
    assert choices(page) == ["Jane Thomas", "Julie Carver"]
    assert [words(hint) for hint in page.select(".govuk-radios__hint")] == [
        "Currently mentors Jonathan Paul",
        "Not currently mentoring",
    ]
    assert follow(client, page, "Add a new mentor")
    response = journey.confirm(journey.up_to_check(at.julie, LATER))
    assert response.url == journey.page
    page = open_address(client, response.url)
    assert banner(page).startswith("From 1 September 2026, Julie Carver will mentor Jonathan Paul.")
    assert rows(page.select_one("#mentor")) == {
        "Mentor": "Jane Thomas Will be mentored by Julie Carver from 1 September 2026"
    }
    of_jane = open_address(client, Journey(client, "assign", at.jane).page)
    assert rows(of_jane.select_one("#mentoring")) == {
        "Currently mentoring": "Jonathan Paul Induction started 1 September 2025"
        " Will be mentored by Julie Carver from 1 September 2026"
    }
    of_julie = open_address(client, Journey(client, "assign", at.julie).page)
    assert rows(of_julie.select_one("#mentoring")) == {
        "Currently mentoring": "Not currently mentoring",
        "Will mentor": "Jonathan Paul From 1 September 2026",
    }


def test_change_beside_an_ect_comes_back_to_the_mentor_s_page(client: Client, at: AtSchool):
    of_jane = Journey(client, "assign", at.jane).page
    page = follow(client, open_address(client, of_jane), "Change the mentor of Jonathan Paul")
    assert page.select_one(".govuk-back-link")["href"] == of_jane
    journey = Journey(client, "change-mentor", at.jonathan, f"from={at.jane.public_id}")
    response = journey.choose(at.julie)
    assert response.url == journey.address("-start-date")
    assert journey.start(TODAY).url == journey.address("-check")
    page = journey.check()
    changes = [a["href"] for a in page.select(".govuk-summary-list__actions a")]
    assert all(f"from={at.jane.public_id}" in href for href in changes)
    assert journey.confirm(page).url == of_jane
    assert banner(open_address(client, of_jane)).startswith(
        "Julie Carver now mentors Jonathan Paul."
    )


@pytest.mark.parametrize("query", ["from=https://elsewhere.example", "from=//elsewhere", "from="])
def test_it_comes_back_to_nothing_but_a_mentor_s_page(client: Client, at: AtSchool, query):
    journey = Journey(client, "change-mentor", at.jonathan, query)
    page = open_address(client, journey.address())
    assert page.select_one(".govuk-back-link")["href"] == journey.page


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("assign", "Select who you would like to assign"),
        ("change-mentor", "Select who will mentor them"),
    ],
)
def test_who_has_to_be_one_of_the_choices(client: Client, at: AtSchool, name, says):
    journey = Journey(client, name, at.julie if name == "assign" else at.jonathan)
    elsewhere = make_ect() if name == "assign" else make_mentor()
    make_tutor(elsewhere.school, at.tutor.email)
    for chosen in ("", "x", uuid4(), elsewhere, at.julie if name == "assign" else at.jason):
        assert errors(read(journey.choose(chosen))) == [(says, FIRST)], chosen
    assert client.get(journey.address("-start-date")).url == journey.address()


def test_the_present_mentor_cannot_be_chosen_again(client: Client, at: AtSchool):
    page = read(Journey(client, "change-mentor", at.jonathan).choose(at.jane))
    says = "Jane Thomas is the mentor already. Select another mentor"
    assert errors(page) == [(says, FIRST)]


def test_a_planned_change_is_taken_back(client: Client, at: AtSchool):
    journey = Journey(client, "change-mentor", at.jonathan)
    journey.confirm(journey.up_to_check(at.julie, LATER))
    page = journey.up_to_check(at.jane, LATER)
    assert "Julie Carver will not start mentoring Jonathan Paul on 1 September 2026." in words(page)
    journey.confirm(page)
    assert mentor_of(at.jonathan, LATER) == "Jane Thomas"
    assert Mentorship.objects.get(ect=at.jonathan).finished_on is None


@pytest.mark.parametrize(
    ("day", "says", "where"),
    [
        (("", "", ""), "Enter start date", DAY),
        (("2", "", "2026"), "Start date must include a month", "#id_started_on-month"),
        (("31", "2", "2026"), "Start date must be a real date", DAY),
        (
            date(2025, 8, 31),
            "Start date must be on or after 1 September 2025, the day Julie Carver started at this"
            " school",
            DAY,
        ),
        (
            date(2027, 3, 3),
            "Start date must be on or before 2 March 2027, a year from today",
            DAY,
        ),
    ],
)
@pytest.mark.parametrize("name", ["assign", "change-mentor"])
def test_a_day_that_cannot_be_is_refused_at_its_field(
    client: Client, at: AtSchool, name, day, says, where
):
    person, chosen = (at.julie, at.jason) if name == "assign" else (at.jason, at.julie)
    journey = Journey(client, name, person)
    journey.choose(chosen)
    assert errors(read(journey.start(day))) == [(says, where)]
    assert client.get(journey.address("-check")).url == journey.address("-start-date")


def test_going_back_and_confirming_again_changes_nothing(client: Client, at: AtSchool):
    journey = Journey(client, "assign", at.julie)
    page = journey.up_to_check(at.jason, TODAY)
    journey.confirm(page)
    before = list(Mentorship.objects.values())
    assert journey.confirm(page).url == journey.page
    assert client.get(journey.address("-check")).url == journey.address()
    assert list(Mentorship.objects.values()) == before


def test_what_another_tutor_changed_meanwhile_is_said_and_shown(client: Client, at: AtSchool):
    mine = Journey(client, "assign", at.julie)
    page = mine.up_to_check(at.jonathan, TODAY)
    colleague = Client()
    colleague.force_login(make_tutor(at.school))
    theirs = Journey(colleague, "change-mentor", at.jonathan)
    olu = make_mentor(school=at.school, name="Olu Bello")
    theirs.confirm(theirs.up_to_check(olu, date(2026, 2, 2)))

    page = read(mine.confirm(page))
    says = (
        "Jonathan Paul’s mentor was changed a moment ago: they are now mentored by Olu Bello."
        " Check, then try again."
    )
    assert errors(page) == [(says, "#answers")]
    assert "Olu Bello’s last day of mentoring Jonathan Paul will be 1 March 2026." in words(page)
    assert mentor_of(at.jonathan, TODAY) == "Olu Bello"
    assert mine.confirm(page).url == mine.page
    assert mentor_of(at.jonathan, TODAY) == "Julie Carver"


def test_what_another_tutor_did_just_so_is_done(client: Client, at: AtSchool):
    mine = Journey(client, "assign", at.julie)
    page = mine.up_to_check(at.jason, TODAY)
    colleague = Client()
    colleague.force_login(make_tutor(at.school))
    theirs = Journey(colleague, "change-mentor", at.jason)
    theirs.confirm(theirs.up_to_check(at.julie, TODAY))
    assert mine.confirm(page).url == mine.page
    assert Mentorship.objects.filter(ect=at.jason).count() == 1


def test_answers_changed_in_another_window_are_not_confirmed_unseen(client: Client, at: AtSchool):
    journey = Journey(client, "assign", at.julie)
    page = journey.up_to_check(at.jonathan, TODAY)
    journey.choose(at.jason)
    for sent in (page, None):
        again = journey.confirm(page) if sent else client.post(journey.address("-check"))
        ((says, _),) = errors(read(again))
        assert says.startswith("Your answers were changed, perhaps in another window.")
    assert mentor_of(at.jason, TODAY) is None
    assert mentor_of(at.jonathan, TODAY) == "Jane Thomas"


def test_somebody_who_leaves_meanwhile_is_not_paired(client: Client, at: AtSchool):
    journey = Journey(client, "assign", at.julie)
    page = journey.up_to_check(at.jason, TODAY)
    at.jason.finished_on = TODAY
    at.jason.save()
    says = (
        "Julie Carver cannot mentor Jason Blue now: 1 March 2026 was Jason Blue’s last day at this"
        " school"
    )
    assert errors(read(journey.confirm(page))) == [(says, "#answers")]
    assert client.get(journey.address("-check")).url == journey.address("-start-date")
    assert mentor_of(at.jason, TODAY) is None


def test_an_answer_can_be_changed_from_the_page_that_shows_all(client: Client, at: AtSchool):
    journey = Journey(client, "change-mentor", at.jonathan)
    page = journey.up_to_check(at.julie, TODAY)
    day = follow(client, page, "Change start date")
    assert [box["value"] for box in day.select("main input[type=text]")] == ["2", "3", "2026"]
    assert day.select_one(".govuk-back-link")["href"] == journey.address("-check")
    chosen = follow(client, page, "Change mentor").select_one("input[checked]")
    assert chosen["value"] == str(at.julie.public_id)


def test_two_of_one_name_are_told_apart(client: Client, at: AtSchool):
    again = make_ect(school=at.school, name="Jason Blue")
    page = open_address(client, Journey(client, "assign", at.julie).address())
    assert [words(hint) for hint in page.select(".govuk-radios__hint")][:2] == [
        f"Not currently being mentored. TRN {ect.teacher.trn}" for ect in (at.jason, again)
    ]


def many(at: AtSchool, number: int) -> list:
    """More mentors at the school, named Zed00, Zed01."""
    return [make_mentor(school=at.school, name=f"Zed{each:02}") for each in range(number)]


def test_up_to_twenty_are_all_there(client: Client, at: AtSchool):
    journey = Journey(client, "change-mentor", at.jonathan)
    many(at, 18)
    page = open_address(client, journey.address() + "?search=jane")
    assert len(choices(page)) == 20
    assert not page.select("input[type=text], .govuk-pagination")


def test_more_than_twenty_are_searched_a_page_at_a_time(client: Client, at: AtSchool):
    journey = Journey(client, "change-mentor", at.jonathan)
    many(at, 39)
    page = open_address(client, journey.address())
    assert words(page.h1) == "Who will mentor Jonathan Paul?"
    assert words(page.select_one("legend")) == "Select a mentor"
    assert choices(page) == ["Jane Thomas", "Julie Carver", *(f"Zed{n:02}" for n in range(18))]
    assert f"TRN {at.jane.teacher.trn}" in words(page.select_one(".govuk-radios__hint"))
    assert "Showing 1 to 20 of 41" in words(page.main)

    page = follow(client, follow(client, page, "Next page"), "3")
    assert choices(page) == ["Zed38"]
    assert words(page.title).startswith("Who will mentor Jonathan Paul? (page 3 of 3) - ")
    assert words(page.h1) == "Who will mentor Jonathan Paul?"
    for search, found, says in (
        ("zed1", 10, "10 mentors match ‘zed1’."),
        ("zed", 20, "39 mentors match ‘zed’."),
        ("JULIÉ carver", 1, "1 mentor matches ‘JULIÉ carver’."),
        (at.jane.teacher.trn, 1, f"1 mentor matches ‘{at.jane.teacher.trn}’."),
        ("<b>", 0, "No mentors match ‘<b>’."),
    ):
        page = open_address(client, journey.address() + "?" + urlencode({"search": search}))
        assert len(page.select("input[type=radio]")) == found, search
        assert says in words(page.main)
        assert page.select_one("main form input[type=text]")["value"] == search
        assert bool(page.find("button", string=lambda text: "Continue" in (text or ""))) == bool(
            found
        )


def test_who_is_chosen_stays_chosen_over_a_search_and_an_error_keeps_it(
    client: Client, at: AtSchool
):
    journey = Journey(client, "change-mentor", at.jonathan)
    *_, last = many(at, 39)
    searched = journey.address() + "?" + urlencode({"search": "zed0", "chosen": last.public_id})
    page = open_address(client, searched)
    assert choices(page)[:2] == ["Zed38", "Zed00"]
    assert page.select_one("input[checked]")["value"] == str(last.public_id)
    assert page.select_one("form[method=get] [name=chosen]")["value"] == str(last.public_id)

    response = client.post(searched, {"chosen": ""})
    assert response.url == searched
    page = read(response)
    assert errors(page) == [("Select who will mentor them", FIRST)]
    assert "10 mentors match ‘zed0’." in words(page.main)

    response = client.post(searched, {"chosen": last.public_id})
    assert response.url == journey.address("-start-date")
    page = follow(client, read(response), "Back")
    assert choices(page)[0] == "Zed38"
    assert page.select_one("input[checked]")["value"] == str(last.public_id)
    # The search carries along that the journey was begun.
    kept = {each["name"]: each["value"] for each in page.select("form[method=get] [type=hidden]")}
    assert kept == {"back": "1", "chosen": str(last.public_id)}


@pytest.mark.parametrize("chosen", ["", "x", "5b04ddcb-ae15-4839-b7b2-27109decb119", "a" * 5000])
def test_a_choice_in_the_address_that_cannot_be_chosen_is_not_there(
    client: Client, at: AtSchool, chosen
):
    many(at, 39)
    elsewhere = make_mentor(name="Zed Elsewhere")
    for each in (chosen, str(elsewhere.public_id)):
        query = urlencode({"search": "zed0", "chosen": each})
        page = open_address(
            client, f"{Journey(client, 'change-mentor', at.jonathan).address()}?{query}"
        )
        assert choices(page) == [f"Zed{n:02}" for n in range(10)]


def test_a_search_that_is_not_allowed_is_an_error_at_its_field(client: Client, at: AtSchool):
    many(at, 39)
    query = urlencode({"search": "a" * 201})
    page = open_address(
        client, f"{Journey(client, 'change-mentor', at.jonathan).address()}?{query}"
    )
    assert errors(page) == [("Search must be 200 characters or less", "#search_search")]
    assert len(choices(page)) == 20


def test_a_person_of_another_school_is_not_found(client: Client, at: AtSchool):
    for name, person in (("assign", make_mentor()), ("change-mentor", make_ect())):
        for step in ("", "-start-date", "-check"):
            assert client.get(Journey(client, name, person).address(step)).status_code == 404
