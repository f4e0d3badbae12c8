"""Moments of the last change that no writer can forget, for those who read what changed since.

A row's `updated_at` is at most 40 seconds older than the end of the transaction that changed it, as
near as a trigger can tell. Three triggers in the database keep it so, by whatever means a row is
written:

1. `keeps`: a change of the row's own columns that are shown moves it. A program cannot write it.
2. `touches`: a change of another table's row that is shown with it moves it too.
3. `stamps`: both set it to the moment of the write. At the end of the transaction, a moment that
   this transaction set more than 40 seconds ago is set again, to the present one.

So nearly all rows are written once, and a transaction that has waited for a lock stamps its rows
again. A reader who asks for what changed since the start of the last reading, less a minute, misses
nothing. Use these in a migration; docs/domain.md lists what moves which.
"""

from django.db.migrations import RunSQL

# A transaction finds its own moments by this: each is a whole number of milliseconds after its
# start. Hardly any of another transaction is, and where one is, it is moved once more: no harm.
_MOMENT = "date_bin('1 millisecond', clock_timestamp(), now())"
_OLDEST = "clock_timestamp() - interval '40 seconds'"


def _is_ours(column: str) -> str:
    return f"{column} >= now() AND date_bin('1 millisecond', {column}, now()) = {column}"


def keeps(table: str, column: str, shown: tuple[str, ...]) -> RunSQL:
    """A migration operation: a new row, and a change of a `shown` column, moves `column`.

    Nothing but triggers can write `column`: a value that a statement gives it is passed over.
    """
    before, after = (", ".join(f"{row}.{name}" for name in shown) for row in ("OLD", "NEW"))
    body = f"""
        IF TG_OP = 'INSERT' OR ({before}) IS DISTINCT FROM ({after}) THEN
            NEW.{column} := {_MOMENT};
        ELSIF pg_trigger_depth() = 1 THEN
            NEW.{column} := OLD.{column};
        END IF;
        RETURN NEW;
    """
    return _trigger(
        f"{table}_keeps_{column}", table, "BEFORE INSERT OR UPDATE", "FOR EACH ROW", body
    )


def stamps(table: str, *columns: str) -> RunSQL:
    """A migration operation: at commit, moments that this transaction set long ago are set again.

    The trigger runs once in a transaction, and stamps all rows in one statement: the first row that
    is moved queues it, and says so in a setting of the transaction, which a rollback to a savepoint
    takes back together with what was queued. A row that is stamped queues no other run.
    """
    name = f"{table}_stamps_{columns[0]}"
    setting = f"stamps.{name}"
    moved = " OR ".join(f"NEW.{column} >= now()" for column in columns)
    are_old = {column: f"{column} < oldest AND {_is_ours(column)}" for column in columns}
    moments = ", ".join(
        f"{column} = CASE WHEN {is_old} THEN {_MOMENT} ELSE {column} END"
        for column, is_old in are_old.items()
    )
    return RunSQL(
        f"""
        CREATE FUNCTION {name}_first() RETURNS boolean LANGUAGE plpgsql AS $body$BEGIN
            IF current_setting('{setting}', true) IN ('queued', 'runs') THEN
                RETURN false;
            END IF;
            PERFORM set_config('{setting}', 'queued', true);
            RETURN true;
        END$body$;
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$DECLARE
            oldest timestamptz := {_OLDEST};
        BEGIN
            IF now() < oldest THEN
                PERFORM set_config('{setting}', 'runs', true);
                UPDATE {table} SET {moments} WHERE ({") OR (".join(are_old.values())});
            END IF;
            PERFORM set_config('{setting}', '', true);
            RETURN NULL;
        END$body$;
        CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            WHEN (CASE WHEN {moved} THEN {name}_first() END) EXECUTE FUNCTION {name}();
        """,  # noqa: S608
        f"""
        DROP TRIGGER {name} ON {table};
        DROP FUNCTION {name}();
        DROP FUNCTION {name}_first();
        """,
    )


def touches(
    source: str,
    target: str,
    where: str,
    *,
    of: tuple[str, ...],
    on: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE"),
    column: str = "updated_at",
) -> list[RunSQL]:
    """Migration operations: a change of `source` moves `column` of the rows of `target`.

    `where` is the condition on `target` and on `changed`, a row of `source` as it was or as it is.
    `of` names the columns of `source` that count, and `on` the statements. A statement
    that changes many rows moves all of theirs at once.
    """
    return [_touching(source, target, where, of, operation, column) for operation in on]


_SEEN = {
    "INSERT": "NEW TABLE AS came",
    "UPDATE": "NEW TABLE AS came OLD TABLE AS gone",
    "DELETE": "OLD TABLE AS gone",
}


def _touching(
    source: str, target: str, where: str, of: tuple[str, ...], operation: str, column: str
) -> RunSQL:
    short = (table.split("_", 1)[1] for table in (source, target))
    name = f"_{operation.lower()}_touches_".join(short)
    if column != "updated_at":
        name += "_too"
    act = f"""
        UPDATE {target} SET {column} = {_MOMENT}
        FROM ({{changed}}) AS changed
        WHERE {where}
            -- Not a row that this transaction has moved already.
            AND NOT ({target}.xmin = pg_current_xact_id()::xid AND {target}.{column} >= now());
    """  # noqa: S608
    return after_change(name, source, operation, of, act)


def after_change(name: str, source: str, operation: str, of: tuple[str, ...], act: str) -> RunSQL:
    """A migration operation: the trigger `name` runs `act` once for a statement on `source`.

    `act` is SQL with `{changed}` for a query of the changed rows of `source`, as they were and as
    they are; its column `sign` is -1 for a row as it was, and 1 for one as it is. An update counts
    only for the rows in which it changes a column, or a condition, of `of`.
    """
    before, after = (", ".join(f"{rows}.{each}" for each in of) for rows in ("gone", "came"))
    differ = f"FROM gone JOIN came USING (id) WHERE ({before}) IS DISTINCT FROM ({after})"
    changed = {
        "INSERT": "SELECT *, 1 AS sign FROM came",
        "UPDATE": f"SELECT gone.*, -1 AS sign {differ} UNION ALL SELECT came.*, 1 AS sign {differ}",
        "DELETE": "SELECT *, -1 AS sign FROM gone",
    }
    body = f"{act.format(changed=changed[operation])} RETURN NULL;"
    how = f"REFERENCING {_SEEN[operation]} FOR EACH STATEMENT"
    return _trigger(name, source, f"AFTER {operation}", how, body)


def _trigger(name: str, table: str, event: str, how: str, body: str) -> RunSQL:
    return RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$BEGIN {body} END$body$;
        CREATE TRIGGER {name} {event} ON {table} {how} EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )
