"""The WSGI application, which gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest

from config.database import ensure_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ensure_database()
application = get_wsgi_application()


def _render_a_page() -> None:
    """Have the templates that all pages share compiled before the first request waits for it."""
    from config.pages import service_unavailable

    request = HttpRequest()
    request.csp_nonce = ""  # type: ignore[attr-defined]
    service_unavailable(request)


_render_a_page()
