"""The files of both lists: CSV and Excel."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from core.csv_files import harmless_cell
from core.periods import in_words
from declarations.models import RecordedCompletion
from mentors.models import StatusPolicy
from mentors.pages.files import MENTOR_HEADINGS
from schools.models import School
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_teacher,
    make_training_period,
    make_tutor,
)
from tests.mentors.reading import address, link, open_page, titles

HEADINGS = list(MENTOR_HEADINGS)
EARLY = "They completed it in the early roll-out of the programme, so no lead provider is shown."


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

    response = client.get(link(open_page(client, "mentors", 123456), "CSV file of mentors"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="mentors-123456.csv"'
    headings, *people = read(response)
    assert headings == HEADINGS
    al_said, jane_said = (dict(zip(headings, row, strict=True)) for row in people)
    not_reported = "Not yet reported by a lead provider"
    assert {name: said for name, said in al_said.items() if said} == {
        "Name": "Al",
        "TRN": "0000001",
        "Email address": "al@school.example",
        "Currently mentoring": "Smith, Bo",
        "Why": "No lead provider has told us that they have completed it. We will show it here when"
        " one does.",
        "Lead provider": not_reported,
        "Delivery partner": not_reported,
        "About the training": "If a lead provider trains them, tell us which.",
    }
    assert {name: said for name, said in jane_said.items() if said} == {
        "Name": "Jané Thomas",
        "TRN": "0836472",
        "Email address": "jane@school.example",
        "Currently mentoring": "Jonathan Paul; Lillian Solis",
        "Mentor training": "Training completed",
        "Why": EARLY,
    }


@pytest.mark.parametrize("name", ["mentors", "ects"])
def test_the_excel_file_holds_the_same_as_text(client: Client, school: School, name):
    person = (make_mentor if name == "mentors" else make_ect)(
        make_teacher("=1+1 Al", "0000001"), school, email="+1@school.example"
    )
    response = client.get(address(f"{name}-xlsx", 123456, show="all"))
    assert response["Content-Disposition"] == f'attachment; filename="{name}-123456.xlsx"'
    sheet = load_workbook(io.BytesIO(response.content)).active
    headings, row = sheet.iter_rows()
    assert [cell.value for cell in row[:3]] == ["=1+1 Al", "0000001", "+1@school.example"]
    assert {cell.data_type for cell in row if cell.value} == {"s"}
    in_csv = read(client.get(address(f"{name}-csv", 123456, show="all")))
    assert [cell.value for cell in headings] == in_csv[0]
    assert [cell.value or "" for cell in row][3:] == in_csv[1][3:]
    assert person.teacher.trn == in_csv[1][1]


def test_the_file_of_ects_names_mentor_and_next_mentor(client: Client, school: School):
    ect = make_ect(school=school, name="Ray Kirby", induction_started_on=date(2023, 6, 20))
    day = timezone.localdate() + timedelta(days=30)
    make_mentorship(make_mentor(school=school, name="Jane Thomas"), ect, started_on=day)
    headings, row = read(client.get(address("ects-csv", 123456)))
    said = dict(zip(headings, row, strict=True))
    assert (said["Mentor"], said["Next mentor"]) == ("", f"Jane Thomas from {in_words(day)}")
    assert said["Induction"] == "Induction started 20 June 2023"


def test_dates_are_in_the_file_where_the_policy_shows_them(client: Client, school: School):
    jane = make_mentor(school=school)
    RecordedCompletion.objects.create(teacher=jane.teacher, kind="early_roll_out")
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy="three_statuses")
    headings, row = read(client.get(address("mentors-csv", 123456, show="all")))
    said = dict(zip(headings, row, strict=True))
    assert said["Date or term"] == "Completed 19 April 2021"


def test_the_file_says_that_a_provider_does_not_train_them_now(client: Client, school: School):
    gone = {"finished_on": date(2025, 3, 1), "withdrawn_at": "2025-03-01T12:00:00Z"}
    for person, name in (
        (make_mentor(school=school), "mentors"),
        (make_ect(school=school), "ects"),
    ):
        period = make_training_period(
            person, make_partnership(school), **gone, withdrawn_reason="other"
        )
        headings, row = read(client.get(address(f"{name}-csv", 123456, show="all")))
        said = dict(zip(headings, row, strict=True))
        assert said["Lead provider"] == str(period.lead_provider)
        assert said["About the training"] == (
            f"{period.lead_provider} has told us they are no longer training them. Contact them if"
            " this is wrong."
        )


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
    file = read(client.get(link(second, "CSV file of mentors")))

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
    assert harmless_cell(cell) == written


def test_no_name_or_email_in_it_is_a_formula(client: Client, school: School):
    mentor = make_mentor(make_teacher('=HYPERLINK("x")'), school, email="+1@school.example")
    make_mentorship(mentor, make_ect(school=school, name="@cmd"))
    (_, row) = read(client.get(address("mentors-csv", 123456)))
    assert [row[0], row[2], row[3]] == ['\'=HYPERLINK("x")', "'+1@school.example", "'@cmd"]
