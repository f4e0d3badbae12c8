"""Reports faults to a service that speaks Sentry's protocol, if SENTRY_DSN is set.

A report is made anew from what is known to be harmless, and nothing else leaves the service: no
request, no user, no value of a variable, and no message of an error, which may quote a row.
"""

import logging
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.logging import LoggingIntegration

from core.audit_log.recording import request_id

_OF_A_REPORT = ("event_id", "timestamp", "level", "platform", "environment", "release", "logger")
_OF_A_FRAME = ("filename", "function", "module", "lineno", "in_app")


def start(dsn: str, environment: str, release: str) -> None:
    """Report what is logged as an error from now on, in this process and those that it forks."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release or None,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        send_client_reports=False,
        auto_session_tracking=False,
        before_send=harmless_report,
    )


def harmless_report(event: Any, hint: Any) -> Any:
    """The report with nothing in it but names of our code, and the id of the request."""
    report = {name: event[name] for name in _OF_A_REPORT if event.get(name)}
    report["tags"] = {"request": request_id() or "-"}
    # The message as our code has it, before the values are put into it.
    report["logentry"] = {"message": (event.get("logentry") or {}).get("message", "")}
    report["exception"] = {"values": [_kind(e) for e in _listed(event.get("exception"))]}
    return report


def _kind(exception: dict[str, Any]) -> dict[str, Any]:
    frames = _listed(exception.get("stacktrace"), "frames")
    kept = [{name: frame.get(name) for name in _OF_A_FRAME} for frame in frames]
    return {
        "type": exception.get("type"),
        "module": exception.get("module"),
        "stacktrace": {"frames": kept},
    }


def _listed(holder: Any, name: str = "values") -> list[dict[str, Any]]:
    return (holder or {}).get(name) or []
