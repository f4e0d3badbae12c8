"""Each group of DfE staff does one of its tasks in admin, from the list to the end."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from declarations.models import Declaration, LeadProvider, StateMove
from mentors.models import StatusPolicy
from schools.models import School, Teacher
from tests.browser.people import sign_in
from tests.builders import make_mentor, make_teacher, make_training_period
from tests.core.worker import run_waiting_jobs


def enter(page: Page, group: str) -> None:
    """Sign in as the demo's member of staff, who has what this group has and no more."""
    member = User.objects.get(name="Dana Field")
    member.is_superuser = False
    member.save()
    member.groups.set([Group.objects.get(name=group)])
    sign_in(page, "Dana Field")


def test_support_merges_two_records(page: Page, demo):
    kept, other = make_teacher("Ada Kept", trn="0000001"), make_teacher("Ada Other", trn="0000002")
    mentor = make_mentor(other, School.objects.filter(status=1).earliest("urn"))
    enter(page, "support")
    page.goto(f"/admin/schools/teacher/{kept.pk}/change/")
    page.get_by_role("link", name="Merge another record into this one").click()
    page.get_by_label("TRN or participant id").fill("0000002")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("main")).to_contain_text("The other record says Ada Other")
    page.get_by_role("button", name="Merge another record into this one").click()
    expect(page.get_by_role("main")).to_contain_text("We have merged Ada Other (0000002)")
    mentor.refresh_from_db()
    assert mentor.teacher == kept
    assert Teacher.objects.filter(name="Ada Other").count() == 0


def test_support_moves_a_mentor(page: Page, demo):
    here, there = School.objects.filter(status=1, closed_on=None).order_by("urn")[:2]
    mentor = make_mentor(school=here, name="Ada Mover")
    enter(page, "support")
    page.goto(f"/admin/schools/mentoratschool/{mentor.pk}/change/")
    page.get_by_role("link", name="Move to another school").click()
    page.get_by_label("URN of the other school").fill(str(there.urn))
    first_day = timezone.localdate().isoformat()
    page.get_by_label("First day there").fill(first_day)
    page.get_by_label("Email address there").fill("ada@there.example")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Move to another school").click()
    expect(page.get_by_role("main")).to_contain_text("We have moved Ada Mover")
    assert mentor.teacher.mentoratschools.filter(school=there).exists()


def test_support_changes_who_trains_a_mentor_and_ends_their_time(page: Page, demo):
    school = School.objects.filter(status=1, closed_on=None).earliest("urn")
    mentor = make_mentor(school=school, name="Ada Leaver")
    training = make_training_period(mentor)
    other = LeadProvider.objects.exclude(pk=training.lead_provider_id).earliest("name")
    enter(page, "support")
    page.goto(f"/admin/schools/mentoratschool/{mentor.pk}/change/")
    page.get_by_role("link", name="Change who trains them").click()
    page.get_by_label("Lead provider").select_option(other.name)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("main")).to_contain_text(f"Training with {other.name}")
    page.get_by_role("button", name="Change who trains them").click()
    expect(page.get_by_role("main")).to_contain_text(f"{other.name} trains Ada Leaver")
    page.get_by_role("link", name="End their time here").click()
    page.get_by_label("Last day").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="End their time here").click()
    expect(page.get_by_role("main")).to_contain_text("The last day of Ada Leaver")
    mentor.refresh_from_db()
    assert mentor.last_day == timezone.localdate()


def test_policy_asks_what_if_and_adds_a_policy(page: Page, demo):
    enter(page, "policy")
    page.goto("/admin/mentors/statuspolicy/")
    page.get_by_role("link", name="What if").click()
    page.get_by_label("Policy").select_option("With a time limit")
    page.get_by_label("Months to complete").fill("30")
    page.get_by_role("button", name="Show the numbers").click()
    expect(page.get_by_role("heading", name="Region of the school")).to_be_visible()
    page.goto("/admin/mentors/statuspolicy/add/")
    tomorrow = date.fromordinal(timezone.localdate().toordinal() + 1)
    page.get_by_label("In force from").fill(tomorrow.isoformat())
    page.get_by_label("Policy").select_option("Three statuses")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Mentors at schools on that day")
    page.get_by_role("button", name="Confirm and save").click()
    expect(page.get_by_role("main")).to_contain_text("was added successfully")
    assert StatusPolicy.objects.filter(in_force_from=tomorrow).exists()


@pytest.mark.usefixtures("demo")
def test_finance_moves_all_that_the_list_shows(page: Page):
    enter(page, "finance")
    eligible = Declaration.objects.filter(state="eligible").count()
    page.goto("/admin/declarations/declaration/?state__exact=eligible")
    page.get_by_role("link", name="Move all of these").click()
    page.get_by_label("Make payable").check()
    page.get_by_label("Why").fill("Statement of June")
    page.get_by_label("All that the list shows").check()
    page.get_by_role("button", name="Show what would move").click()
    page.get_by_role("button", name=f"Move {eligible:,} declarations").click()
    expect(page.get_by_role("main")).to_contain_text("are being moved to Payable")
    run_waiting_jobs()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("main")).to_contain_text(f"{eligible} moved, 0 still to be moved")
    assert StateMove.objects.get().finished_at


def test_policy_reads_the_overview_and_takes_a_figure_along(page: Page, demo):
    enter(page, "policy")
    page.goto("/admin/")
    page.get_by_role("link", name="Overview: mentors, ECTs").click()
    expect(page.get_by_role("heading", name="Declarations by state")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV file.*ECTs without a mentor")).click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "Counted by,Group,ECTs without a mentor"


def test_finance_exports_what_a_list_shows(page: Page, demo):
    enter(page, "finance")
    page.goto("/admin/declarations/declaration/?state__exact=eligible")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    heading, *rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert heading.startswith("Teacher,Type,State,")
    assert len(rows) == Declaration.objects.filter(state="eligible").count()
