"""What happens when one of our templates uses a name that is not defined.

It may test the name (`{% if navigation %}`, `form.errors`). To print it or loop over it is a
mistake. That holds even in an official macro to which our template passed it, because the undefined
value keeps the class that our environment gave it. GOV.UK's own templates use missing parameters
everywhere; their environment allows that.
"""

import logging
from collections.abc import Iterator

from jinja2 import ChainableUndefined, Undefined

logger = logging.getLogger(__name__)


class RefusedUndefined(ChainableUndefined):
    """For tests: raises UndefinedError when it would be printed."""

    __slots__ = ()
    __str__ = __iter__ = __len__ = Undefined._fail_with_undefined_error


class LoggedUndefined(ChainableUndefined):
    """For production: prints nothing, and logs an error.

    The message names the attribute and the type of the object that lacks it, never a value.
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
