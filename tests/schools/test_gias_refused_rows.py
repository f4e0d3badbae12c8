"""A row that is no school which can be kept is left out, with its line and the reason."""

import pytest

from schools.gias import load
from schools.models import School
from tests import builders
from tests.schools.gias_files import ALDGATE, SAMPLE, write

pytestmark = pytest.mark.django_db

OTHER = ALDGATE | {"URN": "100001", "EstablishmentName": "City of London School for Girls"}

REFUSED = [
    ({"URN": ""}, "URN '' is not a number of 6 digits."),
    ({"URN": "12345"}, "URN '12345' is not a number of 6 digits."),
    ({"URN": "1234567"}, "URN '1234567' is not a number of 6 digits."),
    ({"URN": "012345"}, "URN '012345' is not a number of 6 digits."),
    ({"URN": "10000O"}, "URN '10000O' is not a number of 6 digits."),
    (
        {"URN": "\u0661" * 6},
        "URN '\u0661\u0661\u0661\u0661\u0661\u0661' is not a number of 6 digits.",
    ),
    (
        {"URN": "999001"},
        "URN 999001 is one of those kept for invented schools (999000 to 999999).",
    ),
    ({"EstablishmentName": " "}, "EstablishmentName is empty."),
    (
        {"EstablishmentName": "x" * 201},
        "EstablishmentName has 201 characters, and may have 200.",
    ),
    ({"Postcode": "EC3A 5DE or so"}, "Postcode has 14 characters, and may have 10."),
    (
        {"EstablishmentStatus (code)": ""},
        "EstablishmentStatus (code) '' is none of 1, 2, 3, 4.",
    ),
    (
        {"EstablishmentStatus (code)": "Open"},
        "EstablishmentStatus (code) 'Open' is none of 1, 2, 3, 4.",
    ),
    ({"OpenDate": "2017-09-01"}, "OpenDate '2017-09-01' is not a date like 31-12-2019."),
    ({"OpenDate": "01/09/2017"}, "OpenDate '01/09/2017' is not a date like 31-12-2019."),
    ({"OpenDate": "1-9-2017"}, "OpenDate '1-9-2017' is not a date like 31-12-2019."),
    ({"CloseDate": "31-02-2021"}, "CloseDate '31-02-2021' is not a date like 31-12-2019."),
    ({"CloseDate": "12-31-2021"}, "CloseDate '12-31-2021' is not a date like 31-12-2019."),
    ({"CloseDate": "00-00-0000"}, "CloseDate '00-00-0000' is not a date like 31-12-2019."),
    ({"CloseDate": "31-08-1920"}, "CloseDate is before OpenDate."),
    (
        {"CloseDate": "31-08-1920", "EstablishmentStatus (code)": "3"},
        "CloseDate is before OpenDate.",
    ),
]


@pytest.mark.parametrize(("change", "reason"), REFUSED)
def test_a_row_is_refused_with_its_line_and_reason_and_the_others_are_kept(
    tmp_path, change, reason
):
    report = load(write(tmp_path / "gias.csv", [ALDGATE | change, OTHER]))
    assert [(row.line, row.reason) for row in report.refused] == [(2, reason)]
    assert report.created == 1
    assert [school.urn for school in School.objects.all()] == [100001]


@pytest.mark.parametrize("wrong", [b"Ald\x81gate", b"Ald\xffgate", b"Aldgat\xc3"])
def test_a_wrong_byte_in_a_column_that_is_read_refuses_its_row_alone(tmp_path, wrong):
    file = write(tmp_path / "gias.csv", [ALDGATE, OTHER | {"Town": "Caf\u00e9"}])
    file.write_bytes(file.read_bytes().replace(b"Aldgate", wrong))
    report = load(file)
    assert [(row.line, row.reason) for row in report.refused] == [
        (2, "EstablishmentName has a byte in it that stands for no character.")
    ]
    assert School.objects.get().town == "Caf\u00e9"


@pytest.mark.parametrize("wrong", [b"Smith\x81", b"Smith\xff", b"Ren\xe9", b"x\0", b"\xc3"])
@pytest.mark.parametrize("name", ["Caf\u00e9 School", "Plain School"])
def test_a_wrong_byte_in_a_column_that_is_not_read_changes_nothing(tmp_path, wrong, name):
    rows = [ALDGATE, OTHER | {"EstablishmentName": name}]
    file = write(tmp_path / "gias.csv", [row | {"HeadLastName": "Head"} for row in rows])
    file.write_bytes(file.read_bytes().replace(b",Head\r\n", b"," + wrong + b"\r\n"))
    report = load(file)
    assert (report.created, report.refused) == (2, ())
    assert School.objects.get(urn=100001).name == name


def test_a_closed_school_is_closed_though_it_opens_after_it_closes(tmp_path):
    builders.make_school("The Aldgate School", urn=100000)
    reversed_days = {"OpenDate": "01-09-2015", "CloseDate": "31-08-2015"}
    row = ALDGATE | reversed_days | {"EstablishmentStatus (code)": "2"}
    assert load(write(tmp_path / "gias.csv", [row])).refused == ()
    school = School.objects.get()
    assert (school.status, school.opened_on) == (School.Status.CLOSED, None)
    assert school.closed_on.isoformat() == "2015-08-31"


def test_a_refused_row_leaves_its_school_as_it_was(tmp_path):
    load(write(tmp_path / "gias.csv", [ALDGATE]))
    load(write(tmp_path / "gias.csv", [ALDGATE | {"Town": "Leeds", "OpenDate": "soon"}, OTHER]))
    assert School.objects.get(urn=100000).town == "London"


def test_no_import_touches_an_invented_school(tmp_path):
    plymouth = builders.make_school("Plymouth Primary School", urn=999001)
    report = load(write(tmp_path / "gias.csv", [ALDGATE | {"URN": "999001"}, OTHER]))
    assert len(report.refused) == 1
    plymouth.refresh_from_db()
    assert plymouth.name == "Plymouth Primary School"
    assert plymouth.events.count() == 1


def test_the_last_real_urn_is_taken(tmp_path):
    assert load(write(tmp_path / "gias.csv", [ALDGATE | {"URN": "998999"}])).created == 1


@pytest.mark.parametrize(
    ("row", "columns"),
    [("100001,City of London School for Girls", 2), ("x," * 139, 140), (" x ", 1)],
)
def test_a_row_with_too_few_or_many_columns_is_one_refused_row(tmp_path, row, columns):
    lines = SAMPLE.read_bytes().split(b"\r\n")
    lines[2] = row.encode()
    file = tmp_path / "gias.csv"
    file.write_bytes(b"\r\n".join(lines))
    report = load(file)
    assert [(refused.line, refused.reason) for refused in report.refused] == [
        (3, f"The row has {columns} columns, and the header 139.")
    ]
    assert report.created == 98


def test_of_two_rows_with_one_urn_the_later_is_refused(tmp_path):
    later = ALDGATE | {"EstablishmentName": "Another School"}
    report = load(write(tmp_path / "gias.csv", [ALDGATE, OTHER, later, ALDGATE]))
    assert [(row.line, row.reason) for row in report.refused] == [
        (4, "URN 100000 is already that of line 2."),
        (5, "URN 100000 is already that of line 2."),
    ]
    assert School.objects.get(urn=100000).name == "The Aldgate School"


def test_lines_are_those_of_the_file_where_values_and_blanks_take_several(tmp_path):
    file = write(
        tmp_path / "gias.csv",
        [ALDGATE | {"Street": "1 High\r\nStreet"}, OTHER | {"URN": "?"}, OTHER],
    )
    file.write_bytes(file.read_bytes().replace(b"\r\n?", b"\r\n\r\n?"))
    report = load(file)
    assert [row.line for row in report.refused] == [5]
    assert School.objects.get(urn=100000).street == "1 High Street"


def test_spaces_around_and_between_words_are_tidied(tmp_path):
    load(write(tmp_path / "gias.csv", [ALDGATE | {"EstablishmentName": "  St  John\u00a0's "}]))
    assert School.objects.get().name == "St John 's"


def test_a_long_value_is_shortened_in_the_reason(tmp_path):
    report = load(write(tmp_path / "gias.csv", [ALDGATE | {"URN": "\x1b[31m" + "9" * 5000}, OTHER]))
    reason = report.refused[0].reason
    assert len(reason) < 100
    assert "\x1b" not in reason
