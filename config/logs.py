"""Where the logs go: to standard error, which the platform keeps."""

import logging
import re
from types import TracebackType
from typing import Any

# What PostgreSQL says of the row it refused, up to what else it says, or the traceback goes on.
_ROW = re.compile(
    r"^DETAIL:.*?(?=^(?:CONTEXT|HINT): |^\n(?:The above|During handling)|\Z)",
    re.DOTALL | re.MULTILINE,
)


class WithoutRows(logging.Formatter):
    """Writes a fault without the row that the database refused, which may be somebody's."""

    def formatException(  # noqa: N802 - as in the class this extends
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The traceback, but for that."""
        return _ROW.sub("", super().formatException(ei))


def logging_settings(level: int) -> dict[str, Any]:
    """Return Django's LOGGING; `level` (of `logging`) holds but for the trail."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "config.logs.WithoutRows",
                "format": "{asctime} {levelname} {name} {request_id} {message}",
                "style": "{",
            },
            "object": {"format": "{message}", "style": "{"},
        },
        "filters": {"request": {"()": "core.audit_log.recording.RequestIdFilter"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request"],
            },
            # Who signed in, saw and did what, one JSON object a line: core/audit_log/.
            "audit": {"class": "logging.StreamHandler", "formatter": "object"},
        },
        "root": {"handlers": ["console"], "level": level},
        # The root's handler is enough: no mails to admins, no second line on the console.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
            # At DEBUG it would write the secrets of a sign-in by DfE Sign-in.
            "authlib": {"level": "INFO"},
            # core/email_queue.py says the same, and in which words is known.
            "notifications_python_client": {"level": "ERROR"},
        },
    }
