"""The WSGI application, which gunicorn serves."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.utils.http import parse_header_parameters

from config.database import ensure_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ensure_database()
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Have Django answer the request.

    A Content-Type that cannot be read counts as none: Django reads it before any middleware runs,
    and would fail.
    """
    try:
        parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    except ValueError:
        environ["CONTENT_TYPE"] = ""
    return _django(environ, start_response)


def _render_a_page() -> None:
    """Have the templates that all pages share compiled before the first request waits for it."""
    from config.pages import service_unavailable

    request = HttpRequest()
    request.csp_nonce = ""  # type: ignore[attr-defined]
    service_unavailable(request)


_render_a_page()
