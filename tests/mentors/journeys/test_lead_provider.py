"""A tutor changes the lead provider that trains a mentor."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from declarations.models import RecordedCompletion, SchoolYear, TrainingPeriod
from declarations.submission import void
from declarations.training import change_lead_provider
from mentors.models import StatusPolicy
from schools.models import MentorAtSchool, School
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_pair,
    make_partnership,
    make_school,
    make_tutor,
    make_waiting,
)
from tests.declarations.trained import NOW, declare, make_trained, provider
from tests.mentors.journeys.pairing_helpers import banner, read
from tests.mentors.reading import address, choices, link, open_address, open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z", tick=False)]

TODAY, START, OVER = date(2026, 3, 2), date(2025, 9, 1), date(2026, 2, 1)
US, THEM, UCL = "Ambition Institute", "Teach First", "UCL"


@pytest.fixture
def mentor(client: Client) -> MentorAtSchool:
    for name in (US, THEM, UCL):
        make_pair(name, "A hub", 2025)
    mentor = make_mentor(name="Jane Thomas", school=make_school())
    client.force_login(make_tutor(mentor.school))
    return mentor


def section(client: Client, mentor: MentorAtSchool):
    page = open_page(client, "mentor", mentor.school.urn, mentor.public_id)
    return page.select_one("#mentor-training")


def first_page(mentor: MentorAtSchool) -> str:
    return address("mentor-lead-provider", mentor.school.urn, mentor.public_id)


def choose(client: Client, mentor: MentorAtSchool, name: str, by: str = "Change lead provider"):
    """Open the journey from the mentor's page, and answer up to the page that shows it."""
    page = open_address(client, link(section(client, mentor), by))
    response = client.post(first_page(mentor), {"lead_provider": name})
    return page, read(client.get(response.url))


def confirm(client: Client, mentor: MentorAtSchool, page):
    seen = page.select_one("[name=seen]")["value"]
    response = client.post(f"{first_page(mentor)}/check", {"seen": seen})
    return read(client.get(response.url))


def test_what_has_begun_ends_yesterday_and_begins_today_with_another(client, mentor):
    training = make_trained(2025, US, "A hub", mentor=mentor, started_on=START)
    there = make_partnership(mentor.school, 2025, THEM, "A hub")
    question, page = choose(client, mentor, THEM)
    assert words(question.h1) == "Which lead provider will run Jane Thomas’s mentor training?"
    assert choices(question) == [THEM, UCL]
    answers = rows(page)
    assert (answers["Lead provider now"], answers["New lead provider"]) == (US, THEM)
    assert f"Jane Thomas’s training with {US} ends on 1 March 2026." in words(page)
    assert f"Jane Thomas’s training with {THEM} begins on 2 March 2026." in words(page)
    page = confirm(client, mentor, page)
    assert banner(page) == (
        f"Jane Thomas’s lead provider is now {THEM}. {THEM} will contact Jane Thomas about their"
        f" training. Jane Thomas’s page changes when {THEM} tells us that they have completed it."
    )
    assert rows(page.select_one("#mentor-training"))["Lead provider"].startswith(THEM)
    training.refresh_from_db()
    assert (training.last_day, training.end_reason) == (date(2026, 3, 1), "changed_lead_provider")
    new = mentor.training_periods.exclude(pk=training.pk).get()
    assert (new.started_on, new.finished_on, new.partnership) == (TODAY, None, there)


def test_what_only_waits_is_changed_in_place(client, mentor):
    training = make_waiting(mentor, US, 2025, started_on=START)
    _, page = choose(client, mentor, UCL)
    assert f"{US} will not train Jane Thomas." in words(page)
    page = confirm(client, mentor, page)
    assert banner(page).startswith(
        f"Jane Thomas’s lead provider is now {UCL}. {UCL} will contact Jane Thomas once it has"
    )
    now = TrainingPeriod.objects.get()
    assert (now.pk, now.started_on, now.lead_provider.name) == (training.pk, START, UCL)


def _withdrawn(mentor: MentorAtSchool) -> None:
    at = {"withdrawn_at": datetime(2026, 1, 31, 9, tzinfo=UTC), "withdrawn_reason": "other"}
    make_trained(2025, US, "A hub", mentor=mentor, started_on=START, finished_on=OVER, **at)


def _over(mentor: MentorAtSchool) -> None:
    make_waiting(mentor, US, 2025, started_on=START, finished_on=OVER)


def _paired(mentor: MentorAtSchool) -> None:
    make_mentorship(mentor, make_ect(school=mentor.school), started_on=START)


def _taken_back(mentor: MentorAtSchool) -> None:
    elsewhere = make_mentor(mentor.teacher, make_school("St Bede"), finished_on=OVER)
    training = make_trained(2025, US, "A hub", mentor=elsewhere, finished_on=OVER)
    made = declare(training, "completed", evidence_held="75-percent-engagement-met")
    void(made.lead_provider, made.pk, by="token 1", now=NOW)


@pytest.mark.parametrize(
    ("given", "by"),
    [
        (_taken_back, "Choose lead provider"),
        (_withdrawn, "Change lead provider"),
        (_over, "Change lead provider"),
        (_paired, "Choose lead provider"),
        (lambda _: None, "Choose lead provider"),
    ],
)
def test_a_mentor_who_is_in_no_training_now_begins_it_with_the_one_chosen(
    client, mentor, given, by
):
    given(mentor)
    before = list(mentor.training_periods.values())
    question, page = choose(client, mentor, THEM, by)
    assert choices(question) == [US, THEM, UCL]
    assert "Lead provider now" not in rows(page)
    assert rows(page)["New lead provider"] == THEM
    assert f"Jane Thomas’s training with {THEM} begins on 2 March 2026." in words(page)
    page = confirm(client, mentor, page)
    assert banner(page).startswith(
        f"{THEM} will run Jane Thomas’s mentor training. {THEM} will contact Jane Thomas once it"
    )
    new = mentor.training_periods.get(finished_on=None)
    assert (new.started_on, new.lead_provider.name, new.waits) == (TODAY, THEM, True)
    assert list(mentor.training_periods.exclude(pk=new.pk).values()) == before
    shown = rows(page.select_one("#mentor-training"))["Lead provider"]
    assert shown.startswith(f"{THEM}, who has yet to confirm it")


def test_training_to_come_is_changed_where_other_training_is_over(client, mentor):
    _over(mentor)
    to_come = make_waiting(mentor, THEM, 2025, started_on=date(2026, 4, 13))
    question, page = choose(client, mentor, UCL)
    assert choices(question) == [US, UCL]
    assert rows(page)["Lead provider now"] == THEM
    confirm(client, mentor, page)
    to_come.refresh_from_db()
    assert (to_come.lead_provider.name, to_come.started_on) == (UCL, date(2026, 4, 13))


def test_training_that_another_tutor_began_a_moment_ago_is_shown_first(client, mentor):
    _paired(mentor)
    _, page = choose(client, mentor, THEM, "Choose lead provider")
    make_waiting(mentor, US, 2025, started_on=TODAY)
    page = confirm(client, mentor, page)
    assert "What we know of their training has changed." in words(page)
    assert TrainingPeriod.objects.get().lead_provider.name == US


def test_an_answer_is_needed_and_another_provider_than_now(client, mentor):
    make_waiting(mentor, US, 2025)
    for wrong in ("", US, "Nobody"):
        response = client.post(first_page(mentor), {"lead_provider": wrong})
        page = open_address(client, response.url)
        assert page.title.string.startswith("Error: ")
        assert words(page.select_one(".govuk-error-summary__list")) == (
            "Select which lead provider will run their mentor training"
        )


def test_what_another_tutor_changed_is_shown_first(client, mentor):
    training = make_waiting(mentor, US, 2025)
    _, page = choose(client, mentor, UCL)
    change_lead_provider(training, provider(THEM), by="user 1", now=NOW)
    page = confirm(client, mentor, page)
    assert "What we know of their training has changed." in words(page)
    assert rows(page)["Lead provider now"] == THEM
    assert TrainingPeriod.objects.get().lead_provider.name == THEM


def test_sent_again_it_changes_nothing(client, mentor):
    make_trained(2025, US, "A hub", mentor=mentor, started_on=START)
    _, page = choose(client, mentor, UCL)
    confirm(client, mentor, page)
    confirm(client, mentor, page)
    assert mentor.training_periods.count() == 2


def _elsewhere(mentor: MentorAtSchool) -> None:
    _over(mentor)
    make_waiting(make_mentor(mentor.teacher, make_school("St Bede")), US, 2025, started_on=OVER)


def _to_be_paired(_: MentorAtSchool) -> None:
    StatusPolicy.objects.create(in_force_from=START, policy="three_statuses")


def _closed(mentor: MentorAtSchool) -> None:
    _paired(mentor)
    mentor.school.status, mentor.school.closed_on = School.Status.CLOSED, TODAY
    mentor.school.save()


def _not_completed(mentor: MentorAtSchool) -> None:
    make_waiting(mentor, US, 2025)
    RecordedCompletion.objects.create(teacher=mentor.teacher, kind="started_not_completed")


def _completed(mentor: MentorAtSchool) -> None:
    declare(make_trained(mentor=mentor), "completed")
    TrainingPeriod.objects.update(finished_on=None, end_reason="")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (_to_be_paired, "We will ask who trains Jane Thomas when you assign an ECT to them."),
        (_elsewhere, "Jane Thomas trains through St Bede, where they go on mentoring."),
        (_closed, "No training begins at a closed school."),
        (_not_completed, "Jane Thomas is recorded as having started mentor training"),
        (_completed, "Jane Thomas has completed mentor training."),
    ],
)
def test_where_it_cannot_be_changed_there_is_no_link_and_the_page_says_why(
    client, mentor, given, why
):
    given(mentor)
    assert not section(client, mentor).select(".govuk-summary-list__actions")
    response = client.get(first_page(mentor))
    assert why in words(open_address(client, response.url))


def test_in_a_year_that_became_school_led_it_says_so(client, mentor):
    make_trained(2023, US, mentor=mentor, started_on=START)
    cohort = TrainingPeriod.objects.get().cohort
    cohort.closed_for_payment = True
    cohort.save()
    year = make_pair(US, "A hub", 2025).cohort
    SchoolYear.objects.create(school=mentor.school, cohort=year, programme="school_led")
    response = client.get(first_page(mentor))
    page = open_address(client, response.url)
    assert "Your school delivers its own programme in 2025 to 2026." in words(page)
