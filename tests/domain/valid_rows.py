"""One valid row of every table of ours, for the tests to bend.

Each goes in beside the small world that `rows` lays, whose ids it refers to.
"""

DECLARATION = "00000000-0000-0000-0000-000000000001"
# The public ids of the world's first school and of its partnership.
SCHOOL = "60000000-0000-0000-0000-000000000001"
PARTNERSHIP = "70000000-0000-0000-0000-000000000001"

AT_SCHOOL = {"started_on": "2022-09-01", "finished_on": "2025-09-01"}
MOMENT = "2023-06-01 12:00+00"

# One more row of each table that goes in beside the world.
VALID: dict[str, dict[str, object]] = {
    "user": {
        "email": "jo@school.example",
        "name": "Jo",
        "password": "!",
        "is_superuser": False,
        "is_staff": False,
        "is_active": True,
        "date_joined": MOMENT,
        "invitations": 0,
    },
    "session": {
        "session_key": "k" * 32,
        "session_data": "",
        "expire_date": MOMENT,
        "user_id": 1,
    },
    "signincode": {
        "browser": "a" * 64,
        "digest": "b" * 64,
        "issued_at": MOMENT,
        "tries": 0,
    },
    "dfesigninidentity": {
        "user_id": 2,
        "issuer": "https://dfe.example",
        "subject": "second",
    },
    "school": {
        "urn": 123456,
        "name": "New School",
        "status": 1,
        "establishment_type": "",
        "phase": "",
        "local_authority": "",
        "region": "",
        "street": "",
        "town": "",
        "postcode": "",
        "opened_on": "1990-09-01",
        "closed_on": None,
    },
    "schoolsuccession": {"school_id": 1, "successor_id": 2},
    "teacher": {
        "participant_id": "10000000-0000-0000-0000-000000000099",
        "trn": "0099999",
        "name": "New Teacher",
        "date_of_birth": "1990-01-01",
        "induction_started_on": "2022-09-01",
        "induction_finished_on": None,
    },
    "teachermerge": {
        "teacher_id": 1,
        "former_id": 999,
        "participant_id": "10000000-0000-0000-0000-000000000098",
        "into_participant_id": "10000000-0000-0000-0000-000000000001",
        "mentor_training_record_id": "80000000-0000-0000-0000-000000000098",
        "trn": "0099998",
        "name": "Former Teacher",
        "date_of_birth": "1990-01-01",
        "merged_at": MOMENT,
        "by": "user 1",
        "rows": "[]",
    },
    "formerpublicid": {
        "public_id": "20000000-0000-0000-0000-000000000098",
        "mentor_id": 1,
        "ect_id": None,
    },
    "inductiontutor": AT_SCHOOL
    | {"user_id": 1, "school_id": 2, "source": "nomination", "named_as": ""},
    "mentoratschool": AT_SCHOOL
    | {
        "public_id": "20000000-0000-0000-0000-000000000099",
        "teacher_id": 4,
        "school_id": 1,
        "email": "new@school.example",
    },
    "ectatschool": AT_SCHOOL
    | {
        "public_id": "30000000-0000-0000-0000-000000000099",
        "teacher_id": 3,
        "school_id": 1,
        "email": "new@school.example",
    },
    "leadprovider": {"name": "New Provider", "email": ""},
    "deliverypartner": {
        "public_id": "40000000-0000-0000-0000-000000000099",
        "name": "New Partner",
    },
    "cohort": {"start_year": 2024, "closed_for_payment": False},
    "leadproviderdeliverypartnership": {
        "lead_provider_id": 1,
        "delivery_partner_id": 1,
        "cohort_id": 2,
    },
    "schoolyear": {
        "school_id": 2,
        "cohort_id": 2,
        "programme": "provider_led",
        "appropriate_body": "",
    },
    "schoolpartnership": {
        "school_year_id": 1,
        "school_id": 1,
        "cohort_id": 1,
        "lead_provider_id": 2,
        "delivery_partner_id": 1,
    },
    "trainingperiod": {
        "started_on": "2024-01-01",
        "finished_on": "2025-01-01",
        "public_id": "50000000-0000-0000-0000-000000000099",
        "mentor_id": 1,
        "ect_id": None,
        "teacher_id": 1,
        "school_id": 1,
        "partnership_id": 1,
        "lead_provider_id": 1,
        "cohort_id": 1,
        "end_reason": "",
        "withdrawn_at": None,
        "withdrawn_reason": "",
        "deferred_at": None,
        "deferred_reason": "",
    },
    "declaration": {
        "id": "00000000-0000-0000-0000-000000000099",
        "training_period_id": 1,
        "teacher_id": 1,
        "lead_provider_id": 1,
        "partnership_id": 1,
        "course_identifier": "ecf-mentor",
        "cohort_id": 1,
        "delivery_partner_id": 1,
        "declaration_type": "started",
        "declaration_date": MOMENT,
        "evidence_held": "",
        "state": "submitted",
        "created_at": MOMENT,
    },
    # Right together with the move that it logs.
    "declarationstatechange": {
        "declaration_id": DECLARATION,
        "from_state": "submitted",
        "to_state": "eligible",
        "changed_at": MOMENT,
        "by": "user 1",
        "why": "checked",
    },
    "statemove": {
        "to_state": "payable",
        "why": "statement of June",
        "by": "user 1",
        "planned_at": MOMENT,
        "begun_at": None,
        "finished_at": None,
    },
    "statemoveitem": {
        "move_id": 1,
        "declaration_id": "00000000-0000-0000-0000-000000000099",
        "from_state": "",
        "outcome": "waiting",
        "reason": "",
    },
    "completionnotice": {
        "teacher_id": 1,
        "kind": "taken_back",
        "declaration_id": DECLARATION,
        "noticed_at": MOMENT,
    },
    "apitoken": {
        "lead_provider_id": 1,
        "digest": "f" * 64,
        "created_at": MOMENT,
        "revoked_at": None,
    },
    "requestwindow": {"token_id": 2, "started_at": MOMENT, "requests": 1},
    "pagecursor": {
        "token_id": 2,
        "asked": "60000000-0000-0000-0000-000000000001",
        "next_page": 2,
        "moments": [MOMENT],
        "last_id": DECLARATION,
        "made_at": MOMENT,
    },
    "recordedcompletion": {"teacher_id": 3, "kind": "early_roll_out", "recorded_at": MOMENT},
    "mentorship": {
        "started_on": "2024-01-01",
        "finished_on": "2025-01-01",
        "mentor_id": 1,
        "ect_id": 1,
        "school_id": 1,
        "mentor_teacher_id": 1,
        "ect_teacher_id": 2,
        "end_reason": "changed",
    },
    "leaving": {
        "mentor_id": None,
        "ect_id": 1,
        "finished_on": "2024-08-01",
        "finished_on_before": None,
        "cut_short": "[]",
        "told_at": MOMENT,
    },
    "draftanswers": {
        "user_id": 1,
        "school_id": 1,
        "name": "assign",
        "about": None,
        "answers": "{}",
        "touched_at": MOMENT,
    },
    "statuspolicy": {"in_force_from": "2024-01-01", "policy": "three_statuses", "months": None},
}
