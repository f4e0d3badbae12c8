"""Parts of a page's shell that many pages share, rendered once in a process and kept.

Header, footer and navigation are a third of the cost of rendering a page. They are the same for all
users, or for all users in one section of one school.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from django.templatetags.static import static
from django.urls import get_resolver, get_script_prefix, reverse
from jinja2.runtime import Macro
from markupsafe import Markup

# The navigation is kept for each section of each school: some 3 kB each, the oldest go first.
_MOST_KEPT = 2_000

once_static = lru_cache(maxsize=None)(static)


class _Kept(dict[tuple[Any, ...], Markup]):
    """What was rendered, by its key; when it is full, the oldest goes. Threads may share it."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()

    def keep(self, key: tuple[Any, ...], html: Markup) -> Markup:
        with self._lock:
            if len(self) >= _MOST_KEPT:
                del self[next(iter(self))]
            self[key] = html
        return html


def once_maker() -> Callable[..., Markup]:
    """Return the global `once` of an environment: `{% call once("footer") %}...{% endcall %}`.

    The block is rendered the first time only. Its arguments must name all that it depends on:
    `once("navigation", urn, section)`. Never put into it what belongs to one request: a token, a
    nonce, a name.
    """
    kept = _Kept()

    def once(*key: Any, caller: Macro) -> Markup:
        html = kept.get(key)
        return kept.keep(key, Markup(caller())) if html is None else html  # noqa: S704 - escaped

    return once


@cache
def _path_of(name: str, number_of_arguments: int) -> tuple[str, tuple[str, ...]] | None:
    """The path of a named view with a gap for each argument, and the gaps' names."""
    for possibilities, *_ in get_resolver().reverse_dict.getlist(name):
        for path, gaps in possibilities:
            if len(gaps) == number_of_arguments:
                return path, tuple(gaps)
    return None


def url(name: str, *args: object) -> str:
    """Return the path of a named view with these arguments, which are numbers and UUIDs mostly.

    Django's own `reverse` looks the view up and matches the path again each time, at 30 times the
    cost. Arguments that are text may need quoting, so they go through `reverse`.
    """
    found = None if any(isinstance(value, str) for value in args) else _path_of(name, len(args))
    if found is None:
        return reverse(name, args=args)
    path, gaps = found
    return get_script_prefix() + path % dict(zip(gaps, args, strict=True))
