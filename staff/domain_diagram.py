"""Draws the diagram of the domain in docs/domain.md from the models, in Mermaid's language."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

APPS = ("accounts", "schools", "declarations", "mentors")
# Models that the service needs for its own working, which are no records of the domain.
LEFT_OUT = {
    "Session",
    "SignInCode",
    "RequestWindow",
    "PageCursor",
    "DraftAnswers",
    "DeclarationCount",
    "Participation",
    "ProviderMentorship",
    "SharedDeclaration",
}
# Columns of a user that signing in needs, and that mean nothing in the domain.
NOT_DRAWN = {"password", "last_login", "is_superuser", "date_joined", "invitations"}

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
    """The entities with their attributes, and their relations; ends with a newline.

    Columns that a row copies from another row, for the database's keys, are left out.
    """
    entities = [line for model in _records() for line in _entity(model)]
    relations = [line for model in _records() for line in _relations(model)]
    return "\n".join(["erDiagram", *relations, *entities]) + "\n"


def redrawn(page: str) -> str:
    """This Markdown page with its one Mermaid block replaced by the diagram."""
    return _DRAWN.sub(lambda _: diagram(), page)


def _records() -> Iterator[type[models.Model]]:
    for label in APPS:
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
        if isinstance(field, models.ForeignKey) and field.editable:
            parent, one = field.related_model.__name__, "|o" if field.null else "||"
            yield f'    {parent} {one}--o{{ {model.__name__} : "{field.name}"'
