"""The CSV file of a list of mentors, for spreadsheets."""

import codecs
import csv
import io
from collections.abc import Iterable

from mentors.mentor_list import MentorCard
from mentors.training_status import Status

HEADINGS = ("Name", "TRN", "Email address", "Currently mentoring", "Mentor training")

# A spreadsheet takes what begins so for a formula, and runs it (OWASP, "CSV Injection").
_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of(cards: Iterable[MentorCard]) -> bytes:
    """The file, a row for each card in its order: UTF-8 with the mark by which Excel knows it."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    writer.writerows([harmless(cell) for cell in _row(card)] for card in cards)
    return codecs.BOM_UTF8 + file.getvalue().encode()


def harmless(cell: str) -> str:
    """The cell, after an apostrophe if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_BEGIN_A_FORMULA) else cell


def _row(card: MentorCard) -> tuple[str, ...]:
    return (
        card.mentor.teacher.name,
        card.mentor.teacher.trn,
        card.mentor.email,
        "; ".join(ect.name for ect in card.ects),
        Status.TRAINING_COMPLETED.text if card.completed else "",
    )
