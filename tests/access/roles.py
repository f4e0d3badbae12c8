"""A browser for each role of the tables, and the addresses that it may open."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import User
from declarations.models import LeadProvider
from declarations.tokens import make_token
from declarations.year_choices import changeable_years
from tests import builders
from tests.access.admin_table import ADMIN_TABLE, STAFF
from tests.access.table import ROLES, TABLE
from tests.accounts.signing_in import enter_admin, make_staff

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# The tutor's school; a mentor and an ECT of it have the same public identifier.
URN = "999998"
PERSON = "6f1ed002-ab59-4b5e-8bd5-9ca1a2ab1f2b"
# That of the tutor of the school.
APPOINTMENT = "999999"
# An academic year that schools may change.
YEAR = str(changeable_years(timezone.localdate())[0])


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


def browsers_of_roles() -> dict[str, Callable[[], Client]]:
    """Make a school and its people; return for each role what opens a fresh browser that has it."""
    school = builders.make_school(urn=int(URN))
    builders.make_pair(year=int(YEAR))
    mentor = builders.make_mentor(school=school)
    builders.make_waiting(mentor, "Teach First", int(YEAR))
    for person in (mentor, builders.make_ect(school=school)):
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
        "start_year": YEAR,
        "declaration_id": PERSON,
        "participant_id": PERSON,
        "partnership_id": PERSON,
        "school_id": PERSON,
        "delivery_partner_id": PERSON,
        "unfunded_mentor_id": PERSON,
        "user_id": "1",
        "passkey_id": "1",
        "session_name": "none",
        "token": "none",
        "app_label": "accounts",
        "url": "nothing-here/",
        "page": "trn",
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], address)
