"""An induction tutor gives an ECT a mentor, or another one: from the list, from both pages."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from core.periods import in_words, years_after
from tests.browser.answering import (
    fill_day,
    go_on,
    heading,
    main_link,
    tab_to,
    type_in,
    wrong_and_checked,
)
from tests.browser.checks import check_error, check_page
from tests.browser.people import open_julie, open_mentor, sign_in


def test_a_first_mentor_from_the_list_and_another_from_the_mentor_s_page(page: Page, demo):
    sign_in(page, "Sarah Philips")
    page.goto("/schools/999001/ects")
    main_link(page, "Assign a mentor to Violet Brown").click()
    wrong_and_checked(page, "Who will mentor Violet Brown?", "Select who will mentor them")
    page.get_by_label("Julie Carver").check()
    go_on(page)
    fill_day(page, timezone.localdate())
    go_on(page)
    check_page(page)
    go_on(page, "Confirm")
    heading(page, "Violet Brown")
    expect(page.get_by_role("alert")).to_contain_text("Julie Carver now mentors Violet Brown.")
    check_page(page)
    expect(main_link(page, "Change the mentor of Violet Brown")).to_be_visible()

    # A year ahead, from the page of the present mentor and back there.
    open_mentor(page, "Jane Thomas")
    main_link(page, "Change the mentor of Jonathan Paul").click()
    heading(page, "Who will mentor Jonathan Paul?")
    page.get_by_label("Jane Thomas").check()
    go_on(page)
    check_error(page, "Jane Thomas is the mentor already. Select another mentor")
    page.get_by_label("David Boyd").check()
    go_on(page)
    day = years_after(timezone.localdate(), 1)
    fill_day(page, day)
    go_on(page)
    main_link(page, "Change mentor").click()
    page.get_by_label("Julie Carver").check()
    go_on(page)
    heading(page, "Check your answers")
    go_on(page, "Confirm")
    heading(page, "Jane Thomas")
    done = f"From {in_words(day)}, Julie Carver will mentor Jonathan Paul."
    expect(page.get_by_role("alert")).to_contain_text(done)
    check_page(page)
    open_julie(page, "mentoring")
    expect(page.get_by_text(f"From {in_words(day)}")).to_be_visible()


def test_by_keyboard_alone_without_javascript(new_context, live_server, demo):
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    tab_to(page, main_link(page, "Change the mentor of Lillian Solis"))
    page.keyboard.press("Enter")
    heading(page, "Who will mentor Lillian Solis?")
    tab_to(page, page.get_by_role("radio").first)
    for _ in range(page.get_by_role("radio").count()):
        if not page.get_by_label("Elvis Welch").is_checked():
            page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    type_in(page, Day="1", Month="September", Year="2025")
    heading(page, "Check your answers")
    tab_to(page, page.get_by_role("button", name="Confirm"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Elvis Welch now mentors Lillian Solis.")).to_be_visible()
