"""How many queries each page takes, with session, user and first look, however much is on it."""

from datetime import date

import pytest
from django.test import Client

from mentors.models import Mentorship, StatusPolicy
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_school,
    make_training_period,
    make_tutor,
)
from tests.mentors.declaring import declare
from tests.mentors.reading import address, open_page, sign_in, titles

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False)]

LONG_AGO = date(2021, 9, 1)


@pytest.fixture
def school(client: Client) -> School:
    school = make_school()
    sign_in(client, make_tutor(school))
    return school


@pytest.mark.parametrize("policy", ["completed_only", "three_statuses"])
@pytest.mark.parametrize("ects", [0, 1, 20])
def test_a_mentors_page_takes_seventeen(
    client: Client, school: School, ects, policy, django_assert_num_queries
):
    StatusPolicy.objects.create(in_force_from=LONG_AGO, policy=policy)
    mentor = make_mentor(school=school)
    make_training_period(mentor)
    declare(mentor.teacher, "2025-07-30T12:00:00Z")
    for _ in range(ects):
        make_mentorship(mentor, make_ect(school=school))
        before = make_ect(school=school, induction_finished_on=date(2023, 9, 1))
        make_mentorship(mentor, before, finished_on=date(2023, 9, 1))
    # Two of them are about ECTs, and not asked when there are none.
    with django_assert_num_queries(17 if ects else 15):
        page = open_page(client, "mentor", school.urn, mentor.public_id)
    assert len(page.select("#mentoring a:not(.app-action, .app-action a)")) == ects * (
        2 if policy == "three_statuses" else 1
    )


@pytest.mark.parametrize("is_mentored", [False, True])
def test_an_ects_page_takes_ten(
    client: Client, school: School, is_mentored, django_assert_num_queries
):
    ect = make_ect(school=school)
    make_training_period(ect)
    if is_mentored:
        make_mentorship(make_mentor(school=school), ect)
    with django_assert_num_queries(10):
        open_page(client, "ect", school.urn, ect.public_id)


def test_the_page_of_induction_tutors_takes_six(
    client: Client, school: School, django_assert_num_queries
):
    for _ in range(5):
        make_tutor(school)
    with django_assert_num_queries(6):
        page = open_page(client, "tutors", school.urn)
    assert len(page.select(".govuk-summary-card")) == 6


def fill(school: School, pairs: int) -> None:
    """So many mentors, each with an ECT in training, and so many ECTs without a mentor."""
    people = [
        Teacher(trn=f"{n:07}", name=f"N {n}", date_of_birth=LONG_AGO, induction_started_on=LONG_AGO)
        for n in range(pairs * 3)
    ]
    teachers = Teacher.objects.bulk_create(people)
    mentors = [
        MentorAtSchool(teacher=t, school=school, started_on=LONG_AGO, email=f"{t.trn}@m.example")
        for t in teachers[:pairs]
    ]
    ects = [
        ECTAtSchool(
            teacher=t,
            school=school,
            started_on=LONG_AGO,
            email=f"{t.trn}@e.example",
        )
        for t in teachers[pairs:]
    ]
    MentorAtSchool.objects.bulk_create(mentors)
    ECTAtSchool.objects.bulk_create(ects)
    Mentorship.objects.bulk_create(
        Mentorship(
            mentor=mentor,
            ect=ect,
            started_on=LONG_AGO,
            school=school,
            mentor_teacher=mentor.teacher,
            ect_teacher=ect.teacher,
        )
        for mentor, ect in zip(mentors, ects[:pairs], strict=True)
    )


@pytest.mark.parametrize("pairs", [5, 60])
@pytest.mark.parametrize(
    ("name", "queries", "shown"),
    [
        ("school-home", 11, 0),
        ("mentors", 11, 50),
        ("mentors-csv", 13, 0),
        ("ects", 8, 50),
        ("ects-xlsx", 9, 0),
    ],
)
def test_a_list_takes_as_many_at_5_and_at_60(
    client: Client, school: School, name, queries, shown, pairs, django_assert_num_queries
):
    fill(school, pairs)
    make_training_period(make_mentor(school=school))
    with django_assert_num_queries(queries):
        response = client.get(address(name, school.urn))
    assert response.status_code == 200
    if shown:
        page = open_page(client, name, school.urn)
        assert len(titles(page)) == min(shown, pairs if name == "mentors" else pairs * 2)


@pytest.mark.parametrize("pairs", [25, 100])
@pytest.mark.parametrize(
    ("name", "query", "queries"),
    [
        ("assign", {}, 8),
        ("assign", {"search": "n"}, 9),
        ("change-mentor", {}, 11),
        ("change-mentor", {"search": "n"}, 12),
    ],
)
def test_a_searched_choice_takes_as_many_at_25_and_at_100(
    client: Client, school: School, name, query, queries, pairs, django_assert_num_queries
):
    fill(school, pairs)
    person = (MentorAtSchool if name == "assign" else ECTAtSchool).objects.earliest("pk")
    client.get(address(name, school.urn, person.public_id))  # compiles what is compiled once
    with django_assert_num_queries(queries):
        page = open_page(client, name, school.urn, person.public_id, **query)
    assert len(page.select("input[type=radio]")) == 20
