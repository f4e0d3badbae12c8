"""What an import refuses: a whole file, or one row of it."""

from dataclasses import dataclass


class RefusedFileError(Exception):
    """This file is not the register, or not all of it: nothing of it is imported. Says why."""


class RefusedRowError(Exception):
    """This row is no school that can be kept; the others can. Says why."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was left out: the line of the file on which it starts (from 1), and why."""

    line: int
    reason: str
