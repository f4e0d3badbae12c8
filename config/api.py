"""The API for lead providers: the calls of every app, at the addresses below /api/."""

from typing import Any

from django.utils.functional import cached_property
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from declarations.api import (
    declarations,
    delivery_partners,
    participants,
    partnerships,
    schools,
)
from declarations.api.answers import answer_errors
from declarations.api.callers import Token
from declarations.api.urls import urls_of
from mentors import api as unfunded_mentors

_CALLS = (
    declarations,
    participants,
    partnerships,
    schools,
    delivery_partners,
    unfunded_mentors,
)


class LeadProviderAPI(NinjaAPI):
    """The API. It builds its OpenAPI document once in a process, as anyone may ask for it."""

    def get_openapi_schema(self, **_asked: Any) -> OpenAPISchema:
        """The one document. The arguments would fill gaps in the API's address, which has none."""
        return self._document

    @cached_property
    def _document(self) -> OpenAPISchema:
        return super().get_openapi_schema()


api = LeadProviderAPI(
    title="Lead provider API",
    version="3.0.0",
    description="Lead providers read who is trained, report partnerships, and send declarations.",
    urls_namespace="lead-provider-api",
    auth=Token(),
)
answer_errors(api)
for calls in _CALLS:
    api.add_router("", calls.router)

urlpatterns = urls_of(api)
