"""The diagram of the domain in docs/domain.md, drawn from the models, in Mermaid's words."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

FLOORS = ("accounts", "schools", "declarations", "mentors")
# What the service remembers for its own working, and no record of the domain.
LEFT_OUT = {"SignInCode", "RequestWindow", "PageCursor", "DraftAnswers"}
# Django's own columns of a user, which say nothing of the domain.
NOT_DRAWN = {"password", "last_login", "is_superuser", "date_joined"}

TYPES = {
    models.BooleanField: "yes_or_no",
    models.CharField: "text",
    models.DateField: "date",
    models.DateTimeField: "moment",
    models.IntegerField: "number",
    models.JSONField: "json",
    models.UUIDField: "uuid",
}
_DRAWN = re.compile(r"(?<=^```mermaid\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def diagram() -> str:
    """The entities with what they hold, and how they refer to each other; ends with a newline.

    Copies that a row keeps of what another says, for the database's keys, are not drawn.
    """
    entities = [line for model in _records() for line in _entity(model)]
    relations = [line for model in _records() for line in _relations(model)]
    return "\n".join(["erDiagram", *relations, *entities]) + "\n"


def redrawn(page: str) -> str:
    """The page, in Markdown, with today's diagram in the place of its one Mermaid block."""
    return _DRAWN.sub(lambda _: diagram(), page)


def _records() -> Iterator[type[models.Model]]:
    for label in FLOORS:
        for model in apps.get_app_config(label).get_models():
            is_history = hasattr(model, "pgh_tracked_model")
            if not is_history and model.__name__ not in LEFT_OUT:
                yield model


def _entity(model: type[models.Model]) -> Iterator[str]:
    yield f"    {model.__name__} {{"
    for field in model._meta.local_fields:
        is_plain = not (field.is_relation or field.generated or field.name in NOT_DRAWN)
        if is_plain and not isinstance(field, models.AutoField):
            yield f"        {_attribute(field)}"
    yield "    }"


def _attribute(field: models.Field) -> str:
    kind = next(TYPES[base] for base in type(field).__mro__ if base in TYPES)
    key = " PK" if field.primary_key else " UK" if field.unique else ""
    values = "; ".join(
        value if isinstance(value, str) else f"{value} {label}"
        for value, label in field.flatchoices
    )
    return f"{kind} {field.name}{key}" + (f' "{values}"' if values else "")


def _relations(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.local_fields:
        if field.is_relation and field.editable:
            one = "|o" if field.null else "||"
            yield f'    {field.related_model.__name__} {one}--o{{ {model.__name__} : "{field.name}"'
