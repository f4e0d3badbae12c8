"""The list of mentors, as in the picture mentors.png. Its search is in test_search_list.py."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from declarations.models import RecordedCompletion
from mentors.models import StatusPolicy
from schools.models import MentorAtSchool, School
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_school,
    make_teacher,
    make_training_period,
    make_tutor,
)
from tests.mentors.declaring import declare
from tests.mentors.reading import (
    Card,
    address,
    cards,
    choices,
    follow,
    heading,
    open_address,
    open_page,
    titles,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

TODAY, TOMORROW = date(2026, 1, 15), date(2026, 1, 16)
MENTORING, NOT_MENTORING, LEFT = "mentoring", "not-mentoring", "left"


@pytest.fixture
def school(client: Client) -> School:
    school = make_school("Plymouth Primary School")
    client.force_login(make_tutor(school))
    return school


def completed(mentor: MentorAtSchool) -> MentorAtSchool:
    """The mentor, of whom early roll-out is recorded."""
    kind = RecordedCompletion.Kind.EARLY_ROLL_OUT
    RecordedCompletion.objects.create(teacher=mentor.teacher, kind=kind)
    return mentor


def test_its_cards_show_whom_they_mentor_by_name(client: Client, school: School):
    caiden = make_mentor(school=school, name="Caiden Hendrix")
    for name, started_on in (("Ray Kirby", date(2023, 6, 20)), ("Hadley", date(2023, 4, 20))):
        make_mentorship(caiden, make_ect(school=school, name=name, induction_started_on=started_on))
    page = open_page(client, "mentors", school.urn)
    assert heading(page) == ("Plymouth Primary School", "Mentors")
    assert cards(page) == [
        Card(
            "Caiden Hendrix",
            f"/schools/{school.urn}/mentors/{caiden.public_id}",
            {
                "Mentoring": "Hadley Induction started 20 April 2023"
                " Ray Kirby Induction started 20 June 2023"
            },
        )
    ]


def test_one_sentence_leads_to_what_mentor_training_is(client: Client, school: School):
    page = open_page(client, "mentors", school.urn)
    assert words(page.main.p).startswith(
        "Mentor training is a course for mentors themselves. It is separate from mentoring an ECT."
    )
    explanation = follow(client, page, "What is mentor training?")
    assert heading(explanation) == ("Plymouth Primary School", "What is mentor training?")
    of_mentoring = "mentoring, which is the support that a mentor gives their ECTs"
    assert of_mentoring in words(explanation.main)
    assert heading(follow(client, explanation, "Back"))[1] == "Mentors"


def test_those_who_mentor_today_are_shown_first(client: Client, school: School):
    for name, days in (
        ("Now", {}),
        ("From tomorrow", {"started_on": TOMORROW}),
        ("Until yesterday", {"finished_on": TODAY}),
        ("Until today", {"finished_on": TOMORROW}),
    ):
        make_mentorship(make_mentor(school=school, name=name), make_ect(school=school), **days)
    make_mentor(school=school, name="Never")
    page = open_page(client, "mentors", school.urn)
    assert titles(page) == ["Now", "Until today"]
    assert choices(page) == [
        "Currently mentoring (2)",
        "Not mentoring (3)",
        "All at the school (5)",
        "Left the school (0)",
    ]
    (checked,) = page.select(".govuk-radios__input[checked]")
    assert checked["value"] == MENTORING


def test_those_who_do_not_mentor_are_shown_on_demand(client: Client, school: School):
    make_mentor(school=school, name="Never")
    page = open_page(client, "mentors", school.urn, show=NOT_MENTORING)
    (card,) = cards(page)
    assert card.rows == {"Mentoring": "Not currently mentoring"}
    (checked,) = page.select(".govuk-radios__input[checked]")
    assert checked["value"] == NOT_MENTORING


def test_those_who_left_are_shown_with_their_last_day(client: Client, school: School):
    mentor = make_mentor(school=school, name="Gone", finished_on=TODAY)
    make_mentorship(mentor, make_ect(school=school), finished_on=TODAY, end_reason="mentor_left")
    make_mentor(school=school, name="Leaves tomorrow", finished_on=TOMORROW)
    page = open_page(client, "mentors", school.urn, show=LEFT)
    (card,) = cards(page)
    assert (card.title, card.rows) == ("Gone", {"Left the school": "14 January 2026"})


def test_mentoring_at_another_school_is_none_here(client: Client, school: School):
    here = make_mentor(school=school, name="Two Schools")
    there = make_mentor(here.teacher)
    make_mentorship(there, make_ect(school=there.school))
    assert titles(open_page(client, "mentors", school.urn)) == []
    assert titles(open_page(client, "mentors", school.urn, show=NOT_MENTORING)) == ["Two Schools"]


def test_somebody_with_two_times_here_is_listed_by_the_latest(client: Client, school: School):
    before = make_mentor(school=school, finished_on=date(2023, 9, 1))
    now = make_mentor(before.teacher, school, started_on=date(2024, 9, 1))
    (card,) = cards(open_page(client, "mentors", school.urn, show=NOT_MENTORING))
    assert card.href.partition("?")[0].endswith(str(now.public_id))
    assert titles(open_page(client, "mentors", school.urn, show=LEFT)) == []


def test_they_come_from_a_to_z_as_a_person_would_look_them_up(client: Client, school: School):
    names = [
        "Zoë Adams",
        "Élodie Marsh",
        "de Souza",
        "Dean",
        "Evan",
        "Ed",
        "O\u2019Neil",
        "Opal",
        "Olu",
    ]
    for name in names:
        make_mentor(school=school, name=name)
    page = open_page(client, "mentors", school.urn, show=NOT_MENTORING)
    assert titles(page) == [
        "de Souza",
        "Dean",
        "Ed",
        "Élodie Marsh",
        "Evan",
        "Olu",
        "O\u2019Neil",
        "Opal",
        "Zoë Adams",
    ]


# --- Training completed ---


@pytest.mark.parametrize(
    ("policy", "completed_then", "other"),
    [
        ("completed_only", "Training completed", None),
        (
            "three_statuses",
            "Training completed Completed {}",
            "Not yet started Training can begin once they are assigned an ECT to mentor",
        ),
    ],
)
def test_the_status_stands_in_the_card_as_the_policy_shows_it(
    client: Client, school: School, policy, completed_then, other
):
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy=policy)
    by_declaration = make_mentor(school=school, name="A Declared")
    make_training_period(by_declaration)
    declare(by_declaration.teacher, "2025-07-30T12:00:00Z")
    voided = make_mentor(school=school, name="B Voided")
    make_training_period(voided)
    declare(voided.teacher, state="voided")
    completed(make_mentor(school=school, name="C Early"))
    make_mentor(school=school, name="D Not")

    page = open_page(client, "mentors", school.urn, show=NOT_MENTORING)

    tags = {card.title: card.rows.get("Mentor training") for card in cards(page)}
    assert tags == {
        "A Declared": completed_then.format("30 July 2025"),
        "B Voided": other,
        "C Early": completed_then.format("19 April 2021"),
        "D Not": other,
    }
    assert len(page.select(".govuk-tag.govuk-tag--green")) == 2


def test_those_who_completed_can_be_shown_alone_with_their_counts(client: Client, school: School):
    done = completed(make_mentor(school=school, name="Done, mentoring"))
    make_mentorship(done, make_ect(school=school))
    make_mentorship(make_mentor(school=school, name="Mentoring"), make_ect(school=school))
    completed(make_mentor(school=school, name="Done"))
    completed(make_mentor(school=school, name="Done, left", finished_on=TODAY))
    make_mentor(school=school, name="Neither")

    page = open_page(client, "mentors", school.urn, training="completed")

    assert titles(page) == ["Done, mentoring"]
    assert choices(page) == [
        "Currently mentoring (1)",
        "Not mentoring (1)",
        "All at the school (2)",
        "Left the school (1)",
    ]
    assert page.select_one("[name=training]").has_attr("checked")
    both = open_page(client, "mentors", school.urn, training="completed", show="all")
    assert titles(both) == ["Done", "Done, mentoring"]


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        (["not-started"], ["Never"]),
        (["training"], ["Ends this term", "New"]),
        (["time-ends-this-term"], ["Ends this term"]),
        (["not-completed"], ["Late"]),
        (["completed", "not-started"], ["Done", "Never"]),
        ([], ["Done", "Ends this term", "Late", "Never", "New"]),
    ],
)
def test_the_list_is_filtered_by_each_status_under_a_time_limit(
    client: Client, school: School, asked, listed
):
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy="time_limit", months=36)
    for name, first_paired in (
        ("New", date(2025, 9, 1)),
        ("Ends this term", date(2023, 2, 1)),
        ("Late", date(2022, 9, 1)),
    ):
        mentor = make_mentor(school=school, name=name)
        make_mentorship(mentor, make_ect(school=school), started_on=first_paired)
    completed(make_mentor(school=school, name="Done"))
    make_mentor(school=school, name="Never")
    query = urlencode({"show": "all", "training": asked}, doseq=True)
    page = open_address(client, f"{address('mentors', school.urn)}?{query}")
    assert titles(page) == listed


def test_a_mentorship_to_come_is_said_in_the_card(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_mentorship(mentor, make_ect(school=school, name="Al"), started_on=TOMORROW)
    (card,) = cards(open_page(client, "mentors", school.urn, show=NOT_MENTORING))
    assert card.rows == {"Mentoring": "Not currently mentoring Will mentor Al from 16 January 2026"}


def test_an_empty_list_says_so_and_offers_no_file(client: Client, school: School):
    page = open_page(client, "mentors", school.urn)
    assert "There are no mentors to show." in words(page.main)
    assert "CSV" not in words(page.main)


def test_a_name_is_text_whatever_stands_in_it(client: Client, school: School):
    make_mentor(make_teacher("<i>Jo</i> & Co"), school)
    page = open_page(client, "mentors", school.urn, show=NOT_MENTORING)
    assert titles(page) == ["<i>Jo</i> & Co"]
