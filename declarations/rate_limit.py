"""How many requests a token may make. The count is in the database, so all processes share it.

1,000 requests in 5 minutes (the provider contract): a window begins with a token's first request
and, once it is over, with the next one.
"""

import math
from datetime import datetime, timedelta

from django.db import connection

from declarations.models import ApiToken

REQUESTS = 1000
WINDOW = timedelta(minutes=5)

# A window that begins in the future is one of a clock that was wrong.
_COUNT = """
    INSERT INTO declarations_requestwindow AS old (token_id, started_at, requests)
    VALUES (%(token)s, %(now)s, 1)
    ON CONFLICT (token_id) DO UPDATE SET
        started_at = CASE
            WHEN old.started_at > %(over)s AND old.started_at <= %(now)s THEN old.started_at
            ELSE EXCLUDED.started_at
        END,
        requests = CASE
            WHEN old.started_at > %(over)s AND old.started_at <= %(now)s THEN old.requests + 1
            ELSE 1
        END
    RETURNING started_at, requests
"""


def count_request(token: ApiToken, now: datetime) -> int | None:
    """Count a request; returns the seconds to wait if it is one too many, else None."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"token": token.pk, "now": now, "over": now - WINDOW})
        started_at, requests = cursor.fetchone()
    if requests <= REQUESTS:
        return None
    return max(1, math.ceil((started_at + WINDOW - now).total_seconds()))
