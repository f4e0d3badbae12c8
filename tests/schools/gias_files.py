"""Register files for the import's tests and benchmark, made from the project's extract."""

import csv
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path

import demo

SAMPLE = Path(demo.__file__).parent / "data/gias_sample.csv"

# A sound row, in GIAS's words; a test changes what it is about.
ALDGATE = {
    "URN": "100000",
    "EstablishmentName": "The Aldgate School",
    "EstablishmentStatus (code)": "1",
    "TypeOfEstablishment (name)": "Voluntary aided school",
    "PhaseOfEducation (name)": "Primary",
    "LA (name)": "City of London",
    "GOR (name)": "London",
    "Street": "St James's Passage",
    "Town": "London",
    "Postcode": "EC3A 5DE",
    "OpenDate": "01-09-1920",
    "CloseDate": "",
}


def sample_rows() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Iterable[dict[str, str]], encoding: str = "utf-8") -> Path:
    """A register file of these rows; the first row's names are the header."""
    rows = iter(rows)
    first = next(rows)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, first)
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
    return path


def many_rows(count: int) -> Iterator[dict[str, str]]:
    """The sample's rows over and over, each with a URN of its own."""
    for urn, row in zip(range(100000, 100000 + count), cycle(sample_rows()), strict=False):
        yield row | {"URN": str(urn)}
