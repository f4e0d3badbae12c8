"""What finance staff do with declarations in admin, for the tests of it."""

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import User
from declarations.models import Declaration
from tests.accounts.signing_in import enter_admin, make_staff

LIST = "/admin/declarations/declaration/"
MOVE_MANY = f"{LIST}move/"


def enter_as(group: str, email: str = "", **options) -> tuple[Client, User]:
    """A browser in admin as a member of staff in this group, and who it is."""
    member = make_staff(email or f"{group}@education.example")
    member.groups.add(Group.objects.get(name=group))
    browser = Client(**options)
    enter_admin(browser, member)
    return browser, member


def page_of(declaration: Declaration) -> str:
    return f"{LIST}{declaration.pk}/change/"


def move_page(declaration: Declaration, to: str) -> str:
    return reverse("admin:declarations_declaration_move", args=[declaration.pk, to])


def read(response) -> BeautifulSoup:
    """The page, which holds nothing that the content security policy would refuse."""
    assert response.status_code == 200, response.status_code
    page = BeautifulSoup(response.content, "html.parser")
    assert not page.select("[style], style, script:not([src]), [onclick]")
    return page


def said(response) -> list[str]:
    """The messages that wait for the user of this request."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def log(declaration: Declaration) -> list[tuple[str, ...]]:
    """The declaration's log: from, to, by, why."""
    return list(declaration.state_changes.values_list("from_state", "to_state", "by", "why"))
