"""Two scales are asked in turn, and what the larger takes is divided by what the smaller takes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace

import pytest

from benchmarks import growth
from benchmarks.cases import PROBED, Case
from benchmarks.servers import Request, Server


class Clock:
    """A clock that only answers move, and what was asked of whom, in order."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.asked: list[tuple[str, str]] = []


@contextmanager
def answering(name: str, clock: Clock, seconds: float, answer: bytes) -> Iterator[Server]:
    """A server whose answers take so long by the clock."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            clock.asked.append((name, self.path))
            clock.seconds += seconds
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield Server(None, server.server_port)
        finally:
            server.shutdown()


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(growth, "time", SimpleNamespace(perf_counter=lambda: clock.seconds))
    return clock


def case(method: str, number: int) -> Case:
    return Case("a case", tuple(Request(f"/{each}", method=method) for each in range(number)))


def grown(clock: Clock, small: Case, large: Case, *, sent: int, requests: int) -> growth.Growth:
    with ExitStack() as both:
        one = both.enter_context(answering("small", clock, 0.5, b"1"))
        other = both.enter_context(answering("large", clock, 1.0, b"333"))
        found = growth.grown(((small,), one), ((large,), other), sent, 1, requests)
    return found["a case"]


def test_the_times_and_the_answers_of_the_larger_are_divided_by_those_of_the_smaller(clock):
    case_of_both = case("GET", 3)
    assert grown(clock, case_of_both, case_of_both, sent=1, requests=5) == growth.Growth(2, 2, 3)
    # Of the first two requests each scale is once the first.
    assert [name for name, _ in clock.asked] == ["large", "small", "small", "large"] * 2 + [
        "large",
        "small",
    ]


def test_a_case_that_takes_long_is_asked_for_ten_seconds_of_either(clock):
    grown(clock, case("GET", 30), case("GET", 30), sent=0, requests=30)
    assert [name for name, _ in clock.asked].count("large") == 10


def test_what_changes_something_is_sent_once_and_neither_what_was_sent_nor_what_is_probed(clock):
    grown(clock, case("POST", PROBED + 9), case("POST", PROBED + 5), sent=2, requests=30)
    sent = {name: [path for of, path in clock.asked if of == name] for name in ("small", "large")}
    assert sent == {"small": ["/0", "/1", "/2"], "large": ["/2", "/3", "/4"]}
