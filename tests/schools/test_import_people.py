"""The import of people with their times at schools."""

import random
from datetime import date
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command

from core.csv_files import RefusedFile
from schools.imports import import_people
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from tests.builders import make_ect, make_mentor, make_school, make_teacher
from tests.importing import file_of, imported, reason

pytestmark = pytest.mark.django_db
ID = "1f6e1d5c-8f2a-4f6e-9a51-0c2b9f3a7d10"
OTHER_ID = "2f6e1d5c-8f2a-4f6e-9a51-0c2b9f3a7d10"

MENTOR = {
    "trn": "0012345",
    "name": "Morgan Mentor",
    "date_of_birth": "1985-03-02",
    "role": "mentor",
    "urn": "140001",
    "email": "Morgan@school.example",
    "started_on": "2023-09-01",
    "last_day": "",
}
ECT = MENTOR | {
    "trn": "2000001",
    "name": "Ellis Newcomer",
    "date_of_birth": "17/5/1999",
    "role": "ect",
    "email": "ellis@school.example",
    "started_on": "2025-09-01",
    "induction_started_on": "2025-09-01",
}


@pytest.fixture(autouse=True)
def _schools():
    make_school(urn=140001)
    make_school("Second School", urn=140002)
    make_school(
        "Closed School", urn=140003, status=School.Status.CLOSED, closed_on=date(2025, 1, 1)
    )


def test_people_come_with_their_times_and_the_ids_that_providers_hold():
    rows = (
        MENTOR | {"trn": "12345", "participant_id": ID, "training_record_id": OTHER_ID},
        MENTOR | {"urn": "140002", "started_on": "1/9/2022", "last_day": "31/8/2023"},
        ECT,
        {"trn": "3000001", "name": "Only Known", "date_of_birth": "1990-01-01"},
    )
    assert imported(import_people, *rows, commit=False)[:3] == (4, 0, 0)
    assert not Teacher.objects.exists()
    assert imported(import_people, *rows)[:3] == (4, 0, 0)
    morgan = Teacher.objects.get(trn="0012345")
    assert morgan.name == "Morgan Mentor"
    assert (morgan.participant_id, morgan.mentor_training_record_id) == (UUID(ID), UUID(OTHER_ID))
    times = morgan.mentoratschools.order_by("started_on")
    assert list(times.values_list("school__urn", "email", "started_on", "finished_on")) == [
        (140002, "morgan@school.example", date(2022, 9, 1), date(2023, 9, 1)),
        (140001, "morgan@school.example", date(2023, 9, 1), None),
    ]
    ellis = ECTAtSchool.objects.get()
    assert ellis.teacher.induction_started_on == date(2025, 9, 1)
    assert ellis.events.get().pgh_context.metadata["by"] == "user 1"
    assert imported(import_people, *rows)[:3] == (0, 4, 0)


def test_a_file_means_the_same_in_any_order():
    rows = [
        MENTOR,
        MENTOR | {"urn": "140002", "email": "m@second.example"},
        ECT | {"induction_last_day": "2026-07-31"},
        ECT | {"role": "mentor", "started_on": "2026-08-01", "induction_started_on": ""},
        MENTOR | {"trn": "4000001"},  # the same email address
        ECT | {"trn": "5000001", "email": "a@b.example"},
        ECT | {"trn": "5000001", "email": "a@b.example", "started_on": "2025-10-01"},
    ]
    random.Random(1).shuffle(rows)
    found = imported(import_people, *rows)
    assert found[:3] == (3, 0, 4)
    refused = {(rows[line - 2]["trn"], rows[line - 2]["urn"]) for line in found.reasons}
    assert refused == {("0012345", "140001"), ("4000001", "140001"), ("5000001", "140001")}
    assert MentorAtSchool.objects.count() == 2


def test_a_second_file_fills_in_what_the_first_did_not_say():
    as_mentor = MENTOR | {"started_on": "2026-08-01"}
    assert imported(import_people, as_mentor).added == 1
    as_ect = ECT | {
        "trn": "0012345",
        "date_of_birth": "1985-03-02",
        "induction_last_day": "2026-07-31",
        "mentor_funding_eligible_from": "2026-08-01",
    }
    assert imported(import_people, as_ect)[:3] == (1, 0, 0)
    morgan = Teacher.objects.get()
    assert morgan.induction_last_day == date(2026, 7, 31)
    assert morgan.mentor_funding_eligible_from == date(2026, 8, 1)
    assert imported(import_people, as_ect)[:3] == (0, 1, 0)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (
            {"trn": "123"},
            "trn: TRN must be 7 digits. Include any zeros at the start, like 0123456.",
        ),
        ({"name": "www.example.com"}, "name: Full name must only include"),
        ({"name": ""}, "name: It is empty."),
        ({"date_of_birth": "2020-01-01"}, "date_of_birth: Date of birth must be at least 18"),
        ({"date_of_birth": "30/2/1990"}, "date_of_birth: Enter a day like 2026-09-01 or 1/9/2026."),
        ({"role": "tutor"}, "role: It must be mentor or ect."),
        ({"role": ""}, "role: Enter mentor or ect, or leave urn empty too."),
        ({"urn": "999998"}, "urn: No school has this URN."),
        ({"urn": "school"}, "urn: Enter a number."),
        ({"urn": "140003"}, "urn: The school is closed then."),
        ({"email": "none"}, "email: Enter an email address, like name@example.com."),
        ({"email": ""}, "email: It is empty."),
        ({"started_on": "2002-09-01"}, "started_on: It must be on or after 1 September 2010."),
        ({"started_on": "2028-09-01"}, "started_on: It must be on or before 15 September 2027."),
        ({"date_of_birth": "2007-01-01"}, "started_on: It is before they were 18."),
        ({"last_day": "2023-08-31"}, "last_day: It is before started_on."),
        ({"role": "ect"}, "induction_started_on: It is empty, and every ECT has one."),
        ({"participant_id": "12"}, "participant_id: Enter an id like"),
        ({"induction_last_day": "2024-01-01"}, "induction_started_on: It is empty, and"),
        (
            {
                "role": "ect",
                "induction_started_on": "2022-09-01",
                "induction_last_day": "2023-07-01",
            },
            "started_on: An ECT starts at a school before their induction ends.",
        ),
        (
            {"induction_started_on": "2023-01-01"},
            "started_on: A mentor's time cannot be during their own induction.",
        ),
    ],
)
def test_a_row_that_is_refused(changed, why):
    assert reason(import_people, MENTOR | changed).startswith(why)
    assert not Teacher.objects.exists()


@pytest.mark.parametrize(("last_day", "added"), [("2025-01-01", 1), ("2025-01-02", 0)])
def test_a_time_at_a_school_that_has_closed_since_is_taken(last_day, added):
    before = {"urn": "140003", "last_day": last_day}
    assert imported(import_people, MENTOR | before).added == added


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"date_of_birth": "1985-03-03"}, "date_of_birth: Another one is recorded"),
        ({"participant_id": ID}, "participant_id: Another one is recorded"),
        ({"training_record_id": ID}, "training_record_id: Another one is recorded"),
        ({"last_day": "2026-08-31"}, "started_on: This person is recorded as a mentor at this"),
        ({"email": "other@school.example"}, "started_on: This person is recorded as a mentor"),
        ({"induction_started_on": "2022-09-01"}, "started_on: A mentor's time cannot be during"),
    ],
)
def test_what_a_row_says_of_a_known_person_must_be_so(changed, why):
    assert imported(import_people, MENTOR).added == 1
    assert reason(import_people, MENTOR | changed).startswith(why)
    assert imported(import_people, MENTOR | {"name": "Another Name"})[:3] == (0, 1, 0)


def test_ids_and_addresses_of_other_people_are_refused():
    known = make_teacher(trn="7000001", participant_id=UUID(ID))
    make_mentor(known, email="morgan@school.example")
    assert reason(import_people, MENTOR | {"participant_id": ID}) == (
        "participant_id: It is another person's."
    )
    assert reason(import_people, MENTOR) == "email: Another person has this address at that time."
    two = (
        MENTOR | {"participant_id": OTHER_ID, "email": "a@b.example"},
        MENTOR | {"participant_id": OTHER_ID, "email": "c@d.example", "trn": "2222222"},
    )
    assert imported(import_people, *two).reasons == {
        2: "participant_id: Line 3 gives it to another TRN.",
        3: "participant_id: Line 2 gives it to another TRN.",
    }
    assert Teacher.objects.count() == 1


def test_the_end_of_a_recorded_induction_is_for_admin():
    make_ect(make_teacher(trn="2000001", date_of_birth=date(1999, 5, 17)))
    row = {
        "trn": "2000001",
        "name": "Ellis",
        "date_of_birth": "1999-05-17",
        "induction_started_on": "2021-09-01",
        "induction_last_day": "2023-07-31",
    }
    assert reason(import_people, row).startswith("induction_last_day: It is not recorded yet.")


def test_other_columns_are_refused():
    with pytest.raises(RefusedFile, match="must name the columns trn, name, date_of_birth"):
        imported(import_people, MENTOR | {"shoe_size": "7"})


def test_the_command_writes_the_refused_rows_to_a_file_that_can_be_imported(tmp_path):
    wrong = MENTOR | {"trn": "9000001", "email": "=1+1"}
    (tmp_path / "people.csv").write_bytes(file_of(MENTOR, wrong).getvalue())
    out, refused = StringIO(), tmp_path / "refused.csv"
    files = ("import_people", str(tmp_path / "people.csv"), "--commit")
    call_command(*files, "--refused", str(refused), stdout=out)
    assert out.getvalue().splitlines() == [
        "Line 3: email: Enter an email address, like name@example.com.",
        "people.csv: 1 added, 0 there already, 1 refused",
    ]
    heading, row = refused.read_text("utf-8-sig").splitlines()
    assert heading == "line,reason,trn,name,date_of_birth,role,urn,email,started_on,last_day"
    assert row == (
        '3,"email: Enter an email address, like name@example.com.",9000001,Morgan Mentor,'
        "1985-03-02,mentor,140001,'=1+1,2023-09-01,"
    )
    refused.write_text(refused.read_text().replace("'=1+1", "right@school.example"))
    call_command("import_people", str(refused), "--commit", stdout=out)
    assert "refused.csv: 1 added, 0 there already, 0 refused" in out.getvalue()
