"""The section "Mentor training" of a mentor's page: who trains the mentor, or has."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from declarations.models import LeadProvider, SchoolYear, TrainingPeriod
from declarations.states import State
from declarations.transitions import change_state
from schools.models import School
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_training_period,
    make_waiting,
)
from tests.mentors.declaring import declare
from tests.mentors.reading import rows, why, words
from tests.mentors.training_section import (
    AMBITION,
    paired,
    put_in_force,
    recorded,
    section_of,
    training,
)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

UCL = {"Lead provider": "UCL", "Delivery partner": "Devon Teaching School Hub"}
NOT_REPORTED = dict.fromkeys(AMBITION, "Not yet reported by a lead provider")
NO_PROVIDER = {
    "Lead provider": "None. Your school does not use a DfE-funded training provider, so no provider"
    " reports mentor training.",
    "Delivery partner": "None",
}


def test_providers_are_those_of_the_training_period_now(client: Client, school: School):
    mentor = make_mentor(school=school)
    training(mentor, UCL, 2022, finished_on=date(2026, 1, 15))
    training(mentor, AMBITION, 2025, started_on=date(2026, 1, 15), finished_on=date(2026, 1, 16))
    training(mentor, UCL, 2026, started_on=date(2026, 1, 16))
    assert rows(section_of(client, mentor)) == AMBITION


def test_with_none_now_they_are_those_of_the_latest_here(client: Client, school: School):
    mentor = make_mentor(school=school)
    training(mentor, UCL, 2022, finished_on=date(2023, 1, 1))
    training(mentor, AMBITION, 2023, started_on=date(2023, 9, 1), finished_on=date(2024, 9, 1))
    assert rows(section_of(client, mentor)) == AMBITION


@pytest.mark.parametrize("policy", ["", "three_statuses"])
def test_training_here_that_is_over_is_said_to_be(client: Client, school: School, policy):
    """No provider is to report it, so "You do not need to do anything" would be wrong."""
    if policy:
        put_in_force(policy)
    mentor = make_mentor(school=school)
    paired(mentor)
    training(mentor, finished_on=date(2026, 1, 15))
    section = section_of(client, mentor)
    ended = "Ambition Institute does not train them at this school now."
    assert f"{ended} If another lead provider trains them, tell us which." in why(section)
    assert "You do not need to do anything" not in words(section)
    training(make_mentor(mentor.teacher, make_school("St Bede")), UCL)
    assert f"{ended} They train through St Bede now." in why(section_of(client, mentor))


def test_training_to_come_is_told_where_other_training_here_is_over(client: Client, school: School):
    mentor = make_mentor(school=school)
    paired(mentor)
    training(mentor, finished_on=date(2026, 1, 15))
    training(mentor, UCL, started_on=date(2026, 9, 1))
    section = section_of(client, mentor)
    assert rows(section)["Lead provider"] == "UCL"
    assert "Their training with UCL begins on 1 September 2026." in words(section)
    assert "does not train them" not in words(section)


def test_of_a_mentor_who_left_nobody_is_to_be_asked_to_report_them(client: Client, school: School):
    gone = {"finished_on": date(2025, 9, 1)}
    mentor = make_mentor(school=school, **gone)
    make_mentorship(mentor, make_ect(school=school), **gone)
    assert "tell us which" not in words(section_of(client, mentor))
    training(mentor, **gone)
    section = section_of(client, mentor)
    assert "Ambition Institute does not train them at this school now." in why(section)
    assert "tell us which" not in words(section)


def test_a_mentor_whom_no_provider_reports_may_be_reported(client: Client, school: School):
    put_in_force("three_statuses")
    mentor = make_mentor(school=school)
    said = "If a lead provider trains them, tell us which."
    assert said not in why(section_of(client, mentor))
    paired(mentor)
    assert said in why(section_of(client, mentor))


def test_a_training_period_of_an_earlier_time_here_counts(client: Client, school: School):
    before = make_mentor(school=school, finished_on=date(2023, 9, 1))
    training(before, finished_on=date(2023, 9, 1))
    back = make_mentor(before.teacher, school, started_on=date(2024, 9, 1))
    assert rows(section_of(client, back)) == AMBITION


def test_training_that_waits_names_the_provider_and_no_partner_yet(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_waiting(mentor, "UCL")
    assert rows(section_of(client, mentor)) == NOT_REPORTED | {
        "Lead provider": "UCL, who has yet to confirm it",
        "Delivery partner": "Not yet confirmed",
    }


@pytest.mark.parametrize("policy", ["completed_only", "three_statuses"])
@pytest.mark.parametrize("is_paired", [False, True])
def test_before_training_begins_the_provider_of_the_year_is_named(
    client, school, policy, is_paired
):
    """Under the policies that show "Not yet started", until the first pairing."""
    put_in_force(policy)
    make_partnership(school, 2025, *AMBITION.values())
    make_partnership(school, 2024, *UCL.values())
    mentor = make_mentor(school=school)
    if is_paired:
        paired(mentor)
    said = rows(section_of(client, mentor))
    said.pop("Status", None)
    not_yet_started = policy == "three_statuses" and not is_paired
    assert said == (AMBITION if not_yet_started else NOT_REPORTED)


def test_the_provider_that_the_school_chose_has_yet_to_confirm_it(client, school):
    put_in_force("three_statuses")
    SchoolYear.objects.create(
        school=school,
        cohort=make_cohort(2025),
        programme="provider_led",
        lead_provider=LeadProvider.objects.create(name="UCL"),
    )
    said = rows(section_of(client, make_mentor(school=school)))
    assert said["Lead provider"] == "UCL, who has yet to confirm it"
    assert said["Delivery partner"] == "Not yet confirmed"


def test_their_own_training_as_an_ect_is_not_mentor_training(client: Client, school: School):
    ect = make_ect(school=school, finished_on=date(2024, 9, 1))
    make_training_period(ect, make_partnership(school), finished_on=date(2024, 9, 1))
    mentor = make_mentor(ect.teacher, school, started_on=date(2024, 9, 1))
    assert rows(section_of(client, mentor)) == NOT_REPORTED


def test_completed_elsewhere_shows_the_providers_that_declared_it(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_partnership(school)
    elsewhere = make_mentor(mentor.teacher)
    training(elsewhere, UCL)
    declare(mentor.teacher, by="UCL")
    assert rows(section_of(client, mentor)) == {"Status": "Training completed", **UCL}


def test_a_training_period_here_comes_before_a_completion_elsewhere(client: Client, school: School):
    mentor = make_mentor(school=school)
    training(mentor, AMBITION)
    training(make_mentor(mentor.teacher), UCL)
    declare(mentor.teacher, by="UCL")
    assert rows(section_of(client, mentor)) == {
        "Status": "Training completed",
        "Completed with": "UCL and Devon Teaching School Hub",
        **AMBITION,
    }


def test_who_declared_the_completion_is_asked_first_about_it(client: Client, school: School):
    mentor = make_mentor(school=school)
    training(mentor, AMBITION)
    training(make_mentor(mentor.teacher), UCL)
    declare(mentor.teacher, by="UCL")
    LeadProvider.objects.filter(name="UCL").update(email="schools@ucl.example")
    asked = "ask UCL first, at schools@ucl.example"
    assert asked in words(section_of(client, mentor))
    TrainingPeriod.objects.filter(school=school).delete()
    assert asked in words(section_of(client, mentor))


def test_training_elsewhere_without_completion_names_that_school(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_partnership(school)
    training(make_mentor(mentor.teacher, make_school("St Bede")), UCL)
    assert rows(section_of(client, mentor)) == {"Lead provider": "They train through St Bede."}


@pytest.mark.parametrize(
    ("stopped", "said"),
    [
        (
            {"withdrawn_at": "2025-03-01T12:00:00Z", "withdrawn_reason": "other"},
            "Ambition Institute has told us they are no longer training them."
            " Contact them if this is wrong.",
        ),
        (
            {"deferred_at": "2025-03-01T12:00:00Z", "deferred_reason": "other"},
            "Ambition Institute has told us that this training is paused."
            " Contact them if this is wrong.",
        ),
    ],
)
def test_a_provider_that_stopped_training_them_is_said(
    client: Client, school: School, stopped, said
):
    mentor = make_mentor(school=school)
    training(mentor, finished_on=date(2025, 3, 1), **stopped)
    section = section_of(client, mentor)
    assert rows(section) == AMBITION
    assert why(section)[0] == said


def test_training_that_waits_for_a_partnership_is_not_confirmed(client: Client, school: School):
    mentor = make_mentor(school=school)
    period = training(mentor)
    TrainingPeriod.objects.filter(pk=period.pk).update(partnership=None)
    assert rows(section_of(client, mentor)) == {
        "Lead provider": "Ambition Institute, who has yet to confirm it",
        "Delivery partner": "Not yet confirmed",
    }


@pytest.mark.parametrize(("by", "who"), [("token 1", "Ambition Institute"), ("user 1", "DfE")])
def test_a_completion_that_was_taken_back_is_said_for_ninety_days(
    client: Client, school: School, time_machine, by, who
):
    put_in_force("three_statuses")
    tutor = school.induction_tutors.get().user
    mentor = make_mentor(school=school)
    paired(mentor)
    training(mentor)
    declaration = declare(mentor.teacher)
    now = datetime(2026, 1, 14, 12, tzinfo=UTC)
    change_state(declaration, State.VOIDED, by=by, why="Mistake", now=now)
    said = f"On 14 January 2026, {who} took back the completion that was reported."
    assert why(section_of(client, mentor))[0] == said
    time_machine.move_to("2026-04-13T12:00:00Z")
    client.force_login(tutor)
    assert why(section_of(client, mentor))[0] == said
    time_machine.move_to("2026-04-14T12:00:00Z")
    client.force_login(tutor)
    assert why(section_of(client, mentor))[0] == "This is when they were first assigned an ECT."


def test_early_roll_out_names_no_provider(client: Client, school: School):
    make_partnership(school)
    mentor = make_mentor(school=school)
    recorded("early_roll_out")(mentor)
    section = section_of(client, mentor)
    assert rows(section) == {"Status": "Training completed"}
    assert why(section) == [
        "They completed it in the early roll-out of the programme, so no lead provider is shown."
    ]


@pytest.mark.parametrize(
    ("programmes", "shown"),
    [
        (["provider_led"], NOT_REPORTED),
        (["school_led", "provider_led"], NOT_REPORTED),
        (["not_decided"], NOT_REPORTED),
        (["school_led", "not_decided"], NO_PROVIDER),
        ([], NOT_REPORTED),
        (["school_led"], NO_PROVIDER),
        (["school_led", "school_led"], NO_PROVIDER),
    ],
)
def test_without_any_training_the_school_says_what_is_known(
    client: Client, school: School, programmes, shown
):
    for year, programme in enumerate(programmes, 2022):
        SchoolYear.objects.create(school=school, cohort=make_cohort(year), programme=programme)
    assert rows(section_of(client, make_mentor(school=school))) == shown
