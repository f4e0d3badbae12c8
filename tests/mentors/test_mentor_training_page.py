"""The section "Mentor training" of a mentor's page: what it explains, and the status it shows."""

import re
from calendar import month_name

import pytest
from django.test import Client

from declarations.models import LeadProvider
from schools.models import MentorAtSchool, School
from tests.builders import make_mentor
from tests.mentors.declaring import declare
from tests.mentors.reading import rows, words
from tests.mentors.training_section import (
    AMBITION,
    paired,
    put_in_force,
    recorded,
    section_of,
    training,
)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]


def test_it_opens_with_what_mentor_training_is(client: Client, school: School):
    section = section_of(client, make_mentor(school=school))
    opening = section.find("h2").find_next_sibling()
    assert words(opening) == (
        "Mentor training is a course for mentors themselves. It is separate from mentoring an ECT."
    )
    explanation = opening.find_next_sibling()
    assert words(explanation.summary) == "What is mentor training?"
    for said in (
        "early career teacher entitlement mentor training",
        "It is not: mentoring,",
        "training for mentors of trainee teachers",
        "up to 20 hours over one year",
        "A lead provider runs it with a delivery partner",
        "It can be a different lead provider from the one that trains their ECTs.",
        "A mentor does it once. They can go on mentoring after they complete it.",
    ):
        assert said in words(explanation)


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "ask Ambition Institute first. If they cannot help, contact us at"),
        (
            "schools@ambition.example",
            "ask Ambition Institute first, at schools@ambition.example . If they cannot help,",
        ),
    ],
)
def test_it_ends_with_whom_to_ask_when_it_is_wrong(client: Client, school: School, email, said):
    mentor = make_mentor(school=school)
    assert "If something here is wrong, contact us at" in words(section_of(client, mentor))
    training(mentor)
    LeadProvider.objects.update(email=email)
    assert said in words(section_of(client, mentor))


@pytest.mark.parametrize("is_paired", [True, False])
def test_nothing_is_to_be_done_only_where_that_is_true(client: Client, school: School, is_paired):
    mentor = make_mentor(school=school)
    training(mentor)
    if is_paired:
        paired(mentor)
    said = "You do not need to do anything." in words(section_of(client, mentor))
    assert said is is_paired


def completed(mentor: MentorAtSchool) -> None:
    training(mentor)
    declare(mentor.teacher, "2023-07-29T23:30:00Z")


def nothing(mentor: MentorAtSchool) -> None:
    pass


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
    section = section_of(client, mentor)
    section.details.decompose()  # it says how long the course takes
    html = words(section)
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
