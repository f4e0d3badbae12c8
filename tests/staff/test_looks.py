"""Who looked at which teacher: what is noted, what it costs, and who finds it."""

import logging
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.models import Look
from declarations.models import RecordedCompletion
from mentors.models import Leaving, Mentorship
from schools.models import (
    ECTAtSchool,
    InductionTutor,
    MentorAtSchool,
    School,
    SchoolSuccession,
    StaffNote,
    Teacher,
    TeacherMerge,
)
from staff.looks.writing import TEACHERS, noted
from tests import builders
from tests.accounts.signing_in import enter_admin, make_staff
from tests.declarations.client import V3, Provider
from tests.declarations.trained import NOW, declare, make_trained, provider
from tests.staff.finance import enter_as, read

GROUPS = ("support", "policy", "finance")
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _today():
    noted.looks.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def looks(**which) -> list[tuple]:
    found = Look.objects.filter(**which).order_by("id")
    return list(found.values_list("user_id", "teacher_id", "day", "page"))


def page_of(person: MentorAtSchool | ECTAtSchool) -> str:
    name = "mentor" if isinstance(person, MentorAtSchool) else "ect"
    return reverse(name, args=[person.school.urn, person.public_id])


def tutor_of(school: School) -> tuple[Client, User]:
    browser, user = Client(), builders.make_tutor(school)
    browser.force_login(user)
    return browser, user


# --- What is noted ---


@pytest.mark.django_db
def test_a_tutor_s_look_is_one_row_for_each_person_and_day():
    mentor = builders.make_mentor()
    ect = builders.make_ect(school=mentor.school)
    browser, tutor = tutor_of(mentor.school)
    leaving = page_of(mentor) + "/leaving"
    for address in (page_of(mentor), page_of(mentor), leaving, page_of(ect)):
        assert browser.get(address).status_code == 200
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        browser.force_login(tutor)
        assert browser.get(leaving).status_code == 200
    assert looks() == [
        (tutor.pk, mentor.teacher_id, TODAY, "mentor"),
        (tutor.pk, ect.teacher_id, TODAY, "ect"),
        (tutor.pk, mentor.teacher_id, TODAY + timedelta(days=1), "mentor-leaving"),
    ]


@pytest.mark.django_db
def test_the_request_is_the_one_of_the_logs():
    mentor = builders.make_mentor()
    browser, _ = tutor_of(mentor.school)
    answer = browser.get(page_of(mentor), headers={"x-request-id": "asked-by-proxy"})
    assert answer.headers["X-Request-ID"] == Look.objects.get().request == "asked-by-proxy"


@pytest.mark.django_db
def test_a_list_or_a_page_that_was_refused_is_no_look():
    mentor = builders.make_mentor()
    browser, _ = tutor_of(mentor.school)
    other, _ = tutor_of(builders.make_school())
    assert other.get(page_of(mentor)).status_code == 404
    assert Client().get(page_of(mentor)).status_code == 302
    assert browser.get(reverse("mentors", args=[mentor.school.urn])).status_code == 200
    staff, _ = enter_as("support")
    assert staff.get("/admin/schools/mentoratschool/").status_code == 200
    school = reverse("admin:schools_school_change", args=[mentor.school_id])
    assert staff.get(school).status_code == 200
    policy, _ = enter_as("policy")
    ect = builders.make_ect()
    refused = reverse("admin:schools_ectatschool_change", args=[ect.pk])
    assert policy.get(refused).status_code == 403
    assert looks() == []


def about_teachers() -> dict[str, models.Model]:
    """A record of each kind in admin that tells of a teacher."""
    declaration = declare(make_trained(2023), "completed")
    mentor = declaration.training_period.mentor
    ect = builders.make_ect(school=mentor.school)
    leaver = builders.make_ect(finished_on=date(2025, 1, 1))
    return {
        "schools_teacher": mentor.teacher,
        "schools_mentoratschool": mentor,
        "schools_ectatschool": ect,
        "schools_staffnote": StaffNote.objects.create(
            teacher=mentor.teacher, text="Note", by="user 1", written_at=NOW
        ),
        "schools_teachermerge": merged_into(mentor.teacher),
        "mentors_mentorship": builders.make_mentorship(mentor, ect),
        "mentors_leaving": Leaving.objects.create(
            ect=leaver, finished_on=leaver.finished_on, told_at=NOW
        ),
        "declarations_trainingperiod": declaration.training_period,
        "declarations_declaration": declaration,
        "declarations_completionnotice": mentor.teacher.completion_notices.get(),
        "declarations_recordedcompletion": RecordedCompletion.objects.create(
            teacher=mentor.teacher, kind="early_roll_out"
        ),
    }


def merged_into(teacher: Teacher, **fields) -> TeacherMerge:
    return TeacherMerge.objects.create(
        **{"former_id": 4321, "participant_id": uuid4(), "trn": "7777777"} | fields,
        teacher=teacher,
        into_participant_id=teacher.participant_id,
        mentor_training_record_id=uuid4(),
        name="Mo Second",
        date_of_birth=date(1990, 5, 17),
        merged_at=NOW,
        by="user 1",
        rows=[],
    )


def teachers_of(record: models.Model) -> set[int]:
    if isinstance(record, Teacher):
        return {record.pk}
    if isinstance(record, Mentorship):
        return {record.mentor_teacher_id, record.ect_teacher_id}
    return {record.person.teacher_id if isinstance(record, Leaving) else record.teacher_id}


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["change", "history", "delete"])
def test_each_page_of_a_record_that_tells_of_a_teacher_is_a_look(view):
    for name, record in about_teachers().items():
        staff, browser = make_staff(f"{name}@education.example", is_superuser=True), Client()
        enter_admin(browser, staff)
        answer = browser.get(reverse(f"admin:{name}_{view}", args=[record.pk]))
        assert answer.status_code == 200 or view == "delete", name
        shown = teachers_of(record) if answer.status_code == 200 else set()
        assert {pk for _, pk, *_ in looks(user_id=staff.pk)} == shown, name


def leads_to_a_teacher(model: type[models.Model]) -> bool:
    people = (Teacher, MentorAtSchool, ECTAtSchool)
    return model in people or any(
        isinstance(field, models.ForeignKey) and field.related_model in people
        for field in model._meta.local_fields
    )


def test_no_model_in_admin_that_leads_to_a_teacher_is_forgotten():
    told_of = {
        f"{model._meta.app_label}_{model._meta.model_name}"
        for model in admin.site._registry
        if leads_to_a_teacher(model)
    }
    assert told_of | {"mentor", "ect"} == TEACHERS.keys()
    assert not leads_to_a_teacher(InductionTutor)
    assert not leads_to_a_teacher(SchoolSuccession)


@pytest.mark.django_db
def test_a_preview_is_a_look():
    mentor = builders.make_mentor()
    browser, staff = enter_as("policy")
    browser.get(reverse("admin:preview-mentor", args=[mentor.public_id]))
    assert looks() == [(staff.pk, mentor.teacher_id, TODAY, "admin:preview-mentor")]


@pytest.mark.django_db
def test_each_answer_of_the_api_with_participants_is_a_row_with_their_ids():
    ids = {make_trained(2023).teacher.participant_id for _ in range(2)}
    training = make_trained(2023)
    declare(training)
    us = Provider(provider())
    one = training.teacher.participant_id
    for path in ("participants", "participants", f"participants/{one}", "participant-declarations"):
        assert us.send("GET", f"{V3}/{path}")[0] == 200
    rows = list(Look.objects.order_by("id"))
    assert [set(row.participant_ids) for row in rows] == [ids | {one}, ids | {one}, {one}, {one}]
    assert {(row.token_id, row.user_id, row.teacher_id) for row in rows} == {
        (us.token.pk, None, None)
    }
    assert len({row.request for row in rows}) == 4


@pytest.mark.django_db
def test_an_answer_of_the_api_without_participants_is_none():
    make_trained(2023)
    us = Provider(provider())
    assert us.send("GET", f"{V3}/partnerships?filter[cohort]=2023")[0] == 200
    assert us.send("GET", f"{V3}/participants/{uuid4()}")[0] == 404
    assert us.send("GET", f"{V3}/participants?filter[cohort]=1999")[0] == 200
    assert looks() == []


# --- What it costs, and what happens when it fails ---


@pytest.mark.django_db(transaction=True)
def test_a_repeated_look_costs_no_statement():
    mentor = builders.make_mentor()
    browser, tutor = tutor_of(mentor.school)

    def inserts() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(page_of(mentor)).status_code == 200
        return sum("core_look" in query["sql"] for query in captured)

    assert [inserts() for _ in range(3)] == [1, 0, 0]
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        assert inserts() == 0
    noted.looks.clear()  # as in another process
    assert inserts() == 1
    assert Look.objects.count() == 1
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        browser.force_login(tutor)
        assert [inserts() for _ in range(2)] == [1, 0]
    assert Look.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_noted_again():
    mentor = builders.make_mentor()
    browser, tutor = tutor_of(mentor.school)
    with transaction.atomic():
        assert browser.get(page_of(mentor)).status_code == 200
        assert Look.objects.count() == 1
        transaction.set_rollback(True)
    assert Look.objects.count() == 0
    assert browser.get(page_of(mentor)).status_code == 200
    assert looks() == [(tutor.pk, mentor.teacher_id, TODAY, "mentor")]


@pytest.mark.django_db(transaction=True)
def test_a_page_is_shown_though_the_look_cannot_be_written(caplog):
    mentor = builders.make_mentor()
    browser, _ = tutor_of(mentor.school)
    us = Provider(make_trained(2023).lead_provider)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_look RENAME TO core_look_away")
    try:
        with caplog.at_level(logging.ERROR, "staff.looks.writing"):
            assert "Morgan Mentor" in browser.get(page_of(mentor)).text
            assert us.send("GET", f"{V3}/participants")[0] == 200
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_look_away RENAME TO core_look")
    said = "Who looked could not be written down: ProgrammingError"
    assert caplog.messages.count(said) == 2
    assert browser.get(page_of(mentor)).status_code == 200
    assert Look.objects.count() == 1


# --- It stays as it was written ---


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE core_look SET page = 'other'",
        "DELETE FROM core_look",
        "SET LOCAL app.allow_truncate = off; TRUNCATE core_look",
        "SET LOCAL session_replication_role = replica; DELETE FROM core_look",
        "INSERT INTO core_look (day, page, request) VALUES ('2026-01-01', 'p', 'r')",
        "INSERT INTO core_look (day, page, request, user_id, teacher_id)"
        " SELECT day, page, request, user_id, teacher_id FROM core_look",
    ],
)
def test_the_database_refuses_to_change_it(change):
    mentor = builders.make_mentor()
    browser, _ = tutor_of(mentor.school)
    browser.get(page_of(mentor))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Look.objects.count() == 1


# --- Who finds it ---


@pytest.fixture
def world(db):
    """Looks at two teachers: at one by a tutor, staff and a token."""
    training = make_trained(2023)
    mentor = training.mentor
    us = Provider(training.lead_provider)
    us.get(f"{V3}/participants/{training.teacher.participant_id}")
    browser, tutor = tutor_of(mentor.school)
    browser.get(page_of(mentor))
    other = builders.make_mentor(name="Ann Other", school=mentor.school)
    browser.get(page_of(other))
    return mentor.teacher, other.teacher, tutor, us.token


def listed(browser: Client, search: str) -> list[str]:
    page = read(browser.get("/admin/core/look/", {"q": search}))
    return [
        f"{row.select_one('.field-who').text} at {row.select_one('.field-seen').text}"
        for row in page.select("#result_list tbody tr")
    ]


def test_it_is_found_by_each_kind_of_word(world):
    teacher, other, tutor, token = world
    browser, _ = enter_as("finance")
    by_tutor = f"{tutor.name} (user {tutor.pk}) at {teacher}"
    by_tutor_at_other = f"{tutor.name} (user {tutor.pk}) at {other}"
    by_token = f"{token} at 1 participant"
    request = Look.objects.get(teacher_id=other.pk).request
    former = merged_into(teacher)
    cases = {
        "": [by_tutor_at_other, by_tutor, by_token],
        teacher.trn: [by_tutor, by_token],
        str(teacher.participant_id): [by_tutor, by_token],
        former.trn: [by_tutor, by_token],
        str(former.participant_id): [by_tutor, by_token],
        other.trn: [by_tutor_at_other],
        tutor.email: [by_tutor_at_other, by_tutor],
        tutor.email[:6].upper(): [],
        f"user {tutor.pk}": [by_tutor_at_other, by_tutor],
        f"token {token.pk}": [by_token],
        f"{TODAY}": [by_tutor_at_other, by_tutor, by_token],
        "2026-03-03": [],
        request: [by_tutor_at_other],
        f"{other.trn} {TODAY} user {tutor.pk}": [by_tutor_at_other],
        f"{other.trn} token {token.pk}": [],
        "nothing": [],
        "9999999": [],
        str(uuid4()): [],
        "2026-13-45": [],
        "user 99999999999999999999": [],
        "'; --": [],
    }
    assert {search: listed(browser, search) for search in cases} == cases


def test_looks_at_a_record_that_was_merged_are_looks_at_the_one_that_stays(world):
    teacher, other, _, token = world
    former_id = other.pk
    MentorAtSchool.objects.filter(teacher=other).delete()
    other.delete()
    Look.objects.create(
        day=TODAY, page="p", request="r", token_id=token.pk, participant_ids=[other.participant_id]
    )
    merged_into(teacher, former_id=former_id, participant_id=other.participant_id)
    browser, _ = enter_as("policy")
    assert len(listed(browser, teacher.trn)) == 4
    assert f"a record that is gone ({former_id})" in " ".join(listed(browser, teacher.trn))


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_reads_on_the_teacher_s_page_who_looked(world, group):
    teacher, _, tutor, token = world
    browser, _ = enter_as(group)
    page = read(browser.get(reverse("admin:schools_teacher_change", args=[teacher.pk])))
    rows = page.find("h2", string="Who looked").find_next("table")("tr")[1:]
    assert [row.select("td")[1].text for row in rows] == [
        f"{tutor.name} (user {tutor.pk})",
        str(token),
    ]
    link = page.find("a", string=f"See all who looked at {teacher.name}")
    assert link["href"] == f"/admin/core/look/?q={teacher.participant_id}"
    assert len(read(browser.get(link["href"])).select("#result_list tbody tr")) == 3
    one = read(browser.get(reverse("admin:core_look_change", args=[Look.objects.latest("id").pk])))
    assert "Dee Effie" in one.text


def test_a_page_has_the_latest_looks_and_no_more(world):
    teacher, *_ = world
    for user in range(1_000_000, 1_000_030):
        Look.objects.create(day=TODAY, page="p", request="r", user_id=user, teacher_id=teacher.pk)
    browser, _ = enter_as("support")
    page = read(browser.get(reverse("admin:schools_teacher_change", args=[teacher.pk])))
    rows = page.find("h2", string="Who looked").find_next("table")("tr")[1:]
    assert [row.select("td")[1].text for row in rows][:2] == ["user 1000029", "user 1000028"]
    assert len(rows) == 20


def test_who_has_no_right_to_it_reads_none_of_it(world):
    teacher, *_ = world
    staff = make_staff("only.teachers@education.example")
    staff.user_permissions.add(Permission.objects.get(codename="view_teacher"))
    browser = Client()
    enter_admin(browser, staff)
    page = browser.get(reverse("admin:schools_teacher_change", args=[teacher.pk]))
    assert page.status_code == 200
    assert "Who looked" not in page.text
    assert browser.get("/admin/core/look/").status_code == 403
