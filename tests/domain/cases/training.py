"""Training periods: the person, the days, and the partnership."""

from tests.domain.refusals import Case
from tests.domain.rows import both, insert, update
from tests.domain.valid_rows import DECLARATION

_FOR_ECT = {"mentor_id": None, "ect_id": 1, "teacher_id": 2}
_WITHDRAWN = {"withdrawn_at": "2024-05-01", "withdrawn_reason": "moved-school"}
_DEFERRED = {"deferred_at": "2024-05-01", "deferred_reason": "career-break"}
_WAITING = {"partnership_id": None, "lead_provider_id": 2, "cohort_id": 2}


def _insert(**bent: object) -> str:
    return insert("trainingperiod", **bent)


def _of_a(role: str, columns: dict[str, object], other_teacher: int) -> list[Case]:
    """What holds of a mentor's training and of an ECT's alike."""
    within, parent = f"trainingperiod_within_{role}", f"{role}atschool"
    other_school = {"school_id": 2, "partnership_id": 2, "lead_provider_id": 2}
    return [
        Case(
            within,
            _insert(**columns, started_on="2025-08-31", finished_on="2025-09-02"),
            _insert(**columns, started_on="2025-08-31", finished_on="2025-09-01"),
        ),
        Case(
            within,
            _insert(**columns, finished_on=None),
            both(update(parent, finished_on=None), _insert(**columns, finished_on=None)),
        ),
        Case(
            within,
            _insert(**columns, started_on="2022-08-31", finished_on="2022-12-31"),
            _insert(**columns, started_on="2022-09-01", finished_on="2022-12-31"),
        ),
        Case(within, _insert(**columns, **other_school), _insert(**columns)),
        Case(within, _insert(**columns | {"teacher_id": other_teacher}), _insert(**columns)),
        # Their time there is changed when the training stands already.
        Case(
            within,
            update(parent, started_on="2023-01-02"),
            update(parent, started_on="2023-01-01"),
        ),
        Case(
            within,
            update(parent, finished_on="2023-12-31"),
            update(parent, finished_on="2024-01-01"),
        ),
        Case(
            within,
            both(insert("school"), update(parent, school_id=99)),
            both(insert("school"), update(parent, 2, school_id=99)),
        ),
        Case(
            within,
            both(insert("teacher"), update(parent, teacher_id=99)),
            both(insert("teacher"), update(parent, 2, teacher_id=99)),
        ),
        Case(
            f"trainingperiod_{role}_once_at_a_time",
            _insert(**columns, started_on="2023-12-31"),
            _insert(**columns, started_on="2024-01-01"),
        ),
        Case(
            f"trainingperiod_{role}_once_at_a_time",
            both(_insert(**columns, id=9), update("trainingperiod", 9, started_on="2023-12-31")),
            both(_insert(**columns, id=9), update("trainingperiod", 9, started_on="2024-01-02")),
        ),
    ]


CASES = [
    *_of_a("mentor", {"mentor_id": 1, "ect_id": None, "teacher_id": 1}, other_teacher=3),
    *_of_a("ect", _FOR_ECT, other_teacher=4),
    Case(
        "declarations_trainingperiod_public_id_key",
        _insert(public_id=DECLARATION),
        _insert(),
    ),
    Case(
        "trainingperiod_finished_after_started",
        _insert(finished_on="2024-01-01"),
        _insert(finished_on="2024-01-02"),
    ),
    Case("trainingperiod_mentor_or_ect", _insert(ect_id=1), _insert()),
    Case("trainingperiod_mentor_or_ect", _insert(mentor_id=None), _insert(**_FOR_ECT)),
    Case(
        "trainingperiod_withdrawn_or_deferred",
        _insert(**_WITHDRAWN, **_DEFERRED),
        _insert(**_DEFERRED),
    ),
    *(
        Case(f"trainingperiod_{what}", _insert(**stopped | wrong), _insert(**stopped))
        for what, stopped in (("withdrawn", _WITHDRAWN), ("deferred", _DEFERRED))
        for wrong in (
            {"finished_on": None},
            {f"{what}_reason": ""},
            {f"{what}_reason": "of the other list"},
            {f"{what}_at": None},
        )
    ),
    Case(
        "trainingperiod_end_before_completion",
        _insert(finished_on_before_completion="2025-02-01"),
        _insert(finished_on_before_completion="2025-02-01", end_reason="completed"),
    ),
    Case(
        "trainingperiod_ended_with_reason",
        _insert(end_reason="left_school", finished_on=None),
        _insert(end_reason="left_school", finished_on="2024-05-01"),
    ),
    Case(
        "trainingperiod_partnership_of_school",
        _insert(partnership_id=2, lead_provider_id=2),
        _insert(partnership_id=1, lead_provider_id=1),
    ),
    Case("trainingperiod_partnership_of_school", _insert(lead_provider_id=2), _insert()),
    # Training that waits is of any provider and cohort, and of no partnership.
    Case(
        "trainingperiod_partnership_of_school",
        _insert(**_WAITING | {"partnership_id": 1}),
        _insert(**_WAITING),
    ),
    Case(
        # The partnership goes over to another provider when people train through it already.
        "trainingperiod_partnership_of_school",
        update("schoolpartnership", 1, lead_provider_id=2),
        update("schoolpartnership", 2, lead_provider_id=1),
    ),
    Case("trainingperiod_cohort_of_partnership", _insert(cohort_id=2), _insert(cohort_id=1)),
    Case(
        "trainingperiod_cohort_of_partnership",
        update("trainingperiod", 1, cohort_id=2),
        update("trainingperiod", 1, cohort_id=1),
    ),
]
