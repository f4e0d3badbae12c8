"""Health checks for load balancers and monitors.

`/health` says whether this process can serve: the database answers and has every migration of this
release, and the static files are there. `/health/live` only says that the process answers.
"""

from collections.abc import Callable
from functools import cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed


def ready(request: HttpRequest) -> HttpResponse:
    """200 "ok", or 503 with what is missing."""
    problem = _problem()
    return _answer(request, problem or "ok", 503 if problem else 200)


def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return _answer(request, "ok", 200)


CHECKS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health": ready,
    "/health/live": live,
}


def is_check(request: HttpRequest) -> bool:
    """Whether a request is a health check, of which no log keeps a line."""
    return request.path_info in CHECKS


def static_files_are_there() -> bool:
    """Whether `collectstatic` was run, where the service needs it."""
    names = getattr(staticfiles_storage, "hashed_files", None)
    return names is None or bool(names)


def _answer(request: HttpRequest, text: str, status: int) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return HttpResponse(text, status=status, content_type="text/plain")


def _problem() -> str:
    """What keeps the service from serving; "" if nothing does."""
    if not static_files_are_there():
        return "static files missing"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except (DatabaseError, InterfaceError):
        return "database unavailable"
    # A database that is ahead of this release is fine: the next release has migrated it.
    return "" if _migrations() <= applied else "migrations missing"


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """The migrations that a database needs for this release, by app and name."""
    return frozenset(MigrationLoader(None).graph.nodes)
