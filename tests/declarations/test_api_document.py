"""The API's own document and its page; schemathesis tries the calls against the document."""

import json

import pytest
import schemathesis
from django.test import Client
from hypothesis import assume, given
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from declarations.models import RequestWindow
from tests.declarations.client import GOOD_TYPE, PATH, Provider
from tests.declarations.trained import declare, make_trained


@pytest.mark.django_db
def test_the_document_names_the_four_calls_and_needs_no_token():
    response = Client().get("/api/openapi.json")
    assert response.status_code == 200
    document = json.loads(response.content)
    calls = {(m, path) for path, methods in document["paths"].items() for m in methods}
    assert calls == {
        ("post", PATH),
        ("get", PATH),
        ("get", f"{PATH}/{{declaration_id}}"),
        ("put", f"{PATH}/{{declaration_id}}/void"),
    }


@pytest.mark.django_db
def test_the_page_of_the_document_loads_from_here_only():
    response = Client().get("/api/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert "/api/openapi.json" in page
    assert "://" not in page
    assert "<style" not in page


# Not asked: whether what the document allows is accepted and the rest refused. A claim is judged on
# more than its form, and the contract passes over much of a wrong form.
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    ignored_auth,
    unsupported_method,
)


@pytest.fixture
def document(server):
    return schemathesis.openapi.from_url(f"{server.url}/api/openapi.json")


@pytest.fixture
def known(transactional_db):
    """A provider with a declaration of its own, for the calls to meet."""
    training = make_trained()
    return Provider(training.lead_provider), declare(training)


@pytest.mark.fuzz
@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", PATH),
        ("GET", PATH),
        ("GET", f"{PATH}/{{declaration_id}}"),
        ("PUT", f"{PATH}/{{declaration_id}}/void"),
    ],
)
def test_no_answer_breaks_the_document(document, known, mode, method, path):
    provider, declaration = known
    authorization = {"Authorization": f"Bearer {provider.secret}"}

    @given(case=document[path][method].as_strategy(generation_mode=mode), of_own=st.booleans())
    def run(case, of_own):
        # Longer addresses are refused by gunicorn, before they are the API's.
        assume(len(case.as_transport_kwargs()["url"]) + len(str(case.query)) * 3 < 8000)
        RequestWindow.objects.all().delete()
        if of_own and case.path_parameters:
            case.path_parameters["declaration_id"] = str(declaration.pk)
        elif of_own and method == "POST" and mode is schemathesis.GenerationMode.POSITIVE:
            participant_id = str(declaration.teacher.participant_id)
            case.body["data"]["attributes"]["participant_id"] = participant_id
        response = case.call_and_validate(headers=authorization, checks=list(CHECKS))
        assert response.headers["content-type"] == [GOOD_TYPE]

    run()
