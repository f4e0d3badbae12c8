"""The email of each working day, to the tutors of a school, about what became of training."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from declarations.models import CompletionNotice, RecordedCompletion, TrainingPeriod
from declarations.states import State
from declarations.submission import submit
from declarations.transitions import change_state
from mentors.completion_emails import email_completions, gets_emails, switch_emails
from mentors.models import StatusPolicy
from schools.models import InductionTutor, MentorAtSchool
from tests.at_once import at_once
from tests.builders import make_mentor, make_school, make_teacher, make_tutor
from tests.core.worker import run_waiting_jobs
from tests.declarations.trained import BY, claim_about, make_trained
from tests.declarations.uploading import DECLARATIONS, member, seal_of, send
from tests.mentors.reading import address, open_page, words

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)  # before eight
EIGHT, WEDNESDAY = TUESDAY + timedelta(hours=1), TUESDAY + timedelta(days=1, hours=1)


@pytest.fixture
def training() -> TrainingPeriod:
    """Jane Thomas, in training at Priory Primary School, which has one tutor."""
    school = make_school(urn=123456)
    make_tutor(school, "sarah@school.example")
    return make_trained(teacher=make_teacher("Jane Thomas"), school=school)


def declare(training: TrainingPeriod, now: datetime = TUESDAY):
    return submit(
        training.lead_provider, claim_about(training.teacher, "completed"), by=BY, now=now
    )


def take_back(declaration, now: datetime = TUESDAY, by: str = BY) -> None:
    change_state(declaration, State.VOIDED, by=by, why="In a test", now=now)


def emails_at(now: datetime) -> list[tuple[str, str]]:
    """Who gets an email at this moment, and its text."""
    mail.outbox.clear()
    number = email_completions(now)
    run_waiting_jobs()
    assert len(mail.outbox) == number
    return sorted((sent.to[0], sent.body) for sent in mail.outbox)


def told(now: datetime) -> list[str]:
    return [to for to, _ in emails_at(now)]


def test_a_completion_is_told_with_why_and_links(training, settings):
    declare(training)
    ((to, body),) = emails_at(EIGHT)
    assert to == "sarah@school.example"
    (sent,) = mail.outbox
    said = "Mentor training at Priory Primary School: what has changed"
    assert sent.subject == f"{said} - {settings.SERVICE_NAME}"
    mentor = MentorAtSchool.objects.get()
    site = f"{settings.SERVICE_URL}/schools/123456"
    assert body.split("\n\n")[:-1] == [
        "This has changed for mentors at Priory Primary School.",
        "Jane Thomas has completed mentor training. Ambition Institute told us they completed it."
        f"\n{site}/mentors/{mentor.public_id}",
        "Mentor training is a course for mentors themselves. It is separate from mentoring an ECT.",
        f"To stop these emails, go to:\n{site}/tutors#emails",
    ]


def test_names_are_the_only_personal_data_in_it(training):
    declare(training)
    ((_, body),) = emails_at(EIGHT)
    mentor = MentorAtSchool.objects.get()
    for held in (mentor.teacher.trn, mentor.email, "1990", "17 May", "sarah"):
        assert held not in body


@pytest.mark.parametrize(("by", "who"), [(BY, "Ambition Institute"), ("user 1", "DfE")])
@pytest.mark.parametrize("policy", [None, "three_statuses"])
def test_a_completion_taken_back_is_told_with_its_day_where_the_policy_shows_days(
    training, by, who, policy
):
    if policy:
        StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy=policy)
    declaration = declare(training)
    emails_at(EIGHT)
    take_back(declaration, EIGHT, by)
    ((_, body),) = emails_at(WEDNESDAY)
    when = "On 3 March 2026, " if policy else ""
    assert (
        "Jane Thomas is not shown as having completed mentor training any more."
        f" {when}{who} took back the completion that was reported."
    ) in body


def test_one_email_has_all_the_news_of_a_school_from_a_to_z(training):
    other = make_trained(
        mentor=make_mentor(make_teacher("Al Ant"), training.school), lead_provider="UCL"
    )
    make_tutor(training.school, "nell@school.example")
    declare(training)
    declare(other)
    (nell, body), (sarah, same) = emails_at(EIGHT)
    assert (nell, sarah) == ("nell@school.example", "sarah@school.example")
    assert body == same
    assert re.findall(r"^(.+?) has completed", body, re.MULTILINE) == ["Al Ant", "Jane Thomas"]


# --- What still holds ---


def test_what_was_declared_and_taken_back_since_the_last_email_is_no_news(training):
    take_back(declare(training))
    assert told(EIGHT) == []
    assert told(WEDNESDAY) == []


def test_what_was_taken_back_and_declared_again_is_told_as_completed(training):
    declaration = declare(training)
    assert told(EIGHT)
    take_back(declaration, EIGHT)
    declare(training, EIGHT)
    ((_, body),) = emails_at(WEDNESDAY)
    assert "has completed mentor training" in body
    assert "any more" not in body


def test_a_completion_taken_back_of_one_of_the_early_roll_out_changes_nothing(training):
    declaration = declare(training)
    assert told(EIGHT)
    RecordedCompletion.objects.create(teacher=training.teacher, kind="early_roll_out")
    take_back(declaration, EIGHT)
    assert told(WEDNESDAY) == []


def test_a_mentor_who_left_is_not_told_of_and_one_at_two_schools_at_both(training):
    gone = {"finished_on": date(2026, 3, 3)}
    left = make_trained(mentor=make_mentor(school=training.school, **gone), **gone)
    second = make_school("St Bede")
    make_tutor(second, "bede@school.example")
    make_mentor(training.teacher, second, started_on=date(2026, 9, 1))
    declare(training)
    declare(left)
    assert told(EIGHT) == ["bede@school.example", "sarah@school.example"]
    (body,) = {sent.body for sent in mail.outbox if sent.to == ["bede@school.example"]}
    assert "mentors at St Bede" in body
    assert "Priory" not in body
    assert all("Morgan Mentor" not in sent.body for sent in mail.outbox)


# --- When ---


@pytest.mark.parametrize(
    ("noticed", "now", "tells"),
    [
        # A Tuesday in winter, in which London has UTC.
        ("2026-03-03T07:00Z", "2026-03-03T07:59:59Z", False),
        ("2026-03-03T07:59:59Z", "2026-03-03T08:00Z", True),
        ("2026-03-03T08:00Z", "2026-03-03T08:00Z", False),
        # In summer 8:00 in London is 7:00 UTC.
        ("2026-07-07T06:00Z", "2026-07-07T06:59:59Z", False),
        ("2026-07-07T06:00Z", "2026-07-07T07:00Z", True),
        ("2026-07-07T07:00Z", "2026-07-07T08:00Z", False),
        # A run that was missed is made up for.
        ("2026-03-03T07:00Z", "2026-03-03T22:00Z", True),
        # Not on a Saturday, a Sunday, or a bank holiday; then on the next working day.
        ("2026-04-02T09:00Z", "2026-04-03T08:00Z", False),
        ("2026-04-02T09:00Z", "2026-04-04T08:00Z", False),
        ("2026-04-02T09:00Z", "2026-04-06T08:00Z", False),
        ("2026-04-02T09:00Z", "2026-04-07T08:00Z", True),
    ],
)
def test_it_goes_at_eight_in_london_on_a_working_day(training, noticed, now, tells):
    declare(training, datetime.fromisoformat(noticed))
    assert bool(told(datetime.fromisoformat(now))) is tells


def test_there_is_one_email_a_day_and_what_was_late_waits_for_the_next(training):
    declare(training)
    late = make_trained(mentor=make_mentor(school=training.school), lead_provider="UCL")
    assert told(EIGHT) == ["sarah@school.example"]
    declare(late, TUESDAY)  # it was committed after eight
    assert told(EIGHT + timedelta(hours=1)) == []
    assert told(WEDNESDAY) == ["sarah@school.example"]
    assert told(WEDNESDAY + timedelta(days=1)) == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_moment_send_it_once(training):
    declare(training)
    assert sorted(at_once(*[lambda: email_completions(EIGHT)] * 2)) == [0, 1]
    run_waiting_jobs()
    assert len(mail.outbox) == 1
    assert CompletionNotice.objects.get().told_at == EIGHT


# --- Who ---


def test_only_tutors_of_the_day_who_can_sign_in_get_it(training):
    school = training.school
    make_tutor(school, "gone@school.example", finished_on=date(2026, 3, 3))
    make_tutor(school, "coming@school.example", started_on=date(2026, 3, 4))
    for email, fields in (("off@dfe.example", "is_active"), ("staff@dfe.example", "is_staff")):
        user = make_tutor(school, email)
        setattr(user, fields, fields == "is_staff")
        user.save()
    make_tutor(make_school("Another"), "another@school.example")
    # By DfE Sign-in as well as by nomination: still one email.
    sarah = InductionTutor.objects.get(user__email="sarah@school.example")
    InductionTutor.objects.create(
        user=sarah.user, school=school, started_on=date(2025, 9, 1), source="dfe_sign_in"
    )
    declare(training)
    assert told(EIGHT) == ["sarah@school.example"]


def test_it_is_switched_off_and_on_beneath_the_induction_tutors(training, client: Client):
    nell = make_tutor(training.school, "nell@school.example", name="Nell")
    client.force_login(nell)
    page = press(client, open_page(client, "tutors", 123456), "Stop these emails")
    said = "We will not email you about mentor training at Priory Primary School."
    assert said in words(page.main)
    declare(training)
    assert told(EIGHT) == ["sarah@school.example"]
    page = press(client, page, "Start these emails")
    assert "We will email you about mentor training at Priory Primary School." in words(page.main)
    assert "Stop these emails" in words(page.main)
    change = InductionTutor.objects.get(user=nell).events.latest("pgh_id")
    assert change.pgh_context.metadata["user"] == nell.pk


def press(client: Client, page, button: str):
    (form,) = [each for each in page.select("form") if words(each) == button]
    response = client.post(form["action"], follow=True)
    assert response.status_code == 200
    return type(page)(response.content, "html.parser")


def test_off_it_stays_off_for_a_new_appointment_and_is_a_school_s_own(training):
    school, second = training.school, make_school("St Bede")
    sarah = InductionTutor.objects.get().user
    make_tutor(second, sarah.email)
    switch_emails(sarah, school, on=False)
    InductionTutor.objects.create(
        user=sarah, school=school, started_on=date(2026, 1, 1), source="dfe_sign_in"
    )
    assert (gets_emails(sarah, school), gets_emails(sarah, second)) == (False, True)
    declare(training)
    assert told(EIGHT) == []
    switch_emails(sarah, school, on=True)
    assert gets_emails(sarah, school)


def test_the_link_in_the_email_leads_to_the_switch(training, client: Client, settings):
    declare(training)
    emails_at(EIGHT)
    (sent,) = mail.outbox
    where = re.search(r"To stop these emails, go to:\n(\S+)", sent.body)[1]
    client.force_login(InductionTutor.objects.get().user)
    page = open_page(client, "tutors", 123456)
    assert where == f"{settings.SERVICE_URL}{address('tutors', 123456)}#emails"
    assert words(page.select_one("#emails")) == "Emails to you about mentor training"


@pytest.mark.parametrize("ticked", [True, False])
def test_of_what_staff_upload_only_what_they_tick_is_told(
    client: Client, training: TrainingPeriod, ticked
):
    member(client, superuser=True)
    row = f"Ambition Institute,{training.teacher.trn},completed,2025-11-03T10:00:00Z"
    file = (
        "provider,trn,declaration_type,declaration_date,course_identifier,evidence_held,"
        f"participant_id\n{row},ecf-mentor,other,\n"
    ).encode()
    answers = {"tell_schools": "on"} if ticked else {}
    with time_machine.travel(TUESDAY, tick=False):
        checked = send(client, DECLARATIONS, file, **answers)
        # It is asked before the check, and stays as it was answered.
        assert checked.find("input", {"name": "tell_schools"}).has_attr("checked") is ticked
        send(client, DECLARATIONS, file, seal_of(checked), **answers)
    training.refresh_from_db()
    assert training.end_reason == training.EndReason.COMPLETED
    assert bool(told(EIGHT)) is ticked
