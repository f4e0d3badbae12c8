"""The import of induction tutors, nominated from the day of the import on. No tutor is emailed."""

from datetime import datetime
from typing import BinaryIO

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from core.cells import address_of, number_of
from core.csv_files import ANY_NUMBER, OnProgress, Report
from core.periods import london_day
from core.staging import Column, Columns, staging
from schools.details import checked_name
from schools.imports.look_ups import find_school
from schools.models.school import AppointmentSource, SchoolStatus

COLUMNS = Columns(
    (
        Column("urn", "integer", number_of),
        Column("email", "text", address_of),
        Column("name", "text", checked_name),
    )
)
# Tutors have no password. What follows the prefix is different for each user, as Django has it.
_INSERT_USERS = """
    INSERT INTO accounts_user (email, name, password, date_joined, is_superuser, is_staff,
        is_active, invitations)
    SELECT email, name, %(unusable)s || replace(gen_random_uuid()::text, '-', ''), %(now)s,
        false, false, true, 0
    FROM (SELECT DISTINCT email, name FROM staged WHERE user_id IS NULL) AS new
"""


def import_tutors(
    file: BinaryIO,
    report: Report,
    *,
    commit: bool,
    by: str,
    now: datetime,
    on_progress: OnProgress = lambda read: None,
    at_most: float = ANY_NUMBER,
) -> None:
    """Nominate the tutors of a CSV with COLUMNS; without `commit` it is a dry run.

    The rules are those of `schools.tutors.nominate`, but no tutor is emailed: the action "Send the
    invitation again" in admin does that. `by` is a kind and an id for the history. Fills in the
    report. Raises RefusedFile, also for more than `at_most` rows, and then nothing is written.
    """
    today = london_day(now)
    with staging(COLUMNS, report, commit=commit, by=by) as stage:
        stage.fill(file, on_progress, at_most, school_id="bigint", user_id="bigint")
        stage.lock("accounts_user", "schools_inductiontutor")
        find_school(stage)
        stage.look_up("user_id", "accounts_user", "found.email = staged.email")
        stage.execute(
            """
            UPDATE staged SET known = true FROM schools_inductiontutor AS tutor
            WHERE tutor.user_id = staged.user_id AND tutor.school_id = staged.school_id
                AND coalesce(tutor.finished_on, 'infinity') > %(today)s
            """,
            today=today,
        )
        stage.refuse(
            "urn: The school is closed.",
            "EXISTS (SELECT FROM schools_school AS school WHERE school.id = school_id"
            " AND (school.status = %(closed)s OR school.closed_on <= %(today)s))",
            closed=SchoolStatus.CLOSED,
            today=today,
        )
        for reason, condition in (
            ("It is the address of a member of DfE staff.", "person.is_staff"),
            ("The account with this address is not active.", "NOT person.is_active"),
        ):
            stage.refuse(
                f"email: {reason}",
                "EXISTS (SELECT FROM accounts_user AS person"
                f" WHERE person.id = user_id AND {condition})",
            )
        stage.refuse_pairs(
            "name: Line {line} gives another name to this email address.",
            "other.email = staged.email AND other.name <> staged.name",
        )
        stage.tell()
        stage.execute(_INSERT_USERS, unusable=UNUSABLE_PASSWORD_PREFIX, now=now)
        stage.look_up("user_id", "accounts_user", "found.email = staged.email")
        stage.execute(
            """
            INSERT INTO schools_inductiontutor (user_id, school_id, source, named_as, started_on)
            SELECT user_id, school_id, %(source)s, name, %(today)s FROM staged ORDER BY line
            """,
            source=AppointmentSource.NOMINATION,
            today=today,
        )
