"""Declarations, their log, the API's tokens, and completions that DfE recorded itself."""

from tests.domain.refusals import Case, trigger
from tests.domain.rows import both, declare, insert, log, move, pair, update
from tests.domain.valid_rows import DECLARATION, MOMENT

_LABEL = "declarations.Declaration"
_LOG = "declarations.DeclarationStateChange"
_COMPLETED = {"declaration_type": "completed"}
# Teacher 1 is also at school 2 (mentor 2), and trains there with provider 2.
_ELSEWHERE = insert(
    "trainingperiod",
    id=9,
    mentor_id=2,
    school_id=2,
    partnership_id=2,
    lead_provider_id=2,
)
# The world's own rows are checked, and no longer wait to be.
_SETTLED = "SET CONSTRAINTS ALL IMMEDIATE"
_BY_PROVIDER_2 = {"training_period_id": 9, "lead_provider_id": 2, "partnership_id": 2}


def _without(name: str, statement: str) -> str:
    """With one trigger off, to meet the check that stands behind it."""
    off = f"ALTER TABLE declarations_declaration DISABLE TRIGGER {trigger(_LABEL, name)}"
    return both("SET CONSTRAINTS ALL IMMEDIATE", off, statement)


def _through_another_partnership(**bent: object) -> str:
    return both(
        insert("deliverypartner", id=9),
        pair(delivery_partner_id=9, cohort_id=1, **bent),
        insert("schoolpartnership", id=9, delivery_partner_id=9, **bent),
        update("trainingperiod", 1, partnership_id=9, **bent),
    )


# Teacher 1 is an ECT at school 2 as well, and trains there with provider 2.
_AS_AN_ECT = both(
    insert("ectatschool", id=9, teacher_id=1, school_id=2),
    insert(
        "trainingperiod",
        id=9,
        mentor_id=None,
        ect_id=9,
        school_id=2,
        partnership_id=2,
        lead_provider_id=2,
    ),
)
_OF_THE_ECT = {
    "training_period_id": 9,
    "lead_provider_id": 2,
    "partnership_id": 2,
    "course_identifier": "ecf-induction",
}

_OF_ITS_TRAINING_PERIOD = [
    Case("declaration_of_training_period", declare(teacher_id=2), declare(teacher_id=1)),
    Case("declaration_of_training_period", declare(lead_provider_id=2), declare()),
    Case(
        "declaration_of_training_period",
        update("declaration", DECLARATION, training_period_id=2),
        update("declaration", DECLARATION, training_period_id=1),
    ),
    Case(
        # The training period goes over to another provider when it has a declaration already.
        "declaration_of_training_period",
        _through_another_partnership(lead_provider_id=2),
        _through_another_partnership(lead_provider_id=1),
    ),
    Case(
        "declaration_of_training_period",
        declare(course_identifier="ecf-induction"),
        declare(course_identifier="ecf-induction", training_period_id=2, teacher_id=2),
    ),
    *(
        Case(
            "declaration_partnership_of_training_period",
            declare(**{column: 2}),
            declare(**{column: 1}),
        )
        for column in ("cohort_id", "partnership_id")
    ),
    *(
        Case(
            "declaration_partnership_of_training_period",
            update("declaration", DECLARATION, **{column: 2}),
            update("declaration", DECLARATION, **{column: 1}),
        )
        for column in ("cohort_id", "partnership_id")
    ),
]

_ONE_COUNTING = [
    Case(
        # The same person, declared for as an ECT and as a mentor.
        "declaration_one_counting",
        both(_AS_AN_ECT, declare(**_COMPLETED)),
        both(_AS_AN_ECT, declare(**_COMPLETED, **_OF_THE_ECT)),
    ),
    Case("declaration_one_counting", declare(**_COMPLETED), declare(declaration_type="started")),
    Case(
        "declaration_one_counting",
        declare(**_COMPLETED, state="eligible"),
        both(move("voided"), declare(**_COMPLETED)),
    ),
    Case(
        # Another provider, at another school, declares the same teacher.
        "declaration_one_counting",
        both(_ELSEWHERE, declare(**_COMPLETED, **_BY_PROVIDER_2)),
        both(_ELSEWHERE, declare(**_BY_PROVIDER_2)),
    ),
    Case(
        "declaration_one_counting",
        both(
            declare(id=DECLARATION[:-1] + "2"),
            update("declaration", DECLARATION, declaration_type="started"),
        ),
        both(
            declare(id=DECLARATION[:-1] + "2"),
            update("declaration", DECLARATION, declaration_type="retained-1"),
        ),
    ),
    *(
        Case(
            "declaration_one_counting",
            both(move(*("eligible", "payable", "paid")[:steps]), declare(**_COMPLETED)),
            both(move("eligible", "payable", "paid", "awaiting_clawback"), declare(**_COMPLETED)),
        )
        for steps in (1, 2, 3)
    ),
]

_NOTICES = [
    Case(
        "completionnotice_kind",
        insert("completionnotice", kind="void"),
        insert("completionnotice", kind="taken_back"),
    ),
    Case(
        "completionnotice_once_of_a_kind",
        insert("completionnotice", kind="completed"),
        insert("completionnotice", kind="taken_back"),
    ),
]

_STATES = [
    Case(
        trigger(_LABEL, "starts_submitted_or_eligible"),
        insert("declaration", state="payable"),
        declare(state="eligible"),
    ),
    Case(
        trigger(_LABEL, "state_machine"),
        update("declaration", DECLARATION, state="payable"),
        move("eligible"),
    ),
    Case(trigger(_LABEL, "state_is_logged"), insert("declaration"), declare()),
    Case(
        trigger(_LABEL, "state_is_logged"),
        both(_SETTLED, update("declaration", DECLARATION, state="voided")),
        move("voided"),
    ),
    Case(
        # The triggers refuse it before the check can; the check stands if they are off.
        "declaration_state",
        _without("starts_submitted_or_eligible", insert("declaration", state="Paid")),
        declare(state="eligible"),
    ),
    Case(
        "declaration_course",
        declare(course_identifier="ecf"),
        declare(course_identifier="ecf-mentor"),
    ),
    Case(
        "declaration_type",
        declare(declaration_type="retained-5"),
        declare(declaration_type="retained-4"),
    ),
    Case(
        "declaration_evidence_held",
        declare(evidence_held="hearsay"),
        declare(evidence_held="other"),
    ),
]


def _truncate(what: str, allowed: str) -> str:
    return both(_SETTLED, f"SET LOCAL app.allow_truncate = {allowed}", f"TRUNCATE {what}")


_VOIDED = update("declaration", DECLARATION, state="voided")
_TO_VOIDED = {"to_state": "voided"}
_LOGGED = [
    Case("declarationstatechange_states", log("voided", "submitted"), move("voided")),
    Case("declarationstatechange_states", log("", "paid"), move("eligible", "payable", "paid")),
    Case(
        "declarationstatechange_leaves_once",
        both(move("eligible"), log("submitted", "voided")),
        both(move("eligible", "voided")),
    ),
    *(
        Case(
            "declarationstatechange_by_and_why",
            both(_VOIDED, insert("declarationstatechange", **_TO_VOIDED, **{column: ""})),
            both(_VOIDED, insert("declarationstatechange", **_TO_VOIDED, **{column: "token 3"})),
        )
        for column in ("by", "why")
    ),
    # A row of the log without its move, and one that leaves a state that never was.
    Case(trigger(_LOG, "logs_a_change"), log("submitted", "eligible"), move("eligible")),
    Case(trigger(_LOG, "logs_a_change"), log("eligible", "voided"), move("eligible", "voided")),
    Case(
        trigger(_LOG, "append_only"),
        "UPDATE declarations_declarationstatechange SET by = 'user 2'",
        move("eligible"),
    ),
    Case(
        trigger(_LOG, "append_only"),
        "DELETE FROM declarations_declarationstatechange",
        move("eligible"),
    ),
    Case(
        trigger(_LOG, "refuse_truncate"),
        _truncate("declarations_declarationstatechange", allowed="off"),
        # Only the test suite may empty the log, between its tests.
        _truncate("declarations_declarationstatechange", allowed="on"),
    ),
    Case(
        trigger(_LOG, "refuse_truncate"),
        _truncate("declarations_declaration CASCADE", allowed="off"),
        _truncate("declarations_declaration CASCADE", allowed="on"),
    ),
]

_USED = [
    Case(
        "declarations_apitoken_digest_key", insert("apitoken", digest="1" * 64), insert("apitoken")
    ),
    Case("apitoken_digest", insert("apitoken", digest="F" * 64), insert("apitoken")),
    Case("apitoken_digest", insert("apitoken", digest="f" * 63), insert("apitoken")),
    Case(
        "declarations_requestwindow_requests_check",
        insert("requestwindow", requests=-1),
        insert("requestwindow", requests=0),
    ),
    Case(
        "declarations_pagecursor_next_page_check",
        insert("pagecursor", next_page=-1),
        insert("pagecursor", next_page=0),
    ),
    Case(
        "pagecursor_one_of_a_kind",
        insert("pagecursor", token_id=1),
        insert("pagecursor", token_id=2),
    ),
    Case(
        "participation_once",
        insert("participation", lead_provider_id=1, teacher_id=1),
        insert("participation", lead_provider_id=1),
    ),
    Case(
        "shareddeclaration_once",
        insert("shareddeclaration", lead_provider_id=1),
        insert("shareddeclaration", lead_provider_id=2),
    ),
]

_RECORDED = [
    Case(
        "recordedcompletion_one_of_a_kind",
        insert("recordedcompletion", teacher_id=1),
        insert("recordedcompletion", teacher_id=1, kind="started_not_completed"),
    ),
    Case(
        "recordedcompletion_kind",
        insert("recordedcompletion", kind="completed"),
        insert("recordedcompletion", kind="early_roll_out"),
    ),
]

_MOVES = [
    Case("statemove_state", insert("statemove", to_state="sent"), insert("statemove")),
    Case("statemove_by_and_why", insert("statemove", by=""), insert("statemove", by="u")),
    Case("statemove_by_and_why", insert("statemove", why=""), insert("statemove", why="w")),
    Case(
        "statemove_begun_before_finished",
        insert("statemove", finished_at=MOMENT),
        insert("statemove", begun_at=MOMENT, finished_at=MOMENT),
    ),
    Case(
        "statemoveitem_once_in_a_move",
        insert("statemoveitem", declaration_id=DECLARATION),
        insert("statemoveitem"),
    ),
    Case(
        "statemoveitem_outcome",
        insert("statemoveitem", outcome="gone"),
        insert("statemoveitem", outcome="moved"),
    ),
    Case(
        "statemoveitem_says_why",
        insert("statemoveitem", outcome="refused"),
        insert("statemoveitem", outcome="refused", reason="No declaration has this id."),
    ),
]

CASES = [
    *_MOVES,
    *_OF_ITS_TRAINING_PERIOD,
    *_ONE_COUNTING,
    *_NOTICES,
    *_STATES,
    *_LOGGED,
    *_USED,
    *_RECORDED,
]
