"""Writes the logs to standard error, which the platform keeps: one JSON object a line.

No line has a word that a user typed: neither a query nor an address with text in it.
"""

import json
import logging
import re
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

# The part of PostgreSQL's message that quotes the refused row, up to the message's next part or the
# rest of the traceback.
_ROW = re.compile(
    r"^DETAIL:.*?(?=^(?:CONTEXT|HINT): |^\n(?:The above|During handling)|\Z)",
    re.DOTALL | re.MULTILINE,
)
# The part of a logger's message that comes from the request, which is cut off. Django adds the path
# of the request, gunicorn its whole address.
_OF_THE_REQUEST = {
    "django.request": re.compile(r": /.*", re.DOTALL),
    "gunicorn.error": re.compile(r"\?.*", re.DOTALL),
}


class JsonLines(logging.Formatter):
    """One JSON object for each entry, with the traceback of a fault in a field of its own.

    It leaves out the row that the database refused, which may be personal data.
    """

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        if cut := _OF_THE_REQUEST.get(record.name):
            message = cut.sub("", message)
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": message,
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)

    def formatException(  # noqa: N802 - as in the class this extends
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return _ROW.sub("", super().formatException(ei))


class UnknownHostFilter(logging.Filter):
    """Turns the error for a request to a host that is not ours into a warning with no traceback.

    Any client can send one, so it is no fault of the service.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
        return True


def logging_settings(level: int, access: bool) -> dict[str, Any]:
    """Django's LOGGING setting.

    `level` is a level of the module `logging`, such as `logging.WARNING`. `access` asks for a line
    for each request. The audit log is always written.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": "config.logs.JsonLines"},
            "object": {"format": "{message}", "style": "{"},
        },
        "filters": {
            "request": {"()": "core.audit_log.recording.RequestIdFilter"},
            "unknown host": {"()": "config.logs.UnknownHostFilter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request"],
            },
            # What is JSON already: the audit log (core/audit_log/) and the access lines.
            "object": {"class": "logging.StreamHandler", "formatter": "object"},
        },
        "root": {"handlers": ["console"], "level": level},
        # Replaces Django's own handlers, which would email admins and write each line twice.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # Its warnings say what the access line says, and have the address in them.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"filters": ["unknown host"]},
            "audit": {"handlers": ["object"], "level": "INFO", "propagate": False},
            "access": {
                "handlers": ["object"],
                "level": "INFO" if access else "WARNING",
                "propagate": False,
            },
            # Not DEBUG, at which it writes the secrets of a sign-in by DfE Sign-in.
            "authlib": {"level": "INFO"},
            # core/email_queue.py logs the same failures, in words that hold nothing personal.
            "notifications_python_client": {"level": "ERROR"},
        },
    }


# gunicorn's own lines, which it writes before and beside Django's.
GUNICORN = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": []},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}},
}
