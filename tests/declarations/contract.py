"""The words of the provider contract, as its document has them, for the tests to compare with."""

PARTICIPANT_MISSING = ("participant_id", "Enter a '#/participant_id'.")
PARTICIPANT_UNKNOWN = (
    "participant_id",
    "Your update cannot be made as the '#/participant_id' is not recognised. Check participant "
    "details and try again.",
)
OTHER_COURSE = (
    "course_identifier",
    "The entered '#/course_identifier' is not recognised for the given participant. Check details "
    "and try again.",
)
COURSE_MISSING = ("course_identifier", "Enter a '#/course_identifier'.")
DATE_MISSING = ("declaration_date", "Enter a '#/declaration_date'.")
TYPE_MISSING = ("declaration_type", "Enter a '#/declaration_type'.")
TYPE_UNKNOWN = ("declaration_type", "Enter a valid declaration type.")
ALREADY = (
    "declaration_type",
    "A declaration has already been submitted that will be, or has been, paid for this event.",
)
FUTURE = (
    "declaration_date",
    "The '#/declaration_date' value cannot be a future date. Check the date and try again.",
)
BEFORE_COHORT = (
    "declaration_date",
    "Declaration date must be on or after the milestone start date for the same declaration type.",
)
NOT_A_DATE = ("declaration_date", "Enter a valid RCF3339 '#/declaration_date'.")
NOT_FOR_COHORT = (
    "declaration_type",
    "You cannot send retained or extended declarations for participants who began their mentor "
    "training after June 2025. Resubmit this declaration with either a started or completed "
    "declaration.",
)
EVIDENCE_MISSING = ("evidence_held", "Enter a '#/evidence_held' value for this participant.")
EVIDENCE_OTHER = (
    "evidence_held",
    "Enter an available '#/evidence_held' type for this participant.",
)
WITHDREW = (
    "participant_id",
    "This participant withdrew from this course on 2025-03-01T00:00:00Z. Enter a "
    "'#/declaration_date' that's on or before the withdrawal date.",
)
CLOSED = (
    "cohort",
    "You cannot submit or void declarations for the 2021 cohort. The funding contract for this "
    "cohort has ended. Get in touch if you need to discuss this with us.",
)
OUT_OF_ORDER = (
    "declaration_date",
    "This '#/declaration_date' is invalid. Check that it is in sequence with existing declaration "
    "dates for this participant.",
)
ALREADY_VOIDED = ("participant_declaration_id", "The declaration has already been voided.")
REFUNDED = ("participant_declaration_id", "The declaration will or has been refunded")
VOID_CLOSED = (
    "participant_declaration_id",
    "You cannot submit or void declarations for the 2021 cohort. The funding contract for this "
    "cohort has ended. Get in touch if you need to discuss this with us",
)
