"""DfE staff name induction tutors in admin, by the rule that the schools' own pages ask."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import OutgoingEmail
from core.refusals import RefusedChange
from schools.models import InductionTutor, School
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_school, make_tutor

pytestmark = pytest.mark.django_db
NEW = "new.tutor@school.example"
ADD = "admin:schools_inductiontutor_add"
LIST = "admin:schools_inductiontutor_changelist"


@pytest.fixture
def school() -> School:
    return make_school("All Saints")


@pytest.fixture
def staff(client: Client) -> Client:
    """The browser of a user in the group "support"."""
    member = make_staff()
    member.groups.add(Group.objects.get(name="support"))
    enter_admin(client, member)
    return client


def name(staff: Client, school: School, email: str = NEW) -> BeautifulSoup:
    asked = {"school": school.pk, "email": email, "name": "Nell Named"}
    return page(staff.post(reverse(ADD), asked, follow=True))


def page(answer) -> BeautifulSoup:
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser")


def messages(read: BeautifulSoup) -> list[str]:
    return [item.get_text(strip=True) for item in read.select(".messagelist li")]


def test_naming_asks_three_things_and_sends_the_email(staff: Client, school: School):
    form = page(staff.get(reverse(ADD)))
    asked = [field["name"] for field in form.select("#inductiontutor_form [name]")]
    assert [field for field in asked if field in ("school", "email", "name", "user")] == [
        "school",
        "email",
        "name",
    ]
    answer = name(staff, school, "New.Tutor@School.Example")
    made = InductionTutor.objects.get()
    assert (made.user.email, made.shown_name, made.started_on) == (
        NEW,
        "Nell Named",
        timezone.localdate(),
    )
    assert f"We have emailed {made}." in messages(answer)
    assert [sent.to for sent in mail.outbox] == [[NEW]]
    (event,) = made.events.select_related("pgh_context")
    assert User.objects.get(pk=event.pgh_context.metadata["user"]).is_staff


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda school: make_staff(NEW), "email address of a member of DfE staff"),
        (lambda school: User.objects.create_user(NEW, "N", is_active=False), "is not active"),
        (lambda school: make_tutor(school, NEW), "already an induction tutor"),
        (lambda school: School.objects.update(status=2), "All Saints is closed"),
    ],
    ids=["staff", "not active", "already", "closed"],
)
def test_a_refusal_stands_at_the_email_address(staff: Client, school: School, given, said):
    given(school)
    before = InductionTutor.objects.count()
    answer = name(staff, school)
    assert said in answer.select_one(".field-email .errorlist").text
    assert InductionTutor.objects.count() == before
    assert not mail.outbox


def test_a_colleague_who_was_quicker_is_said(staff: Client, school: School, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise RefusedChange("A colleague was quicker")

    monkeypatch.setattr("schools.admin.nominate", refuse)  # after the form's own checks
    answer = name(staff, school)
    assert answer.select_one(".errorlist.nonfield").text == "A colleague was quicker"
    assert not InductionTutor.objects.exists()
    assert not mail.outbox


def test_an_email_that_fails_is_sent_again_from_the_list(staff: Client, school: School, settings):
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "no.such.Backend"
    name(staff, school)
    assert OutgoingEmail.objects.get().failure == "ModuleNotFoundError"
    settings.EMAIL_BACKEND = works
    made = InductionTutor.objects.get()
    left = make_tutor(school, finished_on=date(2025, 1, 1)).appointments.get()
    chosen = {"action": "invite_again", "_selected_action": [made.pk, left.pk]}
    answer = page(staff.post(reverse(LIST), chosen, follow=True))
    assert sorted(messages(answer)) == [
        "Left out, as they need none: 1.",
        f"We have emailed {made}.",
    ]
    assert [sent.to for sent in mail.outbox] == [[NEW]]


def test_an_appointment_keeps_its_person_and_school_and_gets_a_last_day(
    staff: Client, school: School
):
    made = make_tutor(school).appointments.get()
    change = reverse("admin:schools_inductiontutor_change", args=[made.pk])
    other = make_tutor(make_school())
    sent = {
        "user": other.pk,
        "school": other.appointments.get().school_id,
        "named_as": "Nell Named",
        "started_on": "2021-09-01",
        "finished_on": "2026-07-31",
    }
    assert staff.post(change, sent).status_code == 302
    changed = InductionTutor.objects.get(pk=made.pk)
    assert (changed.user, changed.school) == (made.user, school)
    assert (changed.named_as, changed.last_day) == ("Nell Named", date(2026, 7, 31))


def test_a_school_shows_its_tutors_and_names_none_there(staff: Client, school: School):
    make_tutor(school, name="Sarah Philips")
    read = page(staff.get(reverse("admin:schools_school_change", args=[school.pk])))
    assert "Sarah Philips" in read.select_one("#induction_tutors-group").text
    assert not read.select("#induction_tutors-group select[name$=user]")
