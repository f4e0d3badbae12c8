"""Has the service render samples of the four pages, and makes the templates of them."""

from collections.abc import Iterable
from pathlib import Path

import psycopg
from django.utils import timezone

from benchmarks.cases import Case
from benchmarks.compared.reading import read
from benchmarks.compared.templates import Learner
from benchmarks.servers import Server, database_url

_LOOPS = {"floor": "loop", "stock": "forloop"}


def learn(cases: Iterable[Case], service: Server, into: Path) -> None:
    """Write the templates of floor and stock, with all that is on the cases' pages."""
    day = timezone.localdate()
    with psycopg.connect(database_url(), autocommit=True) as connection:
        for case in cases:
            if not case.compared:
                continue
            learner = Learner(case.compared)
            for request, subject in zip(case.requests, case.subjects, strict=True):
                asked = (subject.user_id, subject.urn)
                public_id = subject.public_id
                _, chunks = read(connection, case.compared, *asked, public_id, day)
                if not learner.has_all(chunks):
                    learner.learn(service.send(request).decode(), chunks)
            for name, loop in _LOOPS.items():
                folder = into / name
                folder.mkdir(exist_ok=True)
                (folder / f"{case.compared}.html").write_text(learner.template(loop))
