"""The import of completions that DfE recorded outside declarations."""

from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from declarations.imports import RefusedFile, RefusedRow, Report, import_completions
from declarations.management.commands.import_completions import Command
from declarations.models import RecordedCompletion
from tests.builders import make_teacher
from tests.declarations.trained import NOW
from tests.declarations.uploading import recorded_twice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _teachers():
    for trn in ("0000001", "0000002"):
        make_teacher(trn=trn)


def imported(*lines: str, commit: bool = True) -> tuple[tuple[int, int, int], list[RefusedRow]]:
    refused = []
    report = Report(on_refusal=refused.append)
    file = BytesIO("\n".join(lines).encode())
    import_completions(file, report, commit=commit, by="user 1", now=NOW)
    return (report.added, report.repeated, report.refused), refused


def recorded() -> set[tuple[str, str]]:
    return set(RecordedCompletion.objects.values_list("teacher__trn", "kind"))


def test_good_rows_are_recorded_once_and_the_others_refused():
    lines = (
        "trn,kind",
        "0000001,early_roll_out",
        "0000002,started_not_completed",
        "0000001,early_roll_out",
        "1,early_roll_out",
        "0000009,early_roll_out",
        "0000002,completed",
        "0000002",
        ",",
        "1.0,early_roll_out",
        "RP00/00001,early_roll_out",
    )
    refused = [
        RefusedRow(
            5,
            "trn: TRN must be 7 digits. Include any zeros at the start, like 0123456."
            " A spreadsheet may have left them out: is it 0000001?",
        ),
        RefusedRow(6, "trn: No teacher has this TRN."),
        RefusedRow(7, "kind: It must be early_roll_out or started_not_completed."),
        RefusedRow(8, "It has 1 values, and there are 2 columns."),
        RefusedRow(10, "trn: TRN must be digits only, like 0123456."),
    ]
    counts, found = imported(*lines, commit=False)
    assert (counts, found) == ((2, 2, 5), refused)
    assert not recorded()
    counts, found = imported(*lines)
    assert (counts, found) == ((2, 2, 5), refused)
    assert recorded() == {("0000001", "early_roll_out"), ("0000002", "started_not_completed")}
    made = RecordedCompletion.objects.first()
    assert made.recorded_at == NOW
    assert made.events.get().pgh_context.metadata["by"] == "user 1"
    assert imported(*lines)[0] == (0, 4, 5)


def test_another_file_is_refused():
    with pytest.raises(RefusedFile, match="must name the columns trn, kind"):
        imported("trn,completed", "0000001,yes")


def test_the_command(tmp_path):
    (tmp_path / "c.csv").write_text("kind,trn\nearly_roll_out,0000001\n")
    out = StringIO()
    call_command("import_completions", str(tmp_path / "c.csv"), "--commit", stdout=out)
    assert out.getvalue() == "c.csv: 1 added, 0 there already, 0 refused\n"
    assert recorded() == {("0000001", "early_roll_out")}


def test_the_command_says_what_the_database_refuses(tmp_path, monkeypatch):
    (tmp_path / "c.csv").write_text("kind,trn\nearly_roll_out,0000001\n")
    monkeypatch.setattr(Command, "import_file", staticmethod(recorded_twice))
    with pytest.raises(
        CommandError, match=r"This is recorded for .+ Nothing was imported from .+c\.csv"
    ):
        call_command("import_completions", str(tmp_path / "c.csv"), "--commit")
    assert recorded() == set()


def test_the_command_says_when_the_refused_rows_cannot_be_written(tmp_path):
    (tmp_path / "c.csv").write_text("kind,trn\nearly_roll_out,9999999\n")
    nowhere = str(tmp_path / "none" / "refused.csv")
    with pytest.raises(CommandError, match=r"The refused rows could not be written: .+ No such"):
        call_command("import_completions", str(tmp_path / "c.csv"), "--refused", nowhere)


def test_a_completion_brings_the_day_on_which_it_was_recorded():
    lines = (
        "trn,kind,recorded_on",
        "0000001,early_roll_out,1/9/2021",
        "0000002,early_roll_out,2031-09-01",
    )
    assert imported(*lines) == (
        (1, 0, 1),
        [RefusedRow(3, "recorded_on: It is in the future.")],
    )
    # Midnight in London, where it is summer.
    recorded_at = datetime(2021, 8, 31, 23, tzinfo=UTC)
    assert RecordedCompletion.objects.get().recorded_at == recorded_at
