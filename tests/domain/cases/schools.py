"""Schools, teachers, and who is where when."""

from functools import partial

from tests.domain.refusals import Case, trigger
from tests.domain.rows import both, delete, insert, update
from tests.domain.valid_rows import MOMENT, PARTNERSHIP, SCHOOL

_SCHOOL = [
    Case("schools_school_urn_key", insert("school", urn=100001), insert("school", urn=100003)),
    Case("school_urn", insert("school", urn=99999), insert("school", urn=100000)),
    Case("school_urn", insert("school", urn=1000000), insert("school", urn=999999)),
    Case("school_name", insert("school", name=""), insert("school", name="S")),
    Case("school_status", insert("school", status=5), insert("school", status=4)),
    Case("school_status", insert("school", status=0), insert("school", status=1)),
    Case(
        "school_closed_after_opened",
        insert("school", closed_on="1990-08-31"),
        insert("school", closed_on="1990-09-01"),
    ),
]

_SUCCESSION = [
    Case(
        "schoolsuccession_once",
        insert("schoolsuccession", school_id=2, successor_id=1),
        insert("schoolsuccession"),
    ),
    Case(
        "schoolsuccession_of_two_schools",
        insert("schoolsuccession", successor_id=1),
        insert("schoolsuccession"),
    ),
]

_TEACHER = [
    Case("schools_teacher_trn_key", insert("teacher", trn="0000001"), insert("teacher")),
    Case(
        "schools_teacher_trn_key",
        update("teacher", trn="0000002"),
        update("teacher", trn="0000009"),
    ),
    Case(
        "schools_school_public_id_key",
        insert("school", public_id=SCHOOL),
        insert("school", public_id=PARTNERSHIP),
    ),
    Case(
        "schools_teacher_mentor_training_record_id_key",
        insert("teacher", mentor_training_record_id="80000000-0000-0000-0000-000000000001"),
        insert("teacher", mentor_training_record_id="80000000-0000-0000-0000-000000000099"),
    ),
    Case(
        "schools_teacher_participant_id_key",
        insert("teacher", participant_id="10000000-0000-0000-0000-000000000001"),
        insert("teacher"),
    ),
    *(
        Case("teacher_trn", insert("teacher", trn=trn), insert("teacher", trn="0012345"))
        for trn in ("", "12345", "123456", "12345a7", " 123456", "123456 ", "123456\n", "१२३४५६७")
    ),
    Case("teacher_name", insert("teacher", name=""), insert("teacher", name="A")),
    Case(
        "teacher_induction_finished_after_started",
        insert("teacher", induction_finished_on="2022-09-01"),
        insert("teacher", induction_finished_on="2022-09-02"),
    ),
    Case(
        "teacher_induction_finished_after_started",
        insert("teacher", induction_started_on=None, induction_finished_on="2022-09-02"),
        insert("teacher", induction_started_on=None),
    ),
    Case(
        trigger("schools.Teacher", "keeps_start_of_induction"),
        update("teacher", 2, induction_started_on=None),
        update("teacher", 3, induction_started_on=None),
    ),
]

_NEXT_MERGE = {
    "id": 98,
    "former_id": 998,
    "participant_id": "10000000-0000-0000-0000-000000000097",
    "mentor_training_record_id": "80000000-0000-0000-0000-000000000097",
    "trn": "0099997",
}
_NEXT_FORMER_ID = {"id": 98, "public_id": "20000000-0000-0000-0000-000000000097"}
_MERGE = [
    *(
        Case(
            f"schools_teachermerge_{name}_key",
            both(
                insert("teachermerge"),
                insert("teachermerge", **{k: v for k, v in _NEXT_MERGE.items() if k != name}),
            ),
            both(insert("teachermerge"), insert("teachermerge", **_NEXT_MERGE)),
        )
        for name in ("former_id", "participant_id", "mentor_training_record_id", "trn")
    ),
    *(
        Case(
            trigger("schools.Teacher", name),
            both(insert("teachermerge"), write(trn="0099998")),
            both(insert("teachermerge"), write(trn="0099990")),
        )
        for name, write in (
            ("has_no_merged_ids", partial(insert, "teacher")),
            ("gets_no_merged_ids", partial(update, "teacher")),
        )
    ),
    *(
        Case(
            trigger("schools.Teacher", "has_no_merged_ids"),
            both(insert("teachermerge"), insert("teacher", **{name: value})),
            both(insert("teachermerge"), insert("teacher")),
        )
        for name, value in (
            ("participant_id", "10000000-0000-0000-0000-000000000098"),
            ("mentor_training_record_id", "80000000-0000-0000-0000-000000000098"),
        )
    ),
    Case(
        "schools_formerpublicid_public_id_key",
        both(insert("formerpublicid"), insert("formerpublicid", id=98)),
        both(insert("formerpublicid"), insert("formerpublicid", **_NEXT_FORMER_ID)),
    ),
    Case(
        "formerpublicid_of_mentor_or_ect",
        insert("formerpublicid", ect_id=1),
        insert("formerpublicid", ect_id=1, mentor_id=None),
    ),
]

_TUTOR = [
    Case(
        "inductiontutor_source",
        insert("inductiontutor", source="Nomination"),
        insert("inductiontutor", source="dfe_sign_in"),
    ),
    Case(
        "inductiontutor_finished_after_started",
        insert("inductiontutor", finished_on="2022-09-01"),
        insert("inductiontutor", finished_on="2022-09-02"),
    ),
    Case(
        "inductiontutor_finished_after_started",
        update("inductiontutor", finished_on="2022-08-31"),
        update("inductiontutor", finished_on=None),
    ),
    Case(
        "inductiontutor_once_at_a_time",
        insert("inductiontutor", school_id=1, started_on="2025-08-31", finished_on=None),
        insert("inductiontutor", school_id=1, started_on="2025-09-01", finished_on=None),
    ),
    Case(
        "inductiontutor_once_at_a_time",
        insert("inductiontutor", school_id=1),
        insert("inductiontutor", school_id=1, source="dfe_sign_in"),
    ),
]


def _at_school(model: str, another: int) -> list[Case]:
    """What holds of a mentor's time and of an ECT's alike; row `another` is not row 1's teacher."""
    holder = update(model, email="held@school.example")
    return [
        Case(
            f"schools_{model}_public_id_key",
            insert(model, public_id="20000000-0000-0000-0000-000000000001"),
            insert(model),
        ),
        Case(
            f"{model}_finished_after_started",
            insert(model, finished_on="2022-09-01"),
            insert(model, finished_on="2022-09-02"),
        ),
        Case(
            f"{model}_finished_after_started",
            insert(model, finished_on="2021-09-01"),
            insert(model, finished_on=None),
        ),
        Case(
            f"{model}_email_lower_case",
            insert(model, email="New@school.example"),
            insert(model, email="new@school.example"),
        ),
        Case(
            f"{model}_email_one_holder",
            both(holder, insert(model, email="held@school.example", started_on="2025-08-31")),
            both(
                holder,
                insert(
                    model,
                    email="held@school.example",
                    started_on="2025-09-01",
                    finished_on=None,
                ),
            ),
        ),
        Case(
            f"{model}_email_one_holder",
            both(holder, update(model, another, email="held@school.example")),
            both(holder, update(model, another, email="other@school.example")),
        ),
    ]


_MENTOR = [
    *_at_school("mentoratschool", another=3),
    *(
        Case(
            "mentoratschool_reported_leaving",
            update("mentoratschool", 1, **wrong),
            update("mentoratschool", 1, reported_finished_on="2026-07-22", reported_by_id=2),
        )
        for wrong in (
            {"reported_finished_on": "2026-07-22"},
            {"reported_by_id": 2},
            {"reported_finished_on": "2026-07-22", "reported_by_id": 1},
            {"reported_finished_on": "1990-09-01", "reported_by_id": 2},
        )
    ),
    Case(
        "mentoratschool_once_at_a_time",
        insert("mentoratschool", teacher_id=1, started_on="2025-08-31", finished_on=None),
        insert("mentoratschool", teacher_id=1, started_on="2025-09-01", finished_on=None),
    ),
    Case(
        "mentoratschool_once_at_a_time",
        update("mentoratschool", 2, school_id=1),
        update("mentoratschool", 2, finished_on=None),
    ),
    Case(
        "mentoratschool_once_at_a_time",
        both(
            insert("mentoratschool", teacher_id=1, started_on="2025-09-01", finished_on=None),
            update("mentoratschool", 1, finished_on=None),
        ),
        both(
            insert("mentoratschool", teacher_id=1, started_on="2026-09-01", finished_on=None),
            update("mentoratschool", 1, finished_on="2026-09-01"),
        ),
    ),
]

_ECT = [
    *_at_school("ectatschool", another=2),
    Case(
        "ectatschool_one_school_at_a_time",
        insert("ectatschool", teacher_id=4, started_on="2025-08-31", finished_on=None),
        insert("ectatschool", teacher_id=4, started_on="2025-09-01", finished_on=None),
    ),
    Case(
        "ectatschool_one_school_at_a_time",
        insert("ectatschool", teacher_id=4, school_id=2),
        insert("ectatschool", teacher_id=3, school_id=2),
    ),
    Case(
        "ectatschool_one_school_at_a_time",
        update("ectatschool", 2, teacher_id=2),
        update("ectatschool", 2, teacher_id=3),
    ),
    Case(
        trigger("schools.ECTAtSchool", "has_start_of_induction"),
        both(update("teacher", 3, induction_started_on=None), insert("ectatschool")),
        both(update("teacher", 3, induction_started_on="2030-01-01"), insert("ectatschool")),
    ),
    Case(
        trigger("schools.ECTAtSchool", "gets_start_of_induction"),
        both(
            update("teacher", 3, induction_started_on=None),
            update("ectatschool", 2, teacher_id=3),
        ),
        both(
            update("teacher", 3, induction_started_on="2030-01-01"),
            update("ectatschool", 2, teacher_id=3),
        ),
    ),
]

_NOTE_WRITTEN = insert("staffnote", id=98)
_NOTE = [
    Case(
        "staffnote_on_teacher_or_school",
        insert("staffnote", school_id=1),
        insert("staffnote", teacher_id=None, school_id=1),
    ),
    Case(
        "staffnote_on_teacher_or_school", insert("staffnote", teacher_id=None), insert("staffnote")
    ),
    Case("staffnote_text_and_by", insert("staffnote", text=""), insert("staffnote", text="T")),
    Case("staffnote_text_and_by", insert("staffnote", by=""), insert("staffnote", by="user 2")),
    *(
        Case(
            trigger("schools.StaffNote", "append_only_as_written"),
            both(_NOTE_WRITTEN, update("staffnote", 98, **wrong)),
            both(_NOTE_WRITTEN, update("staffnote", 98, withdrawn_at=MOMENT, teacher_id=2)),
        )
        for wrong in (
            {"text": "Another text"},
            {"by": "user 2"},
            {"written_at": "2024-06-01 12:00+00"},
            {"teacher_id": None, "school_id": 1},
        )
    ),
    Case(
        trigger("schools.StaffNote", "append_only"),
        both(_NOTE_WRITTEN, delete("staffnote", 98)),
        _NOTE_WRITTEN,
    ),
]

CASES = [*_SCHOOL, *_SUCCESSION, *_TEACHER, *_MERGE, *_TUTOR, *_MENTOR, *_ECT, *_NOTE]
