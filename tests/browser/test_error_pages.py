"""The pages for what went wrong owe their readers what every page does."""

import pytest
from playwright.sync_api import Page

from tests.browser.checks import check_page

pytestmark = pytest.mark.urls("tests.config.test_error_pages")


def test_refused_and_broken(page: Page):
    for address, status in (
        ("/makes-no-sense", 400),
        ("/refuses", 403),
        ("/too-many", 429),
        ("/breaks", 500),
        ("/unavailable", 503),
    ):
        answer = page.goto(address)
        assert answer.status == status, address
        check_page(page)
