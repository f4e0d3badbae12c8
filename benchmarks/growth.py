"""How many times as long the largest scale takes as the smallest, both served and asked in turn.

What is measured at one scale and, a quarter of an hour later, at the next differs by what else the
machine has done meanwhile: by up to a third where others share it. Here the two take turns, one
request of each, so both meet the same machine. And all has been asked for before: what was never
read lies on disk where the data is larger than the memory, which is a question of the memory.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.cases import PROBED, Case
from benchmarks.measuring import percentile
from benchmarks.servers import Request, Server

_ENOUGH = 10_000  # milliseconds for one case at one scale
_FEWEST = 40  # requests that are sent before, after which all threads have connected
_DIFFERENT = 100  # requests of a case that changes nothing


@dataclass(frozen=True)
class Growth:
    """What the largest scale takes, over what the smallest takes."""

    p50: float
    p95: float
    size: float  # of all answers together


class _Asked:
    """One scale's requests of a case, and what they took."""

    def __init__(self, case: Case, server: Server, sent: int) -> None:
        self._server, self._is_read = server, case.is_read
        # What changes something is sent once: the first were measured, the last are probed.
        chosen = slice(_DIFFERENT) if case.is_read else slice(sent, -PROBED)
        self._requests = case.requests[chosen]
        self._next = 0
        self.wall: list[float] = []
        self.size = 0

    def has_more(self) -> bool:
        """Whether there is another request to send, and time for it."""
        is_left = self._is_read or self._next < len(self._requests)
        return is_left and sum(self.wall) < _ENOUGH

    def send(self) -> None:
        """Send the next request, and note how long its answer took."""
        request = self._following()
        started = time.perf_counter()
        answer = self._server.send(request)
        self.wall.append((time.perf_counter() - started) * 1000)
        self.size += len(answer)

    def warm(self) -> None:
        """Send each request without noting it, several at once, if they change nothing."""
        if self._is_read:
            sent = [self._following() for _ in range(max(len(self._requests), _FEWEST))]
            self._server.send_at_once(sent)

    def _following(self) -> Request:
        self._next += 1
        return self._requests[(self._next - 1) % len(self._requests)]


def grown(
    small: tuple[Sequence[Case], Server],
    large: tuple[Sequence[Case], Server],
    sent: int,
    rounds: int,
    requests: int,
) -> dict[str, Growth]:
    """The growth of each case that both scales have, by its name.

    `sent`: how many requests of each case the large scale has had. Each round sends `requests` more
    of each case to both.
    """
    of_large = {case.name: case for case in large[0]}
    pairs = {
        case.name: (_Asked(case, small[1], 0), _Asked(of_large[case.name], large[1], sent))
        for case in small[0]
        if case.name in of_large
    }
    for number in range(rounds):
        order = list(pairs)
        random.Random(number).shuffle(order)
        for name in order:
            _in_turn(pairs[name], requests, is_first=number == 0 and rounds > 1)
    return {name: _growth(*pair) for name, pair in pairs.items() if pair[0].wall}


def _in_turn(pair: tuple[_Asked, _Asked], requests: int, *, is_first: bool) -> None:
    if is_first:
        for each in pair:
            each.warm()
    for number in range(requests):
        if not all(each.has_more() for each in pair):
            return
        for each in pair if number % 2 else reversed(pair):
            each.send()


def _growth(small: _Asked, large: _Asked) -> Growth:
    p50, p95 = (percentile(large.wall, of) / percentile(small.wall, of) for of in (50, 95))
    return Growth(p50, p95, large.size / small.size)
