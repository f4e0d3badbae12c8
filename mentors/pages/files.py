"""The lists of a school as files that a spreadsheet opens: CSV and Excel."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.csv_files import csv_parts
from core.periods import in_words
from mentors.pages.ects import ECTCard
from mentors.pages.mentors import MentorCard
from mentors.people.ect_training import Dated
from mentors.people.trained_by import training_of_many
from mentors.people.training import Training
from mentors.people.training_words import words_of_training

MENTOR_HEADINGS = (
    "Name",
    "TRN",
    "Email address",
    "Currently mentoring",
    "Will mentor",
    "Mentor training",
    "Date or term",
    "Why",
    "Lead provider",
    "Delivery partner",
    "Completed with",
    "About the training",
    "Last day at the school",
)
ECT_HEADINGS = (
    "Name",
    "TRN",
    "Email address",
    "Status",
    "Date",
    "Induction",
    "Mentor",
    "Next mentor",
    "Lead provider",
    "Delivery partner",
    "About the training",
    "Last day at the school",
)


@dataclass(frozen=True)
class Table:
    """What a file holds: the first row has the headings, and every cell is text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of_mentors(cards: Sequence[MentorCard], day: date) -> Table:
    """A row for each card, with what the mentor's page says of their training on this day."""
    statuses = {card.mentor.teacher_id: card.status for card in cards}
    training = training_of_many([card.mentor for card in cards], day, statuses)
    return Table(MENTOR_HEADINGS, tuple(_mentor(card, training) for card in cards))


def table_of_ects(cards: Sequence[ECTCard], day: date) -> Table:
    """A row for each card, with what the ECT's page says of their training on this day."""
    training = training_of_many([card.ect for card in cards], day, {})
    return Table(ECT_HEADINGS, tuple(_ect(card, training) for card in cards))


def csv_of(table: Table) -> bytes:
    """The CSV file, in UTF-8 with the byte order mark that Excel needs. No cell is a formula."""
    return "".join(csv_parts((table.headings, *table.rows))).encode()


def xlsx_of(table: Table) -> bytes:
    """The Excel file. Each cell is text, so that a TRN keeps its zeros and nothing is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (table.headings, *table.rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _mentor(card: MentorCard, training: Mapping[int, Training]) -> tuple[str, ...]:
    mentor, status = card.mentor, card.status
    words = words_of_training(training[mentor.teacher_id], status)
    by = dict(words.rows)
    return (
        mentor.teacher.name,
        mentor.teacher.trn,
        mentor.email,
        "; ".join(ect.name for ect in card.ects),
        "; ".join(f"{ect.name} from {in_words(ect.since)}" for ect in card.to_come),
        status.status.text if status.status else "",
        status.detail or "",
        words.why,
        by.get("Lead provider", ""),
        by.get("Delivery partner", ""),
        by.get("Completed with", ""),
        words.note,
        in_words(mentor.last_day) if mentor.last_day else "",
    )


def _ect(card: ECTCard, training: Mapping[int, Training]) -> tuple[str, ...]:
    ect, following = card.ect, card.next_mentor
    words = words_of_training(training[ect.teacher_id])
    by = dict(words.rows)
    return (
        ect.teacher.name,
        ect.teacher.trn,
        ect.email,
        card.tag.text,
        _dated(card.tag.detail),
        _dated(card.induction),
        card.mentor or "",
        f"{following.name} from {in_words(following.started_on)}" if following else "",
        by.get("Lead provider", ""),
        by.get("Delivery partner", ""),
        words.note,
        in_words(ect.last_day) if ect.last_day else "",
    )


def _dated(event: Dated | None) -> str:
    return f"{event.what} {in_words(event.on)}" if event else ""
