"""Triggers that keep a declaration's state and its state log equal, checked at commit.

The log's own constraints allow only the transitions of the state machine, and each state to be left
once. Together they ensure that the log of a declaration, read from its first row on, ends with the
state that the declaration has.
"""

import pgtrigger


def every_state_is_logged() -> pgtrigger.Trigger:
    """For declarations: refuses a new one, or a change of state, without its row in the log."""
    return _at_commit(
        "state_is_logged",
        pgtrigger.Insert | pgtrigger.UpdateOf("state"),
        """
            IF TG_OP = 'UPDATE' THEN
                IF OLD.state = NEW.state THEN
                    RETURN NULL;
                END IF;
                left_state := OLD.state;
            END IF;
            IF NOT EXISTS (
                SELECT FROM declarations_declarationstatechange
                WHERE declaration_id = NEW.id AND from_state = left_state AND to_state = NEW.state
            ) THEN
                RAISE EXCEPTION 'Declaration % came to be % without a row in its log',
                        NEW.id, NEW.state
                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
            END IF;
            RETURN NULL;
        """,
        declare=[("left_state", "text := ''")],
    )


def every_row_is_of_a_change() -> pgtrigger.Trigger:
    """For the log: refuses a row that does not fit those around it.

    It begins at the state to which the row before it led, and ends at the state from which the next
    one begins or, if it is the last, at the declaration's present state.
    """
    return _at_commit(
        "logs_a_change",
        pgtrigger.Insert,
        """
            IF (
                NEW.from_state <> '' AND NOT EXISTS (
                    SELECT FROM declarations_declarationstatechange
                    WHERE declaration_id = NEW.declaration_id
                        AND to_state = NEW.from_state AND id < NEW.id
                )
            ) OR (
                NOT EXISTS (
                    SELECT FROM declarations_declarationstatechange
                    WHERE declaration_id = NEW.declaration_id AND from_state = NEW.to_state
                )
                AND NOT EXISTS (
                    SELECT FROM declarations_declaration
                    WHERE id = NEW.declaration_id AND state = NEW.to_state
                )
            ) THEN
                RAISE EXCEPTION 'Declaration % did not go from "%" to "%"',
                        NEW.declaration_id, NEW.from_state, NEW.to_state
                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
            END IF;
            RETURN NULL;
        """,
    )


def _at_commit(
    name: str,
    operation: pgtrigger.Operation,
    func: str,
    declare: list[tuple[str, str]] | None = None,
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=func,
        declare=declare,
    )
