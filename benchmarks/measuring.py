"""Sends the requests of every case to the servers in turn, round after round, and adds up."""

import math
import random
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.cases import PROBED, Case
from benchmarks.compared.templates import comparable
from benchmarks.servers import AT_ONCE, SERVICE, Postgres, Request, Server

_ENOUGH = 15_000  # milliseconds for one case on one server, once it has had a round


@dataclass
class Measured:
    """What one case cost on one server; times in milliseconds a request."""

    case: str
    server: str
    kind: str
    compared: str = ""
    app: list[float] = field(default_factory=list)  # CPU, the mean of each round
    postgres: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    size: int = 0  # bytes of the largest answer
    rate: float = math.nan  # requests a second, four at once
    queries: float = math.nan
    blocks: float = math.nan
    layers: dict[str, float] = field(default_factory=dict)

    @property
    def app_cpu(self) -> float:
        """Of the workers."""
        return _middle(self.app)

    @property
    def cpu(self) -> float:
        """Of the workers and PostgreSQL together."""
        return self.app_cpu + _middle(self.postgres)

    def percentile(self, of: int) -> float:
        """The wall time that so many in a hundred do not exceed."""
        return percentile(self.wall, of)


def percentile(times: list[float], of: int) -> float:
    """The one of these times that so many in a hundred do not exceed."""
    return sorted(times)[math.ceil(len(times) * of / 100) - 1]


def _middle(rounds: list[float]) -> float:
    """The mean of the rounds but the lowest and the highest."""
    kept = sorted(rounds)[1:-1] if len(rounds) > 3 else rounds
    return statistics.mean(kept)


def answering(cases: Iterable[Case], service: Server) -> list[Case]:
    """The cases that answer; pages that lead on to another, or that this data has not, are left."""
    return [case for case in cases if case.requests and _answers(case, service)]


def _answers(case: Case, service: Server) -> bool:
    if case.kind == "api":
        return True
    try:
        service.send(case.requests[0])
    except RuntimeError as error:
        if str(error).startswith(("302", "403", "404", "405")):
            # One that leads on may leave a message, which would stand on a page to be compared.
            for subject in case.subjects[:1]:
                service.send(Request(f"/schools/{subject.urn}", case.requests[0].headers))
            return False
        raise
    return True


def measure(
    cases: list[Case], servers: dict[str, Server], rounds: int, requests: int
) -> tuple[list[Measured], float]:
    """Every case on every server that has it, interleaved: `requests` of each in each round.

    Also returns how many milliseconds the machine took for the same sums, as the median: machines
    that others share are not as fast at one scale as at the next.
    """
    postgres, sums = Postgres(), []
    runs = [
        (case, server, Measured(case.name, server, case.kind, case.compared))
        for case in cases
        for server in (servers if case.compared else (SERVICE,))
    ]
    for number in range(rounds):
        order = list(range(len(runs)))
        random.Random(number).shuffle(order)
        for place in order:
            case, server, into = runs[place]
            sent = _of_round(case, number, requests)
            if sent and sum(into.wall) < _ENOUGH:
                sums.append(_time_of_sums())
                _round(sent, servers[server], postgres, into, warm=number == 0 and rounds > 1)
    for case, server, into in runs:
        if case.compared:
            into.rate = _rate(case, servers[server], rounds * requests)
    return [into for _, _, into in runs if into.wall], statistics.median(sums)


def _time_of_sums() -> float:
    """Milliseconds for sums that need nothing but a core."""
    started = time.perf_counter()
    sum(number * number for number in range(20_000))
    return (time.perf_counter() - started) * 1000


def _of_round(case: Case, number: int, requests: int) -> list[Request]:
    """This round's, one of admin; what changes something is sent once only."""
    if case.kind == "admin":
        requests = 1
    start = number * requests
    if not case.is_read:
        return list(case.requests[:-PROBED][start : start + requests])
    each = len(case.requests)
    return [case.requests[(start + place) % each] for place in range(requests)]


def _round(
    sent: list[Request], server: Server, postgres: Postgres, into: Measured, *, warm: bool
) -> None:
    if warm and sent[0].method == "GET":
        for request in sent[:4]:  # both workers have imported, compiled and connected
            server.send(request)
    app, database = server.cpu(), postgres.cpu()
    number = 0
    for number, request in enumerate(sent, 1):  # noqa: B007
        started = time.perf_counter()
        body = server.send(request)
        into.wall.append((time.perf_counter() - started) * 1000)
        into.size = max(into.size, len(body))
        if sum(into.wall) > _ENOUGH:
            break
    into.app.append((server.cpu() - app) / number * 1000)
    into.postgres.append((postgres.cpu() - database) / number * 1000)


def _rate(case: Case, server: Server, requests: int) -> float:
    """Requests a second, four at once; all threads of the server have connected before."""
    sent = [case.requests[place % len(case.requests)] for place in range(requests)]
    server.send_at_once(sent[: 10 * AT_ONCE])
    started = time.perf_counter()
    server.send_at_once(sent)
    return requests / (time.perf_counter() - started)


def compare(cases: Iterable[Case], servers: dict[str, Server], number: int) -> int:
    """Refuse to go on unless all servers answer the same HTML; return how many were compared."""
    compared = 0
    for case in cases:
        if not case.compared:
            continue
        for request in case.requests[:number]:
            pages = {
                name: comparable(each.send(request).decode()) for name, each in servers.items()
            }
            for name, page in pages.items():
                if page != pages[SERVICE]:
                    raise AssertionError(_difference(case, request, name, page, pages[SERVICE]))
            compared += 1
    return compared


def _difference(case: Case, request: Request, name: str, page: str, expected: str) -> str:
    place = next(
        (n for n, (a, b) in enumerate(zip(page, expected, strict=False)) if a != b),
        min(len(page), len(expected)),
    )
    around = slice(max(place - 100, 0), place + 200)
    return (
        f"{name} differs for {case.compared} {request.path} {request.headers}\n"
        f"it: {page[around]!r}\nthe service: {expected[around]!r}"
    )
