"""How the rows of a file name a school and a person, for all imports."""

from core.staging import Stage
from schools.finding import TEACHERS_BY_TRN


def find_school(stage: Stage, name: str = "school_id") -> None:
    """Set the column `name` by `urn`; a URN that no school has is refused."""
    stage.look_up(
        name,
        "schools_school",
        "found.urn = staged.urn",
        of="urn",
        reason="No school has this URN.",
    )


def find_teacher(stage: Stage, trn: str = "trn", name: str = "teacher_id") -> None:
    """Set the column `name` by the column `trn`; a TRN that leads to no teacher is refused."""
    stage.look_up(
        name,
        TEACHERS_BY_TRN,
        f"found.trn = staged.{trn}",
        of=trn,
        reason="No teacher has this TRN.",
    )
