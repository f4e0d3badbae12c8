"""Files of declarations, for the tests of the command and of the upload."""

import csv
from io import BytesIO, StringIO

from declarations.imports.declarations import COLUMNS
from tests.declarations.trained import claim_about


def row(training, declaration_type: str = "started", *, by_trn: bool = False, **changed) -> dict:
    """A row about the mentor in training."""
    claim = claim_about(training.teacher, declaration_type).__dict__
    who = {"participant_id": "", "trn": training.teacher.trn} if by_trn else {}
    return {"provider": training.lead_provider.name, **claim} | who | changed


def file_of(*rows: dict, columns: tuple[str, ...] = COLUMNS) -> BytesIO:
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(text.getvalue().encode())
