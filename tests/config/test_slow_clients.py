"""Clients that send half a request, or send slowly, keep no other from an answer."""

import contextlib
import socket
import time
from http.client import HTTPConnection, HTTPResponse

import pytest

from config.gunicorn_worker import KEPT, is_complete, waits_to_be_asked
from tests.declarations.server import Server, serving

GET = b"GET /privacy HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n"
CHUNKED = POST.replace(b"Content-Length: 50", b"Transfer-Encoding: chunked")
EXPECTS = POST.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
SLOW = {
    "no byte": b"",
    "half a line": b"GET /pri",
    "half the headers": GET,
    "half a body": POST,
    "half the chunks": CHUNKED + b"5\r\nabcde\r\n",
    "a body to be asked for": EXPECTS,
    "all, and does not hang up": GET + b"Connection: close\r\n\r\n",
}


@pytest.mark.parametrize(
    ("received", "complete"),
    [
        (b"", False),
        (GET, False),
        (GET + b"\r\n", True),
        (POST + b"x" * 49, False),
        (POST + b"x" * 50, True),
        (POST.replace(b"50", b"5000000"), True),  # too much to keep: a thread receives it
        (EXPECTS, False),
        (EXPECTS + b"x" * 50, True),
        (CHUNKED, False),
        (CHUNKED + b"5\r\nabcde\r\n", False),
        (CHUNKED + b"a\r\nabcde\r\n0\r\n\r\n", True),
        (CHUNKED + b"5\r\nabcde\r\n00;last\r\nTrailer: 1\r\n\r\n", True),
        (CHUNKED + b"0\r\n\r\n", True),
        (CHUNKED + b"0\r\n", False),
        (CHUNKED + b"x" * KEPT, True),
        (b"x" * KEPT, True),
    ],
)
def test_a_thread_begins_when_the_request_is_complete(received, complete):
    assert is_complete(received) is complete


@pytest.mark.parametrize(
    ("received", "waits"),
    [
        (EXPECTS, True),
        (EXPECTS + b"x", False),
        (EXPECTS[:-2], False),
        (POST, False),
        (EXPECTS.replace(b"HTTP/1.1", b"HTTP/1.0"), False),
    ],
)
def test_a_client_is_asked_for_its_body_once_the_headers_are_there(received, waits):
    assert waits_to_be_asked(received) is waits


@pytest.mark.django_db(transaction=True)
def test_pages_answer_while_50_clients_are_slow():
    impatient = ("--worker-class=tests.config.impatient_worker.Worker",)
    with serving(workers=1, threads=2, options=impatient) as server, contextlib.ExitStack() as slow:
        assert answer(server.connect()) == 200  # it has started
        for number in range(50):
            sent = list(SLOW.values())[number % len(SLOW)]
            client = slow.enter_context(connected(server))
            client.sendall(sent)
        for _ in range(3):
            began = time.monotonic()
            assert answer(server.connect()) == 200
            assert time.monotonic() - began < 2  # before the slow ones are hung up on
        # One that takes its time, but not too much, is served; and its connection is kept.
        patient = slow.enter_context(contextlib.closing(server.connect()))
        patient.connect()
        for piece in (GET[:9], GET[9:], b"\r\n"):
            patient.sock.sendall(piece)
            time.sleep(0.05)
        assert b"200 OK" in patient.sock.recv(65_536)
        # One that is asked for its body sends it then, and one that sends no more is answered.
        asked = slow.enter_context(connected(server))
        asked.sendall(EXPECTS)
        assert asked.recv(65_536).startswith(b"HTTP/1.1 100 Continue")
        asked.sendall(b"x" * 50)
        with contextlib.closing(HTTPResponse(asked)) as response:
            response.begin()
            assert response.status == 403
        # The slow ones are hung up on.
        assert client.recv(1) == b""


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def answer(client: HTTPConnection) -> int:
    with contextlib.closing(client):
        client.request("GET", "/privacy")
        return client.getresponse().status
