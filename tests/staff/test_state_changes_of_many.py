"""Finance staff move many declarations, chosen in the list, to one state."""

from collections import Counter
from uuid import uuid4

import pytest

from declarations.models import Declaration
from declarations.states import State
from staff.state_changes import forms
from tests.declarations.trained import bring_to, declare, make_trained
from tests.machine import TRANSITIONS
from tests.staff.finance import LIST, MOVE_MANY, enter_as, log, page_of, read, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance():
    return enter_as("finance")


@pytest.fixture
def one_in_each_state() -> list[Declaration]:
    return [bring_to(declare(make_trained()), state) for state in State]


def choose(browser, declarations, address=LIST, **more):
    chosen = [declaration.pk for declaration in declarations]
    data = {"action": "move_selected", "_selected_action": chosen, **more}
    return browser.post(address, data)


def answer(browser, declarations, address=MOVE_MANY, /, **answers):
    chosen = [declaration.pk for declaration in declarations]
    return browser.post(address, {"declarations": chosen, "why": "Statement 7"} | answers)


def test_the_page_that_asks_says_what_was_chosen_and_how_many_may_move(finance, one_in_each_state):
    page = read(choose(finance[0], one_in_each_state))
    listed = Counter(cell.text for cell in page.select("tbody td:nth-of-type(2)"))
    assert listed == Counter(state.label for state in State)
    choices = [choice.find_parent("label").text.strip() for choice in page.select("[name=to]")]
    assert choices == [
        "Make eligible (1 of 7 can)",
        "Make payable (1 of 7 can)",
        "Record as paid (1 of 7 can)",
        "Void (3 of 7 can)",
        "Begin clawback (1 of 7 can)",
        "Record as clawed back (1 of 7 can)",
    ]
    hidden = {field["value"] for field in page.find_all("input", {"name": "declarations"})}
    assert hidden == {str(declaration.pk) for declaration in one_in_each_state}


@pytest.mark.parametrize("to", sorted({to for _, to in TRANSITIONS}))
def test_those_that_may_are_moved_and_each_refusal_is_told(finance, one_in_each_state, to):
    browser, member = finance
    before = {declaration.pk: declaration.state for declaration in one_in_each_state}
    logged = {declaration.pk: log(declaration) for declaration in one_in_each_state}
    posted = answer(browser, one_in_each_state, to=to)
    assert (posted.status_code, posted.url) == (302, LIST)
    moved, messages = 0, said(posted)
    for declaration in one_in_each_state:
        declaration.refresh_from_db()
        was = before[declaration.pk]
        if (was, to) in TRANSITIONS:
            moved += 1
            assert declaration.state == to
            row = (was, to, f"user {member.pk}", "Statement 7")
            assert log(declaration) == [*logged[declaration.pk], row]
        else:
            assert declaration.state == was
            assert log(declaration) == logged[declaration.pk]
            reason = f"{State(was).label} cannot become {State(to).label}."
            (told,) = [message for message in messages if page_of(declaration) in message]
            assert reason in told
    assert f"Now {State(to).label}: {moved}." in messages
    assert len(messages) == 1 + len(State) - moved


def test_when_none_may_move_nothing_is_said_to_have_moved(finance):
    declaration = bring_to(declare(make_trained()), State.VOIDED)
    (told,) = said(answer(finance[0], [declaration], to="paid"))
    assert "Not moved" in told
    assert "Voided cannot become Paid" in told


def test_a_state_chosen_before_somebody_else_moved_one_is_judged_as_they_stand(finance):
    first, second = declare(make_trained()), declare(make_trained())
    read(choose(finance[0], [first, second], f"{LIST}?state__exact=submitted"))
    bring_to(first, State.VOIDED)
    messages = said(answer(finance[0], [first, second], to="eligible"))
    assert messages[0] == "Now Eligible: 1."
    assert "Voided cannot become Eligible" in messages[1]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"to": "voided", "why": ""}, "Enter why"),
        ({"to": ""}, "Choose the new state"),
        ({"to": "submitted"}, "Select a valid choice"),
        ({"to": "voided", "declarations": []}, "Choose declarations in the list first"),
        ({"to": "voided", "declarations": ["x"]}, "is not a valid UUID"),
        ({"to": "voided", "declarations": [uuid4()]}, "is not one of the available choices"),
    ],
)
def test_a_faulty_answer_is_told_and_moves_nothing(finance, answers, message):
    declaration = declare(make_trained())
    page = read(answer(finance[0], [declaration], **answers))
    assert page.title.text.strip().startswith("Error:")
    assert message in " ".join(error.text for error in page.select(".errorlist"))
    declaration.refresh_from_db()
    assert declaration.state == "submitted"


def test_more_than_can_be_moved_at_once_are_refused(finance, monkeypatch):
    monkeypatch.setattr("staff.state_changes.admin.MOST", 1)
    monkeypatch.setattr(forms, "MOST", 1)
    two = [declare(make_trained()), declare(make_trained())]
    chosen = choose(finance[0], two, select_across="1")
    assert said(chosen) == ["Choose 500 declarations or fewer at a time."]
    page = read(answer(finance[0], two, to="voided"))
    assert "Choose 500 declarations or fewer at a time" in page.text
    assert set(Declaration.objects.values_list("state", flat=True)) == {"submitted"}


def test_the_list_is_as_it_was_filtered_afterwards(finance):
    declaration = declare(make_trained())
    filtered = f"{LIST}?state__exact=submitted"
    page = read(choose(finance[0], [declaration], filtered))
    form = page.select_one("#content form")
    assert page.select_one(".closelink")["href"] == filtered
    posted = answer(finance[0], [declaration], form["action"], to="eligible")
    assert posted.url == filtered


def test_without_a_form_the_address_leads_to_the_list(finance):
    got = finance[0].get(MOVE_MANY)
    assert (got.status_code, got.url) == (302, LIST)


def test_each_is_moved_in_a_few_queries(finance, django_assert_max_num_queries):
    many = [declare(make_trained()) for _ in range(10)]
    with django_assert_max_num_queries(20 + 6 * 10):
        answer(finance[0], many, to="voided")
