"""Files that are not taken whole, in a check or in the import: which error says what to do."""

import pytest
from django.contrib import admin

from declarations.imports.completions import COLUMNS
from declarations.models import RecordedCompletion
from tests.builders import make_teacher
from tests.declarations.uploading import (
    COMPLETIONS,
    DECLARATIONS,
    error,
    found,
    member,
    recorded_twice,
    seal_of,
    send,
)

pytestmark = pytest.mark.django_db
HEADING = b"trn,kind\n"
GOOD = HEADING + b"0000001,early_roll_out\n"
NO_FILE = "Select a CSV file smaller than 2.5 MB. Split a larger one into smaller files."
NAMES = "The first line must name the columns "


@pytest.fixture(autouse=True)
def _staff(client):
    make_teacher(trn="0000001")
    member(client, superuser=True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, NO_FILE),
        (b"", "The CSV file is empty. Select one that has rows."),
        (b"\n", f"The CSV file cannot be imported. {NAMES}{', '.join(COLUMNS)}."),
        (b"PK\x03\x04\xff", "The CSV file cannot be imported. Line 1 is not UTF-8."),
        (b"a,b\n", f"The CSV file cannot be imported. {NAMES}"),
        (HEADING + b'"a"b,c\n', "The CSV file cannot be imported. Line 2 is no CSV: "),
        (HEADING + b"x\n" * 5_001, "It has more than 5,000 rows. Split it"),
        (HEADING + b"0000001,early_roll_out\n" * 120_000, NO_FILE),
    ],
)
def test_the_error_stands_at_the_field_and_says_what_to_do(client, content, said):
    page = send(client, COMPLETIONS, content)
    assert said in error(page)
    assert "Nothing was imported." in page.select_one(".errornote").text
    assert not page.select("#content-main table")


def test_5000_rows_are_taken_and_blank_lines_are_no_rows(client):
    content = HEADING + b"0000001,early_roll_out\n" * 5_000 + b"\n" * 10
    assert found(send(client, COMPLETIONS, content)).counts == (1, 4_999, 0)
    assert "more than 5,000" in error(send(client, COMPLETIONS, content + b"0000001,x\n"))


def test_the_same_errors_for_declarations(client):
    assert f"{NAMES}provider, participant_id, trn" in error(send(client, DECLARATIONS, GOOD))


def test_a_good_file_may_follow_after_an_error_in_the_import(client):
    seal = seal_of(send(client, COMPLETIONS, GOOD))
    page = send(client, COMPLETIONS, None, seal)
    assert error(page) == NO_FILE
    send(client, COMPLETIONS, GOOD, seal_of(page))
    assert RecordedCompletion.objects.count() == 1


def test_what_the_database_refuses_is_said_and_nothing_is_imported(client, monkeypatch):
    """As when a record that the file names was changed after the rows were judged."""
    seal = seal_of(send(client, COMPLETIONS, GOOD))
    of_completions = admin.site.get_model_admin(RecordedCompletion)
    monkeypatch.setattr(of_completions, "import_file", recorded_twice)
    page = send(client, COMPLETIONS, GOOD, seal)
    assert error(page).startswith("The CSV file was not imported. This is recorded for")
    assert not RecordedCompletion.objects.exists()


def test_what_a_row_says_is_shown_as_text(client):
    content = HEADING + b"0000001,early_roll_out\n<script>alert(1)</script>,x\n"
    page = send(client, COMPLETIONS, content)
    assert page.select("#content-main script") == []
    assert found(page).counts == (1, 0, 1)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(COMPLETIONS).status_code == 405
