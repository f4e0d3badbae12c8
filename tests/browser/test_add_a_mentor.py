"""An induction tutor adds a mentor: who is known, who is here already, who has no TRN."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from schools.models import MentorAtSchool
from tests.browser.answering import fill_day, go_on, heading, main_link, wrong_and_checked
from tests.browser.checks import check_error, check_page
from tests.browser.people import sign_in

# A mentor at Argyle Primary School.
MARTIN = {"trn": "9900101", "born": date(1990, 8, 23)}


@pytest.fixture
def sarah(page: Page, demo) -> Page:
    """Sarah Philips of Plymouth Primary School, signed in, on the first page of the journey."""
    sign_in(page, "Sarah Philips")
    page.goto("/schools/999001/mentors")
    page.get_by_role("button", name="Add mentor").click()
    return page


def look_up(page: Page, trn: str, born: date) -> None:
    page.get_by_label("What is their teacher reference number (TRN)?").fill(trn)
    go_on(page)
    fill_day(page, born)
    go_on(page)


def test_a_mentor_of_another_school_is_added(sarah: Page):
    wrong_and_checked(sarah, "What is their teacher reference number (TRN)?", "Enter their TRN")
    sarah.get_by_label("What is their").fill("RP99/0010X")
    go_on(sarah)
    check_error(sarah, "TRN must be digits only, like 0123456")
    sarah.get_by_label("What is their").fill(MARTIN["trn"])
    go_on(sarah)
    wrong_and_checked(sarah, "What is their date of birth?", "Enter their date of birth")
    fill_day(sarah, MARTIN["born"])
    go_on(sarah)
    wrong_and_checked(sarah, "Is this Martin Osei?", "Select if this is them")
    sarah.get_by_label("Yes").check()
    go_on(sarah)
    wrong_and_checked(sarah, "What email address does", "Enter their email address")
    sarah.get_by_label("What email address").fill("martin.osei@plymouth.example")
    go_on(sarah)
    wrong_and_checked(sarah, "When does Martin Osei start", "Enter their start date")
    today = date.today()  # noqa: DTZ011 - the browser's service has the same clock
    fill_day(sarah, today)
    go_on(sarah)
    there = "Argyle Primary School"
    unanswered = "Select yes if they will go on mentoring there"
    wrong_and_checked(sarah, f"Will Martin Osei go on mentoring at {there}?", unanswered)
    sarah.get_by_label("No").check()
    go_on(sarah)
    wrong_and_checked(sarah, "What is Martin Osei’s last day at", "Enter their last day there")
    fill_day(sarah, today + timedelta(days=30))
    go_on(sarah)
    unanswered = "Select who will run their mentor training"
    wrong_and_checked(sarah, "Who will run Martin Osei’s mentor training?", unanswered)
    sarah.get_by_role("radio").first.check()
    go_on(sarah)

    heading(sarah, "Check your answers")
    expect(sarah.get_by_text("Martin Osei is also a mentor at")).to_be_visible()
    expect(sarah.get_by_text(f"after their last day at {there}")).to_be_visible()
    check_page(sarah)
    sarah.get_by_role("link", name="Change email address").click()
    sarah.get_by_label("What email address").fill("m.osei@plymouth.example")
    go_on(sarah)
    heading(sarah, "Check your answers")
    sarah.get_by_role("button", name="Add mentor").click()

    expect(sarah.get_by_role("alert")).to_contain_text("You have added Martin Osei as a mentor")
    heading(sarah, "Martin Osei")
    expect(sarah.get_by_text("m.osei@plymouth.example")).to_be_visible()
    expect(sarah.get_by_text("Also a mentor at")).to_be_visible()
    expect(sarah.get_by_text(f"You told us that their last day at {there} is")).to_be_visible()
    check_page(sarah)

    # Back, and sent once more: nothing is added twice.
    sarah.go_back()
    heading(sarah, "Mentors")
    assert MentorAtSchool.objects.filter(email="m.osei@plymouth.example").count() == 1

    # The other school reads what it is asked to tell us.
    sign_in(sarah, "Grace Okafor")
    sarah.goto("/schools/100008/mentors?show=not-mentoring")
    main_link(sarah, "Martin Osei").click()
    expect(
        sarah.get_by_text("told us that Martin Osei’s last day at your school is")
    ).to_be_visible()
    check_page(sarah)
    main_link(sarah, "tell us that they are leaving your school").click()
    heading(sarah, "What is Martin Osei’s last day at your school?")


def test_who_is_here_already_and_who_has_no_trn(sarah: Page):
    sarah.get_by_role("link", name="They do not have a TRN").click()
    heading(sarah, "You need their TRN to add them")
    check_page(sarah)
    sarah.get_by_role("link", name="Back", exact=True).click()

    jane = MentorAtSchool.objects.get(teacher__name="Jane Thomas").teacher
    look_up(sarah, jane.trn, jane.date_of_birth)
    heading(sarah, "Jane Thomas is already a mentor at your school")
    check_page(sarah)
