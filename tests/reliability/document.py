"""Writes docs/reliability.md, of what a run of `make prove` has seen."""

import os
import platform
import time
from dataclasses import dataclass, field

from config.database import BASE_DIR
from tests.config.test_deadlines import LIMIT
from tests.declarations.at_once import AT_ONCE
from tests.reliability.load import CLIENTS, EACH, HEAD

_DOCUMENT = BASE_DIR / "docs" / "reliability.md"
RACES = ["what was sent", "times", "requests", "each time took", "as promised"]


@dataclass
class Report:
    """The rows of the two tables, by the name of what was tried, and what was not tried and why."""

    broken: dict[str, list[str]] = field(default_factory=dict)
    raced: dict[str, list[str]] = field(default_factory=dict)
    not_tried: list[str] = field(default_factory=list)

    def write(self, breaks: list[str], races: list[str]) -> None:
        """Write the document, with the rows in this order; only if each was tried or could not be.

        A run of some of them says nothing about the others.
        """
        tried = len(self.broken) + len(self.raced) + len(self.not_tried)
        if tried == len(breaks) + len(races):
            broken = [self.broken[name] for name in breaks if name in self.broken]
            raced = [self.raced[name] for name in races]
            _DOCUMENT.write_text(_document(broken, raced, self.not_tried))


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


def _document(broken: list[list[str]], raced: list[list[str]], not_tried: list[str]) -> str:
    missing = f" Not tried: {'; '.join(not_tried)}." if not_tried else ""
    return f"""# Reliability

Written by `make prove` on {time.strftime("%-d %B %Y")}: {os.cpu_count()} cores, Python
{platform.python_version()}.{missing}

## While something breaks
Two processes of gunicorn with four threads each, and a PostgreSQL of their own beside them.
{CLIENTS} providers submit {CLIENTS * EACH} declarations, each until it is acknowledged, while a
user looks at a page five times a second. "Refused for" is from the first 503, or connection that
was hung up, to the last. As promised: nothing lost, nothing twice, no 500, and no answer took
{LIMIT:.0f} seconds.

{_table(HEAD, broken)}

## At the same moment
{AT_ONCE} requests each time, to four processes of gunicorn. As promised: one declaration stands,
all are answered as the contract says, and the log has a row for each change.

{_table(RACES, raced)}

`make prove` also kills the service between a declaration and its log, and ends `make run` in every
way.
"""
