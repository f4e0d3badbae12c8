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

from config.api import api
from declarations.models import RequestWindow
from schools.models import School
from tests.builders import make_ect, make_mentor, make_mentorship, make_training_period
from tests.declarations.client import GOOD_TYPE, PATH, V3, Provider
from tests.declarations.trained import declare, make_trained


@pytest.mark.django_db
def test_the_document_names_every_call_and_needs_no_token():
    response = Client().get("/api/openapi.json")
    assert response.status_code == 200
    document = json.loads(response.content)
    calls = {(m.upper(), path) for path, methods in document["paths"].items() for m in methods}
    assert calls == set(CALLS)


def test_the_document_is_built_once_in_a_process():
    # Building it takes longer than any page, and those without a token may ask for it.
    assert api.get_openapi_schema(path_params={}) is api.get_openapi_schema(path_params={})


@pytest.mark.django_db
def test_the_page_of_the_document_loads_from_here_only():
    response = Client().get("/api/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert "/api/openapi.json" in page
    assert "://" not in page
    assert "<style" not in page


CALLS = [
    ("POST", PATH),
    ("GET", PATH),
    ("GET", f"{PATH}/{{declaration_id}}"),
    ("PUT", f"{PATH}/{{declaration_id}}/void"),
    ("GET", f"{V3}/participants"),
    ("GET", f"{V3}/participants/{{participant_id}}"),
    ("PUT", f"{V3}/participants/{{participant_id}}/withdraw"),
    ("PUT", f"{V3}/participants/{{participant_id}}/defer"),
    ("PUT", f"{V3}/participants/{{participant_id}}/resume"),
    ("GET", f"{V3}/partnerships"),
    ("POST", f"{V3}/partnerships"),
    ("GET", f"{V3}/partnerships/{{partnership_id}}"),
    ("PUT", f"{V3}/partnerships/{{partnership_id}}"),
    ("GET", f"{V3}/schools"),
    ("GET", f"{V3}/schools/{{school_id}}"),
    ("GET", f"{V3}/delivery-partners"),
    ("GET", f"{V3}/delivery-partners/{{delivery_partner_id}}"),
    ("GET", f"{V3}/unfunded-mentors"),
    ("GET", f"{V3}/unfunded-mentors/{{unfunded_mentor_id}}"),
]

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


@pytest.fixture(scope="module")
def document(server):
    return schemathesis.openapi.from_url(f"{server.url}/api/openapi.json", timeout=60)


@pytest.fixture
def known(transactional_db):
    """A provider with one of each thing that the calls are about, and their ids by parameter."""
    training = make_trained()
    declaration = declare(training)
    partnership = training.partnership
    partnership.refresh_from_db()
    ect = make_ect(school=training.school)
    make_training_period(ect, partnership)
    mentor = make_mentor(school=training.school)
    make_mentorship(mentor, ect)
    return Provider(training.lead_provider), {
        "declaration_id": declaration.pk,
        "participant_id": training.teacher.participant_id,
        "partnership_id": partnership.public_id,
        "school_id": School.objects.get(pk=training.school_id).public_id,
        "delivery_partner_id": partnership.delivery_partner.public_id,
        "unfunded_mentor_id": mentor.teacher.participant_id,
    }


@pytest.mark.fuzz
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_no_answer_breaks_the_document(document, known, method, path):
    provider, ids = known
    authorization = {"Authorization": f"Bearer {provider.secret}"}

    def run(mode, case, of_own):
        # Longer addresses are refused by gunicorn, before they are the API's.
        assume(len(case.as_transport_kwargs()["url"]) + len(str(case.query)) * 3 < 8000)
        RequestWindow.objects.all().delete()
        if of_own and case.path_parameters:
            case.path_parameters.update({n: str(ids[n]) for n in case.path_parameters})
        if of_own and method == "POST" and mode is schemathesis.GenerationMode.POSITIVE:
            attributes = case.body["data"]["attributes"]
            attributes.update({n: str(ids[n]) for n in attributes if n in ids})
        response = case.call_and_validate(headers=authorization, checks=list(CHECKS))
        assert response.headers["content-type"] == [GOOD_TYPE]

    for mode in schemathesis.GenerationMode:
        cases = document[path][method].as_strategy(generation_mode=mode)
        given(mode=st.just(mode), case=cases, of_own=st.booleans())(run)()
