"""Staff preview a mentor's page under any policy, on any day; schools see no change."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from mentors.models import StatusPolicy
from tests import builders
from tests.accounts.signing_in import enter_admin, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor():
    mentor = builders.make_mentor(name="Jane Thomas", started_on=date(2022, 9, 1))
    ect = builders.make_ect(school=mentor.school, started_on=date(2022, 9, 1))
    builders.make_mentorship(mentor, ect, started_on=date(2022, 9, 1))
    return mentor


@pytest.fixture
def staff(client):
    enter_admin(client, make_staff(is_superuser=True))
    return client


def preview(browser, mentor, **asked: str):
    return browser.get(reverse("admin:preview-mentor", args=[mentor.public_id]), asked)


def asked(policy: str, day: date, **more: str) -> dict[str, str]:
    return {
        "policy": policy,
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
    } | more


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        (asked("completed_only", date(2025, 1, 1)), "Currently mentoring", "Started Autumn"),
        (asked("three_statuses", date(2025, 1, 1)), "Started Autumn term 2022", "Time to complete"),
        (asked("three_statuses", date(2022, 8, 31)), "Not yet started", "Started Autumn"),
        (
            asked("time_limit", date(2025, 9, 2), months="36"),
            "Time to complete ended in September 2025",
            "Started Autumn",
        ),
    ],
)
def test_the_page_is_as_the_policy_has_it_on_that_day(staff, mentor, question, said, not_said):
    page = preview(staff, mentor, **question).content.decode()
    assert "Jane Thomas" in page
    assert said in page
    assert not_said not in page


def test_it_begins_with_what_schools_read_now_and_changes_nothing(staff, mentor):
    StatusPolicy.objects.create(in_force_from=date(2022, 1, 1), policy="three_statuses")
    assert "“Three statuses”" in preview(staff, mentor).content.decode()
    preview(staff, mentor, **asked("completed_only", date(2025, 1, 1)))
    assert StatusPolicy.objects.get().policy == "three_statuses"


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (asked("time_limit", date(2025, 1, 1)), "Enter the months to complete"),
        (asked("time_limit", date(2025, 1, 1), months="0"), "Months to complete must be 1 or more"),
        (
            asked("three_statuses", date(2025, 1, 1)) | {"day-month": "13"},
            "Day must be a real date",
        ),
        (asked("three_statuses", date(2025, 1, 1)) | {"day-month": ""}, "Day must include a month"),
    ],
)
def test_a_faulty_question_says_what_is_wrong(staff, mentor, question, message):
    page = preview(staff, mentor, **question).content.decode()
    assert "<title>\n  Error: " in page or "Error: " in page.split("</title>")[0]
    assert message in page


def test_only_who_may_read_teachers_in_admin_sees_it(client, mentor):
    nobody_yet = make_staff()
    enter_admin(client, nobody_yet)
    assert preview(client, mentor).status_code == 403
    nobody_yet.groups.add(Group.objects.get(name="support"))
    assert preview(client, mentor).status_code == 200


def test_a_tutor_does_not_see_it(client, mentor):
    client.force_login(builders.make_tutor(mentor.school))
    assert preview(client, mentor).status_code == 302


def test_an_unknown_mentor_is_not_found(staff, mentor):
    ect = builders.make_ect()
    assert preview(staff, ect).status_code == 404


@pytest.mark.parametrize("group", ["support", "policy"])
def test_the_teacher_s_page_in_admin_leads_to_it(client, mentor, group):
    member = make_staff()
    member.groups.add(Group.objects.get(name=group))
    enter_admin(client, member)
    page = client.get(reverse("admin:schools_teacher_change", args=[mentor.teacher_id]))
    assert reverse("admin:preview-mentor", args=[mentor.public_id]) in page.content.decode()


def test_somebody_who_came_back_is_shown_as_the_school_sees_them(staff, mentor):
    mentor.mentorships.all().delete()
    mentor.finished_on = date(2023, 9, 1)
    mentor.save()
    again = builders.make_mentor(mentor.teacher, mentor.school, started_on=date(2024, 9, 1))
    page = preview(staff, mentor).content.decode()
    assert again.email in page
    assert mentor.email not in page
