"""Triggers of teachers and ECTs: every ECT has a start of induction, and merged ids are not given
again.
"""

import pgtrigger

_IDS = ("trn", "participant_id", "mentor_training_record_id")


def _refused_if(found: str) -> str:
    return f"""
        IF {found} THEN
            RAISE EXCEPTION 'this TRN or id is that of a record that was merged into another'
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
        END IF;
        RETURN NULL;
    """


def have_no_merged_ids() -> list[pgtrigger.Trigger]:
    """Triggers that refuse a teacher the TRN or an id of a merged record.

    They run after the write: a new teacher with the TRN of a record that is being merged waits in
    the unique key until the merge is committed, and then meets what it wrote.
    """
    of_new = " OR ".join(
        "EXISTS (SELECT FROM schools_teachermerge AS merged JOIN came"
        f" ON came.{name} = merged.{name})"
        for name in _IDS
    )
    of_changed = (
        "EXISTS (SELECT FROM schools_teachermerge WHERE "
        + " OR ".join(f"{name} = NEW.{name}" for name in _IDS)
        + ")"
    )
    return _after_write("no_merged_ids", _IDS, _refused_if(of_new), _refused_if(of_changed))


def have_start_of_induction() -> list[pgtrigger.Trigger]:
    """Triggers that refuse an ECT's time at a school while the teacher has no induction start.

    They lock the teachers' rows, so that the start cannot be taken away in the meantime.
    """
    return _after_write(
        "start_of_induction",
        ("teacher_id",),
        _refused_without_start("id IN (SELECT teacher_id FROM came)"),
        _refused_without_start("id = NEW.teacher_id"),
    )


def _refused_without_start(theirs: str) -> str:
    return f"""
        PERFORM FROM schools_teacher WHERE {theirs} ORDER BY id FOR SHARE;
        IF EXISTS (
            SELECT FROM schools_teacher WHERE {theirs} AND induction_started_on IS NULL
        ) THEN
            RAISE EXCEPTION 'the teacher of an ECT has no start of induction'
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
        END IF;
        RETURN NULL;
    """


def _after_write(
    what: str, columns: tuple[str, ...], of_new: str, of_changed: str
) -> list[pgtrigger.Trigger]:
    """One trigger for all rows of an INSERT, called `came`, and one for each change of a column."""
    return [
        pgtrigger.Trigger(
            name=f"has_{what}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="came"),
            func=of_new,
        ),
        pgtrigger.Trigger(
            name=f"gets_{what}",
            level=pgtrigger.Row,
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf(*columns),
            func=of_changed,
        ),
    ]


def keeps_start_of_induction() -> pgtrigger.Trigger:
    """A trigger that refuses to take the start of induction from a teacher who is an ECT."""
    return pgtrigger.Trigger(
        name="keeps_start_of_induction",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("induction_started_on"),
        condition=pgtrigger.Q(new__induction_started_on__isnull=True),
        func="""
            IF EXISTS (SELECT FROM schools_ectatschool WHERE teacher_id = NEW.id) THEN
                RAISE EXCEPTION 'a teacher who is an ECT keeps the start of induction'
                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
            END IF;
            RETURN NEW;
        """,
    )
