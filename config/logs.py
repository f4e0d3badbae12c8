"""Sends the logs to standard error, which the platform keeps."""

import logging
import re
from types import TracebackType
from typing import Any

# The part of PostgreSQL's message that quotes the refused row, up to the message's next part or the
# rest of the traceback.
_ROW = re.compile(
    r"^DETAIL:.*?(?=^(?:CONTEXT|HINT): |^\n(?:The above|During handling)|\Z)",
    re.DOTALL | re.MULTILINE,
)


class WithoutRows(logging.Formatter):
    """Leaves out of a traceback the row that the database refused: it may be personal data."""

    def formatException(  # noqa: N802 - as in the class this extends
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return _ROW.sub("", super().formatException(ei))


def logging_settings(level: int) -> dict[str, Any]:
    """Django's LOGGING setting. `level` is one of `logging`; the audit log is always written."""
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
            # The audit log, one JSON object a line: core/audit_log/.
            "audit": {"class": "logging.StreamHandler", "formatter": "object"},
        },
        "root": {"handlers": ["console"], "level": level},
        # Replaces Django's own handlers, which would email admins and write each line twice.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
            # Not DEBUG, at which it writes the secrets of a sign-in by DfE Sign-in.
            "authlib": {"level": "INFO"},
            # core/email_queue.py says the same, and in which words is known.
            "notifications_python_client": {"level": "ERROR"},
        },
    }
