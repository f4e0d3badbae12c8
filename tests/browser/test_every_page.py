"""axe, one h1 and no overflow on the pages that no other journey opens."""

from datetime import date

import pytest
from playwright.sync_api import Page

from mentors.models import StatusPolicy
from tests.browser.checks import check_page
from tests.browser.make_pictures import POLICIES
from tests.browser.people import open_mentor, sign_in


def test_the_pages_that_need_nobody_signed_in(page: Page):
    for address in (
        "/accessibility",
        "/cookies",
        "/privacy",
        "/demo/components",
        "/demo/outbox",
        "/nowhere",
    ):
        page.goto(address)
        check_page(page)


@pytest.mark.parametrize(
    "policy",
    [
        pytest.param(policy, marks=[] if policy == "three-statuses" else pytest.mark.product)
        for policy in POLICIES
    ],
)
def test_a_mentor_s_page_under_each_policy(page: Page, policy: str, demo):
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), **POLICIES[policy])
    sign_in(page, "Sarah Philips")
    for name in ("Jane Thomas", "Elvis Welch"):
        open_mentor(page, name)
        check_page(page)


def test_choosing_a_school_and_lists_with_nobody_in_them(page: Page, demo):
    sign_in(page, "Helen Marsh")
    page.goto("/")
    check_page(page)
    page.locator("main").get_by_role("link").first.click()
    check_page(page)
    for address in ("mentor-training", "mentors?search=nobody", "ects?search=nobody"):
        page.goto(f"{page.url.split('/mentor')[0].split('/ects')[0]}/{address}")
        check_page(page)


def test_where_a_user_is_signed_in(page: Page, demo):
    sign_in(page, "Sarah Philips")
    page.goto("/")
    page.get_by_role("link", name="Where you are signed in").click()
    check_page(page)


def test_the_preview_for_staff(page: Page, demo):
    sign_in(page, "Dana Field")
    page.goto("/admin/schools/teacher/?q=0836472")
    page.get_by_role("link", name="Jane Thomas").first.click()
    page.get_by_role("link", name="See the page as").click()
    check_page(page)
