"""Answers in the contract's form: JSON, for errors too, and never the framework's own."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse

from declarations.claims import whole_seconds
from declarations.judgement import MENTOR_COURSE
from declarations.listing import Row

RESOURCE = "participant-declaration"


def answer(payload: dict, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """A response that says this payload."""
    return HttpResponse(
        json.dumps(payload, default=_text),
        status=status,
        content_type="application/json; charset=utf-8",
        headers=headers,
    )


def error(
    status: int, title: str, detail: str, headers: dict[str, str] | None = None
) -> HttpResponse:
    """A response that says what is wrong."""
    return answer({"errors": [{"title": title, "detail": detail}]}, status, headers)


def one(row: Row) -> HttpResponse:
    """A response with one declaration."""
    return answer({"data": _resource(row)})


def many(rows: Iterable[Row]) -> HttpResponse:
    """A response with a list of declarations."""
    return answer({"data": [_resource(row) for row in rows]})


def _resource(row: Row) -> dict:
    return {
        "id": row.id,
        "type": RESOURCE,
        "attributes": {
            "participant_id": row.participant_id,
            "declaration_type": row.declaration_type,
            "declaration_date": whole_seconds(row.declaration_date),
            "course_identifier": MENTOR_COURSE,
            "state": row.state.replace("_", "-"),
            "updated_at": whole_seconds(row.updated_at),
            "created_at": whole_seconds(row.created_at),
            "delivery_partner_id": row.delivery_partner_id,
            "statement_id": None,
            "clawback_statement_id": None,
            "ineligible_for_funding_reason": None,
            "mentor_id": None,
            "uplift_paid": False,
            "evidence_held": row.evidence_held or None,
            "lead_provider_name": row.lead_provider_name,
        },
    }


def _text(value: UUID) -> str:
    return str(value)
