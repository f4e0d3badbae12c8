"""A teacher's page tells the whole story to each group, and why schools read what they read."""

from datetime import date
from uuid import UUID

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from core.history_words import history_of
from core.models import EmailState, OutgoingEmail
from declarations.models import RecordedCompletion, TrainingPeriod
from declarations.states import State
from mentors.models import Leaving, StatusPolicy
from schools.models import FormerPublicId, Teacher, TeacherMerge
from tests import builders
from tests.declarations.trained import NOW, bring_to, declare, make_trained

pytestmark = pytest.mark.django_db
GROUPS = ("support", "policy", "finance")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def page(answer) -> BeautifulSoup:
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser")


def rows(browser, teacher: Teacher, heading: str) -> list[list[str]]:
    shown = page(browser.get(reverse("admin:schools_teacher_change", args=[teacher.pk])))
    found = shown.find("h2", string=heading)
    if found is None:
        return []
    table = found.find_next("table")
    return [
        [" ".join(cell.stripped_strings) for cell in row.select("td")] for row in table("tr")[1:]
    ]


STORY = "The whole story"
READ = "What schools read about mentor training today, and why"


@pytest.fixture
def mentor():
    school = builders.make_school("Oakwood Primary")
    mentor = builders.make_mentor(name="Mo Entor", school=school, started_on=date(2022, 9, 1))
    ect = builders.make_ect(name="Elle Seaty", school=school, started_on=date(2022, 9, 1))
    builders.make_mentorship(mentor, ect, started_on=date(2022, 9, 5), finished_on=date(2023, 3, 2))
    declaration = declare(make_trained(mentor=mentor, started_on=date(2022, 9, 1)), "completed")
    bring_to(declaration, State.VOIDED)
    RecordedCompletion.objects.create(teacher=mentor.teacher, kind="started_not_completed")
    return mentor


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_reads_the_whole_story_in_order(member, mentor, group):
    story = rows(member(group), mentor.teacher, STORY)
    told = [what for _, what, *_ in story]
    expected = (
        f"First day as mentor at {mentor.school}",
        "First day that Mo Entor",
        "Last day that Mo Entor",
        "First day of training as mentor with Ambition Institute",
        "Declaration “Completed” by Ambition Institute, dated",
        "Declaration “Completed” by Ambition Institute: from submitted to voided (in a test)",
        "DfE recorded: Started, not completed",
        "Teacher: added",
        "Mentorship: added",
    )
    for beginning in expected:
        assert any(what.startswith(beginning) for what in told), (beginning, told)
    assert story[0][0] == "1 September 2022"
    last = next(what for what in told if what.startswith("Last day that"))
    assert last.endswith("The ECT's mentor changed")


def test_a_line_leads_to_records_that_the_group_may_open(member, mentor):
    address = reverse("admin:schools_teacher_change", args=[mentor.teacher_id])
    for group, leads in (("finance", True), ("support", False)):
        story = page(member(group).get(address)).find("h2", string=STORY).find_next("table")
        links = [link["href"] for link in story.select("a")]
        assert any("/declarations/declaration/" in link for link in links) is leads, group


@pytest.mark.parametrize(
    ("policy", "status", "why"),
    [
        (None, "No status of mentor training", "DfE took back the completion"),
        ("three_statuses", "Training not completed", "DfE took back the completion"),
    ],
)
def test_at_the_top_is_the_reason_that_the_page_of_the_school_gives(
    member, mentor, policy, status, why
):
    if policy:
        StatusPolicy.objects.create(in_force_from=date(2020, 1, 1), policy=policy)
    browser = member("policy")
    ((school, shown, reason, _),) = rows(browser, mentor.teacher, READ)
    assert (school, shown) == (str(mentor.school), status)
    preview = page(browser.get(reverse("admin:preview-mentor", args=[mentor.public_id])))
    assert reason in " ".join(preview.text.split())
    assert why in reason


def test_each_school_reads_its_own_reason(member):
    teacher = builders.make_teacher("Mo Entor")
    here, there = (builders.make_mentor(teacher, builders.make_school(name)) for name in "AB")
    declare(make_trained(mentor=here), "completed")
    read = rows(member("support"), teacher, READ)
    assert [(school, status) for school, status, *_ in read] == [
        (str(here.school), "Training completed"),
        (str(there.school), "Training completed"),
    ]
    assert {why for *_, why, _ in read} == {"Ambition Institute told us they completed it."}


def test_a_teacher_who_is_no_mentor_has_no_reading(member):
    ect = builders.make_ect(name="Elle Seaty")
    browser = member("finance")
    assert rows(browser, ect.teacher, READ) == []
    assert any("First day as ECT" in what for _, what, *_ in rows(browser, ect.teacher, STORY))


def test_what_a_provider_and_a_school_told_of_them_is_in_the_story(member, mentor):
    TrainingPeriod.objects.update(
        finished_on=date(2023, 3, 1), withdrawn_at=NOW, withdrawn_reason="other"
    )
    ect = builders.make_ect(school=mentor.school)
    why = {"deferred_at": NOW, "deferred_reason": "other", "finished_on": date(2023, 3, 1)}
    builders.make_training_period(ect, started_on=date(2023, 1, 1), **why)
    Leaving.objects.create(ect=ect, finished_on=date(2023, 7, 1), told_at=NOW)
    browser = member("support")
    told = {what for _, what, *_ in rows(browser, mentor.teacher, STORY)}
    assert "Ambition Institute withdrew them from training as mentor: Other" in told
    told = {what for _, what, *_ in rows(browser, ect.teacher, STORY)}
    assert "Ambition Institute deferred their training as ECT: Other" in told
    assert f"{mentor.school} told us that they leave" in told


def test_emails_about_them_and_merges_are_in_the_story(member, mentor):
    times = dict.fromkeys(("queued_at", "send_before", "next_try_at", "finished_at"), NOW)
    # A time that became one with the mentor's, in a merge.
    former = FormerPublicId.objects.create(mentor=mentor, public_id=UUID(int=1))
    for about in (mentor, builders.make_mentor(), former):
        OutgoingEmail.objects.create(
            kind="mentor elsewhere", about=about.public_id, state=EmailState.SENT, **times
        )
    TeacherMerge.objects.create(
        teacher=mentor.teacher,
        former_id=0,
        participant_id=mentor.public_id,
        into_participant_id=mentor.teacher.participant_id,
        mentor_training_record_id=mentor.public_id,
        trn="7777777",
        name="Mo Second",
        date_of_birth=date(1990, 5, 17),
        merged_at=NOW,
        by="user 0",
        rows=[],
    )
    told = [what for _, what, *_ in rows(member("finance"), mentor.teacher, STORY)]
    assert told.count("Email “mentor elsewhere”: sent") == 2
    assert "The record Mo Second (7777777) was merged into this one" in told


# --- History ---


def test_the_history_says_in_words_who_changed_what_on_which_page(member, mentor):
    browser = member("support")
    teacher = mentor.teacher
    address = reverse("admin:schools_teacher_change", args=[teacher.pk])
    form = {"name": "Mo Another", "trn": teacher.trn, "date_of_birth": "1990-05-17"}
    inline = {"recorded_completions-TOTAL_FORMS": 0, "recorded_completions-INITIAL_FORMS": 0}
    assert browser.post(address, form | inline).status_code == 302
    newest = history_of(teacher)[0]
    assert newest.what == "teacher: changed the name from “Mo Entor” to “Mo Another”"
    assert newest.who.startswith("Dee")
    assert newest.where == address
    for group in GROUPS[1:]:
        told = page(member(group).get(address.replace("change", "history")))
        assert "changed the name from “Mo Entor” to “Mo Another”" in told.text, group
    said = {what: where for _, what, _, where in rows(browser, teacher, STORY)}
    assert said["Teacher: changed the name from “Mo Entor” to “Mo Another”"] == address


def test_days_related_records_and_choices_are_told_as_readers_know_them(mentor):
    mentor = builders.make_mentor(school=mentor.school, started_on=date(2022, 9, 1))
    mentor.finished_on = date(2026, 8, 1)
    mentor.email = "mo@new.example"
    mentor.save()
    told = history_of(mentor)
    assert "the last day from nothing to 31 July 2026" in told[0].what
    assert f"school {mentor.school}" in told[1].what
    assert "1 September 2022" in told[1].what
    for day in (date(2023, 6, 5), None):
        mentor.teacher.mentor_funding_eligible_from = day
        mentor.teacher.save()
    removed, added, *_ = [each.what for each in history_of(mentor.teacher)]
    changed = "teacher: changed eligible for mentor funding from:"
    assert added == f"{changed} nothing before, now 5 June 2023"
    assert removed == f"{changed} 5 June 2023 before, now nothing"


def test_one_button_leads_to_the_history_and_only_who_sees_the_record_reads_it(member, mentor):
    browser = member("policy")
    address = reverse("admin:schools_teacher_change", args=[mentor.teacher_id])
    tools = page(browser.get(address)).select(".object-tools a")
    assert [tool.text for tool in tools] == ["History"]
    assert browser.get(tools[0]["href"]).status_code == 200
    training = mentor.training_periods.get()
    hidden = reverse("admin:declarations_trainingperiod_history", args=[training.pk])
    assert browser.get(hidden).status_code == 403
    assert member("finance").get(hidden).status_code == 200
    assert browser.get("/admin/schools/teacher/0/history/").status_code == 302
