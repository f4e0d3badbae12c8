"""Writes who looked at which teacher. docs/decisions/0016-who-looked-is-a-table.md says why so."""

import logging
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import Error, connection, transaction

from core.audit_log.recording import request_id

_log = logging.getLogger(__name__)

# SQL that finds the teachers of a record, by its kind: a mentor or an ECT, by the public id in the
# addresses of schools, and each model with pages in admin, by its id. A page about a record of any
# other kind tells of no teacher.
TEACHERS = {
    "mentor": "SELECT teacher_id FROM schools_mentoratschool WHERE public_id = %s",
    "ect": "SELECT teacher_id FROM schools_ectatschool WHERE public_id = %s",
    "schools_teacher": "SELECT id FROM schools_teacher WHERE id = %s",
    "schools_teachermerge": "SELECT teacher_id FROM schools_teachermerge WHERE id = %s",
    "schools_mentoratschool": "SELECT teacher_id FROM schools_mentoratschool WHERE id = %s",
    "schools_ectatschool": "SELECT teacher_id FROM schools_ectatschool WHERE id = %s",
    "schools_staffnote": "SELECT teacher_id FROM schools_staffnote"
    " WHERE id = %s AND teacher_id IS NOT NULL",
    "mentors_mentorship": "SELECT unnest(ARRAY[mentor_teacher_id, ect_teacher_id])"
    " FROM mentors_mentorship WHERE id = %s",
    "mentors_leaving": "SELECT coalesce(mentor.teacher_id, ect.teacher_id)"
    " FROM mentors_leaving AS leaving"
    " LEFT JOIN schools_mentoratschool AS mentor ON mentor.id = leaving.mentor_id"
    " LEFT JOIN schools_ectatschool AS ect ON ect.id = leaving.ect_id WHERE leaving.id = %s",
    "declarations_trainingperiod": "SELECT teacher_id FROM declarations_trainingperiod"
    " WHERE id = %s",
    "declarations_declaration": "SELECT teacher_id FROM declarations_declaration WHERE id = %s",
    "declarations_recordedcompletion": "SELECT teacher_id FROM declarations_recordedcompletion"
    " WHERE id = %s",
    "declarations_completionnotice": "SELECT teacher_id FROM declarations_completionnotice"
    " WHERE id = %s",
}
_LOOKS = {
    kind: "INSERT INTO core_look (day, user_id, page, request, teacher_id)"
    f" SELECT %s, %s, %s, %s, teacher.* FROM ({teachers}) AS teacher"
    " ON CONFLICT (teacher_id, user_id, day) DO NOTHING RETURNING id"
    for kind, teachers in TEACHERS.items()
}
_ANSWER = (
    "INSERT INTO core_look (day, token_id, page, request, participant_ids)"
    " VALUES (%s, %s, %s, %s, %s) RETURNING id"
)


class _Noted:
    """The looks of one day that this process knows to be in the table, and need not write again."""

    MOST = 20_000  # about 4 MB

    def __init__(self) -> None:
        self.day = date.min
        self.looks: set[tuple[int, str, object]] = set()

    def has(self, day: date, look: tuple[int, str, object]) -> bool:
        """Whether this look is known to be in the table for this day."""
        if day != self.day or len(self.looks) >= self.MOST:
            self.day, self.looks = day, set()
        return look in self.looks


noted = _Noted()


def note_look(user_id: int, kind: str, record: object, page: str, day: date) -> None:
    """Note that a user saw a record that tells of a teacher, unless this was noted today.

    `kind` is one of TEACHERS, or nothing is noted; `record` is the record's id.
    """
    sql, look = _LOOKS.get(kind), (user_id, kind, record)
    if sql is None or noted.has(day, look):
        return
    if _write(sql, [day, user_id, page, request_id(), record]):
        # Only once it is committed: a look that is rolled back must be written the next time.
        transaction.on_commit(partial(noted.looks.add, look))


def note_answer(token_id: int, participant_ids: Iterable[UUID], page: str, day: date) -> None:
    """Note that a lead provider's token was sent these participants."""
    # As text: psycopg would take ten times as long to write thousands of ids.
    ids = ",".join(each.hex for each in participant_ids)
    _write(_ANSWER, [day, token_id, page, request_id(), f"{{{ids}}}"])


def _write(sql: str, values: list[Any]) -> bool:
    """Write a row; return whether that worked. A fault is logged, and the page shown all the same.

    The page is made already, and the request has its line in the other logs.
    """
    database: Any = connection
    try:
        database.rows_of_prepared(sql, values)
    except Error as error:
        # Without the traceback, which would be the same for every page while the database fails.
        _log.error("Who looked could not be written down: %s", type(error).__name__)
        return False
    return True
