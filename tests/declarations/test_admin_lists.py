"""The lists of what providers reported, in admin: what is found, filtered, and at what cost."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from declarations.models import CompletionNotice, Declaration, RecordedCompletion
from declarations.state_moves import plan_ids
from declarations.states import State
from declarations.tokens import make_token
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_teacher
from tests.declarations.trained import NOW, bring_to, claim_about, declare, make_trained

pytestmark = pytest.mark.django_db
MODELS = [
    pytest.param(model, id=model.__name__)
    for model in admin.site._registry
    if model._meta.app_label == "declarations"
]


@pytest.fixture
def staff(client):
    enter_admin(client, make_staff(is_superuser=True))
    return client


def address(model: type = Declaration) -> str:
    return reverse(f"admin:declarations_{model._meta.model_name}_changelist")


def listed(browser, model: type = Declaration, **asked: object) -> list[str]:
    """The identifiers of the rows shown, in their order."""
    answer = browser.get(address(model), asked)
    assert answer.status_code == 200, answer
    page = BeautifulSoup(answer.content, "html.parser")
    return [row["href"].split("/")[-3] for row in page.select("tbody th a")]


# --- What it costs ---


def another(number: int) -> None:
    """One more row of every model of the app, with what it belongs to."""
    training = make_trained(2021 + number, f"Provider {number}", f"Partner {number}")
    declaration = declare(training, evidence_held="other")
    CompletionNotice.objects.create(
        teacher=training.teacher, declaration=declaration, kind="completed", noticed_at=NOW
    )
    RecordedCompletion.objects.create(teacher=training.teacher, kind="early_roll_out")
    make_token(training.lead_provider, by="test", now=NOW)
    plan_ids([declaration.pk], State.ELIGIBLE, by="user 1", why="statement", now=NOW)


@pytest.mark.parametrize("model", MODELS)
def test_a_longer_list_takes_no_more_queries(staff, model):
    another(0)
    staff.get(address(model))
    with CaptureQueriesContext(connection) as with_one:
        before = listed(staff, model)
    for number in range(1, 4):
        another(number)
    with CaptureQueriesContext(connection) as with_four:
        assert len(listed(staff, model)) == len(before) + 3
    assert len(with_four) == len(with_one)


# --- What is found ---


@pytest.fixture
def jane() -> Declaration:
    """A declaration about Jane Thomas (0012345), beside another's."""
    declare(make_trained(teacher=make_teacher("John Thomas", "1234500")))
    return declare(make_trained(teacher=make_teacher("Jane Thomas", "0012345")))


SEARCHES = {
    "TRN": lambda d: "0012345",
    "TRN without its zeros": lambda d: "12345",
    "name": lambda d: "jane",
    "two words": lambda d: "Thomas Jane",
    "name and TRN": lambda d: "thomas 0012345",
    "participant id": lambda d: str(d.teacher.participant_id),
    "declaration id": lambda d: str(d.pk).upper(),
}


@pytest.mark.parametrize("search", SEARCHES)
def test_a_declaration_is_found_by(staff, jane, search):
    assert listed(staff, q=SEARCHES[search](jane)) == [str(jane.pk)]


@pytest.mark.parametrize(
    "search",
    ["0012346", "123456789", "Jan e Smith", "6f1ed002-ab59-4b5e-8bd5-9ca1a2ab1f2b", "%", "٣", '"'],
)
def test_what_is_not_there_is_not_found(staff, jane, search):
    assert listed(staff, q=search) == []


@pytest.mark.parametrize("search", ["TRN", "name", "participant id"])
def test_a_recorded_completion_is_found_by(staff, jane, search):
    kind = "early_roll_out"
    found = RecordedCompletion.objects.create(teacher=jane.teacher, kind=kind)
    RecordedCompletion.objects.create(teacher=make_teacher("Joe Other"), kind=kind)
    assert listed(staff, RecordedCompletion, q=SEARCHES[search](jane)) == [str(found.pk)]


def test_the_newest_comes_first_and_no_other_order_is_offered(staff):
    first = declare(make_trained())
    Declaration.objects.update(created_at=datetime(2024, 1, 1, tzinfo=UTC))
    second = declare(make_trained())
    assert listed(staff) == listed(staff, o="2.3") == [str(second.pk), str(first.pk)]
    assert listed(staff, o="6") == [str(first.pk), str(second.pk)]


# --- What is filtered ---


def test_it_is_filtered_by_state_type_provider_and_cohort(staff):
    one = declare(make_trained(2021, "UCL"), "completed")
    other = bring_to(declare(make_trained(2023, "Teach First")), State.VOIDED)
    for asked in (
        {"state__exact": "submitted"},
        {"declaration_type__exact": "completed"},
        {"lead_provider__id__exact": one.lead_provider_id},
        {"cohort__id__exact": one.cohort_id},
    ):
        assert listed(staff, **asked) == [str(one.pk)], asked
    assert set(listed(staff)) == {str(one.pk), str(other.pk)}


@pytest.mark.parametrize(
    ("declared", "year"),
    [
        ("2023-08-31T22:59:59Z", 2022),  # 23:59 in London
        ("2023-08-31T23:00:00Z", 2023),  # midnight in London
        ("2024-08-31T22:59:59Z", 2023),
        ("2024-08-31T23:00:00Z", 2024),
    ],
)
def test_it_is_filtered_by_the_academic_year_of_its_date_in_london(staff, declared, year):
    for cohort in (2022, 2023, 2024):
        make_trained(cohort)
    declaration = declare(make_trained(), declaration_date=declared)
    for asked in (2022, 2023, 2024):
        found = [str(declaration.pk)] if asked == year else []
        assert listed(staff, declared_in=asked) == found, asked


@pytest.mark.parametrize("year", ["x", "1800", "99999", ""])
def test_an_academic_year_that_is_none_filters_nothing(staff, year):
    declaration = declare(make_trained())
    assert listed(staff, declared_in=year) == [str(declaration.pk)]


def test_its_page_shows_all_that_a_caller_may_quote(staff):
    training = make_trained()
    declaration = declare(training)
    text = staff.get(reverse("admin:declarations_declaration_change", args=[declaration.pk])).text
    claim = claim_about(training.teacher)
    for quoted in (declaration.pk, claim.participant_id, training.teacher.trn, "Selby Teaching"):
        assert str(quoted) in text
