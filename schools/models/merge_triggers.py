"""Triggers by which the ids of a merged record stay those of the teacher who stays."""

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
    return [
        pgtrigger.Trigger(
            name="has_no_merged_ids",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="came"),
            func=_refused_if(of_new),
        ),
        pgtrigger.Trigger(
            name="gets_no_merged_ids",
            level=pgtrigger.Row,
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf(*_IDS),
            func=_refused_if(of_changed),
        ),
    ]
