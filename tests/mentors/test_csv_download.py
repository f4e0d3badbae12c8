"""The CSV file of the list of mentors."""

import csv
import io
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from core.csv_files import harmless
from declarations.models import RecordedCompletion
from schools.models import School
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_school,
    make_teacher,
    make_tutor,
)
from tests.mentors.reading import address, link, open_page, titles

HEADINGS = ["Name", "TRN", "Email address", "Currently mentoring", "Mentor training"]


@pytest.fixture
def school(client: Client, db: None) -> School:
    school = make_school(urn=123456)
    client.force_login(make_tutor(school))
    return school


def read(response: HttpResponse) -> list[list[str]]:
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_it_holds_what_the_cards_show(client: Client, school: School):
    jane = make_mentor(make_teacher("Jané Thomas", "0836472"), school, email="jane@school.example")
    RecordedCompletion.objects.create(teacher=jane.teacher, kind="early_roll_out")
    for name in ("Lillian Solis", "Jonathan Paul"):
        make_mentorship(jane, make_ect(school=school, name=name))
    al = make_mentor(make_teacher("Al", "0000001"), school, email="al@school.example")
    make_mentorship(al, make_ect(school=school, name="Smith, Bo"))

    response = client.get(
        link(open_page(client, "mentors", 123456), "Download these mentors (CSV)")
    )

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="mentors-123456.csv"'
    assert read(response) == [
        HEADINGS,
        ["Al", "0000001", "al@school.example", "Smith, Bo", ""],
        [
            "Jané Thomas",
            "0836472",
            "jane@school.example",
            "Jonathan Paul; Lillian Solis",
            "Training completed",
        ],
    ]


def test_it_holds_all_pages_of_what_is_listed_and_nothing_else(client: Client, school: School):
    for number in range(1, 62):
        mentor = make_mentor(school=school, name=f"Person {number:02}")
        if number <= 55:
            RecordedCompletion.objects.create(teacher=mentor.teacher, kind="early_roll_out")
    make_mentor(school=school, name="Person 99", finished_on=date(2022, 9, 1))
    make_mentor(school=school, name="Somebody Else")
    make_mentor(name="Person 98")
    asked = {"show": "not-mentoring", "training": "completed", "search": "person"}

    second = open_page(client, "mentors", 123456, **asked, page=2)
    file = read(client.get(link(second, "Download these mentors (CSV)")))

    assert titles(second) == [f"Person {number:02}" for number in range(51, 56)]
    assert [row[0] for row in file[1:]] == [f"Person {number:02}" for number in range(1, 56)]


@pytest.mark.django_db
def test_of_nobody_it_is_the_headings(client: Client, school: School):
    assert read(client.get(address("mentors-csv", 123456))) == [HEADINGS]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Jane", "Jane"),
        ("", ""),
        ("0836472", "0836472"),
        ("a=b", "a=b"),
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell, written):
    assert harmless(cell) == written


def test_no_name_or_email_in_it_is_a_formula(client: Client, school: School):
    mentor = make_mentor(make_teacher('=HYPERLINK("x")'), school, email="+1@school.example")
    make_mentorship(mentor, make_ect(school=school, name="@cmd"))
    (_, row) = read(client.get(address("mentors-csv", 123456)))
    assert [row[0], row[2], row[3]] == ['\'=HYPERLINK("x")', "'+1@school.example", "'@cmd"]
