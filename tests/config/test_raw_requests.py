"""Requests that two servers could read in two ways are refused, and none is smuggled in another."""

import socket

import pytest

from config import wsgi
from tests.declarations.server import Server, serving

HEAD = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
SMUGGLED = b"GET /privacy HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
REFUSED = {
    "length and chunks": b"Content-Length: 4\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 5\r\nContent-Length: 0\r\n\r\nabcde",
    "a length that is none": b"Content-Length: +5\r\n\r\nabcde",
    "chunks twice": CHUNKED + CHUNKED + b"\r\n0\r\n\r\n",
    "chunks that are not the last coding": b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    "a coding that is none": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a blank before the colon": b"Content-Length : 5\r\n\r\nabcde",
    "a line that goes on": b"Content-Length: 5\r\n X: 1\r\n\r\nabcde",
    "two hosts": b"Host: elsewhere.example\r\n\r\n",
    "too many headers": b"".join(b"X-%d: 1\r\n" % number for number in range(61)) + b"\r\n",
    "a header too long": b"X: " + b"x" * 9000 + b"\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with serving(workers=1, threads=1) as running:
        yield running


def answers(server: Server, sent: bytes) -> bytes:
    """All that comes back until the service hangs up."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        said = b""
        while piece := client.recv(65_536):
            said += piece
    return said


@pytest.mark.parametrize("rest", REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_all_that_follows(server, rest: bytes):
    said = answers(server, HEAD + rest + SMUGGLED)
    assert said.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431", b"HTTP/1.1 501")), said[:200]
    assert said.count(b"HTTP/1.1 ") == 1
    assert b"GOV.UK" not in said


def test_two_good_ones_are_answered_one_after_the_other(server):
    assert answers(server, SMUGGLED + SMUGGLED).count(b"HTTP/1.1 200") == 2


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["text/plain; x*=nothing''%41", "a; charset*=nothing''x", "; ="])
def test_a_content_type_that_cannot_be_read_counts_as_none(client, kind):
    environ = client._base_environ(PATH_INFO="/cookies", CONTENT_TYPE=kind)
    statuses = []
    list(wsgi.application(environ, lambda status, headers: statuses.append(status)))
    assert statuses == ["200 OK"]
