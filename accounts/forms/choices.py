"""Choices with a hint."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChoiceLabel:
    """The label of a radio or checkbox, with a hint beneath it.

    Use it where Django takes a label: `choices=[(1, ChoiceLabel("Ray Kirby", "Not mentored"))]`,
    or returned by a ModelChoiceField's `label_from_instance`.
    """

    text: str
    hint: str = ""

    def __str__(self) -> str:
        return self.text
