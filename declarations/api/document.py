"""What calls share in the API's own OpenAPI document: shapes of answers, parameters and errors."""

from collections.abc import Collection
from functools import partial
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from declarations.api.lists import LARGEST_PAGE_SIZE, PAGE_SIZE


class Exactly(Schema):
    """A shape that has these keys and no more."""

    model_config = ConfigDict(extra="forbid")


def shapes_of(kind: str, attributes: type[Schema]) -> tuple[Any, Any]:
    """The shapes of an answer with one resource of this type, and of one with a list of them."""
    name = "".join(word.capitalize() for word in kind.split("-"))
    made = partial(create_model, __base__=Exactly)
    resource = made(name, id=UUID, type=Literal[kind], attributes=attributes)
    one = made(f"One{name}", data=resource)
    return one, made(f"Many{name}s", data=list[resource])  # type: ignore[valid-type]


class Error(Exactly):
    """What is wrong."""

    title: str = Field(description="The attribute at fault, or the kind of error")
    detail: str


class Errors(Exactly):
    """An answer that says what is wrong."""

    errors: list[Error] = Field(min_length=1, max_length=1)


class SeveralErrors(Exactly):
    """An answer that says all that is wrong, at most one thing of each attribute."""

    errors: list[Error] = Field(min_length=1)


class Denied(Exactly):
    """The answer to a request without a valid token."""

    error: Literal["HTTP Token: Access denied"]


_RETRY_AFTER = {
    "description": "Seconds to wait",
    "schema": {"type": "integer", "minimum": 1},
    "required": True,
}
# Errors that every call may answer with.
ERRORS = {401: Denied, 429: Errors, 500: Errors, 503: Errors}
_HEADERS = {429: {"headers": {"Retry-After": _RETRY_AFTER}}}
CALL = {"responses": _HEADERS}


def list_answers(many: Any) -> dict:
    """The answers to a call for a list."""
    return {200: many, 400: Errors} | ERRORS


def show_answers(one: Any) -> dict:
    """The answers to a call for one of a list."""
    return {200: one, 400: Errors, 404: Errors} | ERRORS


def change_answers(one: Any) -> dict:
    """The answers to a call that makes or changes something."""
    return show_answers(one) | {413: Errors, 422: SeveralErrors}


def text(**more: object) -> dict:
    """The schema of a text."""
    return {"type": "string", **more}


def body(kind: str, required: Collection[str], attributes: dict[str, dict]) -> dict:
    """A call's body, with attributes of these schemas."""
    of_attributes = {"type": "object", "required": [*required], "properties": attributes}
    data = {
        "type": "object",
        "required": ["attributes"],
        "properties": {"type": text(examples=[kind]), "attributes": of_attributes},
    }
    schema = {"type": "object", "required": ["data"], "properties": {"data": data}}
    content = {"application/json": {"schema": schema}}
    return CALL | {"requestBody": {"required": True, "content": content}}


def parameter(name: str, description: str, **schema: object) -> dict:
    """A parameter of the address, which is text unless its schema says otherwise."""
    schema = {"type": "string"} | schema
    return {"in": "query", "name": name, "description": description, "schema": schema}


COHORTS = parameter("filter[cohort]", "Years that cohorts start, with commas")
DELIVERY_PARTNERS = parameter("filter[delivery_partner_id]", "Partners, with commas")
UPDATED_SINCE = parameter("filter[updated_since]", "Changed at or after this", format="date-time")
_SORT = parameter(
    "sort",
    "created_at and updated_at, with commas; each with - for the newest first",
    default="created_at",
)
PAGES = [
    parameter("page[page]", "From 1 on", type="integer", minimum=1, default=1),
    parameter(
        "page[per_page]",
        f"Above {LARGEST_PAGE_SIZE} it falls back to {LARGEST_PAGE_SIZE}",
        type="integer",
        minimum=1,
        default=PAGE_SIZE,
    ),
]


def sorted_list(*filters: dict) -> dict:
    """A call for a list with these filters, in the order that is asked for."""
    return CALL | {"parameters": [*PAGES, *filters, _SORT]}
