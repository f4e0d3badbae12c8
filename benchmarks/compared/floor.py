"""The floor: plain WSGI, psycopg, one prepared statement and one compiled template.

It asks the session as the service does: signed, not over, and of the user's present password.
"""

import os
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import jinja2
import psycopg
from django.core.signing import BadSignature, JSONSerializer, loads
from django.utils.crypto import constant_time_compare, salted_hmac

from benchmarks.compared.reading import SQL, NotFoundError, read

_SECRET = os.environ["SECRET_KEY"]
_LONDON = ZoneInfo("Europe/London")
_PATHS = {
    "mentor": re.compile(r"/schools/(\d+)/mentors/([0-9a-f-]{36})\Z"),
    "ect": re.compile(r"/schools/(\d+)/ects/([0-9a-f-]{36})\Z"),
    "mentors": re.compile(r"/schools/(\d+)/mentors\Z"),
    "home": re.compile(r"/schools/(\d+)\Z"),
}
_environment = jinja2.Environment(autoescape=True, keep_trailing_newline=True)
_TEMPLATES = {
    page: _environment.from_string(
        (Path(os.environ["BENCHMARK_TEMPLATES"]) / f"floor/{page}.html").read_text()
    )
    for page in _PATHS
}
_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Frame-Options", "DENY"),
]
_connection: psycopg.Connection | None = None


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    page, asked = _asked_for(environ["PATH_INFO"])
    if not asked:
        return _refused(start_response)
    cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    day = datetime.now(_LONDON).date()
    try:
        session = _session(cookies["sessionid"].value)
        user = int(session["_auth_user_id"])
        password, chunks = read(_connected(), page, user, *asked, day)
    except (KeyError, BadSignature, NotFoundError):
        return _refused(start_response)
    if not constant_time_compare(session["_auth_user_hash"], _hash_of(password)):
        return _refused(start_response)
    html = _TEMPLATES[page].render(
        chunks=chunks, csrf_token=secrets.token_hex(32), csp_nonce=secrets.token_urlsafe(16)
    )
    body = html.encode()
    start_response("200 OK", [*_HEADERS, ("Content-Length", str(len(body)))])
    return [body]


def _asked_for(path: str) -> tuple[str, tuple[int, UUID | None] | None]:
    for page, pattern in _PATHS.items():
        if found := pattern.match(path):
            urn, *public_id = found.groups()
            return page, (int(urn), UUID(*public_id) if public_id else None)
    return "", None


def _refused(start_response: Callable) -> Iterable[bytes]:
    start_response("404 Not Found", [("Content-Length", "0")])
    return [b""]


def _connected() -> psycopg.Connection:
    global _connection
    if _connection is None:
        _connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _connection


def _session(key: str) -> dict:
    row = _connected().execute(SQL["session"], {"key": key}, prepare=True).fetchone()
    if row is None:
        raise NotFoundError
    salt = "django.contrib.sessions.SessionStore"
    return loads(row[0], key=_SECRET, salt=salt, serializer=JSONSerializer, fallback_keys=[])


def _hash_of(password: str) -> str:
    salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
    return salted_hmac(salt, password, secret=_SECRET, algorithm="sha256").hexdigest()
