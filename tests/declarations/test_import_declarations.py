"""The import of declarations from a file: judged by the same rules, all in one transaction."""

from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from declarations.imports import RefusedFile, RefusedRow, Report, import_declarations
from declarations.imports.declarations import COLUMNS
from declarations.models import CompletionNotice, Declaration, DeclarationStateChange
from declarations.states import State
from tests.builders import make_mentor, make_teacher
from tests.declarations import contract
from tests.declarations.files import file_of, row
from tests.declarations.trained import NOW, bring_to, declare, make_trained

pytestmark = pytest.mark.django_db


def imported(file: BytesIO, commit: bool = True) -> tuple[tuple[int, int, int], list[RefusedRow]]:
    """The counts of added, repeated and refused rows, and the refused ones."""
    refused = []
    report = Report(on_refusal=refused.append)
    import_declarations(file, report, commit=commit, by="command test", now=NOW)
    return (report.added, report.repeated, report.refused), refused


def reason(refusal: tuple[str, str]) -> str:
    return ": ".join(refusal)


def test_good_rows_become_declarations_with_their_logs():
    one = make_trained(2023)
    two = make_trained(
        2025, "Teach First", teacher=make_teacher(mentor_funding_eligible_from=NOW.date())
    )
    new = {"evidence_held": "other", "declaration_date": "2026-03-02T09:00:00Z"}
    file = file_of(row(one), row(one, "completed", by_trn=True), row(two, **new))
    assert imported(file) == ((3, 0, 0), [])
    made = Declaration.objects.order_by("lead_provider__name", "declaration_type")
    assert [(each.declaration_type, each.state, each.evidence_held) for each in made] == [
        ("completed", State.SUBMITTED, "other"),
        ("started", State.SUBMITTED, ""),
        ("started", State.ELIGIBLE, "other"),
    ]
    assert {each.lead_provider.name for each in made} == {"Ambition Institute", "Teach First"}
    for each in made:
        (logged,) = each.state_changes.all()
        assert (logged.from_state, logged.to_state) == ("", each.state)
        assert (logged.by, logged.why) == ("command test", "imported from a file")
        assert each.events.get().pgh_context.metadata["by"] == "command test"


def test_a_dry_run_says_the_same_and_writes_nothing():
    training = make_trained()
    file = file_of(row(training), row(training), row(training, "x"))
    dry = imported(file, commit=False)
    assert not Declaration.objects.exists()
    assert not DeclarationStateChange.objects.exists()
    file.seek(0)
    assert imported(file) == dry
    assert dry == ((1, 1, 1), [RefusedRow(4, reason(contract.TYPE_UNKNOWN))])


def test_the_second_time_it_adds_nothing():
    training = make_trained()
    file = file_of(row(training), row(training, "completed"))
    imported(file)
    file.seek(0)
    assert imported(file) == ((0, 2, 0), [])
    assert Declaration.objects.count() == 2


def test_rows_see_those_before_them_and_what_is_there():
    training = make_trained(2025)
    elsewhere = make_trained(2025, "Teach First", mentor=make_mentor(training.teacher))
    declare(training, "completed", evidence_held="75-percent-engagement-met")
    late = {"evidence_held": "other", "declaration_date": "2025-11-04T10:00:00Z"}
    early = {"evidence_held": "other", "declaration_date": "2025-11-02T10:00:00Z"}
    file = file_of(row(training, **late), row(elsewhere, **early), row(training, **early))
    assert imported(file) == (
        (1, 0, 2),
        [
            RefusedRow(2, reason(contract.OUT_OF_ORDER)),
            RefusedRow(4, reason(contract.ALREADY)),
        ],
    )


def test_what_was_voided_may_be_imported_again():
    training = make_trained()
    bring_to(declare(training), State.VOIDED)
    assert imported(file_of(row(training)))[0] == (1, 0, 0)


def test_who_is_not_known_is_refused():
    training = make_trained()
    file = file_of(
        row(training, provider="Nobody"),
        row(training, participant_id=""),
        row(training, participant_id="x", trn=training.teacher.trn),
        row(training, participant_id="", trn="0000000"),
        row(training, participant_id="", trn="\x00"),
        row(make_trained(2023, "Teach First"), provider="Ambition Institute"),
    )
    unknown = reason(contract.PARTICIPANT_UNKNOWN)
    assert imported(file)[1] == [
        RefusedRow(2, "provider: No lead provider has this name."),
        RefusedRow(3, reason(contract.PARTICIPANT_MISSING)),
        RefusedRow(4, unknown),
        RefusedRow(5, "trn: No teacher has this TRN."),
        RefusedRow(6, reason(contract.PARTICIPANT_MISSING)),
        RefusedRow(7, unknown),
    ]


def test_two_columns_that_name_different_people_are_refused_naming_both():
    one, other = make_trained(), make_trained()
    file = file_of(
        row(one, trn=other.teacher.trn),
        row(one, trn=one.teacher.trn),
        row(one, "completed", trn="0000000"),
        row(one, "completed", trn="123"),
    )
    counts, refused = imported(file)
    assert counts == (1, 0, 3)
    assert refused[:2] == [
        RefusedRow(2, "participant_id and trn: They are those of different people."),
        RefusedRow(4, "trn: No teacher has this TRN."),
    ]
    assert refused[2].reason.startswith("trn: TRN must be 7 digits.")
    assert Declaration.objects.get().teacher == one.teacher


@pytest.mark.parametrize(
    ("trn", "why"),
    [
        (
            "836",
            "trn: TRN must be 7 digits. Include any zeros at the start, like 0123456."
            " A spreadsheet may have left them out: is it 0000836?",
        ),
        ("08364721", "trn: TRN must be 7 digits. Include any zeros at the start, like 0123456."),
        ("836472.0", "trn: TRN must be digits only, like 0123456."),
    ],
)
def test_a_trn_that_cannot_be_read_is_named_as_what_is_wrong(trn, why):
    training = make_trained(teacher=make_teacher(trn="0836472"))
    assert imported(file_of(row(training, participant_id="", trn=trn)))[1] == [RefusedRow(2, why)]


@pytest.mark.parametrize(
    "trn", ["RP08/36472", "08-36472", "'0836472", "0836472\u200b", "0836472.", "836472"]
)
def test_a_trn_is_read_as_people_write_it(trn):
    training = make_trained(teacher=make_teacher(trn="0836472"))
    assert imported(file_of(row(training, participant_id="", trn=trn)))[0] == (1, 0, 0)


def test_what_the_contract_says_of_the_participant_names_the_column_that_was_given():
    training = make_trained(2023, "Teach First")
    make_trained(2023, "Ambition Institute")
    file = file_of(row(training, by_trn=True, provider="Ambition Institute"))
    assert imported(file)[1] == [
        RefusedRow(
            2,
            "trn: Your update cannot be made as the '#/trn' is not recognised. "
            "Check participant details and try again.",
        )
    ]


@pytest.mark.parametrize("empty", [",,,,,,", ", ,\t,,,,", ",", ",,,,,,,,", "\ufeff,\u200b,"])
def test_rows_of_empty_cells_are_passed_over(empty):
    text = file_of(row(make_trained())).getvalue().decode()
    file = f"{text}{empty}\r\n{empty}\r\n".encode()
    assert imported(BytesIO(file)) == ((1, 0, 0), [])


def test_memory_and_batches_do_not_matter_to_the_answer(monkeypatch):
    monkeypatch.setattr("core.csv_files._BATCH_SIZE", 2)
    trainings = [make_trained() for _ in range(3)]
    rows = [row(each) for each in trainings] + [row(each) for each in trainings]
    assert imported(file_of(*rows)) == ((3, 3, 0), [])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The first line must name the columns provider, participant_id, trn"),
        (b"a,b\n1,2\n", "The first line must name the columns"),
        (b"\xff\xfe", "Line 1 is not UTF-8"),
        (",".join(COLUMNS).encode() + b"\n\n\xe9,,,,,,\n", "Line 3 is not UTF-8"),
        (",".join(COLUMNS).encode() + b'\na,b,c,d,e,f,"g"h\n', "Line 2 is no CSV"),
        (",".join(COLUMNS).encode() + b'\n"\n' + b"x" * 200_000, "Line 2 is no CSV"),
    ],
)
def test_what_is_no_such_file_is_refused_whole(content, why):
    with pytest.raises(RefusedFile, match=why):
        imported(BytesIO(content))


def test_a_fault_in_the_file_undoes_the_rows_before_it():
    good = file_of(row(make_trained())).getvalue()
    with pytest.raises(RefusedFile):
        imported(BytesIO(good + b"\xff\n"))
    assert not Declaration.objects.exists()


def test_how_a_spreadsheet_may_have_saved_it():
    training = make_trained()
    columns = (*COLUMNS[3:], *COLUMNS[:3])
    text = file_of(row(training), columns=columns).getvalue().decode()
    text = text.replace("started", '" started "') + "\r\n,x,\r\n,,\r\n"
    counts, refused = imported(BytesIO(b"\xef\xbb\xbf" + text.encode()))
    assert counts == (1, 0, 1)
    assert refused == [RefusedRow(4, "It has 3 values, and there are 7 columns.")]


@pytest.fixture
def file(tmp_path) -> Path:
    training = make_trained()
    path = tmp_path / "declared.csv"
    path.write_bytes(file_of(row(training), row(training, "y"), row(training)).getvalue())
    return path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_declarations", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_is_a_dry_run_until_it_is_told_to_commit(file):
    refused = f"Line 3: {reason(contract.TYPE_UNKNOWN)}\n"
    assert run(file) == (
        f"{refused}declared.csv: 1 would be added (a dry run: --commit writes them),"
        " 1 there already, 1 refused\n"
    )
    assert not Declaration.objects.exists()
    assert run(file, "--commit") == f"{refused}declared.csv: 1 added, 1 there already, 1 refused\n"
    assert run(file, "--commit") == f"{refused}declared.csv: 0 added, 2 there already, 1 refused\n"
    assert Declaration.objects.get().state_changes.get().by == "command import_declarations"


def test_the_command_says_why_a_file_cannot_be_imported(tmp_path):
    with pytest.raises(CommandError, match=r"No such file .+ Nothing was imported from"):
        run(tmp_path / "none.csv")
    (tmp_path / "wrong.csv").write_text("a,b")
    with pytest.raises(CommandError, match=r"must name the columns .+ Nothing was imported"):
        run(tmp_path / "wrong.csv")


PAST = {"declaration_id": "", "created_at": "", "state": ""}
OLD_ID = "1f6e1d5c-8f2a-4f6e-9a51-0c2b9f3a7d10"


def old(training, declaration_type: str = "started", **past: str) -> dict:
    """A row of a declaration that the old service has."""
    return row(training, declaration_type) | PAST | past


def old_file(*rows: dict) -> BytesIO:
    return file_of(*rows, columns=(*COLUMNS, *PAST))


def test_a_declaration_comes_with_its_id_its_moment_and_its_state_step_by_step():
    training = make_trained()
    moment = "2026-03-01T12:00:00Z"
    paid = old(training, declaration_id=OLD_ID, created_at=moment, state="paid")
    assert imported(old_file(paid)) == ((1, 0, 0), [])
    made = Declaration.objects.get()
    assert (str(made.pk), made.state) == (OLD_ID, State.PAID)
    assert made.created_at == datetime(2026, 3, 1, 12, tzinfo=UTC)
    log = made.state_changes.order_by("id")
    assert list(log.values_list("from_state", "to_state", "changed_at")) == [
        ("", "submitted", made.created_at),
        ("submitted", "eligible", NOW),
        ("eligible", "payable", NOW),
        ("payable", "paid", NOW),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert imported(old_file(paid)) == ((0, 1, 0), [])


@pytest.mark.parametrize("size", [1, 2000])
def test_one_that_no_longer_counts_stands_beside_one_that_does_in_any_order(size, monkeypatch):
    monkeypatch.setattr("core.csv_files._BATCH_SIZE", size)
    training = make_trained()
    voided = old(training, declaration_id=OLD_ID, state="voided")
    for rows in ((voided, old(training)), (old(training), voided)):
        with transaction.atomic():
            assert imported(old_file(*rows)) == ((2, 0, 0), [])
            assert imported(old_file(*rows)) == ((0, 2, 0), [])
            transaction.set_rollback(True)


def test_several_that_no_longer_count_take_turns_whatever_their_states():
    training = make_trained()
    states = ("voided", "clawed_back", "voided")
    gone = [old(training, declaration_id=str(uuid4()), state=state) for state in states]
    assert imported(old_file(*gone, old(training, state="paid"))) == ((4, 0, 0), [])
    made = Declaration.objects.values_list("state", flat=True)
    assert sorted(made) == ["clawed_back", "paid", "voided", "voided"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_final_declaration_of_an_old_service_ends_the_training_and_is_no_news():
    training = make_trained()
    rows = (old(training, "completed", created_at="2026-03-01T12:00:00Z"),)
    assert imported(old_file(*rows)) == ((1, 0, 0), [])
    training.refresh_from_db()
    assert training.end_reason == training.EndReason.COMPLETED
    assert not CompletionNotice.objects.exists()


@pytest.mark.parametrize(
    ("past", "why"),
    [
        ({"declaration_id": "12"}, "declaration_id: Enter an id like"),
        ({"created_at": "2026-03-01"}, "created_at: Enter a moment with its offset"),
        ({"created_at": "2027-03-01T12:00:00Z"}, "created_at: It is in the future."),
        ({"created_at": "2020-03-01T12:00:00Z"}, "created_at: It is before declaration_date."),
        ({"state": "gone"}, "state: It must be submitted or eligible"),
        ({"state": "voided"}, "declaration_id: It is empty. A declaration that does not count"),
    ],
)
def test_a_past_that_cannot_be(past, why):
    counts, [refused] = imported(old_file(old(make_trained(), **past)))
    assert counts == (0, 0, 1)
    assert refused.reason.startswith(why)


def test_an_id_of_another_declaration_is_refused():
    one, two = make_trained(), make_trained()
    file = old_file(old(one, declaration_id=OLD_ID), old(two, declaration_id=OLD_ID))
    assert imported(file)[1] == [RefusedRow(3, "declaration_id: It is another declaration's.")]
    again = old_file(old(one, declaration_id=OLD_ID.replace("1f", "2f")))
    assert imported(again)[1] == [
        RefusedRow(2, "declaration_id: The declaration is there with another id.")
    ]
