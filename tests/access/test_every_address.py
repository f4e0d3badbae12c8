"""Every address, by every method, for every role, against the tables written by hand."""

import os
import re
from collections.abc import Callable
from functools import cache
from uuid import UUID

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.admin_table import STAFF
from tests.access.roles import (
    APPOINTMENT,
    EXPECTED,
    MAY,
    METHODS,
    PERSON,
    SITE,
    URN,
    addresses,
    browsers_of_roles,
    filled,
    in_admin,
    where,
)
from tests.access.table import ROLES
from tests.accounts.signing_in import make_staff

pytestmark = pytest.mark.django_db


def signed_in_everywhere() -> dict[str, Callable[[], Client]]:
    """The browsers of all roles, each of which has used its session.

    The first use in a minute is written. Where what a request wrote is undone, as here, each one
    would write it.
    """
    browsers = browsers_of_roles()
    for open_browser in browsers.values():
        assert open_browser().get("/cookies").status_code == 200
    return browsers


@pytest.fixture(scope="module")
def browsers_of_module(built_once) -> dict[str, Callable[[], Client]]:
    return built_once(signed_in_everywhere)


@pytest.fixture
def browsers(db, browsers_of_module) -> dict[str, Callable[[], Client]]:
    """As in the other files, but made once for all tests of this one, which only ask."""
    return browsers_of_module


# Where users are sent who have to sign in first.
SIGN_IN = ("/sign-in", "/staff/sign-in", "/admin/login/")


def test_every_address_and_method_has_its_row_and_no_row_is_for_nothing():
    mounted = {(address, method) for address in SITE for method in METHODS}
    assert set(EXPECTED) == mounted


def test_every_model_in_admin_has_its_row_and_no_row_is_for_nothing():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert {model for model, _ in MAY} == registered


def outcome(browser: Client, method: str, address: str) -> str:
    """The status, or "in" for a redirect to where one signs in; what it changed is undone."""
    with transaction.atomic():
        answer = browser.generic(method, address)
        transaction.set_rollback(True)
    to = getattr(answer, "url", "").partition("?")[0]
    return "in" if answer.status_code == 302 and to in SIGN_IN else str(answer.status_code)


def tried(method: str, address: str) -> tuple[str, ...]:
    """The roles that try a method at an address: all of them what browsers send in earnest.

    Outside admin a group means nothing: one group tries there, beside the superuser. The views are
    mounted for methods and not for roles: of other methods the tutor tries each, whom neither
    signing in nor a permission stops. `make product` tries all.
    """
    if os.environ.get("EVERY_RULE"):
        return ROLES
    if method not in ("GET", "POST"):
        return ("tutor",)
    if address.startswith("/admin/"):
        return ROLES
    return tuple(role for role in ROLES if role not in ("policy", "finance"))


@pytest.mark.parametrize("address", SITE)
def test_each_role_gets_what_the_table_says(browsers, address):
    got = {
        (method, role): outcome(browsers[role](), method, filled(address))
        for method in METHODS
        for role in tried(method, address)
    }
    assert got == {(method, role): EXPECTED[address, method][role] for method, role in got}


# What of a model's pages needs which letter, and what a user gets who has it: of a record that is
# not there, a redirect.
PAGES = {
    ("GET", ""): ("vc", "200"),
    ("POST", ""): ("vc", "200"),
    ("GET", "add/"): ("a", "200"),
    ("POST", "add/"): ("a", "200"),
    ("GET", "0/change/"): ("vc", "302"),
    ("POST", "0/change/"): ("c", "302"),
    ("GET", "0/delete/"): ("d", "302"),
    ("POST", "0/delete/"): ("d", "302"),
}


@pytest.mark.parametrize("model", sorted({model for model, _ in MAY}))
def test_each_group_reaches_of_a_model_what_the_table_says(browsers, model):
    got, wanted = {}, {}
    every = os.environ.get("EVERY_RULE")
    # What a tutor gets there, each tutor does; and what one without a session gets, a token does.
    for role in ROLES if every else ("nobody", "tutor", *STAFF):
        for (method, page), (letters, reached) in PAGES.items():
            may = set(MAY.get((model, role), "")) & set(letters)
            refused = "403" if role in STAFF else "in"
            # A page that a group reaches by GET is drawn anew by POST: once, for the superuser.
            if may and (method, reached) == ("POST", "200") and role != "superuser" and not every:
                continue
            address = f"/admin/{model.replace('.', '/')}/{page}"
            got[role, method, page] = outcome(browsers[role](), method, address)
            wanted[role, method, page] = reached if may else refused
    assert got == wanted


UPLOADS = sorted({model for (model, _), letters in MAY.items() if "u" in letters})


def upload(model: str) -> str:
    return f"/admin/{model.replace('.', '/')}/upload/"


def test_every_upload_has_its_row():
    assert sorted(each for each in addresses() if each.endswith("/upload/")) == [
        upload(model) for model in UPLOADS
    ]


@pytest.mark.parametrize("model", UPLOADS)
def test_who_may_upload_is_what_the_table_says(browsers, model):
    for role in ROLES:
        may = "u" in MAY.get((model, role), "")
        wanted = "200" if may else "403" if role in STAFF else "in"
        for method in ("GET", "POST"):
            got = outcome(browsers[role](), method, upload(model))
            assert (role, method, got) == (role, method, wanted)


def read(browser: Client, address: str) -> tuple[int, str, list[str]]:
    """Status, body without what is new in each answer, and the statements without their values."""
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(address)
    body = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", answer.text)
    return answer.status_code, body, [re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in captured]


@pytest.mark.parametrize("address", [address for address in SITE if "/schools/" in address])
def test_another_schools_page_is_the_same_as_one_that_does_not_exist(browsers, address):
    somebody_elses = filled(address)
    nobodys = somebody_elses.replace(URN, "999997").replace(PERSON, str(UUID(int=0)))
    nobodys = nobodys.replace(APPOINTMENT, "999998")
    browser = browsers["other"]()
    browser.get("/cookies")  # the first use of a session in a minute is written
    assert read(browser, somebody_elses) == read(browser, nobodys)


@pytest.mark.parametrize("role", ["nobody", "tutor", "token"])
def test_an_address_that_is_none_is_not_found(browsers, role):
    assert browsers[role]().get("/there-is-nothing-here").status_code == 404


@cache
def own_pages() -> dict[str, type[Model]]:
    """The addresses that an admin of ours adds to Django's and to uploads, with its model."""
    of_django = "(add/|upload/|<path:object_id>/((change|delete|history)/)?)?"
    return {
        address: model
        for model in admin.site._registry
        for address in addresses()
        if address.startswith(f"/admin/{where(model)}/")
        if not re.fullmatch(f"/admin/{where(model)}/{of_django}", address)
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("added", own_pages())
def test_a_page_that_an_admin_adds_is_not_for_staff_without_permission(browsers, added, method):
    """Which group may is in the tests of each page; a new page is here without being named."""
    row = own_pages()[added]._default_manager.first()
    address = re.sub(r"<uuid:\w+>", PERSON, added.replace("<str:to>", "voided"))
    address = re.sub(r"<(\w+:)?\w+>", str(row.pk if row else 1), address)
    for role in ("nobody", "tutor"):
        assert outcome(browsers[role](), method, address) == "in"
    without = outcome(in_admin(make_staff("without@education.example")), method, address)
    superuser = outcome(browsers["superuser"](), method, address)
    assert without == "403" or (without, superuser) in (("404", "200"), ("405", "405"))
    assert superuser not in ("403", "in")
