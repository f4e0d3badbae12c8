"""What the API's own document says beyond the shapes of answers.

The framework is not told of these parameters and bodies, so that it reads and refuses none of them:
its own refusals have another form than the contract's.
"""

from declarations.api.query import LARGEST_PAGE_SIZE, PAGE_SIZE
from declarations.api.schemas import Denied, Errors
from declarations.models import Declaration

_RETRY_AFTER = {
    "description": "Seconds to wait",
    "schema": {"type": "integer", "minimum": 1},
    "required": True,
}
# Of every call.
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
