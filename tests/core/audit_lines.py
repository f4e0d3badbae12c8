"""The lines of the audit log, caught as they are written."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Lines(logging.Handler):
    """Keeps what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []

    def emit(self, entry: logging.LogRecord) -> None:
        self.text.append(self.format(entry))

    def events(self) -> list[dict]:
        """What was written, without what is new in each run."""
        unlike = ("at", "request")
        return [{k: v for k, v in event.items() if k not in unlike} for event in self.whole()]

    def whole(self) -> list[dict]:
        return [json.loads(line) for line in self.text]


@contextmanager
def caught(name: str | None = "audit") -> Iterator[Lines]:
    """What is written to this logger; None is the root, to which all others lead."""
    lines = Lines()
    logger = logging.getLogger(name)
    logger.addHandler(lines)
    try:
        yield lines
    finally:
        logger.removeHandler(lines)
