"""Requests of any shape are answered in the contract's form, and never with a server error."""

import json

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from declarations.models import Declaration
from tests.declarations import contract
from tests.declarations.client import WRONG_STRUCTURE, Provider, errors
from tests.declarations.trained import claim_about, make_trained

pytestmark = pytest.mark.django_db


@pytest.fixture
def training():
    return make_trained()


@pytest.fixture
def client(training):
    return Provider(training.lead_provider)


def with_attributes(attributes: str) -> bytes:
    return b'{"data": {"attributes": ' + attributes.encode() + b"}}"


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"x", b"{", b"{}", b"[]", b"null", b"1", b'"x"', b"true", b"NaN", b"-Infinity",
        b'{"data": null}', b'{"data": []}', b'{"data": "x"}', b'{"data": {}}', b"data=x&y=z",
        b'{"data": {"type": "participant-declaration"}}', b'{"attributes": {"participant_id": 1}}',
        with_attributes("null"), with_attributes("{}"), with_attributes("[]"),
        with_attributes('["participant_id"]'), with_attributes('"x"'), with_attributes("7"),
        with_attributes('{"participant_id": NaN}'), with_attributes('{"participant_id": Infinity}'),
        with_attributes('{"participant_id": ' + "9" * 5000 + "}"),
        with_attributes('{"participant_id": "\x00"}'), with_attributes('{"participant_id": "\n"}'),
        with_attributes("[" * 100_000), with_attributes("[" * 100_000 + "]" * 100_000),
        with_attributes('{"a":' * 100_000 + "1" + "}" * 100_000), b"[" * 1_000_000,
        b"\xff\xfe", b"\xef\xbb\xbf{}", '{"data": "caf\xe9"}'.encode("latin-1"),
        b'{"data": {"attributes": {"participant_id": "\xed\xa0\x80"}}}',
        json.dumps({"data": {"attributes": {"x": "y"}}}).encode("utf-16"),
        json.dumps({"data": {"attributes": {"x": "y"}}}).encode("utf-32"),
        b"\x00" * 1000, b'{"data": {"attributes": {"x": 1}}}}', b"<data/>",
    ],
)  # fmt: skip
def test_a_body_of_another_structure_is_a_bad_request(client, body):
    assert client.send("POST", body=body) == (400, WRONG_STRUCTURE)


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/xml", "multipart/form-data"]
)
def test_whatever_it_says_it_is_the_body_is_read_as_json(client, training, content_type):
    body = {"data": {"attributes": claim_about(training.teacher).__dict__}}
    headers = {"content-type": content_type}
    assert client.send("POST", body=body, headers=headers)[0] == 200


def test_a_body_may_be_as_long_as_the_limit_and_no_longer(client):
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert client.send("POST", body=b" " * limit) == (400, WRONG_STRUCTURE)
    for size in (limit + 1, 10_000_000):
        detail = f"A request may be {limit} bytes long at most"
        too_large = errors("Content too large", detail)
        assert client.send("POST", body=b" " * size) == (413, too_large)


ODD = ("\x00", "\ud800", "x" * 100_000, 10**4000, 1e308, -0.0, True, "10" * 16, "🎓")
REFUSED = {
    "participant_id": contract.PARTICIPANT_UNKNOWN,
    "course_identifier": contract.COURSE_MISSING,
    "declaration_type": contract.TYPE_UNKNOWN,
    "declaration_date": contract.NOT_A_DATE,
    "evidence_held": contract.EVIDENCE_OTHER,
}


@pytest.mark.parametrize("name", REFUSED)
def test_odd_values_are_refused_as_their_row_says(client, training, name):
    good = claim_about(training.teacher, "completed").__dict__
    for value in ODD:
        assert client.post(**good | {name: value}) == (422, errors(*REFUSED[name]))
    assert not Declaration.objects.exists()


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_JSON = st.recursive(_LEAVES, lambda some: st.lists(some) | st.dictionaries(st.text(), some))
_TYPES = st.sampled_from(["started", "completed", "retained-1", "extended-1"])
_DATES = st.datetimes().map(lambda moment: moment.isoformat() + "Z")


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_sent_is_answered(client, training, data):
    known = str(training.teacher.participant_id)
    attributes = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "participant_id": st.just(known) | _JSON,
                "declaration_type": _TYPES | _JSON,
                "declaration_date": _DATES | _JSON,
                "course_identifier": st.just("ecf-mentor") | _JSON,
                "evidence_held": st.just("other") | _JSON,
            },
        )
        | _JSON
    )
    body = data.draw(st.just({"data": {"attributes": attributes}}) | _JSON)
    status, answer = client.send("POST", body=body)
    assert status in (200, 400, 422)
    assert answer.keys() == ({"data"} if status == 200 else {"errors"})


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.binary().map(lambda some: b'{"data": {"attributes": ' + some + b"}}"))
def test_whatever_bytes_are_sent_are_answered(client, body):
    assert client.send("POST", body=body)[0] in (400, 422)
