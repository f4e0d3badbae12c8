"""Adding a mentor or an ECT, page by page: from the list's button to the new person's page."""

from datetime import date

import pytest
from django.test import Client

from mentors.models import DraftAnswers
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from tests.builders import make_ect, make_mentor, make_school, make_teacher, make_tutor
from tests.mentors.journeys.adding_helpers import JANE, Adder, day
from tests.mentors.reading import address, heading, link, open_page, rows

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z", tick=False)]

TODAY = date(2026, 1, 15)


@pytest.fixture
def school(client: Client) -> School:
    school = make_school("Plymouth Primary School")
    client.force_login(make_tutor(school))
    return school


@pytest.fixture
def jane() -> Teacher:
    return make_teacher("Jane Thomas", JANE["trn"], date_of_birth=JANE["born"])


@pytest.fixture
def mentors(client: Client, school: School) -> Adder:
    return Adder(client, school)


@pytest.fixture
def ects(client: Client, school: School) -> Adder:
    return Adder(client, school, "ects")


@pytest.mark.parametrize(("name", "button"), [("mentors", "Add mentor"), ("ects", "Add ECT")])
def test_the_list_leads_to_the_first_page(client, school, name, button):
    page = open_page(client, name, school.urn)
    assert link(page, button) == f"/schools/{school.urn}/{name}/add/trn"


def test_a_known_teacher_is_added_as_a_mentor(mentors: Adder, jane: Teacher):
    mentors.send("trn", trn=" 083 6472 ")
    assert mentors.at == "date-of-birth"
    mentors.send("date-of-birth", **day("date_of_birth", JANE["born"]))
    assert heading(mentors.page) == ("Add a mentor", "Is this Jane Thomas?")
    mentors.send("teacher", is_them="yes")
    assert heading(mentors.page)[1] == "What email address does Jane Thomas use at your school?"
    mentors.send("email", email="Jane.Thomas@School.example")
    mentors.send("start-date", **day("started_on", date(2026, 1, 5)))
    assert heading(mentors.page) == ("Add a mentor", "Check your answers")
    assert rows(mentors.page) == {
        "Name": "Jane Thomas",
        "TRN": "0836472",
        "Date of birth": "13 November 1989",
        "Email address": "jane.thomas@school.example",
        "Start date": "5 January 2026",
    }
    mentors.confirm()
    assert mentors.banner().startswith("You have added Jane Thomas as a mentor.")
    added = MentorAtSchool.objects.get()
    assert mentors.at == str(added.public_id)
    assert (added.teacher, added.school) == (jane, mentors.school)
    assert (added.email, added.started_on) == ("jane.thomas@school.example", date(2026, 1, 5))
    assert not DraftAnswers.objects.exists()


def test_somebody_unknown_is_added_as_an_ect(ects: Adder):
    ects.look_up()
    assert heading(ects.page)[1] == "We could not find a teacher with these details"
    ects.open("name").send("name", name="  Ray   Kirby ")
    ects.send("email", email="ray@school.example")
    ects.send("start-date", **day("started_on", date(2026, 9, 1)))
    ects.send("induction", **day("induction_started_on", date(2026, 9, 2)))
    assert rows(ects.page)["Induction start date"] == "2 September 2026"
    assert ects.confirm().banner().startswith("You have added Ray Kirby as an ECT.")
    added = ECTAtSchool.objects.get()
    assert ects.at == str(added.public_id)
    assert (added.teacher.trn, added.teacher.name) == (JANE["trn"], "Ray Kirby")
    assert (added.started_on, added.teacher.induction_started_on) == (
        date(2026, 9, 1),
        date(2026, 9, 2),
    )


def test_who_was_an_ect_before_is_not_asked_when_induction_started(ects: Adder, jane: Teacher):
    make_ect(jane, started_on=date(2024, 9, 1), finished_on=date(2025, 9, 1))
    ects.answer()
    assert rows(ects.page)["Induction start date"] == "1 September 2024"
    assert "induction start date already" in ects.text()
    ects.confirm()
    assert jane.ectatschools.get(school=ects.school).teacher.induction_started_on == date(
        2024, 9, 1
    )


def test_a_trn_with_another_date_of_birth_is_unknown_until_the_end(mentors: Adder, jane: Teacher):
    mentors.answer(name="Jane Thomas", born=date(1989, 11, 14)).confirm()
    assert heading(mentors.page)[1] == "We could not add Jane Thomas"
    assert "Check their TRN and date of birth" in mentors.text()
    assert not MentorAtSchool.objects.exists()
    assert Teacher.objects.get() == jane
    # Once it is put right, it goes on from there.
    mentors.send("date-of-birth", **day("date_of_birth", JANE["born"]))
    assert mentors.at == "teacher"
    mentors.send("teacher", is_them="yes").confirm()
    assert mentors.banner().startswith("You have added Jane Thomas as a mentor.")


def test_an_answer_is_changed_from_the_page_that_shows_all(mentors: Adder, jane: Teacher):
    mentors.answer()
    for question in ("TRN", "Date of birth", "Email address", "Start date"):
        (change,) = [
            a["href"]
            for row in mentors.page.select(".govuk-summary-list__row")
            if row.dt.get_text(strip=True) == question
            for a in row.select("a")
        ]
        page = mentors.client.get(change)
        assert page.status_code == 200
        assert f'href="{mentors.address("check")}" class="govuk-back-link"' in page.text
    mentors.send("email?change", email="j@school.example")
    assert mentors.at == "check"
    assert rows(mentors.page)["Email address"] == "j@school.example"


def test_another_trn_is_another_person_and_the_same_one_leads_on(mentors: Adder, jane: Teacher):
    mentors.answer()
    assert mentors.send("trn", trn=JANE["trn"]).at == "check"
    assert mentors.send("trn", trn="7654321").at == "date-of-birth"
    (kept,) = DraftAnswers.objects.all()
    assert {name for name, answer in kept.answers.items() if answer} == {"trn"}


def test_who_is_not_who_was_meant_is_forgotten(mentors: Adder, jane: Teacher):
    mentors.look_up().send("teacher", is_them="no")
    assert mentors.at == "trn"
    assert mentors.page.select_one("input[name=trn]").get("value") is None


@pytest.mark.parametrize("slug", ["teacher", "name", "email", "start-date", "not-added", "check"])
def test_a_page_that_is_not_reached_leads_to_the_one_that_is_due(mentors, jane, slug):
    mentors.send("trn", trn=JANE["trn"])
    assert mentors.open(slug).at == "date-of-birth"
    assert mentors.send(slug, is_them="yes", email="a@b.example").at == "date-of-birth"


def test_a_page_that_does_not_exist(mentors: Adder):
    assert mentors.client.get(mentors.address("payment")).status_code == 404
    assert mentors.client.get(mentors.address("induction")).status_code == 302  # ECTs' only


def test_each_page_leads_back_to_the_one_before_it(ects: Adder):
    ects.answer(name="Ray Kirby", induction=date(2026, 1, 5))
    order = ["trn", "date-of-birth", "not-found", "name", "email", "start-date", "induction"]
    for before, page in zip(order, [*order[1:], "check"], strict=True):
        back = ects.open(page).page.select_one(".govuk-back-link")["href"]
        assert back == ects.address(before)
    back = ects.open("trn").page.select_one(".govuk-back-link")["href"]
    assert back == address("ects", ects.school.urn)


def test_without_a_trn(mentors: Adder):
    href = link(mentors.open("trn").page, "They do not have a TRN, or I do not know it")
    assert href == mentors.address("no-trn")
    assert heading(mentors.open("no-trn").page)[1] == "You need their TRN to add them"


def test_going_back_and_sending_again_adds_nothing_twice(mentors: Adder, jane: Teacher):
    mentors.answer().confirm()
    assert mentors.confirm().at == "mentors"
    assert mentors.open("check").at == "mentors"
    assert MentorAtSchool.objects.count() == 1
    assert mentors.look_up().at == "not-possible"


def test_what_another_window_changed_is_shown_before_it_is_added(mentors: Adder, jane: Teacher):
    window = Adder(mentors.client, mentors.school)
    mentors.answer()
    window.answer(name="Ray Kirby", trn="0123456")
    mentors.confirm()
    (error,) = mentors.errors()
    assert error.startswith("Your answers were changed, perhaps in another window")
    assert rows(mentors.page)["Name"] == "Ray Kirby"
    assert not MentorAtSchool.objects.exists()
    assert mentors.confirm().banner().startswith("You have added Ray Kirby as a mentor.")


def test_it_goes_on_after_signing_in_again(mentors: Adder, jane: Teacher):
    mentors.look_up().send("teacher", is_them="yes")
    user = mentors.school.induction_tutors.get().user
    mentors.client.logout()
    mentors.client.force_login(user)
    assert mentors.open("trn").page.select_one("input[name=trn]")["value"] == JANE["trn"]
    assert mentors.send("trn", trn=JANE["trn"]).at == "email"


def test_history_says_who_added_them(mentors: Adder):
    mentors.answer(name="Jane Thomas").confirm()
    user = mentors.school.induction_tutors.get().user
    for record in (Teacher, MentorAtSchool):
        (event,) = record.pgh_event_models["insert"].objects.all()
        assert event.pgh_context.metadata["user"] == user.pk


def test_what_becomes_impossible_meanwhile_is_said_and_nothing_is_added(mentors, jane):
    mentors.answer()
    make_ect(jane, name="Jane Thomas")
    mentors.confirm()
    assert heading(mentors.page)[1] == "Jane Thomas is an ECT who has not completed induction"
    assert not MentorAtSchool.objects.exists()


def test_who_is_here_already_is_linked(mentors: Adder, jane: Teacher):
    here = make_mentor(jane, mentors.school, started_on=date(2026, 9, 1))
    mentors.look_up()
    title = "Jane Thomas is already due to start as a mentor at your school"
    assert heading(mentors.page)[1] == title
    href = link(mentors.page, "Go to Jane Thomas")
    assert href == address("mentor", mentors.school.urn, here.public_id)


def test_an_ect_elsewhere_is_for_that_school_to_let_go(ects: Adder, jane: Teacher):
    make_ect(jane, make_school("Argyle Primary School"))
    ects.look_up()
    assert heading(ects.page)[1] == "Jane Thomas is recorded as an ECT at another school"
    assert "That school must tell us" in ects.text()
    assert "Argyle" not in ects.text()


def test_a_mentor_elsewhere_is_a_mentor_at_both(client: Client, mentors: Adder, jane: Teacher):
    argyle = make_mentor(jane, make_school("Argyle Primary School"))
    mentors.answer().send("other-school", goes_on="yes")
    assert "Jane Thomas is also a mentor at Argyle Primary School" in mentors.text()
    mentors.confirm()
    assert "Also a mentor at Argyle Primary School" in mentors.text()
    client.force_login(make_tutor(argyle.school))
    there = open_page(client, "mentor", argyle.school.urn, argyle.public_id)
    assert "Also a mentor at Plymouth Primary School" in there.get_text()
    MentorAtSchool.objects.filter(pk=argyle.pk).update(finished_on=TODAY)
    left = open_page(client, "mentor", argyle.school.urn, argyle.public_id)
    assert "Also a mentor" not in left.get_text()
    client.force_login(mentors.school.induction_tutors.get().user)
    here = open_page(client, "mentor", mentors.school.urn, jane.mentoratschools.last().public_id)
    assert "Also a mentor" not in here.get_text()
