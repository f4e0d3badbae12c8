"""Macros that run once for each shape of their parameters, and are filled in afterwards.

GOV.UK's macros make the same HTML again and again, but for its texts: a list of 50 mentors is 50
summary cards, alike but for names and days. So what a macro makes is kept, with gaps where the
texts stand, and the next call with parameters of the same shape puts its own texts into the gaps.

The gaps are the parameters named in `_GAPS`. A macro asks only whether they are there, and puts
them out; it may escape or trim them, and the filled text is escaped or trimmed just as the gap was.
All other parameters belong to the shape. If a macro did anything else with a gap, its HTML is not
kept, and it runs each time.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from markupsafe import Markup, escape

_GAPS = frozenset({"href", "html", "navigationEnd", "text", "value", "visuallyHiddenText"})
# Shapes that are kept of each macro; then the oldest goes.
_MOST_KEPT = 200

Params = dict[str, Any]
Kind = TypeVar("Kind")


class NewestKept(dict[tuple[Hashable, ...], Kind], Generic[Kind]):
    """What is kept in a process, by its key; when it is full, the oldest goes. Threads share it."""

    def __init__(self, at_most: int) -> None:
        super().__init__()
        self._lock, self._at_most = Lock(), at_most

    def keep(self, key: tuple[Hashable, ...], value: Kind) -> Kind:
        """Keep the value under this key, and return it."""
        with self._lock:
            if len(self) >= self._at_most:
                del self[next(iter(self))]
            self[key] = value
        return value


def filled_in(macro: Callable[..., str]) -> Callable[..., str]:
    """The macro, which runs once for each shape of its parameters."""
    kept: NewestKept[_Pattern | None] = NewestKept(_MOST_KEPT)

    def fill_in(*params: Any, **others: Any) -> str:
        shape: list[Any] = []
        texts: list[str] = []
        # With a block, or with parameters that cannot be kept, the macro runs each time.
        if others or not _take_apart(params, shape, texts):
            return macro(*params, **others)
        key = tuple(shape)
        pattern = kept[key] if key in kept else kept.keep(key, _pattern(macro, params))
        return macro(*params) if pattern is None else pattern.filled(texts)

    return fill_in


# A gap is written so that the HTML shows what the macro did with it. The white space around it,
# which is used nowhere else, is missing where the macro trimmed it. Its "<" becomes "&lt;" where
# the macro escaped it. If the macro changes capitals, its letters change and it is not found.
_SPACE = "\u2003"
_GAP = f"{_SPACE}\0<Gap{{}}\0{_SPACE}"
_FOUND = re.compile(f"({_SPACE}?)\0(<|&lt;)Gap([0-9]+)\0({_SPACE}?)")


class _Gap(NamedTuple):
    """A gap in the HTML, with the HTML before it: which text goes there, and how."""

    before: str
    text: int
    is_escaped: bool
    is_trimmed_before: bool
    is_trimmed_after: bool


class _Pattern(NamedTuple):
    """The HTML of a macro for parameters of one shape."""

    gaps: tuple[_Gap, ...]
    end: str

    def filled(self, texts: list[str]) -> Markup:
        """The HTML with these texts in its gaps."""
        html: list[str] = []
        for before, number, is_escaped, is_trimmed_before, is_trimmed_after in self.gaps:
            text = str(escape(texts[number]) if is_escaped else texts[number])
            if is_trimmed_before:
                text = text.lstrip()
            if is_trimmed_after:
                text = text.rstrip()
            html += (before, text)
        return Markup("".join((*html, self.end)))  # noqa: S704 - escaped as the macro does


def _pattern(macro: Callable[..., str], params: tuple[Any, ...]) -> _Pattern | None:
    """What the macro makes of parameters of this shape; None if its texts cannot be filled in."""
    numbers = iter(range(10**6))
    html = str(macro(*(_with_gaps(value, "", numbers) for value in params)))
    gaps, start = [], 0
    for found in _FOUND.finditer(html):
        gaps.append(
            _Gap(
                before=html[start : found.start()],
                text=int(found[3]),
                is_escaped=found[2] == "&lt;",
                is_trimmed_before=not found[1],
                is_trimmed_after=not found[4],
            )
        )
        start = found.end()
    pattern = _Pattern(tuple(gaps), html[start:])
    texts = (*(gap.before for gap in gaps), pattern.end)
    return None if any("\0" in text or _SPACE in text for text in texts) else pattern


def _take_apart(value: Any, shape: list[Any], texts: list[str], name: str = "") -> bool:
    """Add the value to the shape, and its texts to the texts; False if it cannot be kept."""
    kind = type(value)
    shape.append(kind)
    if isinstance(value, str):
        if value and name in _GAPS:
            texts.append(value)
            shape[-1] = ...
        else:
            shape.append(value)
    elif kind is dict:
        # The macro compares `value` or `values` with the value of each item: none can be a gap.
        if "items" in value and ("value" in value or "values" in value):
            return False
        shape.append(len(value))
        for key, each in value.items():
            shape.append(key)
            if not _take_apart(each, shape, texts, key):
                return False
    elif kind in (list, tuple):
        shape.append(len(value))
        return all(_take_apart(each, shape, texts) for each in value)
    elif value is None or kind in (bool, int):
        shape.append(value)
    else:
        return False
    return True


def _with_gaps(value: Any, name: str, numbers: Iterator[int]) -> Any:
    """The value with gaps in place of its texts, in the order of `_take_apart`."""
    if isinstance(value, str):
        return _GAP.format(next(numbers)) if value and name in _GAPS else value
    if isinstance(value, dict):
        return {key: _with_gaps(each, key, numbers) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_with_gaps(each, "", numbers) for each in value]
    return value
