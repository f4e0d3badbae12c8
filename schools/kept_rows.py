"""Rows that triggers keep of teachers, as they follow from other rows (decision 0017).

Use this in a migration. A function of the database says which rows there should be of some
teachers, and triggers call `keeps_rows` for the teachers in what has changed.
"""

from django.db.migrations import RunSQL

# So two transactions that change the same teacher's rows follow each other, and the second one sees
# what the first one wrote.
LOCK_TEACHERS = (
    "PERFORM FROM schools_teacher WHERE id = ANY (teachers) ORDER BY id FOR NO KEY UPDATE;"
)


def has_locks(table: str) -> RunSQL:
    """A migration operation: `table` of locks, for `lock_in`. It gets a row for each teacher."""
    return RunSQL(f"CREATE TABLE {table} (teacher_id bigint PRIMARY KEY)", f"DROP TABLE {table}")


def lock_in(table: str) -> str:
    """As LOCK_TEACHERS, with locks that nothing else takes.

    For rows that follow from what is written when others may have locked the teacher already, and
    wait for just that.
    """
    return f"""
        INSERT INTO {table} SELECT DISTINCT unnest(teachers) ORDER BY 1 ON CONFLICT DO NOTHING;
        PERFORM FROM {table} WHERE teacher_id = ANY (teachers) ORDER BY teacher_id FOR UPDATE;
    """  # noqa: S608


def keeps_rows(
    function: str,
    table: str,
    found: str,
    *,
    lock: str = LOCK_TEACHERS,
    of: str = "teacher_id",
    key: tuple[str, ...],
    copies: tuple[str, ...],
) -> RunSQL:
    """A migration operation: `function(teachers bigint[])` keeps the rows of `table` of teachers.

    `found(teachers bigint[])` is the function that gives the rows as they should be, each with the
    columns of `key`, which no two have in common, and of `copies`. The column `of` has the teacher.
    `lock` is what makes two transactions that change the same teacher's follow each other.
    """
    columns = ", ".join((*key, *copies))

    def of_row(row: str, names: tuple[str, ...]) -> str:
        return ", ".join(f"{row}.{name}" for name in names)

    return RunSQL(
        f"""
        CREATE FUNCTION {function}(teachers bigint[])
        RETURNS void LANGUAGE plpgsql AS $body$BEGIN
            IF teachers = '{{}}' THEN
                RETURN;
            END IF;
            {lock}
            DELETE FROM {table} AS kept WHERE kept.{of} = ANY (teachers) AND NOT EXISTS (
                SELECT FROM {found}(teachers) AS found
                WHERE ({of_row("found", key)}) = ({of_row("kept", key)})
                    AND ({of_row("found", copies)}) IS NOT DISTINCT FROM ({of_row("kept", copies)})
            );
            INSERT INTO {table} ({columns})
            SELECT {columns} FROM {found}(teachers) ON CONFLICT DO NOTHING;
        END$body$
        """,  # noqa: S608
        f"DROP FUNCTION {function}(bigint[])",
    )


def follows_ids(name: str, keep: str) -> RunSQL:
    """A migration operation: the trigger `name` calls `keep` when what is copied changes.

    Kept rows copy the id and the moment of creation. `keep` is SQL, in which the teacher is NEW.
    Hardly anything changes these columns, so other updates of teachers should cost nothing.
    """
    return RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$BEGIN
            PERFORM {keep};
            RETURN NULL;
        END$body$;
        CREATE TRIGGER {name} AFTER UPDATE OF created_at, participant_id ON schools_teacher
        FOR EACH ROW WHEN (
            (OLD.created_at, OLD.participant_id)
            IS DISTINCT FROM (NEW.created_at, NEW.participant_id)
        ) EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON schools_teacher; DROP FUNCTION {name}()",
    )
