"""Every address, by every method, for every role, against the tables written by hand."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import User
from declarations.models import LeadProvider
from declarations.tokens import make_token
from tests import builders
from tests.access.admin_table import ADMIN_TABLE, STAFF
from tests.access.table import ROLES, TABLE
from tests.accounts.signing_in import enter_admin, make_staff

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# The tutor's school; a mentor and an ECT of it have the same public identifier.
URN = "999998"
PERSON = "6f1ed002-ab59-4b5e-8bd5-9ca1a2ab1f2b"
# That of the tutor of the school.
APPOINTMENT = "999999"
# Where somebody is sent who has to sign in first.
SIGN_IN = ("/sign-in", "/staff/sign-in", "/admin/login/")


def rows(table: str) -> Iterator[list[str]]:
    """The cells of a table's rows."""
    for line in table.strip().splitlines():
        yield line.split()


def expected() -> dict[tuple[str, str], dict[str, str]]:
    """What each role gets, by address and method."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    address = ""
    for cells in rows(TABLE):
        if len(cells) == 1:
            address = cells[0]
            continue
        methods, *statuses = cells
        for method in METHODS if methods == "*" else methods.split(","):
            gets = dict(zip(ROLES, statuses, strict=True))
            found.setdefault((address, method), gets)
    return found


EXPECTED = expected()
MAY = {
    (model, role): letters
    for model, *cells in rows(ADMIN_TABLE)
    for role, letters in zip(STAFF, cells, strict=True)
}


def addresses(resolver: URLResolver = get_resolver(), before: str = "/") -> Iterator[str]:  # noqa: B008 - made once
    """Every address that is mounted, with its parameters as <name>."""
    for pattern in resolver.url_patterns:
        # A regular expression's parameters and anchors, in the form that paths have them.
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(pattern.pattern)).strip("^$")
        if isinstance(pattern, URLPattern):
            yield before + route
        else:
            yield from addresses(pattern, before + route)


def of_a_model(address: str) -> bool:
    """Whether an address is one of admin's for a model, which the other table is about."""
    return any(address.startswith(f"/admin/{where(model)}/") for model in admin.site._registry)


def where(model: type) -> str:
    return f"{model._meta.app_label}/{model._meta.model_name}"


SITE = sorted({address for address in addresses() if not of_a_model(address)})


def test_every_address_and_method_has_its_row_and_no_row_is_for_nothing():
    mounted = {(address, method) for address in SITE for method in METHODS}
    assert set(EXPECTED) == mounted


def test_every_model_in_admin_has_its_row_and_no_row_is_for_nothing():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert {model for model, _ in MAY} == registered


@pytest.fixture
def browsers() -> dict[str, Callable[[], Client]]:
    """For each role, what opens a fresh browser of somebody who has it."""
    school = builders.make_school(urn=int(URN))
    for person in (builders.make_mentor(school=school), builders.make_ect(school=school)):
        type(person).objects.filter(pk=person.pk).update(public_id=PERSON)
    provider = LeadProvider.objects.create(name="Somebody's provider")
    _, secret = make_token(provider, by="test", now=timezone.now())
    staff = {group: make_staff(f"{group}@education.example") for group in STAFF}
    User.objects.filter(pk=staff["superuser"].pk).update(is_superuser=True)
    for name in ("support", "policy", "finance"):
        staff[name].groups.add(Group.objects.get(name=name))
    tutors = {
        "tutor": builders.make_tutor(school),
        "other": builders.make_tutor(builders.make_school()),
    }
    school.induction_tutors.update(id=APPOINTMENT)
    return {
        "nobody": lambda: Client(REMOTE_ADDR=another_address()),
        "token": lambda: Client(
            headers={"authorization": f"Bearer {secret}"}, REMOTE_ADDR=another_address()
        ),
        **{role: opening(signed_in, user) for role, user in tutors.items()},
        **{role: opening(in_admin, user) for role, user in staff.items()},
    }


_numbers = count()


def another_address() -> str:
    """A network address that has not been counted against a rate limit."""
    return f"10.0.{next(_numbers) % 250}.1"


def opening(sign_in: Callable[[User], Client], user: User) -> Callable[[], Client]:
    """What opens fresh browsers in one session of this user, who signs in with the first."""
    session = cache(lambda: sign_in(user).cookies[settings.SESSION_COOKIE_NAME].value)

    def open_one() -> Client:
        browser = Client(REMOTE_ADDR=another_address())
        browser.cookies[settings.SESSION_COOKIE_NAME] = session()
        return browser

    return open_one


def signed_in(user: User) -> Client:
    browser = Client(REMOTE_ADDR=another_address())
    browser.force_login(user)
    return browser


def in_admin(user: User) -> Client:
    browser = Client(REMOTE_ADDR=another_address())
    enter_admin(browser, User.objects.get(pk=user.pk))
    return browser


def filled(address: str) -> str:
    """The address with what it could be about; of the tutor's school, where there is one."""
    values = {
        "urn": URN,
        "public_id": PERSON,
        "appointment_id": APPOINTMENT,
        "declaration_id": PERSON,
        "user_id": "1",
        "passkey_id": "1",
        "token": "none",
        "app_label": "accounts",
        "url": "nothing-here/",
        "page": "trn",
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], address)


def outcome(browser: Client, method: str, address: str) -> str:
    """The status, or "in" for a redirect to where one signs in; what it changed is undone."""
    with transaction.atomic():
        answer = browser.generic(method, address)
        transaction.set_rollback(True)
    to = getattr(answer, "url", "").partition("?")[0]
    return "in" if answer.status_code == 302 and to in SIGN_IN else str(answer.status_code)


@pytest.mark.parametrize("address", SITE)
def test_each_role_gets_what_the_table_says(browsers, address):
    got = {
        method: {role: outcome(browsers[role](), method, filled(address)) for role in ROLES}
        for method in METHODS
    }
    assert got == {method: EXPECTED[address, method] for method in METHODS}


# What of a model's pages needs which letter, and what somebody gets who has it: of a record that is
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
    for role in ROLES:
        for (method, page), (letters, reached) in PAGES.items():
            address = f"/admin/{model.replace('.', '/')}/{page}"
            got[role, method, page] = outcome(browsers[role](), method, address)
            may = set(MAY.get((model, role), "")) & set(letters)
            refused = "403" if role in STAFF else "in"
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
