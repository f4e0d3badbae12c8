"""Each page, list, form and autocomplete takes as many queries at 1 row as at many."""

import os
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentors.journeys.adding.journey import ADD_MENTOR
from tests.access.grown import NOW, Grown
from tests.access.roles import SITE, in_admin, signed_in
from tests.accounts.signing_in import make_staff
from tests.builders import make_ect, make_mentor

pytestmark = pytest.mark.django_db
FEW, MANY = 1, 50 if os.environ.get("EVERY_RULE") else 3  # `make product` tries fifty

# --- The pages of schools ---

SCHOOLS = [address for address in SITE if address == "/" or address.startswith("/schools/")]
POSTED_ONLY = {"/schools/<int:urn>/tutors/<int:appointment_id>/invitation"}
PAGES = [
    address.replace("<slug:page>", page)
    for address in SCHOOLS
    if address not in POSTED_ONLY
    for page in (ADD_MENTOR.slugs if "<slug:page>" in address else [""])
]
PAGES += [
    "/schools/<int:urn>/mentors?search=m",
    "/schools/<int:urn>/ects?search=e",
]


def day(name: str, answer: date) -> dict[str, object]:
    return {f"{name}-{part}": getattr(answer, part) for part in ("day", "month", "year")}


def answers_of(grown: Grown) -> Iterator[tuple[str, dict[str, object]]]:
    """The questions of each journey with their answers, up to the page that shows them."""
    # New ones each time, as everybody else may be paired by now.
    ect, mentor = make_ect(school=grown.school), make_mentor(school=grown.school)
    today = day("started_on", NOW.date())
    of_mentor = "/schools/<int:urn>/mentors/<uuid:public_id>"
    of_ect = "/schools/<int:urn>/ects/<uuid:public_id>"
    yield f"{of_mentor}/assign", {"chosen": ect.public_id}
    yield f"{of_mentor}/assign/start-date", today
    yield f"{of_mentor}/lead-provider", {"lead_provider": "Number 00"}
    yield f"{of_ect}/mentor", {"chosen": mentor.public_id}
    yield f"{of_ect}/mentor/start-date", today
    for person in (of_mentor, of_ect):
        yield f"{person}/name", {"name": "Another Name"}
        yield f"{person}/email", {"email": "another@school.example"}
        yield f"{person}/leaving", day("last_day", date(2026, 3, 20))
    yield "/schools/<int:urn>/tutors/add", {"name": "Al", "email": "al@school.example"}
    tutor = "/schools/<int:urn>/tutors/<int:appointment_id>"
    yield f"{tutor}/last-day", day("last_day", date(2026, 3, 20))
    for role in ("mentors", "ects"):
        add = f"/schools/<int:urn>/{role}/add"
        yield f"{add}/trn", {"trn": "7654321"}
        yield f"{add}/date-of-birth", day("date_of_birth", date(1990, 1, 1))
        yield f"{add}/name", {"name": "Nia New"}
        yield f"{add}/email", {"email": "nia@school.example"}
        yield f"{add}/start-date", today
        if role == "ects":
            yield f"{add}/induction", day("induction_started_on", NOW.date())


def filled(grown: Grown, address: str) -> str:
    """An address with the school's URN and the ids of what it names."""
    mentor, ect = grown.leavers if "withdraw" in address else (grown.mentor, grown.ect)
    person = mentor if "/mentors/" in address else ect
    appointment = grown.school.induction_tutors.get(user=grown.colleague)
    return (
        address.replace("<int:urn>", str(grown.school.urn))
        .replace("<uuid:public_id>", str(person.public_id))
        .replace("<int:appointment_id>", str(appointment.pk))
    )


# --- Admin ---

MODELS = [model for model in admin.site._registry if model._meta.app_label != "pghistory"]
VIEWS = ("changelist", "search", "add", "change")
ADMIN = [f"{model._meta.label} {view}" for model in MODELS for view in VIEWS]
OWNERS = [
    owner
    for model, model_admin in admin.site._registry.items()
    for owner in (model_admin, *(inline(model, admin.site) for inline in model_admin.inlines))
]
AUTOCOMPLETES = [
    f"{owner.model._meta.label}.{field} autocomplete"
    for owner in OWNERS
    for field in owner.autocomplete_fields
]
OTHERS = ["/admin/", "/admin/pghistory/events/", "/admin/schools/teacher/overview/"]


def record_of(grown: Grown, model: type[models.Model]) -> models.Model:
    """The record of a model that more and more belongs to, or the first."""
    chosen = {type(each): each for each in vars(grown).values() if isinstance(each, models.Model)}
    return chosen.get(model) or model._default_manager.earliest("pk")


def admin_address(grown: Grown, label: str) -> str:
    name, _, view = label.partition(" ")
    if view == "autocomplete":
        model, _, field = name.rpartition(".")
        app, model_name = model.lower().split(".")
        asked = f"app_label={app}&model_name={model_name}&field_name={field}&term="
        return f"{reverse('admin:autocomplete')}?{asked}"
    model = next(model for model in MODELS if model._meta.label == name)
    where = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    if view == "search":
        return f"{reverse(f'{where}_changelist')}?q=m"
    args = [record_of(grown, model).pk] if view == "change" else []
    return reverse(f"{where}_{view}", args=args)


# --- Counting ---

Counts = dict[str, tuple[int, int]]


def count(browser: Client, address: str) -> tuple[int, int]:
    """The status of a page and its queries."""
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(address)
    return answer.status_code, len(captured)


def counts(grown: Grown, tutor: Client, staff: Client) -> Counts:
    found = {}
    for address, answers in answers_of(grown):
        answer = tutor.post(filled(grown, address), answers)
        assert answer.status_code == 302, (address, answer.status_code)
        assert answer.url != filled(grown, address), address
    for address in PAGES:
        found[address] = count(tutor, filled(grown, address))
    for label in ADMIN + AUTOCOMPLETES:
        found[label] = count(staff, admin_address(grown, label))
    for address in OTHERS:
        found[address] = count(staff, address)
    return found


# Pages of which a process or a session keeps something that is asked for when they are first shown.
# A page that has to be here as well takes fewer queries at many rows than at few.
KEPT_OF = ("declarations.SchoolYear add", "declarations.SchoolYear change")


def show_what_is_kept(grown: Grown, tutor: Client, staff: Client) -> None:
    ContentType.objects.get_for_models(*apps.get_models())
    count(tutor, "/")
    for address in (*OTHERS, *(admin_address(grown, label) for label in KEPT_OF)):
        count(staff, address)


@time_machine.travel(NOW, tick=False)
def test_each_takes_as_many_at_one_row_as_at_many():
    grown = Grown()
    tutor, staff = signed_in(grown.tutor), in_admin(make_staff(is_superuser=True))
    grown.grow(FEW)
    show_what_is_kept(grown, tutor, staff)
    found = []
    for rows in (FEW, MANY):
        grown.grow(rows)
        found.append(counts(grown, tutor, staff))
    few, many = found
    assert set(few) == {*PAGES, *ADMIN, *AUTOCOMPLETES, *OTHERS}
    assert few == many
