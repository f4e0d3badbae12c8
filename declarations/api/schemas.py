"""The shapes of answers and of a submission, for the API's own document."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from declarations.models import Declaration


class _Exactly(Schema):
    model_config = ConfigDict(extra="forbid")


class Attributes(_Exactly):
    """What is said of a declaration. Date-times are in UTC, in whole seconds."""

    participant_id: UUID = Field(description="The mentor")
    declaration_type: Literal[tuple(Declaration.Type.values)]
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
    evidence_held: Literal[tuple(Declaration.Evidence.values)] | None
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
