"""A mentor's page: personal details, ECTs, and that they left. Their training is in
test_mentor_training_page.py and
test_mentor_training_providers.py."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from mentors.models import StatusPolicy
from schools.models import MentorAtSchool, School
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_teacher,
)
from tests.mentors.reading import follow, heading, open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

TODAY = date(2026, 1, 15)
CHANGED, COMPLETED = "changed", "induction_completed"


def open_mentor(client: Client, mentor: MentorAtSchool) -> BeautifulSoup:
    return open_page(client, "mentor", mentor.school.urn, mentor.public_id)


def mentoring(page: BeautifulSoup) -> dict[str, str]:
    return rows(page.select_one("#mentoring"))


@pytest.fixture
def every_status() -> None:
    """The policy under which "Previously mentored" is shown."""
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy="three_statuses")


def test_it_shows_who_they_are(client: Client, school: School):
    jane = make_teacher("Jane Thomas", "0836472", date_of_birth=date(1989, 11, 13))
    mentor = make_mentor(jane, school, email="jane.thomas@plymouth-primary.sch.uk")

    page = open_mentor(client, mentor)

    assert heading(page) == ("Mentor", "Jane Thomas")
    assert [words(h2) for h2 in page.main.find_all("h2")] == [
        "Personal details",
        "Mentoring",
        "Mentor training",
    ]
    assert rows(page.select_one("#personal-details")) == {
        "Name": "Jane Thomas",
        "TRN": "0836472",
        "Date of birth": "13 November 1989",
        "Email address": "jane.thomas@plymouth-primary.sch.uk",
    }


def test_what_may_be_changed_leads_to_where_it_is(client: Client, school: School):
    mentor = make_mentor(school=school, name="Jane Thomas")
    make_mentorship(mentor, make_ect(school=school, name="Jonathan Paul"))
    links = [words(a) for a in open_mentor(client, mentor).main.find_all("a")]
    assert links == [
        "Change name",
        "Change email address",
        "manage-teacher-training@education.gov.uk",
        "Jonathan Paul",
        "Choose lead provider",
        "manage-teacher-training@education.gov.uk",
        "Tell us if Jane Thomas is leaving your school",
    ]


def test_nothing_of_somebody_who_left_leads_to_a_change(client: Client, school: School):
    mentor = make_mentor(school=school, finished_on=date(2025, 9, 1))
    links = open_mentor(client, mentor).main.find_all("a")
    assert [words(a) for a in links] == ["manage-teacher-training@education.gov.uk"]


def test_a_name_is_text_whatever_stands_in_it(client: Client, school: School):
    page = open_mentor(client, make_mentor(school=school, name="<b>Jo</b> O'Neil & Co"))
    assert heading(page)[1] == "<b>Jo</b> O'Neil & Co"
    assert page.title.string.strip().startswith("<b>Jo</b> O'Neil & Co - ")


def test_ects_mentored_now_are_links_with_their_induction_beneath(client: Client, school: School):
    mentor = make_mentor(school=school)
    for name, started_on in (
        ("Lillian Solis", date(2021, 9, 3)),
        ("Jonathan Paul", date(2023, 4, 20)),
    ):
        ect = make_ect(school=school, name=name, induction_started_on=started_on)
        make_mentorship(mentor, ect)
    page = open_mentor(client, mentor)
    assert mentoring(page) == {
        "Currently mentoring": "Jonathan Paul Induction started 20 April 2023"
        " Lillian Solis Induction started 3 September 2021"
    }
    assert heading(follow(client, page, "Lillian Solis"))[1] == "Lillian Solis"


def test_an_induction_yet_to_start_is_said_to_start(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_mentorship(
        mentor, make_ect(school=school, name="Al", induction_started_on=date(2026, 1, 16))
    )
    assert mentoring(open_mentor(client, mentor)) == {
        "Currently mentoring": "Al Induction starts 16 January 2026"
    }


@pytest.mark.parametrize(
    ("started_on", "finished_on", "is_now"),
    [
        (date(2026, 1, 16), None, False),
        (date(2026, 1, 15), None, True),
        (date(2025, 9, 1), date(2026, 1, 16), True),
        (date(2025, 9, 1), date(2026, 1, 15), False),
    ],
    ids=["from tomorrow", "from today", "until today", "until yesterday"],
)
def test_mentoring_now_is_mentoring_today(
    client: Client, school: School, started_on, finished_on, is_now
):
    mentor = make_mentor(school=school)
    ect = make_ect(school=school, name="Jonathan Paul")
    make_mentorship(mentor, ect, started_on=started_on, finished_on=finished_on)
    now = "Jonathan Paul Induction started 1 September 2021"
    shown = mentoring(open_mentor(client, mentor))["Currently mentoring"]
    assert shown == (now if is_now else "Not currently mentoring")


def test_mentoring_at_another_school_is_none_here(client: Client, school: School):
    mentor = make_mentor(school=school)
    there = make_mentor(mentor.teacher)
    make_mentorship(there, make_ect(school=there.school))
    assert mentoring(open_mentor(client, mentor)) == {
        "Currently mentoring": "Not currently mentoring"
    }


@pytest.mark.usefixtures("every_status")
def test_previously_mentored_are_those_who_completed_induction(client: Client, school: School):
    mentor = make_mentor(school=school)
    until, over = date(2024, 7, 20), {"finished_on": date(2024, 7, 20)}
    nina = make_ect(school=school, name="Nina Eaton", induction_finished_on=until)
    make_mentorship(mentor, nina, **over, end_reason=COMPLETED)
    changed = make_ect(school=school, name="Still Training")
    make_mentorship(mentor, changed, **over, end_reason=CHANGED)
    make_mentorship(make_mentor(school=school), changed, started_on=until)
    by_another = make_ect(school=school, name="By Another", induction_finished_on=until)
    make_mentorship(make_mentor(school=school), by_another, **over, end_reason=COMPLETED)
    tomorrow = make_ect(school=school, name="Until Today", induction_finished_on=date(2026, 1, 16))
    make_mentorship(mentor, tomorrow, finished_on=date(2026, 1, 16), end_reason=COMPLETED)

    page = open_mentor(client, mentor)

    assert mentoring(page) == {
        "Currently mentoring": "Until Today Induction started 1 September 2021",
        "Previously mentored": "Nina Eaton",
    }
    assert heading(follow(client, page, "Nina Eaton"))[1] == "Nina Eaton"


@pytest.mark.usefixtures("every_status")
def test_somebody_mentored_twice_and_completed_under_another_is_named_once(
    client: Client, school: School
):
    mentor, other = make_mentor(school=school), make_mentor(school=school)
    days = [date(2022, 9, 1), date(2023, 1, 1), date(2023, 4, 1), date(2023, 9, 1)]
    first = make_ect(school=school, name="Nina Eaton", finished_on=days[3])
    for who, from_, to in zip((mentor, other, mentor), days, days[1:], strict=False):
        make_mentorship(who, first, started_on=from_, finished_on=to)
    again = make_ect(
        first.teacher,
        school,
        started_on=date(2024, 9, 1),
        induction_started_on=days[0],
        induction_finished_on=TODAY,
    )
    make_mentorship(other, again, finished_on=TODAY, end_reason=COMPLETED)
    page = open_mentor(client, mentor)
    assert mentoring(page)["Previously mentored"] == "Nina Eaton"


def test_previously_mentored_is_not_shown_under_completed_only(client: Client, school: School):
    mentor = make_mentor(school=school)
    nina = make_ect(school=school, induction_finished_on=date(2024, 7, 20))
    make_mentorship(mentor, nina, finished_on=date(2024, 7, 20), end_reason=COMPLETED)
    assert "Previously mentored" not in words(open_mentor(client, mentor).main)


@pytest.mark.parametrize(
    ("finished_on", "says"),
    [
        (date(2023, 7, 22), "Jane left this school. Their last day was 21 July 2023."),
        (TODAY, "Jane left this school. Their last day was 14 January 2026."),
        (
            date(2026, 1, 16),
            "Jane is leaving this school. Their last day is 15 January 2026.",
        ),
    ],
)
def test_somebody_who_left_or_is_leaving_shows_it(
    client: Client, school: School, finished_on, says
):
    mentor = make_mentor(school=school, name="Jane", finished_on=finished_on)
    assert words(open_mentor(client, mentor).select_one(".govuk-inset-text")) == says


def test_somebody_who_stays_shows_nothing_of_leaving(client: Client, school: School):
    page = open_mentor(client, make_mentor(school=school))
    assert not page.select(".govuk-inset-text")


def test_somebody_back_at_the_school_shows_the_latest_time_under_each_address(
    client: Client, school: School
):
    before = make_mentor(school=school, name="Jane", finished_on=date(2023, 9, 1))
    now = make_mentor(before.teacher, school, started_on=date(2024, 9, 1), email="jane@now.example")
    make_mentorship(now, make_ect(school=school, name="Al", started_on=date(2024, 9, 1)))
    for spell in (before, now):
        page = open_mentor(client, spell)
        assert rows(page.select_one("#personal-details"))["Email address"] == "jane@now.example"
        assert mentoring(page)["Currently mentoring"].startswith("Al ")
        assert not page.select(".govuk-inset-text")


def test_somebody_yet_to_come_says_from_when_also_when_they_come_back(
    client: Client, school: School
):
    before = make_mentor(school=school, name="Jane", finished_on=date(2025, 9, 1))
    make_mentor(before.teacher, school, started_on=date(2026, 9, 1))
    inset = open_mentor(client, before).select_one(".govuk-inset-text")
    assert words(inset) == "Jane starts at this school on 1 September 2026."
