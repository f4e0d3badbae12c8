"""The register's links say which schools took over, and are kept beside the schools."""

import pytest
from django.core.management import CommandError, call_command

from core.csv_files import RefusedFile
from schools.gias import load_links
from schools.models import SchoolSuccession
from tests.builders import make_school
from tests.schools.gias_files import ALDGATE, write

pytestmark = pytest.mark.django_db

SUCCESSOR = {
    "URN": "100014",
    "LinkURN": "150001",
    "LinkName": "Fleet Academy",
    "LinkType": "Successor",
    "LinkEstablishedDate": "01-09-2026",
}


@pytest.fixture(autouse=True)
def _schools():
    for urn in (100014, 100015, 150001, 150002):
        make_school(f"School {urn}", urn=urn)


def kept() -> set[tuple[int, int]]:
    return set(SchoolSuccession.objects.values_list("school__urn", "successor__urn"))


@pytest.mark.parametrize(
    ("kind", "succession"),
    [
        ("Successor", (100014, 150001)),
        ("Successor - amalgamated", (100014, 150001)),
        ("Successor - Split School", (100014, 150001)),
        ("Predecessor", (150001, 100014)),
        ("Predecessor - merged", (150001, 100014)),
        ("Sixth Form Centre Link", None),
        ("", None),
    ],
)
def test_what_a_kind_of_link_means(tmp_path, kind, succession):
    load_links(write(tmp_path / "links.csv", [SUCCESSOR | {"LinkType": kind}]))
    assert kept() == ({succession} if succession else set())


def test_the_links_of_the_schools_that_a_file_names_are_brought_into_line(tmp_path):
    file = write(tmp_path / "links.csv", [SUCCESSOR, SUCCESSOR | {"URN": "100015"}])
    loaded = load_links(file)
    assert (loaded.added, loaded.removed, loaded.unchanged) == (2, 0, 0)
    again = load_links(file)
    assert (again.added, again.removed, again.unchanged) == (0, 0, 2)
    inverse = {"URN": "150002", "LinkURN": "100014", "LinkType": "Predecessor"}
    later = load_links(write(tmp_path / "later.csv", [SUCCESSOR | inverse]))
    assert (later.added, later.removed, later.unchanged) == (1, 1, 0)
    assert kept() == {(100014, 150002), (100015, 150001)}


def test_a_row_that_names_no_school_is_refused_and_the_others_are_kept(tmp_path):
    rows = [
        SUCCESSOR | {"LinkURN": "999999"},
        SUCCESSOR | {"URN": ""},
        SUCCESSOR | {"URN": "150001"},
        SUCCESSOR,
    ]
    loaded = load_links(write(tmp_path / "links.csv", rows))
    assert [(row.line, row.reason) for row in loaded.refused] == [
        (2, "No school has the URN '999999'."),
        (3, "No school has the URN ''."),
        (4, "URN 150001 is linked to itself."),
    ]
    assert kept() == {(100014, 150001)}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "lacks these columns: URN, LinkURN, LinkType"),
        (b"URN,LinkURN\n1,2\n", "lacks these columns: LinkType"),
        (b"URN,LinkURN,LinkType\n100014,150001,Successor\n100014,1500", "Line 3 is cut short"),
    ],
)
def test_what_is_no_file_of_links_changes_nothing(tmp_path, content, why):
    (tmp_path / "links.csv").write_bytes(content)
    with pytest.raises(RefusedFile, match=why):
        load_links(tmp_path / "links.csv")
    with pytest.raises(RefusedFile, match="cannot be read"):
        load_links(tmp_path / "missing.csv")
    assert kept() == set()


def test_the_command_reads_both_files_or_neither(tmp_path, capsys):
    schools = write(tmp_path / "schools.csv", [ALDGATE])
    taken_over = SUCCESSOR | {"URN": "100000"}
    links = write(tmp_path / "links.csv", [taken_over, SUCCESSOR | {"URN": "1"}])
    with pytest.raises(CommandError, match=r"lacks these columns: .* imported from .*schools.csv"):
        call_command("import_gias", str(schools), links=schools)
    assert kept() == set()
    call_command("import_gias", str(schools), links=links)
    assert capsys.readouterr().out.splitlines() == [
        "schools.csv, read as UTF-8: 1 created, 0 updated, 0 unchanged, 0 refused",
        "links.csv, successors: 1 added, 0 removed, 0 unchanged, 1 refused",
        "Line 3: No school has the URN '1'.",
    ]
    assert kept() == {(100000, 150001)}
    context = SchoolSuccession.objects.get().events.get().pgh_context.metadata
    files = {"file": "schools.csv", "links": "links.csv"}
    assert context == {"command": "import_gias", "request": context["request"]} | files
