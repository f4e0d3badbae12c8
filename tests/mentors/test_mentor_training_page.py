"""The section "Mentor training" of a mentor's page."""

import re
from calendar import month_name
from datetime import date

import pytest
from bs4 import Tag
from django.test import Client

from declarations.models import RecordedCompletion, SchoolYear
from mentors.models import StatusPolicy
from schools.models import MentorAtSchool, School
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_training_period,
    make_tutor,
    make_waiting,
)
from tests.mentors.declaring import declare
from tests.mentors.reading import open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

AMBITION = {"Lead provider": "Ambition Institute", "Delivery partner": "Selby Teaching School Hub"}
UCL = {"Lead provider": "UCL", "Delivery partner": "Devon Teaching School Hub"}
NOT_REPORTED = dict.fromkeys(AMBITION, "Not yet reported by a lead provider")
NO_PROVIDER = {
    "Lead provider": "None, as this school does not use a training provider funded by the DfE",
    "Delivery partner": "None",
}


@pytest.fixture
def school(client: Client) -> School:
    school = make_school()
    client.force_login(make_tutor(school))
    return school


def section_of(client: Client, mentor: MentorAtSchool) -> Tag:
    page = open_page(client, "mentor", mentor.school.urn, mentor.public_id)
    return page.select_one("#mentor-training")


def training(mentor: MentorAtSchool, names: dict[str, str] = AMBITION, year: int = 2023, **days):
    partnership = make_partnership(mentor.school, year, *names.values())
    return make_training_period(mentor, partnership, **days)


def put_in_force(policy: str, **fields) -> None:
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy=policy, **fields)


# --- The explanation ---


def test_it_opens_with_what_mentor_training_is(client: Client, school: School):
    section = section_of(client, make_mentor(school=school))
    explanation = section.find("h2").find_next_sibling()
    assert words(explanation.summary) == "What is mentor training?"
    for said in (
        "Mentor training is a course for mentors.",
        "It is not the same as: mentoring,",
        "the training and materials that ECTs have",
        "A lead provider runs the course with a delivery partner",
        "It can be a different lead provider from the one that trains their ECTs.",
    ):
        assert said in words(explanation)


# --- The status ---


def completed(mentor: MentorAtSchool) -> None:
    training(mentor)
    declare(mentor.teacher, "2023-07-29T23:30:00Z")


def paired(mentor: MentorAtSchool) -> None:
    ect = make_ect(school=mentor.school)
    make_mentorship(mentor, ect, started_on=date(2022, 9, 5))


def nothing(mentor: MentorAtSchool) -> None:
    pass


def recorded(kind: str):
    def record(mentor: MentorAtSchool) -> None:
        RecordedCompletion.objects.create(teacher=mentor.teacher, kind=kind)

    return record


DONE = ("Training completed", "green")
NOT_DONE = ("Training not completed", "grey")
CAN_BEGIN = "Training can begin once they are assigned an ECT to mentor"
LIMIT = {"policy": "time_limit", "months": 36}


@pytest.mark.parametrize(
    ("policy", "state", "shown"),
    [
        ({}, completed, DONE),
        ({}, recorded("early_roll_out"), DONE),
        ({}, paired, None),
        ({}, nothing, None),
        ({}, recorded("started_not_completed"), None),
        ({"policy": "three_statuses"}, completed, (*DONE, "Completed 30 July 2023")),
        (
            {"policy": "three_statuses"},
            recorded("early_roll_out"),
            (*DONE, "Completed 19 April 2021"),
        ),
        (
            {"policy": "three_statuses"},
            paired,
            ("Training", "teal", "Started Autumn term 2022"),
        ),
        ({"policy": "three_statuses"}, nothing, ("Not yet started", "plain", CAN_BEGIN)),
        ({"policy": "three_statuses"}, recorded("started_not_completed"), NOT_DONE),
        (LIMIT, completed, (*DONE, "Completed 30 July 2023")),
        (LIMIT, paired, (*NOT_DONE, "Time to complete ended in September 2025")),
        (LIMIT, nothing, ("Not yet started", "plain", CAN_BEGIN)),
    ],
)
def test_the_status_is_what_the_policy_shows(client: Client, school: School, policy, state, shown):
    if policy:
        put_in_force(**policy)
    mentor = make_mentor(school=school)
    state(mentor)
    section = section_of(client, mentor)
    if shown is None:
        assert "Status" not in rows(section)
        assert not section.select(".govuk-tag")
        return
    text, colour, *detail = shown
    assert rows(section)["Status"] == " ".join([text, *detail])
    (tag,) = section.select(".govuk-tag")
    assert words(tag) == text
    assert tag["class"] == ["govuk-tag", *([f"govuk-tag--{colour}"] if colour != "plain" else [])]


@pytest.mark.parametrize("state", [completed, paired, nothing, recorded("early_roll_out")])
def test_under_completed_only_there_is_no_date_or_term(client: Client, school: School, state):
    mentor = make_mentor(school=school)
    state(mentor)
    html = str(section_of(client, mentor)).replace("h2", "h")
    assert not re.search(r"\d|\bterms?\b|\b(autumn|spring|summer)\b", html, re.IGNORECASE)
    assert not any(month.lower() in html.lower() for month in month_name[1:] if month != "May")


@pytest.mark.parametrize("state", ["voided", "awaiting_clawback", "clawed_back"])
def test_a_declaration_that_no_longer_counts_completes_nothing(
    client: Client, school: School, state
):
    mentor = make_mentor(school=school)
    training(mentor)
    declare(mentor.teacher, state=state)
    assert rows(section_of(client, mentor)) == AMBITION


# --- Who trains them ---


def test_providers_are_those_of_the_training_period_now(client: Client, school: School):
    mentor = make_mentor(school=school)
    training(mentor, UCL, 2022, finished_on=date(2026, 1, 15))
    training(mentor, AMBITION, 2025, started_on=date(2026, 1, 15), finished_on=date(2026, 1, 16))
    training(mentor, UCL, 2026, started_on=date(2026, 1, 16))
    assert rows(section_of(client, mentor)) == AMBITION


def test_with_none_now_they_are_those_of_the_latest_here(client: Client, school: School):
    mentor = make_mentor(school=school)
    training(mentor, UCL, 2022, finished_on=date(2023, 1, 1))
    training(mentor, AMBITION, 2023, started_on=date(2023, 9, 1), finished_on=date(2024, 9, 1))
    assert rows(section_of(client, mentor)) == AMBITION


def test_a_training_period_of_an_earlier_time_here_counts(client: Client, school: School):
    before = make_mentor(school=school, finished_on=date(2023, 9, 1))
    training(before, finished_on=date(2023, 9, 1))
    back = make_mentor(before.teacher, school, started_on=date(2024, 9, 1))
    assert rows(section_of(client, back)) == AMBITION


def test_training_that_waits_names_the_provider_and_no_partner_yet(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_waiting(mentor, "UCL")
    expected = NOT_REPORTED | {"Lead provider": "UCL"}
    assert rows(section_of(client, mentor)) == expected


def test_their_own_training_as_an_ect_is_not_mentor_training(client: Client, school: School):
    ect = make_ect(school=school, finished_on=date(2024, 9, 1))
    make_training_period(ect, make_partnership(school), finished_on=date(2024, 9, 1))
    mentor = make_mentor(ect.teacher, school, started_on=date(2024, 9, 1))
    assert rows(section_of(client, mentor)) == NOT_REPORTED


def test_completed_elsewhere_shows_the_providers_that_declared_it(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_partnership(school)
    elsewhere = make_mentor(mentor.teacher)
    training(elsewhere, UCL)
    declare(mentor.teacher, by="UCL")
    assert rows(section_of(client, mentor)) == {"Status": "Training completed", **UCL}


def test_a_training_period_here_comes_before_a_completion_elsewhere(client: Client, school: School):
    mentor = make_mentor(school=school)
    training(mentor, AMBITION)
    training(make_mentor(mentor.teacher), UCL)
    declare(mentor.teacher, by="UCL")
    assert rows(section_of(client, mentor)) == {"Status": "Training completed", **AMBITION}


def test_training_elsewhere_without_completion_is_not_shown_here(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_partnership(school)
    training(make_mentor(mentor.teacher), UCL)
    assert rows(section_of(client, mentor)) == NOT_REPORTED


def test_early_roll_out_names_no_provider(client: Client, school: School):
    make_partnership(school)
    mentor = make_mentor(school=school)
    recorded("early_roll_out")(mentor)
    assert rows(section_of(client, mentor)) == {"Status": "Training completed", **NOT_REPORTED}


@pytest.mark.parametrize(
    ("programmes", "shown"),
    [
        (["provider_led"], NOT_REPORTED),
        (["school_led", "provider_led"], NOT_REPORTED),
        (["not_decided"], NOT_REPORTED),
        (["school_led", "not_decided"], NO_PROVIDER),
        ([], NOT_REPORTED),
        (["school_led"], NO_PROVIDER),
        (["school_led", "school_led"], NO_PROVIDER),
    ],
)
def test_without_any_training_the_school_says_what_is_known(
    client: Client, school: School, programmes, shown
):
    for year, programme in enumerate(programmes, 2022):
        SchoolYear.objects.create(school=school, cohort=make_cohort(year), programme=programme)
    assert rows(section_of(client, make_mentor(school=school))) == shown
