"""How big a question stands on its page."""

from typing import Any, Literal

from crispy_forms.layout import Field

Size = Literal["s", "m", "l", "xl"]


class Question(Field):
    """A field of a crispy layout whose label or legend has a size, and may be the page's heading.

    A page with one question has it as its h1: `Question("mentor")`. Among several, or in a filter:
    `Question("show", size="s", heading=False)`. The rest is as in crispy's Field.
    """

    def __init__(self, *fields: str, size: Size = "l", heading: bool = True, **kwargs: Any) -> None:
        super().__init__(*fields, **kwargs)
        self.label = {"label_size": size, "label_is_heading": heading}

    def render(self, form: Any, context: Any, **kwargs: Any) -> str:
        """Return the HTML, as crispy asks every layout object."""
        return super().render(form, context, extra_context=dict(self.label), **kwargs)
