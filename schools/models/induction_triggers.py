"""Triggers by which every ECT has a start of induction, which is kept with the teacher."""

import pgtrigger


def has_start_of_induction() -> pgtrigger.Trigger:
    """A trigger that refuses an ECT's time at a school while the teacher has no induction start.

    It locks the teacher's row, so that the start cannot be taken away in the meantime.
    """
    return pgtrigger.Trigger(
        name="has_start_of_induction",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("teacher_id"),
        func="""
            PERFORM FROM schools_teacher WHERE id = NEW.teacher_id FOR SHARE;
            IF EXISTS (
                SELECT FROM schools_teacher
                WHERE id = NEW.teacher_id AND induction_started_on IS NULL
            ) THEN
                RAISE EXCEPTION 'the teacher of an ECT has no start of induction'
                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
            END IF;
            RETURN NEW;
        """,
    )


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
