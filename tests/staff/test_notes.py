"""Notes of staff: written on a teacher or a school, read in the story, withdrawn by the writer."""

from datetime import date
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentors.leaving.undoing import addition_of, undo_addition
from mentors.merging.merging import merge
from mentors.merging.planning import plan_merge
from schools.models import StaffNote, Teacher
from tests import builders
from tests.accounts.signing_in import enter_admin, make_staff
from tests.declarations.trained import NOW
from tests.staff.finance import enter_as, read, said

pytestmark = pytest.mark.django_db
GROUPS = ("support", "policy", "finance")
ADD = "/admin/schools/staffnote/add/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(record) -> str:
    return reverse(f"admin:schools_{record._meta.model_name}_change", args=[record.pk])


def story(browser: Client, record) -> list[list[str]]:
    table = (
        read(browser.get(page_of(record))).find("h2", string="The whole story").find_next("table")
    )
    return [
        [" ".join(cell.stripped_strings) for cell in row.select("td")] for row in table("tr")[1:]
    ]


def write(browser: Client, record, text: str = "Called on Monday: name to be put right."):
    return browser.post(ADD, {record._meta.model_name: record.pk, "text": text})


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("make", [builders.make_teacher, builders.make_school])
def test_each_group_writes_a_note_from_the_record_and_reads_it_in_the_story(make, group):
    record = make()
    browser, staff = enter_as(group)
    address = read(browser.get(page_of(record))).find("a", string="Add a note")["href"]
    name = record._meta.model_name
    chosen = read(browser.get(address)).select_one(f"#id_{name} option[selected]")
    assert chosen["value"] == str(record.pk)
    answer = browser.post(address, {name: chosen["value"], "text": " Called\u200b on\nMonday. "})
    assert (answer.status_code, answer.url) == (302, page_of(record))
    assert said(answer) == ["We have added your note."]
    note = StaffNote.objects.get()
    assert (note.text, note.by) == ("Called on Monday.", f"user {staff.pk}")
    when = "2 March 2026, 09:30"
    assert [when, "Note: Called on Monday.", f"Dee Effie (user {staff.pk})", ""] in story(
        browser, record
    )


def test_the_bare_form_says_what_to_choose_and_adds_no_record():
    browser, _ = enter_as("support")
    form = read(browser.get(ADD))
    assert "Choose a teacher or a school, and not both." in form.select_one("#content").text
    assert not form.select("#content .related-widget-wrapper-link")


def test_a_note_of_one_is_in_no_other_story():
    browser, _ = enter_as("support")
    teacher, other = builders.make_teacher(), builders.make_teacher()
    write(browser, teacher)
    assert any("Note" in what for _, what, *_ in story(browser, teacher))
    assert not any("Note" in what for _, what, *_ in story(browser, other))


def test_only_its_writer_withdraws_a_note_and_then_the_text_is_gone_from_the_story():
    teacher = builders.make_teacher()
    writer, _ = enter_as("finance")
    colleague, _ = enter_as("finance", "colleague@education.example")
    write(writer, teacher, "It is the wrong person.")
    note = StaffNote.objects.get()
    assert colleague.post(page_of(note), {"withdraw": "on"}).status_code == 403
    assert "withdraw" not in read(colleague.get(page_of(note))).text.lower().replace(
        "withdrawn at", ""
    )
    assert writer.post(page_of(note), {}).status_code == 302
    note.refresh_from_db()
    assert note.withdrawn_at is None
    assert writer.post(page_of(note), {"withdraw": "on"}).status_code == 302
    note.refresh_from_db()
    assert note.withdrawn_at == timezone.now()
    told = [what for _, what, *_ in story(colleague, teacher)]
    assert "Note, which its writer withdrew" in told
    assert "wrong person" not in colleague.get(page_of(teacher)).text
    assert "wrong person" not in colleague.get("/admin/schools/staffnote/").text
    assert "wrong person" in colleague.get(page_of(note)).text  # for a request of the person
    assert writer.post(page_of(note), {"withdraw": "on"}).status_code == 403


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Choose a teacher or a school, and not both."),
        ({"teacher": 1, "school": 1}, "Choose a teacher or a school, and not both."),
        ({"teacher": 1, "text": "x" * 1001}, "at most 1000 characters (it has 1001)"),
        ({"teacher": 1, "text": " \u200b "}, "This field is required."),
        ({"teacher": "999999999"}, "That choice is not one of the available choices."),
        ({"teacher": "x"}, "That choice is not one of the available choices."),
    ],
)
def test_a_note_that_is_none_is_refused_in_words(sent, why):
    made = {"teacher": builders.make_teacher().pk, "school": builders.make_school().pk}
    answers = {"text": "Something"} | {
        name: made[name] if value == 1 else value for name, value in sent.items()
    }
    browser, _ = enter_as("support")
    assert why in unescape(read(browser.post(ADD, answers)).text)
    assert not StaffNote.objects.exists()


def test_hostile_text_is_text():
    hostile = "<script>alert(1)</script>{{ 7 }}\"'><b>"
    teacher = builders.make_teacher()
    browser, _ = enter_as("support")
    write(browser, teacher, hostile)
    for address in (
        page_of(teacher),
        page_of(StaffNote.objects.get()),
        "/admin/schools/staffnote/",
    ):
        answer = browser.get(address)
        assert hostile in read(answer).text
        assert "<script>alert" not in answer.text


def test_no_school_reads_it():
    mentor = builders.make_mentor()
    staff, _ = enter_as("support")
    write(staff, mentor.teacher, "Only for staff")
    write(staff, mentor.school, "Only for staff")
    tutor = Client()
    tutor.force_login(builders.make_tutor(mentor.school))
    urn = mentor.school.urn
    for address in (
        reverse("school-home", args=[urn]),
        reverse("mentors", args=[urn]),
        reverse("mentor", args=[urn, mentor.public_id]),
    ):
        assert "Only for staff" not in tutor.get(address).text


def test_who_may_write_none_finds_no_link_and_no_form():
    teacher = builders.make_teacher()
    browser, staff = enter_as("support")
    staff.groups.clear()
    staff.user_permissions.add(Permission.objects.get(codename="view_teacher"))
    assert read(browser.get(page_of(teacher))).find("a", string="Add a note") is None
    assert browser.get(ADD).status_code == 403
    without = Client()
    enter_admin(without, make_staff("without@education.example"))
    assert without.get("/admin/schools/staffnote/").status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE schools_staffnote SET text = 'other'",
        "UPDATE schools_staffnote SET \"by\" = 'user 2'",
        "UPDATE schools_staffnote SET written_at = now()",
        "UPDATE schools_staffnote SET school_id = 1, teacher_id = NULL",
        "DELETE FROM schools_staffnote",
        "SET LOCAL session_replication_role = replica; DELETE FROM schools_staffnote",
    ],
)
def test_the_database_keeps_it_as_it_was_written(change):
    note = StaffNote.objects.create(
        teacher=builders.make_teacher(), text="As written", by="user 1", written_at=NOW
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    note.refresh_from_db()
    assert (note.text, note.by) == ("As written", "user 1")


def test_a_merge_takes_the_notes_along():
    kept, other = builders.make_teacher("Ada Kept"), builders.make_teacher("Ada Other")
    browser, _ = enter_as("support")
    write(browser, other, "On the other record")
    merge(kept, other, None, seen=plan_merge(kept, other).key, by="user 1", now=timezone.now())
    assert "Note: On the other record" in [what for _, what, *_ in story(browser, kept)]


def test_a_teacher_with_a_note_stays_when_a_tutor_undoes_the_addition():
    school = builders.make_school()
    with transaction.atomic():  # added together, as a tutor does
        teacher = builders.make_teacher()
        mentor = builders.make_mentor(teacher, school, started_on=date(2026, 3, 2))
    day = timezone.localdate()
    assert addition_of(mentor, day).made_teacher
    browser, _ = enter_as("support")
    write(browser, teacher)
    addition = addition_of(mentor, day)
    assert not addition.made_teacher
    undo_addition(mentor, seen=addition.key, day=day)
    assert Teacher.objects.filter(pk=teacher.pk).exists()
