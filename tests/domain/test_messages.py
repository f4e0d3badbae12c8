"""What the database refuses is said in words: by the form where it can see it, else afterwards."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import BaseConstraint

from core.refusals import is_refusal, words_of
from tests.domain.refusals import Case
from tests.domain.rows import OURS, Write, lay
from tests.domain.test_constraints import CASES

MODELS = {
    model._meta.model_name: model
    for label in OURS
    for model in apps.get_app_config(label).get_models()
}
# What a form does not see before it saves. The keys are over other records than the form's own;
# of a declaration a form has neither the teacher nor where its state was.
SEEN_BY_THE_DATABASE_ONLY = {
    "schoolpartnership_of_provider_led_year",
    "trainingperiod_within_mentor",
    "trainingperiod_within_ect",
    "trainingperiod_partnership_of_school",
    "schoolpartnership_of_providers_who_work_together",
    "mentorship_within_mentor",
    "mentorship_within_ect",
    "mentorship_within_induction",
    "declaration_of_training_period",
    "declaration_one_counting",
}
# What a form puts right before it asks.
PUT_RIGHT_BY_THE_FORM = {
    "user_email_lower_case",
    "mentoratschool_email_lower_case",
    "ectatschool_email_lower_case",
}
# Records that come about by the service's own doing.
IN_NO_FORM = {
    "declarationstatechange",
    "session",
    "completionnotice",
    "signincode",
    "apitoken",
    "requestwindow",
    "pagecursor",
    "shareddeclaration",
    "declarationcount",
    "participation",
    "providermentorship",
    "draftanswers",
    "leaving",
    "formerpublicid",
    "statemove",
    "statemoveitem",
}


def editable(case: Case) -> bool:
    """Whether a form could be asked for it: it has every field that the case bends."""
    if not isinstance(case.wrong, Write) or case.refused_by.startswith("pgtrigger_"):
        return False
    if case.wrong.model_name in IN_NO_FORM:
        return False
    fields = {field.attname: field for field in MODELS[case.wrong.model_name]._meta.fields}
    return all(name == "id" or fields[name].editable for name in case.wrong.bent)


def messages(write: Write, cursor: CursorWrapper) -> list[str]:
    """What a form with every editable field of the model says of what the statement writes."""
    model = MODELS[write.model_name]
    in_no_form = {field.name for field in model._meta.fields if not field.editable}
    with transaction.atomic():
        for statement in write.before:
            cursor.execute(statement)
        asked = model() if write.row is None else model.objects.get(pk=write.row)
        for name, value in write.values.items():
            setattr(asked, name, value)
        try:
            asked.full_clean(exclude=in_no_form)
        except ValidationError as error:
            return error.messages
        finally:
            transaction.set_rollback(True)
    return []


@pytest.fixture
def cursor(db):
    with connection.cursor() as cursor:
        lay(cursor)
        yield cursor


@pytest.mark.parametrize("case", list(filter(editable, CASES)), ids=lambda case: case.refused_by)
def test_a_form_says_what_is_wrong_and_nothing_of_what_is_right(case, cursor):
    said = messages(case.wrong, cursor)
    if case.refused_by not in SEEN_BY_THE_DATABASE_ONLY | PUT_RIGHT_BY_THE_FORM:
        assert said
    assert not [one for one in said if "Constraint" in one]
    if isinstance(case.right, Write):
        assert messages(case.right, cursor) == []


def test_in_a_race_the_refusal_is_told_from_a_failure_and_has_words(cursor):
    for case in CASES:
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            cursor.execute(f"{case.wrong}; SET CONSTRAINTS ALL IMMEDIATE")
        assert is_refusal(refused.value), case
        said = words_of(refused.value)
        assert said, case
        assert said != BaseConstraint.default_violation_error_message, case
