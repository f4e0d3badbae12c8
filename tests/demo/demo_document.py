"""Reads the tables of docs/demo.md: each row as a dictionary by its column's heading."""

import re
from collections.abc import Iterator
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "demo.md"
NONE = "—"

_SCHOOL = re.compile(r"## .+ \((\d{6})\)")


def rows_of(first_column: str) -> Iterator[dict[str, str]]:
    """The rows of the tables whose first column is headed so, with `urn`, their school's."""
    urn, columns = "", None
    for line in DOCUMENT.read_text().splitlines():
        if line.startswith("## "):
            named = _SCHOOL.fullmatch(line)
            urn = named[1] if named else ""
        if not line.startswith("|"):
            columns = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if columns is None:
            columns = cells
        elif columns[0] == first_column and not line.startswith("|---"):
            yield dict(zip(columns, cells, strict=True)) | {"urn": urn}


def tag_in(cell: str) -> list[str]:
    """The tag that a cell says in bold: one, or none."""
    return re.findall(r"\*\*(.+?)\*\*", cell)


def text_of(cell: str) -> str:
    """What a cell says, as a reader of the page sees it."""
    return cell.replace("**", "")
