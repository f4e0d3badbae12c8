"""What happens when a page of ours uses a name that is not there.

GOV.UK's own templates lean on missing parameters everywhere, so they have an environment where
that is normal. In ours a missing name may be tested (`{% if navigation %}`, `form.errors`), but
one that would be printed or looped over is a mistake, also when it is printed by a macro it was
handed to: the value remembers that it arose in our template.
"""

import logging
from collections.abc import Iterator

from jinja2 import ChainableUndefined, Undefined

logger = logging.getLogger(__name__)


class RefusedUndefined(ChainableUndefined):
    """Raises UndefinedError when it reaches a page's output; for tests."""

    __slots__ = ()
    __str__ = __iter__ = __len__ = Undefined._fail_with_undefined_error


class LoggedUndefined(ChainableUndefined):
    """Leaves a gap in the page when it reaches the output, and logs an error; for production.

    The message names the attribute and the type of its owner, never a value.
    """

    __slots__ = ()

    def _log(self) -> None:
        logger.error("Undefined in a page's output: %s", self._undefined_message)

    def __str__(self) -> str:
        self._log()
        return ""

    def __iter__(self) -> Iterator[object]:
        self._log()
        return iter(())

    def __len__(self) -> int:
        self._log()
        return 0
