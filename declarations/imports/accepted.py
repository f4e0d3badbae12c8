"""The declarations that an import has accepted, in a temporary table until all rows are judged.

Written at the end, and all in one statement, each is young at commit, so that it is written once
(core/updated_at.py), and a trigger that reads other tables reads them once.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from core.staging import read_each_table_once
from declarations.completing import FinalDeclaration, complete
from declarations.facts import DeclaredFact
from declarations.imports.past import Past
from declarations.judgement import Accepted
from declarations.models import Declaration

# So many completions are passed on together, so that memory does not grow with the file.
_COMPLETIONS = 20_000


class New(NamedTuple):
    """A declaration to be made: its id, the verdict on its row, and what that says of its past."""

    id: UUID
    accepted: Accepted
    past: Past


_CREATE = """
    CREATE TEMPORARY TABLE accepted (
        number bigint GENERATED ALWAYS AS IDENTITY,
        id uuid PRIMARY KEY, training_period_id bigint, teacher_id bigint, lead_provider_id bigint,
        delivery_partner_id bigint, declaration_type text, declaration_date timestamptz,
        evidence_held text, steps text[], created_at timestamptz, counts boolean,
        turn bigint NOT NULL DEFAULT 0
    );
    CREATE INDEX accepted_teacher ON accepted (teacher_id)
"""
_COPY = """
    COPY accepted (id, training_period_id, teacher_id, lead_provider_id, delivery_partner_id,
        declaration_type, declaration_date, evidence_held, steps, created_at, counts) FROM STDIN
"""
_FACTS = """
    SELECT teacher_id, id, lead_provider_id, declaration_type, declaration_date, evidence_held
    FROM accepted WHERE counts AND teacher_id = ANY(%s)
"""
_WITH_IDS = """
    SELECT id, teacher_id, lead_provider_id, declaration_type, declaration_date
    FROM accepted WHERE id = ANY(%s)
"""
# Each of those that no longer count does count while it is walked to its state. Beside another of
# its type it could not, so it takes its turn; those that count come last.
_TAKE_TURNS = """
    UPDATE accepted SET turn = each.turn
    FROM (
        SELECT id, row_number() OVER (PARTITION BY teacher_id, declaration_type ORDER BY number)
            - count(*) OVER (PARTITION BY teacher_id, declaration_type) - 1 AS turn
        FROM accepted WHERE NOT counts
    ) AS each
    WHERE accepted.id = each.id
"""
# The copies of the training period's columns are filled in here.
_INSERT = """
    INSERT INTO declarations_declaration (id, training_period_id, teacher_id, lead_provider_id,
        course_identifier, partnership_id, cohort_id, delivery_partner_id, declaration_type,
        declaration_date, evidence_held, state, created_at)
    SELECT accepted.id, training.id, training.teacher_id, training.lead_provider_id,
        training.course_identifier, training.partnership_id, training.cohort_id,
        accepted.delivery_partner_id, declaration_type, declaration_date, evidence_held,
        steps[1], coalesce(accepted.created_at, %(now)s)
    FROM accepted JOIN declarations_trainingperiod AS training ON training.id = training_period_id
    WHERE turn = %(turn)s
"""
_INSERT_LOG = """
    INSERT INTO declarations_declarationstatechange (declaration_id, from_state, to_state,
        changed_at, by, why)
    SELECT id, CASE step WHEN 1 THEN '' ELSE steps[step - 1] END, steps[step],
        CASE step WHEN 1 THEN coalesce(created_at, %(now)s) ELSE %(now)s END,
        %(by)s, 'imported from a file'
    FROM accepted, generate_series(1, cardinality(steps)) AS step
    WHERE turn = %(turn)s
    ORDER BY number, step
"""
_MOVE = """
    UPDATE declarations_declaration AS declaration SET state = steps[%(step)s]
    FROM accepted
    WHERE declaration.id = accepted.id AND turn = %(turn)s AND cardinality(steps) >= %(step)s
"""
_FINAL = """
    SELECT id, training_period_id, teacher_id, declaration_date, %s AND created_at IS NULL
    FROM accepted WHERE counts AND declaration_type = %s ORDER BY number
"""


class AcceptedRows:
    """The declarations that this import, whose transaction `cursor` is in, has accepted so far."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self._cursor = cursor
        cursor.execute(_CREATE)

    def add(self, rows: Iterable[New]) -> None:
        """Keep these, too."""
        with self._cursor.copy(_COPY) as copy:
            for new_id, accepted, past in rows:
                copy.write_row(
                    (
                        new_id,
                        accepted.training_period_id,
                        accepted.teacher_id,
                        accepted.lead_provider_id,
                        accepted.delivery_partner_id,
                        accepted.declaration_type,
                        accepted.declaration_date,
                        accepted.evidence_held,
                        [str(state) for state in past.steps(accepted)],
                        past.created_at,
                        past.counts,
                    )
                )

    def facts_of(self, teacher_ids: Iterable[int]) -> Iterator[tuple[int, DeclaredFact]]:
        """What was accepted of these teachers and counts, each with the teacher's key."""
        self._cursor.execute(_FACTS, [[*teacher_ids]])
        for teacher_id, *fact in self._cursor.fetchall():
            yield teacher_id, DeclaredFact(*fact)

    def with_ids(self, ids: Iterable[UUID]) -> list[tuple]:
        """Those with these ids: id, teacher, lead provider, type, and the moment declared."""
        self._cursor.execute(_WITH_IDS, [[*ids]])
        return self._cursor.fetchall()

    def write(self, by: str, now: datetime, *, tell_schools: bool) -> None:
        """Insert the declarations, walk each to its state in its log, and end completed training.

        `by` is a kind and an id; `tell_schools` as for the import.
        """
        self._cursor.execute("ANALYZE accepted")
        read_each_table_once(self._cursor)
        with connection.chunked_cursor() as final:
            final.execute(_FINAL, [tell_schools, Declaration.Type.COMPLETED])
            while some := final.fetchmany(_COMPLETIONS):
                complete([FinalDeclaration(*each) for each in some], now)
        self._cursor.execute(_TAKE_TURNS)
        self._cursor.execute(
            "SELECT turn, max(cardinality(steps)) FROM accepted GROUP BY turn ORDER BY turn"
        )
        # The declarations come last, as at commit they are to be young. Keys are checked then.
        for turn, steps in self._cursor.fetchall():
            values = {"turn": turn, "by": by, "now": now}
            self._cursor.execute(_INSERT_LOG, values)
            self._cursor.execute(_INSERT, values)
            for step in range(2, steps + 1):
                self._cursor.execute(_MOVE, {"turn": turn, "step": step})
        self._cursor.execute("DROP TABLE accepted")
