"""The import of mentorships."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from mentors.importing import import_mentorships
from mentors.models import Mentorship
from schools.models import ECTAtSchool, MentorAtSchool, School
from tests.builders import make_ect, make_mentor, make_school, make_teacher
from tests.declarations.uploading import check_and_import, found, member, send
from tests.importing import file_of, imported, reason

pytestmark = pytest.mark.django_db
ROW = {
    "mentor_trn": "0012345",
    "ect_trn": "2000001",
    "urn": "140001",
    "started_on": "2024-09-01",
    "last_day": "",
}
_ENDS = Mentorship.EndReason


@pytest.fixture(autouse=True)
def people():
    """A mentor from 2023 on, and an ECT from September 2024 until 31 August 2026."""
    school = make_school(urn=140001)
    make_mentor(make_teacher(trn="0012345"), school, started_on=date(2023, 9, 1))
    make_mentor(make_teacher(trn="1000002"), school, started_on=date(2025, 1, 1))
    make_ect(
        make_teacher(trn="2000001"),
        school,
        started_on=date(2024, 9, 1),
        finished_on=date(2026, 9, 1),
        induction_finished_on=date(2026, 7, 25),
    )


def recorded() -> list[tuple]:
    rows = Mentorship.objects.order_by("started_on")
    return list(rows.values_list("mentor_teacher__trn", "started_on", "finished_on", "end_reason"))


def test_pairings_come_in_any_order_with_the_end_that_the_records_foresee():
    first = ROW | {"mentor_trn": "12345", "last_day": "2025-08-31"}
    rows = (ROW | {"mentor_trn": "1000002", "started_on": "1/9/2025"}, first)
    assert imported(import_mentorships, *rows, commit=False)[:3] == (2, 0, 0)
    assert not recorded()
    assert imported(import_mentorships, *rows)[:3] == (2, 0, 0)
    assert recorded() == [
        ("0012345", date(2024, 9, 1), date(2025, 9, 1), _ENDS.CHANGED),
        ("1000002", date(2025, 9, 1), date(2026, 7, 25), _ENDS.INDUCTION_COMPLETED),
    ]
    assert Mentorship.objects.first().events.get().pgh_context.metadata["by"] == "user 1"
    assert imported(import_mentorships, *rows)[:3] == (0, 2, 0)


def test_one_that_goes_on_has_no_end():
    ECTAtSchool.objects.update(finished_on=None)
    ECTAtSchool.objects.get().teacher.__class__.objects.update(induction_finished_on=None)
    assert imported(import_mentorships, ROW).added == 1
    assert recorded() == [("0012345", date(2024, 9, 1), None, "")]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"mentor_trn": "9999999"}, "mentor_trn: No teacher has this TRN."),
        ({"ect_trn": "12345"}, "ect_trn: It is the mentor's own."),
        ({"urn": "999998"}, "urn: No school has this URN."),
        ({"started_on": "2024-08-31"}, "ect_trn: This person is not an ECT at this school on that"),
        ({"mentor_trn": "1000002"}, "mentor_trn: This person is not a mentor at this school on"),
        ({"started_on": "2026-08-01"}, "started_on: The ECT had completed induction by that day."),
        ({"last_day": "2026-07-26"}, "last_day: It is after the last day of one of them"),
        ({"last_day": "2024-08-01"}, "last_day: It is before started_on."),
        ({"end_reason": "changed"}, "last_day: It is empty, and end_reason is not."),
        ({"last_day": "2025-01-01", "end_reason": "tired"}, "end_reason: It must be changed or"),
    ],
)
def test_a_row_that_is_refused(changed, why):
    assert reason(import_mentorships, ROW | changed).startswith(why)
    assert not recorded()


@pytest.mark.parametrize(("closed_on", "refuses"), [("2024-09-01", True), ("2024-09-02", False)])
def test_no_mentoring_begins_at_a_school_that_has_closed(closed_on, refuses):
    School.objects.update(closed_on=closed_on)
    says = "started_on: The school had closed by that day." if refuses else ""
    assert imported(import_mentorships, ROW).reasons == ({2: says} if refuses else {})


def test_an_ect_has_one_mentor_on_any_day():
    other = ROW | {"mentor_trn": "1000002", "started_on": "2025-01-01"}
    assert imported(import_mentorships, ROW, other).reasons == {
        2: "started_on: This ECT has a mentor at that time by line 3.",
        3: "started_on: This ECT has a mentor at that time by line 2.",
    }
    assert imported(import_mentorships, ROW).added == 1
    assert reason(import_mentorships, other) == (
        "started_on: Another mentorship of this ECT is recorded at that time."
    )


def test_the_end_of_the_mentor_s_time_ends_it():
    MentorAtSchool.objects.filter(teacher__trn="0012345").update(finished_on=date(2025, 1, 1))
    assert imported(import_mentorships, ROW).added == 1
    assert recorded() == [("0012345", date(2024, 9, 1), date(2025, 1, 1), _ENDS.MENTOR_LEFT)]


def test_the_command(tmp_path):
    (tmp_path / "m.csv").write_bytes(file_of(ROW).getvalue())
    out = StringIO()
    call_command("import_mentorships", str(tmp_path / "m.csv"), "--commit", stdout=out)
    assert out.getvalue() == "m.csv: 1 added, 0 there already, 0 refused\n"


def test_the_upload(client):
    member(client, group="support")
    address, content = "/admin/mentors/mentorship/upload/", file_of(ROW).getvalue()
    assert found(send(client, address, content)).counts == (1, 0, 0)
    assert not recorded()
    check_and_import(client, address, content)
    assert len(recorded()) == 1
