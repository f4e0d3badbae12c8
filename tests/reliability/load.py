"""Submissions and page views that go on while something breaks, and what came of them."""

import contextlib
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event

from django.db import connection

from declarations.models import Declaration, DeclarationStateChange
from tests.config.processes import wait_until
from tests.config.test_deadlines import LIMIT, USUAL, ask
from tests.declarations.client import Provider
from tests.declarations.server import Server, serving
from tests.declarations.test_killed import others_are_gone
from tests.declarations.trained import claim_about, make_trained
from tests.reliability.breaks import Break, World
from tests.reliability.postgres import Postgres

CLIENTS, EACH = 4, 12
HEAD = [
    "what broke",
    "acknowledged",
    "there",
    "lost",
    "twice",
    "answers",
    "refused for",
    "longest answer",
    "as promised",
]
_GIVE_UP = 120  # seconds
_LASTS = 6.0  # seconds that something is broken


@dataclass
class Seen:
    """What the clients saw while one thing was broken."""

    acknowledged: dict[str, str] = field(default_factory=dict)  # by teacher, the declaration
    statuses: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    unavailable: list[float] = field(default_factory=list)  # moments

    def note(self, status: object, began: float) -> None:
        """Keep an answer to a request that began then."""
        now = time.monotonic()
        self.statuses[str(status)] += 1
        self.longest = max(self.longest, now - began)
        if status in (503, "hung up"):
            self.unavailable.append(now)

    def down_for(self) -> float:
        """Seconds between the first and the last refusal."""
        return max(self.unavailable) - min(self.unavailable) if self.unavailable else 0.0


def submit_all(server: Server, secret: str, claims: list[dict], seen: Seen) -> None:
    """Send each claim until it is acknowledged, a little while apart, for two minutes at most."""
    give_up = time.monotonic() + _GIVE_UP
    for claim in claims:
        while claim["participant_id"] not in seen.acknowledged and time.monotonic() < give_up:
            began = time.monotonic()
            try:
                status, answer = server.submit(secret, **claim)
            except (OSError, HTTPException):
                status = "hung up"
            seen.note(status, began)
            if status == 200:
                seen.acknowledged[claim["participant_id"]] = answer["data"]["id"]
            time.sleep(0.4)


def view_pages(server: Server, seen: Seen, done: Event) -> None:
    """Ask for a page five times a second."""
    while not done.wait(0.2):
        began = time.monotonic()
        try:
            seen.note(ask(server, "/")[0], began)
        except (OSError, HTTPException):
            seen.note("hung up", began)


def tried(broken: Break, postgres: Postgres, url: str) -> list[str]:
    """Serve, send and break; a row of the document."""
    seen, done = Seen(), Event()
    trainings = [make_trained() for _ in range(CLIENTS * EACH)]
    secret = Provider(trainings[0].lead_provider).secret
    claims = [claim_about(training.teacher).__dict__ for training in trainings]
    before = set(Declaration.objects.values_list("pk", flat=True))
    with contextlib.ExitStack() as running:
        world = World(postgres, running)
        environment = USUAL | {"DATABASE_URL": url} | broken.environment(world)
        world.server = running.enter_context(serving(workers=2, threads=4, **environment))
        ask(world.server, "/")
        with ThreadPoolExecutor(CLIENTS + 1) as clients:
            sent = [
                clients.submit(submit_all, world.server, secret, claims[n::CLIENTS], seen)
                for n in range(CLIENTS)
            ]
            clients.submit(view_pages, world.server, seen, done)
            time.sleep(1)
            try:
                with broken.breaks(world):
                    time.sleep(_LASTS)
                for one in sent:
                    one.result()
            finally:
                done.set()
    connection.close()  # it may have been broken too
    wait_until(others_are_gone, "the database has noticed")
    return judged(broken.name + world.besides, seen, before)


def judged(name: str, seen: Seen, before: set) -> list[str]:
    """A row of the document: what was broken, what the clients saw, and whether all is well."""
    made = Declaration.objects.exclude(pk__in=before)
    there = {str(pk) for pk in made.values_list("pk", flat=True)}
    logged = DeclarationStateChange.objects.filter(declaration__in=made).count()
    lost = len(set(seen.acknowledged.values()) - there)
    twice = len(there) - len(set(seen.acknowledged.values()))
    all_taken = len(seen.acknowledged) == CLIENTS * EACH
    well = (
        all_taken
        and not lost
        and not twice
        and logged == len(there)
        and seen.longest < LIMIT
        and not seen.statuses["500"]
    )
    answers = ", ".join(f"{number} x {status}" for status, number in sorted(seen.statuses.items()))
    return [
        name,
        str(len(seen.acknowledged)),
        str(len(there)),
        str(lost),
        str(twice),
        answers,
        f"{seen.down_for():.1f} s",
        f"{seen.longest:.1f} s",
        "yes" if well else "NO",
    ]
