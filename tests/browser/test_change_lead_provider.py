"""A tutor changes the lead provider of a mentor, with an error on the way."""

from playwright.sync_api import Page, expect

from tests.browser.answering import go_on, heading, main_link, wrong_and_checked
from tests.browser.checks import check_page
from tests.browser.people import open_julie, sign_in


def test_another_lead_provider_trains_a_mentor(page: Page, demo):
    sign_in(page, "Sarah Philips")
    open_julie(page)
    main_link(page, "Change lead provider").click()
    unanswered = "Select which lead provider will run their mentor training"
    question = "Which lead provider will run Julie Carver’s mentor training?"
    wrong_and_checked(page, question, unanswered)
    page.get_by_label("Teach First").check()
    go_on(page)
    heading(page, "Check the new lead provider")
    expect(page.get_by_text("Julie Carver’s training with Ambition Institute ends")).to_be_visible()
    check_page(page)
    go_on(page, "Confirm this lead provider")
    done = "Julie Carver’s lead provider is now Teach First."
    expect(page.get_by_role("alert")).to_contain_text(done)
    training = page.locator("#mentor-training")
    expect(training.get_by_text("Teach First, who has yet to confirm it")).to_be_visible()
    check_page(page)
