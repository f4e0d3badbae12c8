"""A school's induction tutors, and naming another one, as a tutor of the school reads it."""

import re
from datetime import date
from email import message_from_bytes, policy

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from accounts.models import User
from core.models import OutgoingEmail
from schools.models import InductionTutor, School
from tests.accounts.signing_in import ask_for_code, enter, make_staff, newest_code
from tests.builders import make_school, make_tutor
from tests.core.smtp_sink import smtp_sink
from tests.mentors.reading import address, follow, heading, open_page, rows, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False),
]
NEW = "new.tutor@school.example"
ANSWERS = {"name": "Nell Named", "email": NEW}


@pytest.fixture
def school(client: Client) -> School:
    school = make_school("All Saints")
    client.force_login(make_tutor(school, "sarah@school.example", name="Sarah Philips"))
    return school


def page_of(answer) -> BeautifulSoup:
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser")


def answer(client: Client, school: School, **answers: str) -> BeautifulSoup:
    """The page after the first one of naming, for these answers."""
    return page_of(client.post(address("add-tutor", school.urn), ANSWERS | answers, follow=True))


def confirm(client: Client, school: School, check: BeautifulSoup | None = None) -> BeautifulSoup:
    """Press the button of the page with the answers, as it is now or was opened before."""
    check = check or open_page(client, "check-tutor", school.urn)
    sent = {"seen": check.select_one("[name=seen]")["value"]}
    return page_of(client.post(address("check-tutor", school.urn), sent, follow=True))


def error(page: BeautifulSoup) -> str:
    assert page.title.string.strip().startswith("Error: ")
    return words(page.select_one(".govuk-error-summary__list"))


def banner(page: BeautifulSoup) -> str:
    return words(page.select_one(".govuk-notification-banner"))


def tutors(page: BeautifulSoup) -> dict[str, dict[str, str]]:
    return {
        words(card.select_one(".govuk-summary-card__title")): rows(card)
        for card in page.select(".govuk-summary-card")
    }


def test_home_leads_to_the_tutors_of_today(client: Client, school: School):
    make_tutor(school, "al@school.example", name="Al Ant", finished_on=date(2026, 1, 21))
    make_tutor(school, name="Gone Yesterday", finished_on=date(2026, 1, 15))
    through = make_tutor(make_school(), "dan@school.example", name="Dan Dees")
    InductionTutor.objects.create(
        user=through, school=school, started_on=date(2025, 9, 1), source="dfe_sign_in"
    )
    home = open_page(client, "school-home", school.urn)
    page = follow(client, home, "Change induction tutor")
    assert heading(page) == ("All Saints", "Induction tutors")
    assert tutors(page) == {
        "Al Ant": {
            "Email address": "al@school.example",
            "Since": "1 September 2021",
            "Last day": "20 January 2026",
            "Invitation": "Send again to Al Ant",
        },
        "Dan Dees": {
            "Email address": "dan@school.example",
            "Since": "1 September 2025",
            "Leaving": "They are an induction tutor through DfE Sign-in. To end this, ask the"
            " approver of your school’s users at DfE Sign-in to take their access away.",
        },
        "Sarah Philips (you)": {
            "Email address": "sarah@school.example",
            "Since": "1 September 2021",
        },
    }
    links = [words(a) for a in page.select(".govuk-summary-card__actions a")]
    assert links == [
        "Change last day (Al Ant)",
        "Record last day (Sarah Philips (you))",
    ]


def test_naming_somebody_new_from_the_first_page_to_their_signing_in(
    client: Client, school: School
):
    page = follow(client, open_page(client, "tutors", school.urn), "Name an induction tutor")
    assert heading(page) == ("All Saints", "Name an induction tutor")
    check = answer(client, school, email="New.Tutor@School.Example")
    assert heading(check) == ("All Saints", "Check your answers")
    assert rows(check) == {"Full name": "Nell Named", "Email address": NEW}
    assert not User.objects.filter(email=NEW)

    done = confirm(client, school)

    said = "You have named Nell Named as an induction tutor. We have emailed them how to sign in."
    assert banner(done) == f"Success {said}"
    assert list(tutors(done)) == ["Nell Named", "Sarah Philips (you)"]
    assert [sent.to for sent in mail.outbox] == [[NEW]]
    browser = Client()
    ask_for_code(browser, NEW)
    enter(browser, newest_code())
    assert list(tutors(open_page(browser, "tutors", school.urn))) == [
        "Nell Named (you)",
        "Sarah Philips",
    ]


def test_the_email_over_smtp(client: Client, school: School):
    answer(client, school)
    with smtp_sink() as sink:
        confirm(client, school)
    ((recipients, content),) = sink.kept
    text = message_from_bytes(content, policy=policy.default).get_content()
    assert recipients == [NEW]
    assert "This email is for Nell Named." in " ".join(text.split())


def test_history_says_who_named_whom_when(client: Client, school: School):
    answer(client, school)
    confirm(client, school)
    made = InductionTutor.objects.get(user__email=NEW)
    (event,) = made.events.select_related("pgh_context")
    by = User.objects.get(pk=event.pgh_context.metadata["user"])
    assert (event.named_as, by.name) == ("Nell Named", "Sarah Philips")


OWNERS = {
    "nobody's": lambda: None,
    "a tutor's elsewhere": lambda: make_tutor(make_school(), NEW, name="Secret Name"),
    "DfE staff's": lambda: make_staff(NEW),
    "not active": lambda: User.objects.create_user(NEW, "Secret Name", is_active=False),
}


@pytest.mark.parametrize("owner", OWNERS)
def test_the_pages_do_not_tell_whose_an_address_is(client: Client, owner):
    school = make_school("All Saints", urn=100999)
    client.force_login(make_tutor(school, "sarah@school.example"))
    OWNERS[owner]()
    read = [words(answer(client, school).main), words(confirm(client, school).main)]
    read += [words(open_page(client, "school-home", school.urn).main)]
    again = InductionTutor.objects.get(user__email=NEW, school=school).pk
    read += [words(open_page(client, "tutor-last-day", school.urn, again).main)]
    path = address("invite-tutor-again", school.urn, again)
    read += [words(page_of(client.post(path, follow=True)).main)]
    assert len(mail.outbox) == 2
    assert read == [
        "All Saints Check your answers Full name Nell Named Change full name Email address"
        f" {NEW} Change email address Check the address: anyone who reads emails sent to it will be"
        " able to see and keep this school’s records. Name them and send the invitation Cancel",
        _list(
            "You have named Nell Named as an induction tutor. We have emailed them how to sign in."
        ),
        read[2],
        read[3],
        _list("We have emailed Nell Named again."),
    ]
    assert "Nell Named" in read[2]
    assert "Secret" not in "".join(read)
    assert "Dee Effie" not in "".join(read)


def _list(said: str) -> str:
    return (
        f"Success {said} All Saints Induction tutors Induction tutors see and keep this school’s"
        " records of early career teachers and mentors. A school can have several. Nell Named"
        f" Record last day (Nell Named) Email address {NEW} Since 15 January 2026"
        " Invitation Send again to Nell Named Sarah Philips (you) Record last day"
        " (Sarah Philips (you)) Email address sarah@school.example Since 1 September 2021"
        " Name an induction tutor Emails to you about mentor training We email you at 8am on"
        " working days when a mentor at this school has completed mentor training, or a lead"
        " provider or DfE has taken that back. Stop these emails"
    )


@pytest.mark.parametrize(
    ("answers", "words_of_error"),
    [
        ({"name": " "}, "Enter their full name"),
        ({"name": "x" * 101}, "Full name must be 100 characters or less"),
        ({"name": "Go to evil.example"}, "Full name must only include letters"),
        ({"name": "see https://evil"}, "Full name must only include letters"),
        ({"name": "a@b"}, "Full name must only include letters"),
        ({"email": ""}, "Enter their email address"),
        ({"email": "nell"}, "Enter an email address in the correct format"),
        ({"email": "Sarah@School.Example"}, "This person is already an induction tutor"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_entered_stays(
    client: Client, school: School, answers, words_of_error
):
    page = answer(client, school, **answers)
    assert page.title.string.strip().startswith("Error: ")
    assert words(page.select_one(".govuk-error-summary__list")).startswith(words_of_error)
    (field,) = answers
    assert page.find("input", {"name": field}).get("value", "") == answers[field]


@pytest.mark.parametrize("name", ["Zoë O’Neill-Smith", "Dr. Ana M. de Souza", "李 明", "J. R."])
def test_names_that_people_have(client: Client, school: School, name):
    assert rows(answer(client, school, name=name))["Full name"] == name


def test_who_changes_an_answer_finds_it_there_and_who_gives_up_leaves_nothing(
    client: Client, school: School
):
    page = follow(client, answer(client, school), "Change full name")
    assert page.find("input", {"name": "name"})["value"] == "Nell Named"
    open_page(client, "tutors", school.urn)
    page = open_page(client, "add-tutor", school.urn)
    assert not page.find("input", {"name": "name"}).get("value")
    assert rows(answer(client, school, name="Al Ant")) == {
        "Full name": "Al Ant",
        "Email address": NEW,
    }


def test_confirming_twice_names_once(client: Client, school: School):
    check = answer(client, school)
    confirm(client, school, check)
    again = confirm(client, school, check)
    assert heading(again)[1] == "Induction tutors"
    assert not again.select(".govuk-notification-banner")
    assert len(mail.outbox) == 1


def test_a_colleague_was_quicker(client: Client, school: School):
    check = answer(client, school)
    make_tutor(school, NEW)
    refused = confirm(client, school, check)
    assert error(refused) == "This person is already an induction tutor of this school"
    assert not mail.outbox


def test_who_comes_back_after_a_colleague_was_quicker_is_asked_again(
    client: Client, school: School
):
    answer(client, school)
    make_tutor(school, NEW)
    again = page_of(client.get(address("check-tutor", school.urn), follow=True))
    assert again.find("input", {"name": "email"})["value"] == NEW


def test_an_email_that_fails_is_tried_again_and_can_be_sent_again(
    client: Client, school: School, settings
):
    answer(client, school)
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "no.such.Backend"
    page = confirm(client, school)
    assert "Nell Named" in tutors(page)
    assert OutgoingEmail.objects.get().failure == "ModuleNotFoundError"
    settings.EMAIL_BACKEND = works
    tutor = InductionTutor.objects.get(user__email=NEW)
    path = address("invite-tutor-again", school.urn, tutor.pk)
    page = page_of(client.post(path, follow=True))
    assert banner(page) == "Success We have emailed Nell Named again."
    assert [sent.to for sent in mail.outbox] == [[NEW], [NEW]]


def test_ten_invitations_an_hour_for_a_tutor_whatever_browser(client: Client, school: School):
    tutor = make_tutor(school, NEW, name="Nell Named")
    path = address("invite-tutor-again", school.urn, school.induction_tutors.get(user=tutor).pk)
    for _ in range(10):
        client.post(path)
    too_many = "You have sent too many invitations. Wait an hour, then try again"
    browser = Client(REMOTE_ADDR="10.0.0.2")
    browser.force_login(User.objects.get(email="sarah@school.example"))
    assert banner(page_of(browser.post(path, follow=True))) == f"Important {too_many}."
    answer(browser, school, email="another@school.example")
    assert error(confirm(browser, school)) == too_many
    assert len(mail.outbox) == 10
    assert not User.objects.filter(email="another@school.example")


def test_a_closed_school_names_nobody(client: Client, school: School):
    School.objects.update(status=School.Status.CLOSED)
    page = open_page(client, "tutors", school.urn)
    assert "All Saints is closed. No induction tutor can be named for it." in words(page.main)
    assert not page.find(string=re.compile("Name an induction tutor"))
    assert client.get(address("add-tutor", school.urn)).url == address("tutors", school.urn)


def test_a_tutor_of_dfe_sign_in_is_not_invited(client: Client, school: School):
    tutor = make_tutor(school, NEW)
    InductionTutor.objects.filter(user=tutor).update(source="dfe_sign_in")
    pk = school.induction_tutors.get(user=tutor).pk
    assert client.post(address("invite-tutor-again", school.urn, pk)).status_code == 404


@pytest.mark.parametrize("name", ["tutor-last-day", "check-tutor-last-day", "invite-tutor-again"])
def test_a_tutor_of_another_school_is_not_found_at_ones_own(client: Client, school: School, name):
    make_tutor(other := make_school(), NEW)
    theirs = other.induction_tutors.get().pk
    assert client.post(address(name, school.urn, theirs)).status_code == 404
    assert client.post(address(name, other.urn, theirs)).status_code == 404
