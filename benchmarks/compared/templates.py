"""Makes one template for each of the four pages from pages that the service rendered.

Each page is cut into chunks, and in each chunk the values are replaced by slots, the items of a
list by a loop. Words, markup and white space are thus the service's own, whatever they become.
Nothing is taken on trust: the floor's and stock's answers are compared with the service's.

The text made is a template of Jinja2's and of Django's alike, but for a loop's name of itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markupsafe import escape

from benchmarks.compared.facts import Chunk

CUTS = {
    "mentor": r'(?=<section id=")',
    "ect": r'(?=<section id=")',
    "mentors": r'(?=<div class="govuk-summary-card">)|(?=<p class="govuk-body">\s*Download these)',
    "home": r'(?=<div class="govuk-tabs__panel)',
}
# What is new in every answer.
_NEW = (
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*'), "csrf_token"),
    (re.compile(r'( nonce=")[^"]*'), "csp_nonce"),
)
_MARK = "\0"


def comparable(html: str) -> str:
    """The page without what is new each time, and apostrophes as Jinja2 escapes them."""
    for pattern, _ in _NEW:
        html = pattern.sub(r"\1", html)
    return html.replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


class AmbiguousError(Exception):
    """The values of this page do not tell where each belongs; another page's will."""


@dataclass
class Learner:
    """Learns a page's template from samples."""

    page: str
    known: dict[str, str] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    # Kinds of which a list has had one item only: not known yet what stands between two.
    short: dict[str, str] = field(default_factory=dict)

    def has_all(self, chunks: list[Chunk]) -> bool:
        """Count the kinds of these chunks, and say whether all are known."""
        kinds = [str(chunk["kind"]) for chunk in chunks]
        self.seen.update(kinds)
        return all(kind in self.known for kind in kinds)

    def learn(self, html: str, chunks: list[Chunk]) -> None:
        """Take from this page the kinds of chunks that are not known yet."""
        for pattern, name in _NEW:
            html = pattern.sub(rf"\1{_MARK}{name}{_MARK}", html)
        pieces = re.split(CUTS[self.page], html)
        if len(pieces) != len(chunks):
            raise ValueError(
                f"{self.page}: {len(pieces)} pieces of HTML for {[each['kind'] for each in chunks]}"
            )
        for piece, chunk in zip(pieces, chunks, strict=True):
            kind = chunk["kind"]
            if kind in self.known:
                continue
            try:
                source = _source(piece, chunk)
            except AmbiguousError:
                continue
            lists = [value for value in chunk.values() if isinstance(value, list)]
            (self.short if any(len(each) == 1 for each in lists) else self.known)[kind] = source

    def template(self, loop: str) -> str:
        """The template; `loop` is what a loop calls itself. Frequent kinds come first."""
        sources = self.short | self.known
        kinds = [kind for kind, _ in self.seen.most_common() if kind in sources]
        branches = "".join(
            f'{{% {"elif" if place else "if"} chunk.kind == "{kind}" %}}{sources[kind]}'
            for place, kind in enumerate(kinds)
        )
        text = f"{{% for chunk in chunks %}}{branches}{{% else %}}Unknown: {{{{ chunk.kind }}}}"
        return (text + "{% endif %}{% endfor %}").replace("LOOP", loop)


Slot = tuple[str, int | None, str]  # a list, the place in it and the key; or "", None and the key


def _source(html: str, chunk: Chunk) -> str:
    tokens = list(_tokens(html, dict(_slots(chunk))))
    for name, value in chunk.items():
        if isinstance(value, list) and value:
            tokens = _with_loop(tokens, name, len(value))
    return "".join(_text(token) for token in tokens)


def _slots(chunk: Chunk) -> Iterator[tuple[str, Slot]]:
    """Each value as it stands in HTML, and its slot."""
    found: dict[str, Slot] = {}
    slots: list[tuple[object, Slot]] = []
    for key, value in chunk.items():
        if isinstance(value, list):
            slots += [
                (value, (key, place, of))
                for place, item in enumerate(value)
                for of, value in item.items()
            ]
        elif key != "kind":
            slots.append((value, ("", None, key)))
    for value, slot in slots:
        text = str(escape(value))
        if text and found.setdefault(text, slot) != slot:
            raise AmbiguousError
    yield from found.items()


def _tokens(html: str, slots: dict[str, Slot]) -> Iterator[str | Slot]:
    if "{%" in html or "{{" in html or "LOOP" in html:
        raise ValueError("The page has a template's own signs in it")
    values = sorted(slots, key=len, reverse=True)
    marks = rf"{_MARK}\w+{_MARK}"
    for part in re.split("(" + "|".join([marks, *map(re.escape, values)]) + ")", html):
        if part in slots:
            yield slots[part]
        elif part.startswith(_MARK):
            yield ("page", None, part.strip(_MARK))
        elif part:
            yield part


def _with_loop(tokens: list, name: str, length: int) -> list:
    """The tokens with those of one list made a loop."""
    places = [number for number, token in enumerate(tokens) if token[0] == name]
    if not places:
        return tokens
    starts = [min(n for n in places if tokens[n][1] == item) for item in range(length)]
    end = max(places) + 1
    items = [
        _of_any(tokens[start:stop]) for start, stop in zip(starts, [*starts[1:], end], strict=True)
    ]
    last = items[-1]
    if any(item != items[0] for item in items[:-1]) or starts != sorted(starts):
        raise AmbiguousError
    if length == 1:
        loop = "".join(map(_text, last))
    elif items[0][: len(last)] == last:
        between = "".join(map(_text, items[0][len(last) :]))
        loop = "".join(map(_text, last)) + f"{{% if not LOOP.last %}}{between}{{% endif %}}"
    else:
        one, other = ("".join(map(_text, each)) for each in (last, items[0]))
        loop = f"{{% if LOOP.last %}}{one}{{% else %}}{other}{{% endif %}}"
    made = f"{{% for item in chunk.{name} %}}{loop}{{% endfor %}}"
    return [*tokens[: starts[0]], made, *tokens[end:]]


def _of_any(tokens: Iterable) -> list:
    return [token if isinstance(token, str) else (token[0], None, token[2]) for token in tokens]


def _text(token: str | Slot) -> str:
    if isinstance(token, str):
        return token
    of, _, key = token
    return f"{{{{ {key if of == 'page' else f'item.{key}' if of else f'chunk.{key}'} }}}}"
