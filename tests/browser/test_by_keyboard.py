"""The journeys of a school by keyboard alone; each page is checked that no other file checks.

Those of adding an ECT, pairing and leaving are walked so in files of their own.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from declarations import cohort_rules
from declarations.models import Cohort
from tests.accounts.signing_in import make_tutor, newest_code
from tests.browser.answering import (
    check_before_an_error,
    heading,
    main_link,
    tab_to,
    type_in,
)
from tests.browser.checks import check_error, check_page
from tests.browser.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
SCHOOL = "/schools/999001"


def press(page: Page, wanted: Locator) -> None:
    """Go to a link or button by Tab, and press Enter."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def press_button(page: Page, name: str) -> None:
    press(page, page.get_by_role("button", name=name))


def choose(page: Page, label: str) -> None:
    """Go to the radios by Tab, move to this one by the arrows, and send the form by Enter."""
    wanted = page.get_by_role("radio", name=label)
    expect(wanted).to_be_visible()
    radios = page.locator("main").get_by_role("radio")
    chosen = radios.and_(page.locator(":checked"))
    tab_to(page, chosen if chosen.count() else radios.first)
    page.keyboard.press("Space")
    for _ in range(page.get_by_role("radio").count()):
        if wanted.is_checked():
            break
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()
    page.keyboard.press("Enter")


def retype(page: Page, label: str, answer: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.press("Control+A")
    page.keyboard.type(answer)
    page.keyboard.press("Enter")


def said(page: Page, what: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(what)


def test_adding_a_mentor_and_undoing_it(page: Page, demo):
    sign_in(page, "Sarah Philips")
    page.goto(f"{SCHOOL}/mentors")
    press_button(page, "Add mentor")
    press(page, main_link(page, "They do not have a TRN, or I do not know it"))
    heading(page, "You need their TRN to add them")
    page.go_back()
    type_in(page, **{"What is their teacher reference number (TRN)?": "0123456"})
    type_in(page, Day="1", Month="January", Year="1990")
    press_button(page, "Enter their name")
    type_in(page, **{"What is their full name?": "Ada Byron"})
    type_in(
        page, **{"What email address does Ada Byron use at your school?": "ada@plymouth.example"}
    )
    type_in(page, Day="1", Month="Sept.", Year="2025")
    heading(page, "Who will run Ada Byron’s mentor training?")
    choose(page, "They will not do mentor training now")
    heading(page, "Check your answers")
    press_button(page, "Add mentor")
    said(page, "You have added Ada Byron as a mentor.")
    press(page, main_link(page, "Tell us if Ada Byron was added by mistake"))
    heading(page, "Undo adding Ada Byron")
    check_page(page)
    press_button(page, "Confirm and remove them")
    said(page, "We have removed Ada Byron as a mentor at your school.")
    check_page(page)


def test_a_name_the_induction_tutors_and_signing_out(page: Page, demo):
    sign_in(page, "Sarah Philips")
    page.goto(f"{SCHOOL}/mentors")
    press(page, main_link(page, "Jane Thomas"))
    press(page, main_link(page, "Change name"))
    retype(page, "What is their full name?", "Jane Smith")
    press_button(page, "Change name")
    said(page, "Jane Thomas’s name is now Jane Smith.")

    page.goto(SCHOOL)
    press(page, main_link(page, "Change induction tutor"))
    press_button(page, "Name an induction tutor")
    type_in(page, Full_name="Nell Named", Email_address="nell@plymouth.example")
    press_button(page, "Name them and send the invitation")
    said(page, "You have named Nell Named as an induction tutor.")
    press(page, page.get_by_role("link", name="Record last day (Nell Named)"))
    today = timezone.localdate()
    type_in(page, Day=str(today.day), Month=str(today.month), Year=str(today.year))
    press_button(page, "Record the last day")
    said(page, "Nell Named is an induction tutor until")
    press_button(page, "Stop these emails")
    said(page, "We will not email you about mentor training at Plymouth Primary School.")
    check_page(page)
    press_button(page, "Start these emails")
    press_button(page, "Sign out")
    said(page, "You have signed out.")
    check_page(page)


def test_another_lead_provider(page: Page, demo):
    sign_in(page, "Sarah Philips")
    page.goto(f"{SCHOOL}/mentors?show=all")
    press(page, main_link(page, "Julie Carver"))
    press(page, main_link(page, "Change lead provider"))
    heading(page, "Which lead provider will run Julie Carver’s mentor training?")
    choose(page, "Teach First")
    heading(page, "Check the new lead provider")
    press_button(page, "Confirm this lead provider")
    said(page, "Julie Carver’s lead provider is now Teach First.")


def test_the_academic_year_and_a_filter(page: Page, demo):
    year = cohort_rules.cohort_of(timezone.localdate())
    Cohort.objects.get_or_create(start_year=year)
    sign_in(page, "Sarah Philips")
    page.goto(SCHOOL)
    named = f"{year} to {year + 1}"
    press(page, main_link(page, f"Tell us how you will train teachers in {named}"))
    heading(page, f"How will you train teachers in {named}?")
    check_before_an_error(page)
    press_button(page, "Continue")
    check_error(page, "Select how you will train teachers")
    check_page(page)
    choose(page, "Use a training provider funded by the DfE")
    heading(page, f"Which lead provider will you use in {named}?")
    check_page(page)
    press_button(page, "Continue")
    check_error(page, "Select which lead provider you will use")
    choose(page, "We do not know yet")
    heading(page, "Check your answers")
    check_page(page)
    press_button(page, "Confirm")
    said(page, f"You have told us how you will train teachers in {named}.")
    check_page(page)

    page.goto(f"{SCHOOL}/mentors")
    choose(page, "Not mentoring")
    expect(main_link(page, "Julie Carver")).to_be_visible()
    press(page, main_link(page, "What is mentor training?"))
    heading(page, "What is mentor training?")


def test_signing_in_with_a_code(page: Page):
    tutor = make_tutor()
    page.goto("/sign-in")
    type_in(page, Email_address=tutor.email)
    heading(page, "Check your email")
    type_in(page, **{"6-digit code": newest_code()})
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    check_page(page)
