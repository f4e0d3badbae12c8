"""How long a transaction waits for the locks of others."""

from django.db import connection

_LONGEST = "2s"


def give_up_after_two_seconds() -> None:
    """Let a wait for a lock in this transaction last two seconds; then it is an OperationalError.

    For calls of the API, which answer it with 503: so no slow import holds all of the workers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_LONGEST])
