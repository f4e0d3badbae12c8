"""Pages of admin on a phone: axe finds nothing serious, and no page is too wide.

One of each shape in the suite, every one by `make product`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from declarations.models import Declaration, TrainingPeriod
from declarations.state_moves import plan_ids
from declarations.states import State
from mentors.leaving.cut_short import cut_short_by
from mentors.leaving.leaving import leave
from mentors.merging.merging import merge
from mentors.merging.planning import plan_merge
from mentors.models import Mentorship, StatusPolicy
from schools.models import (
    ECTAtSchool,
    MentorAtSchool,
    School,
    SchoolSuccession,
    Teacher,
    TeacherMerge,
)
from tests.browser.checks import found_by_axe, leave_out_rows_alike, overflow, serious
from tests.browser.people import sign_in
from tests.builders import make_mentor, make_school, make_teacher

PHONE = {"width": 375, "height": 800}


def fill_what_the_demo_leaves_empty(member: User) -> dict[str, Any]:
    """Make what no demo data has; give what the pages are about, by name."""
    now, today = timezone.now(), timezone.localdate()
    by = f"user {member.pk}"
    kept, gone, twin = (make_teacher("Ada " + "Abcdefghij" * 6) for _ in range(3))
    mentor = make_mentor(kept, School.objects.earliest("urn"))
    merge(kept, gone, None, seen=plan_merge(kept, gone).key, by=by, now=now)
    leaving = make_mentor(school=make_school(urn=890001))
    seen = cut_short_by(leaving, today, today).key
    leave(leaving, date.fromordinal(today.toordinal() - 1), seen=seen, day=today, now=now)
    closed = make_school(urn=890002, status=School.Status.CLOSED, closed_on=date(2025, 8, 31))
    SchoolSuccession.objects.create(school=closed, successor=School.objects.earliest("urn"))
    make_mentor(school=closed)
    claims = Declaration.objects.filter(state=State.ELIGIBLE)
    plan_ids(claims.values_list("pk", flat=True), State.PAYABLE, by=by, why="x" * 200, now=now)
    tomorrow = date.fromordinal(today.toordinal() + 1)
    StatusPolicy.objects.create(in_force_from=tomorrow, policy="three_statuses")
    trained = TrainingPeriod.objects.not_over(today).filter(mentor__isnull=False)
    return {"mentor": mentor, "twin": twin, "closed": closed, "trained": trained.earliest("pk")}


def of(row: Any, view: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk])


def addresses(about: dict[str, Any]) -> Iterator[str]:
    """Each kind of page: of every model its list and forms; and the pages of our own."""
    yield from ("/admin/", "/admin/schools/", "/admin/password_change/")
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"admin:{name}_changelist")
        yield reverse(f"admin:{name}_add")
        if row := model._default_manager.order_by("pk").first():
            yield of(row, "change")
    for model in (School, Teacher, TeacherMerge):
        yield from (of(model.objects.earliest("pk"), view) for view in ("history", "delete"))
    for model in (Teacher, Declaration):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield f"{reverse(f'{name}_changelist')}?q=nothing-is-named-so"
        yield reverse(f"{name}_upload")
    mentor, twin, trained = about["mentor"], about["twin"], about["trained"]
    yield of(mentor.teacher, "change")
    merging = of(mentor.teacher, "merge")
    yield from (merging, f"{merging}?other={twin.trn}", f"{merging}?other=x")
    moving = f"first_day={timezone.localdate()}&email=a@there.example"
    yield f"{of(mentor, 'move')}?urn={School.objects.latest('urn').urn}&{moving}"
    yield of(mentor, "end")
    provider = trained.lead_provider_id
    yield f"{of(trained.mentor, 'change_lead_provider')}?lead_provider={provider}"
    successor = about["closed"].successions.get().successor_id
    yield f"{of(about['closed'], 'take_over')}?successor={successor}"
    yield of(ECTAtSchool.objects.earliest("pk"), "end")
    yield f"/admin/mentors/statuspolicy/what-if/?policy=time_limit&months=30&day={date.today()}"  # noqa: DTZ011
    yield "/admin/schools/teacher/overview/"
    yield "/admin/schools/teacher/find/?q=a"
    claim = Declaration.objects.filter(state=State.ELIGIBLE).earliest("pk")
    yield reverse("admin:declarations_declaration_move", args=[claim.pk, "payable"])
    yield reverse("admin:declarations_declaration_move_all")
    yield reverse("admin:preview-mentor", args=[MentorAtSchool.objects.earliest("pk").public_id])


def one_of_each_shape(about: dict[str, Any]) -> Iterator[str]:
    """What the suite opens of the addresses; `make product` opens all of them."""
    yield "/admin/"
    yield reverse("admin:declarations_declaration_changelist")  # with filters, sums and actions
    yield f"{reverse('admin:schools_teacher_changelist')}?q=nothing-is-named-so"
    yield reverse("admin:declarations_declaration_upload")
    yield reverse("admin:mentors_mentorship_add")
    yield of(about["mentor"].teacher, "change")  # with tables, a story and links of our own
    yield of(School.objects.earliest("pk"), "history")
    yield of(Teacher.objects.earliest("pk"), "delete")
    yield f"{of(about['mentor'].teacher, 'merge')}?other={about['twin'].trn}"
    yield "/admin/schools/teacher/overview/"
    yield "/admin/schools/teacher/find/?q=a"


def looked_at(page: Page, asked: Iterable[str]) -> list[str]:
    """Open each address on a phone: axe finds nothing serious, and nothing is too wide.

    Return those that are not refused: there is what no user may add or delete.
    """
    page.set_viewport_size(PHONE)
    wrong, opened = [], []
    for address in dict.fromkeys(asked):
        answer = page.goto(address)
        if answer.status == 403:
            continue
        opened.append(address)
        assert answer.status == 200, (address, answer.status)
        if (pixels := overflow(page)) > 0:
            wrong.append(f"{address} is {pixels} px too wide")
        leave_out_rows_alike(page)
        for rule in serious(found_by_axe(page)):
            nodes = [node["html"][:200] for node in rule["nodes"]]
            wrong.append(f"{address}: {rule['id']}: {rule['help']}: {nodes[:3]}")
    assert wrong == [], "\n".join(wrong)
    return opened


def test_one_page_of_each_shape_on_a_phone(page: Page, demo):
    about = fill_what_the_demo_leaves_empty(User.objects.get(name="Dana Field"))
    sign_in(page, "Dana Field")
    shapes = list(one_of_each_shape(about))
    assert looked_at(page, shapes) == shapes


@pytest.mark.product
def test_every_page_on_a_phone(page: Page, demo):
    about = fill_what_the_demo_leaves_empty(User.objects.get(name="Dana Field"))
    sign_in(page, "Dana Field")
    every = list(addresses(about))
    assert set(one_of_each_shape(about)) <= set(every)
    assert len(looked_at(page, every)) > 80


def test_the_tables_of_lists_fit_beside_their_filters(page: Page, demo):
    sign_in(page, "Dana Field")
    page.set_viewport_size({"width": 1280, "height": 800})
    hidden = {}
    for model in (Mentorship, Declaration, TrainingPeriod, MentorAtSchool, ECTAtSchool):
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        page.goto(reverse(f"admin:{name}_changelist"))
        rows = page.locator(".results")
        hidden[name] = rows.evaluate("rows => rows.scrollWidth - rows.clientWidth")
    assert set(hidden.values()) == {0}, hidden
