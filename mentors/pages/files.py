"""The lists of a school as files that a spreadsheet opens."""

import codecs
import csv
import io
from collections.abc import Iterable

from core.csv_files import harmless
from mentors.pages.mentors import MentorCard

HEADINGS = ("Name", "TRN", "Email address", "Currently mentoring", "Mentor training")


def csv_of(cards: Iterable[MentorCard]) -> bytes:
    """The CSV file with a row for each card, in UTF-8 with the byte order mark that Excel needs."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    writer.writerows([harmless(cell) for cell in _row(card)] for card in cards)
    return codecs.BOM_UTF8 + file.getvalue().encode()


def _row(card: MentorCard) -> tuple[str, ...]:
    return (
        card.mentor.teacher.name,
        card.mentor.teacher.trn,
        card.mentor.email,
        "; ".join(ect.name for ect in card.ects),
        card.status.status.text if card.status.status else "",
    )
