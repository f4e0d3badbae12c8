"""Mentorships, and the policy by which schools read about mentor training."""

from tests.domain.refusals import Case
from tests.domain.rows import both, insert, update

# Teacher 2, who is ECT 1, mentors at the same school.
_MENTOR_9 = insert("mentoratschool", id=9, teacher_id=2)
# Mentor 3 and ECT 98, who are paired for 2024 and not in training, whose keys would hold them too.
_PAIR = both(
    insert("school", id=98),
    insert("teacher", id=97, trn="0000097", participant_id="10000000-0000-0000-0000-000000000097"),
    insert("teacher", id=98),
    insert("ectatschool", id=98, teacher_id=98),
    insert("mentorship", mentor_id=3, mentor_teacher_id=3, ect_id=98, ect_teacher_id=98),
)


def _insert(**bent: object) -> str:
    return insert("mentorship", **bent)


def _within(role: str, row: int, other: dict[str, object], lie: dict[str, object]) -> list[Case]:
    """What holds of the mentor's time and of the ECT's alike."""
    within, parent = f"mentorship_within_{role}", f"{role}atschool"
    wider = update(
        {"mentor": "ectatschool", "ect": "mentoratschool"}[role],
        started_on="2020-09-01",
        finished_on=None,
    )
    still = {"finished_on": None, "end_reason": ""}
    return [
        Case(
            within,
            both(wider, _insert(started_on="2022-08-31", finished_on="2022-12-31")),
            both(wider, _insert(started_on="2022-09-01", finished_on="2022-12-31")),
        ),
        Case(
            within,
            both(wider, _insert(finished_on="2025-09-02")),
            both(wider, _insert(finished_on="2025-09-01")),
        ),
        Case(
            within,
            both(wider, _insert(**still)),
            both(wider, update(parent, finished_on=None), _insert(**still)),
        ),
        # One of them is at another school, or is not the person that the row says.
        Case(within, _insert(**other), _insert()),
        Case(within, _insert(**lie), _insert()),
        # Their time there is changed when the mentorship stands already.
        *(
            Case(within, both(_PAIR, update(parent, row, **wrong)), both(_PAIR, right))
            for wrong, right in (
                ({"finished_on": "2024-12-31"}, update(parent, row, finished_on="2025-01-01")),
                ({"started_on": "2024-01-02"}, update(parent, row, started_on="2024-01-01")),
                ({"school_id": 98}, update(parent, 2, school_id=98)),
                ({"teacher_id": 97}, update(parent, 2, teacher_id=97)),
            )
        ),
    ]


_MENTORSHIP = [
    *_within("mentor", 3, {"mentor_id": 2}, {"mentor_teacher_id": 3}),
    *_within("ect", 98, {"ect_id": 2, "ect_teacher_id": 4}, {"ect_teacher_id": 4}),
    Case(
        "mentorship_within_induction",
        update("teacher", 2, induction_finished_on="2023-12-31"),
        update("teacher", 2, induction_finished_on="2024-01-01"),
    ),
    Case(
        "mentorship_within_induction",
        both(
            update("teacher", 2, induction_finished_on="2024-06-01"),
            _insert(started_on="2024-02-01", finished_on="2024-06-02"),
        ),
        both(
            update("teacher", 2, induction_finished_on="2024-06-01"),
            _insert(started_on="2024-02-01", finished_on="2024-06-01"),
        ),
    ),
    Case(
        "mentorship_of_two_people",
        both(_MENTOR_9, _insert(mentor_id=9, mentor_teacher_id=2)),
        _insert(mentor_id=3, mentor_teacher_id=3),
    ),
    Case(
        "mentorship_one_mentor_on_any_day",
        _insert(mentor_id=3, mentor_teacher_id=3, started_on="2023-12-31"),
        _insert(mentor_id=3, mentor_teacher_id=3, started_on="2024-01-01"),
    ),
    Case(
        "mentorship_one_mentor_on_any_day",
        both(_insert(), update("mentorship", finished_on="2024-01-02")),
        both(_insert(), update("mentorship", finished_on="2023-12-31")),
    ),
    Case(
        "mentorship_finished_after_started",
        _insert(finished_on="2024-01-01"),
        _insert(finished_on="2024-01-02"),
    ),
    Case("mentorship_ended_with_reason", _insert(end_reason=""), _insert()),
    Case("mentorship_ended_with_reason", _insert(end_reason="tired"), _insert()),
    Case(
        "mentorship_ended_with_reason",
        both(
            update("mentoratschool", finished_on=None),
            update("ectatschool", finished_on=None),
            _insert(finished_on=None),
        ),
        both(
            update("mentoratschool", finished_on=None),
            update("ectatschool", finished_on=None),
            _insert(finished_on=None, end_reason=""),
        ),
    ),
]

_WITH_LIMIT = {"policy": "time_limit"}
_MONTHS = "statuspolicy_months_with_time_limit"

_POLICY = [
    Case(
        "mentors_statuspolicy_in_force_from_key",
        insert("statuspolicy", in_force_from="2023-01-01"),
        insert("statuspolicy", in_force_from="2023-01-02"),
    ),
    Case(
        "mentors_statuspolicy_months_check",
        insert("statuspolicy", **_WITH_LIMIT, months=-1),
        insert("statuspolicy", **_WITH_LIMIT, months=1),
    ),
    *(
        Case(_MONTHS, insert("statuspolicy", **wrong), insert("statuspolicy", **right))
        for wrong, right in (
            (_WITH_LIMIT | {"months": None}, _WITH_LIMIT | {"months": 36}),
            (_WITH_LIMIT | {"months": 0}, _WITH_LIMIT | {"months": 1}),
            (_WITH_LIMIT | {"months": 241}, _WITH_LIMIT | {"months": 240}),
            ({"months": 36}, {"months": None}),
            ({"policy": "fourth"}, {"policy": "completed_only"}),
        )
    ),
]

_JOURNEY = [
    Case(
        "draftanswers_once",
        both(insert("draftanswers", id=2), insert("draftanswers")),
        both(insert("draftanswers", id=2), insert("draftanswers", name="leaving")),
    ),
]

_KEPT = [
    Case(
        "providermentorship_once",
        insert("providermentorship", lead_provider_id=1),
        insert("providermentorship"),
    ),
]

_LEAVING = [
    Case(
        "leaving_of_mentor_or_ect",
        insert("leaving", mentor_id=1),
        insert("leaving", ect_id=None, mentor_id=2),
    ),
    Case("leaving_of_mentor_or_ect", insert("leaving", ect_id=None), insert("leaving")),
    Case(
        "leaving_changes_the_end",
        insert("leaving", finished_on_before="2024-08-01"),
        insert("leaving", finished_on_before="2024-08-02"),
    ),
    Case(
        "mentors_leaving_ect_id_key",
        both(insert("leaving", id=9), insert("leaving")),
        insert("leaving"),
    ),
    Case(
        "mentors_leaving_mentor_id_key",
        insert("leaving", mentor_id=1, ect_id=None),
        insert("leaving"),
    ),
]

CASES = [*_MENTORSHIP, *_POLICY, *_JOURNEY, *_KEPT, *_LEAVING]
