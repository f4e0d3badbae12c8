"""The API's own OpenAPI document: the shapes of requests and answers, parameters and errors."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from declarations.api.requests import LARGEST_PAGE_SIZE, PAGE_SIZE
from declarations.models import Declaration


class _Exactly(Schema):
    model_config = ConfigDict(extra="forbid")


class Attributes(_Exactly):
    """What is said of a declaration. Date-times are in UTC, in whole seconds."""

    participant_id: UUID = Field(description="The mentor")
    declaration_type: Literal[tuple(Declaration.Type.values)]  # type: ignore[valid-type]
    declaration_date: datetime
    course_identifier: Literal["ecf-mentor"]
    state: Literal[
        "submitted",
        "eligible",
        "payable",
        "paid",
        "voided",
        "awaiting-clawback",
        "clawed-back",
    ]
    updated_at: datetime = Field(description="When the declaration last changed")
    created_at: datetime
    delivery_partner_id: UUID = Field(description="The partner on the day of submission")
    statement_id: None
    clawback_statement_id: None
    ineligible_for_funding_reason: None
    mentor_id: None
    uplift_paid: Literal[False]
    evidence_held: Literal[tuple(Declaration.Evidence.values)] | None  # type: ignore[valid-type]
    lead_provider_name: str = Field(description="The provider that submitted it")


class Resource(_Exactly):
    """A declaration."""

    id: UUID
    type: Literal["participant-declaration"]
    attributes: Attributes


class One(_Exactly):
    """An answer with one declaration."""

    data: Resource


class Many(_Exactly):
    """An answer with a list of declarations."""

    data: list[Resource]


class Error(_Exactly):
    """What is wrong."""

    title: str = Field(description="The attribute at fault, or the kind of error")
    detail: str


class Errors(_Exactly):
    """An answer that says what is wrong."""

    errors: list[Error] = Field(min_length=1, max_length=1)


class Denied(_Exactly):
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


def _text(**more: object) -> dict:
    return {"type": "string", **more}


SUBMISSION = CALL | {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["data"],
                    "properties": {
                        "data": {
                            "type": "object",
                            "required": ["attributes"],
                            "properties": {
                                "type": _text(examples=["participant-declaration"]),
                                "attributes": {
                                    "type": "object",
                                    "required": [
                                        "participant_id",
                                        "declaration_type",
                                        "declaration_date",
                                        "course_identifier",
                                    ],
                                    "properties": {
                                        "participant_id": _text(format="uuid"),
                                        "declaration_type": _text(enum=Declaration.Type.values),
                                        "declaration_date": _text(format="date-time"),
                                        "course_identifier": _text(enum=["ecf-mentor"]),
                                        "evidence_held": {
                                            "type": ["string", "null"],
                                            "enum": [*Declaration.Evidence.values, None],
                                        },
                                    },
                                },
                            },
                        }
                    },
                }
            }
        },
    }
}


def _parameter(name: str, description: str, **schema: object) -> dict:
    return {"in": "query", "name": name, "description": description, "schema": schema}


LIST = CALL | {
    "parameters": [
        _parameter("page[page]", "From 1 on", type="integer", minimum=1, default=1),
        _parameter(
            "page[per_page]",
            f"Above {LARGEST_PAGE_SIZE} it falls back to {LARGEST_PAGE_SIZE}",
            type="integer",
            minimum=1,
            default=PAGE_SIZE,
        ),
        _parameter("filter[cohort]", "Years that cohorts start, with commas", type="string"),
        _parameter("filter[participant_id]", "Participants, with commas", type="string"),
        _parameter("filter[delivery_partner_id]", "Partners, with commas", type="string"),
        _parameter(
            "filter[updated_since]", "Changed at or after this", type="string", format="date-time"
        ),
    ]
}
