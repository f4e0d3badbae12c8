"""A mail server that hangs while people ask for codes."""

import contextlib
import re
import sys
import time
from collections.abc import Iterator
from threading import Event
from urllib.parse import urlencode

from core.models import EmailState, OutgoingEmail
from tests.builders import make_school, make_tutor
from tests.config.processes import PROJECT, Process, wait_until
from tests.config.test_deadlines import LIMIT
from tests.core.smtp_sink import Sink, smtp_sink
from tests.declarations.server import Server
from tests.reliability.breaks import World

_CODES = 10


@contextlib.contextmanager
def mail_hangs(world: World) -> Iterator[None]:
    """The mail server takes emails and says nothing, while people ask for codes."""
    tutors = [make_tutor(make_school()) for _ in range(_CODES)]
    before = set(OutgoingEmail.objects.values_list("pk", flat=True))
    with smtp_sink() as sink, email_worker(world, sink):
        sink.goes_on = Event()
        longest = max(seconds_to_ask_for_a_code(world.server, tutor.email) for tutor in tutors)
        yield
        sink.goes_on.set()
        queued = OutgoingEmail.objects.exclude(pk__in=before)
        waiting_ones = queued.filter(state=EmailState.WAITING)
        wait_until(lambda: not waiting_ones.exists(), "all emails were sent")
        sent = queued.filter(state=EmailState.SENT).count()
        assert (queued.count(), sent, len(sink.kept)) == (_CODES,) * 3
        assert longest < LIMIT
    world.besides = (
        f": {_CODES} people ask for a code, are answered in {longest:.1f} s, and get it once"
    )


@contextlib.contextmanager
def email_worker(world: World, sink: Sink) -> Iterator[None]:
    given = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(sink.port)}
    environment = world.server.environment | given
    with Process([sys.executable, "manage.py", "run_worker"], cwd=PROJECT, env=environment):
        yield


def seconds_to_ask_for_a_code(server: Server, address: str) -> float:
    """Fill in the sign-in page, as a browser does, and return how long the answer took."""
    with contextlib.closing(server.connect()) as client:
        client.request("GET", "/sign-in")
        response = client.getresponse()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.read().decode())
        cookies = [c.partition(";")[0] for c in response.headers.get_all("Set-Cookie")]
        form = urlencode({"email": address, "csrfmiddlewaretoken": token[1]})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(cookies),
        }
        began = time.monotonic()
        client.request("POST", "/sign-in", form, headers)
        assert client.getresponse().status == 302
        return time.monotonic() - began
