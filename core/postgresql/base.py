"""The backend: a connection that is silent for too long is closed, and the request gets a 503."""

import select
import threading
import time
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations, psycopg_any
from psycopg.types.numeric import IntDumper

from core.postgresql.deadlines import NO_DEADLINES, Deadlines

# Seconds. To ask whether a kept connection still works is a round trip without any work.
_HEALTH_CHECK = 1.0
# A connection that was used so short a time ago is asked only when its server has sent something,
# such as that it closes the connection.
_LATELY = 2.0
# After a deadline has passed, the same thread does not try to connect again for so long: what is
# left of the request, such as saving the session, fails at once.
_GIVEN_UP_FOR = 1.0


class _Tally(threading.local):
    """What this thread has asked of the database: how many times, and how long it waited."""

    rounds = 0
    seconds = 0.0


tally = _Tally()


class SilentServerError(psycopg.OperationalError):
    """The server did not answer in time, so the client has closed the connection."""


class _BigintDumper(IntDumper):
    """Sends each whole number as a bigint; one that is too large for that as a numeric.

    A small number would be a smallint otherwise, and a statement would be prepared for each mixture
    of sizes. What is too large for an id, as an address may have it, equals none.
    """

    _int2_dumper = IntDumper._int8_dumper  # type: ignore[assignment]
    _int4_dumper = IntDumper._int8_dumper  # type: ignore[assignment]


class _PreparedCursor(psycopg.Cursor[Any]):
    """Prepares each statement when it first runs, and binds values in the server."""

    def execute(self, query: Any, params: Any = None, **named: Any) -> Any:
        return super().execute(query, params, **{"prepare": True, **named})


class Connection(psycopg.Connection[Any]):
    """A connection that waits `silence` seconds at most for each answer; None: for ever."""

    silence: float | None = None
    gave_up_at: float | None = None
    used_at = float("-inf")

    @cached_property
    def prepared(self) -> _PreparedCursor:
        """The one cursor of this connection for prepared statements."""
        cursor = _PreparedCursor(self)
        cursor.adapters.register_dumper(int, _BigintDumper)
        return cursor

    def is_idle(self) -> bool:
        """Whether it is open, in no transaction, and the server has sent nothing unasked for."""
        if self.closed or self.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            return False
        poll = select.poll()
        poll.register(self.fileno(), select.POLLIN)
        return not poll.poll(0)

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer; raise SilentServerError if none comes in time."""
        began = time.perf_counter()
        try:
            return super().wait(gen, interval, self.silence if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as silent:
            self.pgconn.finish()
            self.gave_up_at = time.monotonic()
            raise SilentServerError("the database did not answer in time") from silent
        finally:
            tally.rounds += 1
            tally.seconds += time.perf_counter() - began
            self.used_at = time.monotonic()


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, which also says what a prepared cursor ran."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """The statement with its values, for logs of queries: psycopg keeps none if prepared."""
        if isinstance(cursor, _PreparedCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with the deadlines of OPTIONS["deadlines"]; it takes no pool."""

    ops_class = DatabaseOperations
    deadlines: Deadlines
    _gave_up_at = float("-inf")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.deadlines = self.settings_dict["OPTIONS"].get("deadlines", NO_DEADLINES)

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with the deadlines as libpq takes them; what the address says comes first."""
        params = super().get_connection_params()
        params.pop("deadlines", None)
        deadlines = self.deadlines
        if deadlines.connect:
            params.setdefault("connect_timeout", max(2, round(deadlines.connect)))
        if deadlines.silence:
            # Of a network that is cut, the system tells the client by itself.
            params.setdefault("tcp_user_timeout", round(deadlines.silence * 1000))
            params.setdefault("keepalives_idle", 10)
            params.setdefault("keepalives_interval", 5)
            params.setdefault("keepalives_count", 2)
        settings = [f"-c {name}={ms}" for name, ms in deadlines.server_settings().items() if ms]
        if params["prepare_threshold"] is not None:
            # Else a query with a list in it is planned each time, as one for a shorter list might
            # be cheaper: on a mentor's page that took longer than all else that the server did.
            settings.append("-c plan_cache_mode=force_generic_plan")
        if deadlines.statement:
            # Workers answer one request a little sooner, and take the cores from all others: a list
            # of the API cost half as much CPU again with them.
            settings.append("-c max_parallel_workers_per_gather=0")
        if settings:
            params["options"] = " ".join([*settings, params.get("options", "")]).strip()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Connect, unless this thread has just waited for the database in vain."""
        if time.monotonic() - self._gave_up_at < _GIVEN_UP_FOR:
            raise SilentServerError("the database did not answer a moment ago")
        self.isolation_level = psycopg_any.IsolationLevel.READ_COMMITTED
        try:
            made = Connection.connect(**conn_params)
        except psycopg.errors.ConnectionTimeout:
            self._gave_up_at = time.monotonic()
            raise
        made.silence = self.deadlines.silence or None
        return made

    def rows_of_prepared(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement that runs again and again: the server plans it once.

        Nothing is added to it for the history, and the audit log does not look at it: so it reads
        only, or writes what has neither. Behind a PgBouncer that shares connections nothing is
        prepared (DATABASE_PREPARE, docs/deploying.md).
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: Any = self.connection.prepared
            if self.queries_logged:
                cursor = self._prepare_cursor(cursor)  # type: ignore[attr-defined]
            self.validate_no_broken_transaction()
            cursor.execute(sql, params)
            return cursor.fetchall()

    def is_usable(self) -> bool:
        """Whether a kept connection answers within a second; if not, a new one may be made."""
        kept = self.connection
        if kept is None:
            return False
        if time.monotonic() - kept.used_at < _LATELY and kept.is_idle():
            return True
        given, kept.silence = kept.silence, _HEALTH_CHECK if kept.silence else None
        try:
            return super().is_usable()
        finally:
            kept.silence, kept.gave_up_at = given, None

    def _close(self) -> None:
        """Close the connection; keep in mind when its deadline passed."""
        if self.connection is not None and self.connection.gave_up_at:
            self._gave_up_at = self.connection.gave_up_at
        super()._close()  # type: ignore[misc]

    def keep(self, deadlines: Deadlines) -> None:
        """Wait so long from now on, on the open connection and on those that follow."""
        before, self.deadlines = self.deadlines, deadlines
        kept = self.connection
        if kept is None or kept.closed or self.needs_rollback or deadlines == before:
            return
        kept.silence = deadlines.silence or None
        with self.cursor() as cursor:
            for name, milliseconds in deadlines.server_settings().items():
                cursor.execute(f"SET {name} = {milliseconds}")
