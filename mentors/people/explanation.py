"""What mentor training is, in the words of mentors/mentor_training.md.

DfE can change the text without code. An empty line separates its paragraphs; lines that begin with
"- " are a list. The first paragraph stands on pages by itself.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

TEXT = Path(__file__).parents[1] / "mentor_training.md"


@dataclass(frozen=True)
class Block:
    """A paragraph, or the items of a list; the other is empty."""

    paragraph: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """`opening` says in two sentences what mentor training is; `more` says the rest."""

    opening: str
    more: tuple[Block, ...]


@cache
def what_mentor_training_is() -> Explanation:
    """The explanation, read once in a process."""
    opening, *more = (_block(text) for text in TEXT.read_text().strip().split("\n\n"))
    return Explanation(opening.paragraph, tuple(more))


def _block(text: str) -> Block:
    lines = text.splitlines()
    if all(line.startswith("- ") for line in lines):
        return Block(items=tuple(line.removeprefix("- ") for line in lines))
    return Block(" ".join(lines))
