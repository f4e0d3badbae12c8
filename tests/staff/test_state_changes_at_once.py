"""Two who move one declaration at the same moment: one result, and a clear message to the other."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from declarations.models import Declaration
from declarations.states import State
from declarations.submission import RefusedDeclaration, void
from staff.groups import keep_groups
from tests.at_once import at_once
from tests.declarations.trained import NOW, bring_to, declare, make_trained
from tests.staff.finance import enter_as, log, move_page, said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def groups() -> None:
    """What a test that commits has flushed."""
    keep_groups()
    assert Group.objects.filter(name="finance").exists()


def mover(browser: Client, declaration: Declaration, to: str) -> Callable[[], str]:
    return lambda: said(browser.post(move_page(declaration, to), {"why": "x"}))[-1]


def provider_of(declaration: Declaration) -> Callable[[], str]:
    def voids() -> str:
        try:
            found = void(declaration.lead_provider, declaration.pk, by="token 1", now=NOW)
        except RefusedDeclaration as refused:
            return refused.detail
        return found.state

    return voids


def test_of_two_members_of_staff_one_moves_it_and_one_is_told():
    browsers = [enter_as("finance", email=f"{name}@education.example")[0] for name in "ab"]
    for _ in range(3):
        declaration = bring_to(declare(make_trained()), State.PAYABLE)
        first, second = browsers
        told = at_once(mover(first, declaration, "paid"), mover(second, declaration, "voided"))
        declaration.refresh_from_db()
        assert declaration.state in ("paid", "voided")
        assert len(log(declaration)) == 4
        done = f"The declaration is {State(declaration.state).label} now."
        assert told.count(done) == 1
        (other,) = [words for words in told if words != done]
        assert other.startswith("Nothing was changed. A declaration that is")


def test_of_a_provider_and_a_member_of_staff_one_voids_it_and_one_is_told():
    browser, _ = enter_as("finance")
    for _ in range(3):
        declaration = declare(make_trained())
        told = at_once(mover(browser, declaration, "voided"), provider_of(declaration))
        declaration.refresh_from_db()
        assert declaration.state == "voided"
        assert len(log(declaration)) == 2
        assert told in (
            ["The declaration is Voided now.", "The declaration has already been voided."],
            [
                "Nothing was changed. A declaration that is Voided cannot become Voided."
                " It may have been moved a moment ago.",
                "voided",
            ],
        )
