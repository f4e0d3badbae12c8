"""The links of the register: which schools took over from which. GIAS's "links" extract.

In a row, URN names a school, LinkURN another one, and LinkType what the other one is to it:
"Successor" or "Predecessor", with more words for merged and split schools. Others are not kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from reprlib import repr as shortened
from typing import BinaryIO

from django.db import transaction

from core.csv_files import RefusedFile, RefusedRow, Report, encoding_of, read_rows
from core.text import cleaned
from schools.models import School, SchoolSuccession

_COLUMNS = ("URN", "LinkURN", "LinkType")
# The URN of a school, and that of the one which took over.
_Pair = tuple[str, str]


@dataclass(frozen=True)
class Linked:
    """The result of an import: how many successions were added, taken away and left unchanged."""

    added: int
    removed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]


@transaction.atomic
def load_links(path: Path) -> Linked:
    """Keep the successions of the schools that a file of links names; those of others stay.

    A row about a school that was not imported is refused. Raises RefusedFile when the file cannot
    be read or lacks a column.
    """
    refused: list[RefusedRow] = []
    report = Report(on_refusal=refused.append)
    ids = {str(urn): pk for urn, pk in School.objects.values_list("urn", "pk")}
    wanted = set()
    try:
        with path.open("rb") as file:
            for line, pair in _successions(file):
                unknown = [urn for urn in pair if urn not in ids]
                if unknown:
                    report.refuse(line, f"No school has the URN {shortened(unknown[0])}.")
                elif pair[0] == pair[1]:
                    report.refuse(line, f"URN {pair[0]} is linked to itself.")
                else:
                    wanted.add((ids[pair[0]], ids[pair[1]]))
    except OSError as error:
        raise RefusedFile(f"The file cannot be read: {error.strerror}.") from error
    report.tell()
    there = SchoolSuccession.objects.filter(school__in={school for school, _ in wanted})
    kept = {(row.school_id, row.successor_id): row for row in there}
    over = [row.pk for pair, row in kept.items() if pair not in wanted]
    SchoolSuccession.objects.filter(pk__in=over).delete()
    new = sorted(wanted - kept.keys())
    SchoolSuccession.objects.bulk_create(
        SchoolSuccession(school_id=school, successor_id=successor) for school, successor in new
    )
    return Linked(len(new), len(over), len(kept) - len(over), tuple(refused))


def _successions(file: BinaryIO) -> Iterator[tuple[int, _Pair]]:
    """Each row that names a successor: its line, the school and the successor."""
    encoding_of(file)  # refuses UTF-16
    rows = read_rows(file, raw=True)
    heading = next(rows, None)
    names = [cleaned(cell) for cell in heading.cells] if heading else []
    if missing := [column for column in _COLUMNS if column not in names]:
        raise RefusedFile(f"The file lacks these columns: {', '.join(missing)}.")
    positions = [names.index(column) for column in _COLUMNS]
    for row in rows:
        if len(row.cells) < len(names):
            raise RefusedFile(f"Line {row.line} is cut short: it has {len(row.cells)} columns.")
        # The three are ASCII, so a wrong byte in them names no school and no kind.
        urn, link, kind = (cleaned(row.cells[at]) for at in positions)
        if kind.lower().startswith("successor"):
            yield row.line, (urn, link)
        elif kind.lower().startswith("predecessor"):
            yield row.line, (link, urn)
