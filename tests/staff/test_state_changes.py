"""Finance staff move one declaration's state through its page in admin."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from declarations.models import Cohort, Declaration, DeclarationStateChange
from declarations.states import State
from declarations.submission import RefusedDeclaration, void
from declarations.tokens import make_token
from mentors.models import StatusPolicy
from tests import builders
from tests.accounts.signing_in import enter_admin, make_staff
from tests.declarations.test_status_follows import reads_completed
from tests.declarations.trained import NOW, bring_to, declare, make_trained
from tests.machine import TRANSITIONS
from tests.staff.finance import LIST, enter_as, log, move_page, page_of, read, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance() -> tuple[Client, User]:
    return enter_as("finance")


def moves_offered(page) -> set[str]:
    links = [link["href"] for link in page.select(".submit-row a.button")]
    return {link.split("/")[-2] for link in links if "/move/" in link}


@pytest.mark.parametrize("state", State)
def test_the_page_offers_the_moves_of_the_machine_and_no_others(finance, state):
    declaration = bring_to(declare(make_trained()), state)
    page = read(finance[0].get(page_of(declaration)))
    assert moves_offered(page) == {to for before, to in TRANSITIONS if before == state}


@pytest.mark.parametrize("before", State)
def test_every_move_is_made_and_logged_or_refused_in_words(finance, before):
    browser, member = finance
    refusing = bring_to(declare(make_trained()), before)
    for to in State:
        may = (before, to) in TRANSITIONS
        declaration = bring_to(declare(make_trained()), before) if may else refusing
        logged = log(declaration)
        address = move_page(declaration, to)
        asked = browser.get(address)
        answer = browser.post(address, {"why": " Statement 7 "})
        assert (answer.status_code, answer.url) == (302, page_of(declaration))
        declaration.refresh_from_db()
        if may:
            assert read(asked)
            assert declaration.state == to
            assert log(declaration) == [*logged, (before, to, f"user {member.pk}", "Statement 7")]
            assert said(answer)[-1] == f"The declaration is {to.label} now."
        else:
            assert asked.url == page_of(declaration)
            assert (declaration.state, log(declaration)) == (before, logged)
            refusal = f"A declaration that is {before.label} cannot become {to.label}."
            assert refusal in said(answer)[-1]


@pytest.mark.parametrize(
    ("why", "message"),
    [
        ("", "Enter why"),
        ("   ", "Enter why"),
        ("x" * 201, "at most 200 characters"),
        ("\x00\u200b", "Enter why"),
    ],
)
def test_a_move_says_why(finance, why, message):
    declaration = declare(make_trained())
    page = read(finance[0].post(move_page(declaration, "voided"), {"why": why}))
    assert page.title.text.strip().startswith("Error:")
    assert message in page.select_one(".errorlist").text
    assert page.find("input", {"name": "why"})["aria-invalid"] == "true"
    declaration.refresh_from_db()
    assert declaration.state == "submitted"


def test_staff_void_in_a_closed_cohort_where_the_contract_refuses_the_provider(finance):
    declaration = bring_to(declare(make_trained(2021)), State.PAID)
    Cohort.objects.update(closed_for_payment=True)
    with pytest.raises(RefusedDeclaration):
        void(declaration.lead_provider, declaration.pk, by="token 1", now=NOW)
    finance[0].post(move_page(declaration, "awaiting_clawback"), {"why": "As agreed"})
    declaration.refresh_from_db()
    assert declaration.state == "awaiting_clawback"


# --- What schools read ---


@pytest.mark.parametrize(
    ("policy", "now", "then"),
    [
        ("completed_only", "“Training completed” on", "no status of mentor training."),
        ("three_statuses", "“Training completed” (Completed 3 November 2025)", "“Not yet started”"),
    ],
)
def test_it_says_before_what_schools_read_after(finance, policy, now, then):
    StatusPolicy.objects.create(in_force_from=builders.LONG_AGO, policy=policy)
    declaration = declare(make_trained(), "completed")
    page = read(finance[0].get(move_page(declaration, "voided"))).text
    assert f"Schools read {now}" in page
    assert f"and will read {then}" in page
    assert "may declare this type again" in page
    page = read(finance[0].get(move_page(declaration, "eligible"))).text
    assert "Schools go on to read “Training completed”" in page
    assert "From there it can become Payable or Voided." in page
    assert "may declare this type again" not in page


def test_the_mentor_s_page_follows_at_once(finance):
    training = make_trained()
    declaration = bring_to(declare(training, "completed"), State.PAID)
    assert reads_completed(training.mentor)
    finance[0].post(move_page(declaration, "awaiting_clawback"), {"why": "Overpaid"})
    assert not reads_completed(training.mentor)
    again = declare(training, "completed")
    assert reads_completed(training.mentor)
    finance[0].post(move_page(again, "voided"), {"why": "Declared in error"})
    assert not reads_completed(training.mentor)


# --- The log ---


def test_the_log_names_who_with_a_link_for_who_may_follow_it(finance):
    browser, member = finance
    training = make_trained()
    declaration = declare(training)
    token, _ = make_token(training.lead_provider, by="test", now=NOW)
    void(training.lead_provider, declaration.pk, by=f"token {token.pk}", now=NOW)
    other = declare(training)
    browser.post(move_page(other, "eligible"), {"why": "<b>Checked</b>"})
    name = f"{member.name} (user {member.pk})"

    page = read(browser.get(page_of(declaration)))
    assert f"Token {token.pk} of Ambition Institute (token {token.pk})" in page.text
    page = read(browser.get(page_of(other)))
    assert name in page.text
    assert "<b>Checked</b>" in page.text
    assert not page.find("a", string=name)

    root = make_staff("root@education.example", is_superuser=True)
    enter_admin(browser, root)
    page = read(browser.get(page_of(other)))
    assert page.find("a", string=name)["href"] == f"/admin/accounts/user/{member.pk}/change/"


@pytest.mark.parametrize("by", ["command load_demo", "user 0", "user x", "user ٣", "somebody"])
def test_the_log_shows_whoever_it_cannot_name_as_it_is_written(finance, by):
    declaration = declare(make_trained())
    DeclarationStateChange(
        declaration=declaration, from_state="submitted", to_state="eligible", by=by, why="checked"
    ).save()
    Declaration.objects.update(state="eligible")
    assert by in read(finance[0].get(page_of(declaration))).text


# --- Who may ---


def holding(*codenames: str) -> Client:
    member = make_staff("-".join(codenames) + "@education.example")
    member.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    browser = Client()
    enter_admin(browser, member)
    return browser


def superuser() -> Client:
    browser = Client()
    enter_admin(browser, make_staff("root@education.example", is_superuser=True))
    return browser


def tutor() -> Client:
    browser = Client()
    browser.force_login(builders.make_tutor(builders.make_school()))
    return browser


ALL = {"to": "voided", "why": "x"}
WHO = {
    "nobody": (Client, 302, False),
    "tutor": (tutor, 302, False),
    "support": (lambda: enter_as("support")[0], 403, False),
    "policy": (lambda: enter_as("policy")[0], 403, False),
    "who may view": (lambda: holding("view_declaration"), 403, False),
    "who may add and delete": (
        lambda: holding("add_declaration", "delete_declaration"),
        403,
        False,
    ),
    "who may change": (lambda: holding("change_declaration"), 302, True),
    "finance": (lambda: enter_as("finance")[0], 302, True),
    "superuser": (superuser, 302, True),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_move(who):
    browser_of, status, may = WHO[who]
    browser, declaration = browser_of(), declare(make_trained())
    chosen = {"declarations": [declaration.pk], **ALL}
    assert browser.post(f"{LIST}move/", chosen).status_code == status
    declaration.refresh_from_db()
    assert (declaration.state == "voided") is may

    declaration = declare(make_trained())
    address = move_page(declaration, "voided")
    assert browser.get(address).status_code == (200 if may else status)
    assert browser.post(address, {"why": "x"}).status_code == status
    declaration.refresh_from_db()
    assert (declaration.state == "voided") is may


def test_who_may_only_view_reads_it_and_is_offered_no_move():
    browser, declaration = holding("view_declaration"), declare(make_trained())
    page = read(browser.get(page_of(declaration)))
    assert "Submitted" in page.text
    assert moves_offered(page) == set()
    answer = browser.post(LIST, {"action": "move_selected", "_selected_action": [declaration.pk]})
    assert "move_selected" not in answer.text
    assert browser.post(page_of(declaration), {"state": "voided"}).status_code == 403


def test_nobody_edits_or_deletes_one():
    browser, declaration = superuser(), declare(make_trained())
    assert browser.post(page_of(declaration), {"state": "voided"}).status_code == 403
    assert browser.post(f"{LIST}{declaration.pk}/delete/", {"post": "yes"}).status_code == 403
    page = read(browser.get(LIST))
    offered = {option["value"] for option in page.select("select[name=action] option")}
    assert offered == {"", "move_selected"}


def test_a_form_of_another_site_moves_nothing():
    browser, _ = enter_as("finance", enforce_csrf_checks=True)
    declaration = declare(make_trained())
    assert browser.post(move_page(declaration, "voided"), {"why": "x"}).status_code == 403
    assert browser.post(f"{LIST}move/", ALL).status_code == 403


@pytest.mark.parametrize("to", ["nothing", "Voided", "a%00b"])
def test_an_address_that_is_no_state_is_not_found(finance, to):
    address = f"{LIST}{declare(make_trained()).pk}/move/{to}/"
    assert finance[0].get(address).status_code == 404


def test_an_unknown_declaration_is_not_found(finance):
    address = move_page(Declaration(), "voided")
    assert finance[0].get(address).status_code == 404
