"""What an import makes of the schools."""

import tracemalloc
from datetime import date

import pghistory.models
import pytest
from django.db import connection

from schools.gias import load
from schools.models import School
from tests import builders
from tests.schools.gias_files import ALDGATE, SAMPLE, many_rows, sample_rows, write

pytestmark = pytest.mark.django_db
SchoolEvent = School.events.rel.related_model


def counts(report):
    return report.created, report.updated, report.unchanged, len(report.refused)


def test_the_sample_becomes_99_schools():
    assert counts(load(SAMPLE)) == (99, 0, 0, 0)
    assert School.objects.count() == 99
    assert School.objects.get(urn=100001).name == "City of London School for Girls"


def test_each_kept_column_comes_from_the_column_of_its_name(tmp_path):
    load(write(tmp_path / "gias.csv", [ALDGATE | {"CloseDate": "31-08-2021"}]))
    school = School.objects.values().get()
    made = ("id", "public_id", "searchable_name", "searchable_town", "created_at", "updated_at")
    for not_read in made:
        del school[not_read]
    assert school == {
        "urn": 100000,
        "name": "The Aldgate School",
        "status": School.Status.OPEN,
        "establishment_type": "Voluntary aided school",
        "phase": "Primary",
        "local_authority": "City of London",
        "region": "London",
        "street": "St James's Passage",
        "town": "London",
        "postcode": "EC3A 5DE",
        "opened_on": date(1920, 9, 1),
        "closed_on": date(2021, 8, 31),
    }


def test_columns_are_found_by_name_in_any_order_among_any_others(tmp_path):
    reordered = {"Unheard of": "x"} | dict(reversed(ALDGATE.items())) | {"Another": "y"}
    load(write(tmp_path / "gias.csv", [reordered]))
    school = School.objects.get(urn=100000)
    assert (school.name, school.town) == ("The Aldgate School", "London")


def test_a_second_run_changes_nothing_and_writes_no_history():
    load(SAMPLE)
    schools = list(School.objects.values())
    with pghistory.context(command="second run"):
        assert counts(load(SAMPLE)) == (0, 0, 99, 0)
    assert list(School.objects.values()) == schools
    assert SchoolEvent.objects.count() == 99
    assert not pghistory.models.Context.objects.filter(metadata__command="second run").exists()


# (column, the school's field, in the first file, in the second, and what the field is then)
CHANGES = [
    ("EstablishmentName", "name", "Old", "New", "New"),
    ("EstablishmentStatus (code)", "status", "1", "2", School.Status.CLOSED),
    ("TypeOfEstablishment (name)", "establishment_type", "", "Free schools", "Free schools"),
    ("PhaseOfEducation (name)", "phase", "Primary", "Secondary", "Secondary"),
    ("LA (name)", "local_authority", "Camden", "Barnet", "Barnet"),
    ("GOR (name)", "region", "London", "South East", "South East"),
    ("Street", "street", "1 High Street", "", ""),
    ("Town", "town", "London", "Leeds", "Leeds"),
    ("Postcode", "postcode", "N1 1AA", "N1 1AB", "N1 1AB"),
    ("OpenDate", "opened_on", "", "01-09-2017", date(2017, 9, 1)),
    ("OpenDate", "opened_on", "01-09-2017", "", None),
    ("CloseDate", "closed_on", "", "31-08-2021", date(2021, 8, 31)),
]


@pytest.mark.parametrize(("column", "field", "before", "after", "then"), CHANGES)
def test_what_the_register_changed_is_changed_and_in_the_history(
    tmp_path, column, field, before, after, then
):
    load(write(tmp_path / "first.csv", [ALDGATE | {column: before}]))
    school = School.objects.get()
    with pghistory.context(command="the test"):
        report = load(write(tmp_path / "second.csv", [ALDGATE | {column: after}]))

    assert counts(report) == (0, 1, 0, 0)
    school.refresh_from_db()
    assert getattr(school, field) == then
    event = school.events.order_by("pgh_id").last()
    assert (event.pgh_label, getattr(event, field)) == ("update", then)
    assert event.pgh_context.metadata["command"] == "the test"


def test_only_what_differs_is_touched(tmp_path):
    load(SAMPLE)
    rows = sample_rows()
    rows[7] |= {"EstablishmentName": "Another Name"}
    rows[8] |= {"URN": "150000"}
    assert counts(load(write(tmp_path / "gias.csv", rows))) == (1, 1, 97, 0)
    assert SchoolEvent.objects.count() == 101
    assert School.objects.get(urn=rows[7]["URN"]).name == "Another Name"


def test_schools_that_the_file_does_not_name_stay_as_they_are(tmp_path):
    school = builders.make_school("Elsewhere Primary School", urn=143210)
    load(SAMPLE)
    school.refresh_from_db()
    assert school.name == "Elsewhere Primary School"
    assert school.events.count() == 1


def test_closed_schools_are_kept_and_marked():
    load(SAMPLE)
    closed = School.objects.filter(status=School.Status.CLOSED)
    listed = [row for row in sample_rows() if row["EstablishmentStatus (name)"] == "Closed"]
    assert {school.urn for school in closed} == {int(row["URN"]) for row in listed}
    assert len(listed) == 9
    assert all(school.closed_on for school in closed)
    proposed = School.objects.get(status=School.Status.PROPOSED_TO_CLOSE)
    assert proposed.closed_on == date(2021, 8, 31)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_are_read_in_utf_8_and_windows_1252(tmp_path, encoding):
    name = "Ysgol Môn – St Anne’s"
    report = load(write(tmp_path / "gias.csv", [ALDGATE | {"EstablishmentName": name}], encoding))
    assert School.objects.get().name == name
    assert report.encoding.label == ("Windows-1252" if encoding == "cp1252" else "UTF-8")


def test_memory_does_not_grow_with_the_file(tmp_path):
    peaks = []
    for count in (500, 3000):
        file = write(tmp_path / f"{count}.csv", many_rows(count))
        tracemalloc.start()
        assert load(file).created + 500 >= count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # 2,500 rows more are 2 MB on disk, and 20 in lists of values.
    assert peaks[1] - peaks[0] < 200_000


def test_an_import_that_is_interrupted_leaves_nothing(tmp_path):
    def interrupt(read, size):
        if read == size:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(SAMPLE, interrupt)
    assert not School.objects.exists()
    assert not SchoolEvent.objects.exists()
    assert counts(load(SAMPLE)) == (99, 0, 0, 0)


def test_progress_is_told_in_bytes_up_to_the_end_of_the_file():
    told = []
    load(SAMPLE, lambda read, size: told.append((read, size)))
    size = SAMPLE.stat().st_size
    assert len(told) == 99
    assert {of for _, of in told} == {size}
    assert [read for read, _ in told] == sorted(read for read, _ in told)
    assert told[0][0] < size == told[-1][0]


def test_a_role_that_owns_nothing_can_import():
    """The application's role of docs/deploying.md."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE importer_for_this_test")
        cursor.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
            " TO importer_for_this_test"
        )
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO importer_for_this_test")
        cursor.execute("SET LOCAL ROLE importer_for_this_test")
        assert counts(load(SAMPLE)) == (99, 0, 0, 0)
        cursor.execute("RESET ROLE")
