"""`manage.py import_gias FILE`, as an operator meets it."""

import pytest
from django.core.management import CommandError, call_command

from schools.models import School
from tests.schools.gias_files import ALDGATE, SAMPLE, write

pytestmark = pytest.mark.django_db


def test_it_says_what_it_did_and_which_rows_it_refused(tmp_path, capsys):
    call_command("import_gias", str(SAMPLE))
    said = capsys.readouterr()
    assert said.out == (
        "gias_sample.csv, read as UTF-8: 99 created, 0 updated, 0 unchanged, 0 refused\n"
    )
    assert said.err == ""  # no progress bar: this is no terminal

    file = write(
        tmp_path / "later.csv",
        [ALDGATE, ALDGATE | {"URN": "150000"}, ALDGATE | {"URN": "999001"}, ALDGATE],
        encoding="cp1252",
    )
    call_command("import_gias", str(file))
    assert capsys.readouterr().out.splitlines() == [
        "later.csv, read as UTF-8: 1 created, 1 updated, 0 unchanged, 2 refused",
        "Line 4: URN 999001 is one of those kept for invented schools (999000 to 999999).",
        "Line 5: URN 100000 is already that of line 2.",
    ]


def test_the_history_says_that_the_command_did_it_from_which_file():
    call_command("import_gias", str(SAMPLE))
    contexts = {event.pgh_context_id for event in School.events.rel.related_model.objects.all()}
    assert len(contexts) == 1
    event = School.objects.first().events.get()
    said = event.pgh_context.metadata
    assert said == {"command": "import_gias", "file": "gias_sample.csv", "request": said["request"]}


def test_a_file_that_is_no_register_is_an_error_that_says_so(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear school,\n")
    with pytest.raises(CommandError, match=r"lacks these columns: URN, .* Nothing was imported"):
        call_command("import_gias", str(file))
