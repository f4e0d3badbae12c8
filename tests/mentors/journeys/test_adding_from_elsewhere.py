"""Adding a mentor who is at another school: whether they go on there, and what follows."""

from datetime import date

import pytest
from django.test import Client

from core.models import OutgoingEmail
from core.refusals import RefusedChange
from declarations.models import TrainingPeriod
from mentors.journeys.adding.answers import Adding
from mentors.journeys.adding.journey import ADD_MENTOR
from mentors.journeys.drafts import Draft
from mentors.journeys.training import begin_chosen
from schools.models import MentorAtSchool, School, Teacher
from tests.builders import (
    make_mentor,
    make_pair,
    make_school,
    make_teacher,
    make_tutor,
    make_waiting,
)
from tests.mentors.journeys.adding_helpers import JANE, Adder, day
from tests.mentors.reading import heading, open_address, open_page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T12:00:00Z", tick=False)]

US = "Ambition Institute"
LAST_DAY, NEXT = date(2026, 4, 30), date(2026, 5, 1)


@pytest.fixture
def school(client: Client) -> School:
    make_pair(US, "A hub", 2025)
    school = make_school("Plymouth Primary School")
    client.force_login(make_tutor(school))
    return school


@pytest.fixture
def jane() -> Teacher:
    return make_teacher("Jane Thomas", JANE["trn"], date_of_birth=JANE["born"])


@pytest.fixture
def argyle(jane: Teacher) -> MentorAtSchool:
    argyle = make_mentor(jane, make_school("Argyle Primary School"))
    make_tutor(argyle.school)
    make_waiting(argyle, "Teach First", 2025)
    return argyle


@pytest.fixture
def adder(client: Client, school: School, argyle: MentorAtSchool) -> Adder:
    """On the question about the other school."""
    return Adder(client, school).answer()


def test_it_is_asked_after_the_start_date_and_needs_an_answer(adder: Adder):
    question = "Will Jane Thomas go on mentoring at Argyle Primary School?"
    assert (adder.at, heading(adder.page)) == ("other-school", ("Add a mentor", question))
    adder.send("other-school")
    assert adder.errors() == ["Select yes if they will go on mentoring there"]


def test_who_goes_on_there_trains_there(adder: Adder):
    adder.send("other-school", goes_on="yes")
    assert adder.at == "check"
    assert rows(adder.page)["Goes on mentoring at Argyle Primary School"] == "Yes"
    why_not = "Jane Thomas trains through Argyle Primary School, where they go on mentoring."
    assert why_not in adder.text()
    adder.confirm()
    assert adder.banner() == f"You have added Jane Thomas as a mentor. {why_not}"
    assert not MentorAtSchool.objects.filter(reported_by__isnull=False).exists()
    assert [email.kind for email in OutgoingEmail.objects.all()] == ["mentor added elsewhere"]


def leave_argyle(adder: Adder) -> Adder:
    adder.send("other-school", goes_on="no")
    assert heading(adder.page)[1] == "What is Jane Thomas’s last day at Argyle Primary School?"
    return adder.send("last-day-there", **day("last_day_there", LAST_DAY))


def test_training_here_begins_after_the_last_day_there(adder: Adder, argyle: MentorAtSchool):
    leave_argyle(adder)
    assert words(adder.page.h1) == "Who will run Jane Thomas’s mentor training?"
    adder.send("lead-provider", lead_provider=US)
    assert rows(adder.page)["Last day at Argyle Primary School"] == "30 April 2026"
    begins = f"training with {US} begins on 1 May 2026, after their last day at Argyle Primary"
    assert begins in adder.text()
    assert "ask them to tell us if 30 April 2026 is Jane Thomas’s last day there" in adder.text()
    adder.confirm()
    assert f"Jane Thomas’s training with {US} begins on 1 May 2026" in adder.banner()
    training = TrainingPeriod.objects.get(school=adder.school)
    assert (training.started_on, training.finished_on) == (NEXT, None)
    argyle.refresh_from_db()
    assert argyle.finished_on is None
    assert TrainingPeriod.objects.get(mentor=argyle).finished_on is None
    assert [email.kind for email in OutgoingEmail.objects.all()] == ["mentor said to leave"]


def page_of(client: Client, mentor: MentorAtSchool) -> str:
    return words(open_page(client, "mentor", mentor.school.urn, mentor.public_id).main)


def test_both_pages_say_so_until_the_other_school_tells_us(client, adder, argyle):
    leave_argyle(adder).send("lead-provider", lead_provider=US).confirm()
    told = "You told us that their last day at Argyle Primary School is 30 April 2026."
    asked = "Plymouth Primary School told us that Jane Thomas’s last day at your school is"
    assert told in adder.text()
    assert f"Their training with {US} begins on 1 May 2026." in adder.text()
    here, ours = MentorAtSchool.objects.get(school=adder.school), adder.school.induction_tutors
    client.force_login(argyle.school.induction_tutors.get().user)
    assert asked in page_of(client, argyle)
    TrainingPeriod.objects.filter(mentor=argyle).update(finished_on=NEXT)
    MentorAtSchool.objects.filter(pk=argyle.pk).update(finished_on=NEXT)
    assert asked not in page_of(client, argyle)
    client.force_login(ours.get().user)
    assert told not in page_of(client, here)


def test_undoing_the_addition_takes_back_what_was_told(client, adder, argyle):
    leave_argyle(adder).send("lead-provider", lead_provider=US).confirm()
    mentor = MentorAtSchool.objects.get(school=adder.school)
    where = f"/schools/{adder.school.urn}/mentors/{mentor.public_id}/undo"
    page = open_address(client, where)
    assert "What you told us of their last day at Argyle Primary School" in words(page)
    client.post(where, {"seen": page.select_one("[name=seen]")["value"]})
    argyle.refresh_from_db()
    assert (argyle.reported_by, argyle.reported_finished_on) == (None, None)


def test_a_day_that_cannot_be_the_last_one_there(adder: Adder):
    adder.send("other-school", goes_on="no")
    adder.send("last-day-there", **day("last_day_there", date(2021, 8, 31)))
    assert adder.errors() == [
        "Last day at Argyle Primary School must be on or after the day they started there"
    ]
    adder.send("last-day-there", **day("last_day_there", date(2027, 3, 3)))
    assert adder.errors() == [
        "Last day at Argyle Primary School must be on or before 2 March 2027, a year from today"
    ]


def test_each_other_school_is_asked_about_and_the_answers_may_be_changed(client, school, jane):
    for name in ("Argyle", "Bosworth"):
        make_mentor(jane, make_school(name))
    adder = Adder(client, school).answer()
    adder.send("other-school", goes_on="no")
    assert heading(adder.page)[1] == "Will Jane Thomas go on mentoring at Bosworth?"
    adder.send("other-school", goes_on="no")
    adder.send("last-day-there", **day("last_day_there", LAST_DAY))
    assert heading(adder.page)[1] == "What is Jane Thomas’s last day at Bosworth?"
    adder.send("last-day-there", **day("last_day_there", date(2026, 7, 21)))
    adder.send("lead-provider", lead_provider=US)
    answers = rows(adder.page)
    assert answers["Last day at Argyle"] == "30 April 2026"
    assert answers["Last day at Bosworth"] == "21 July 2026"
    adder.send("other-school", goes_on="yes")
    assert heading(adder.page)[1] == "Will Jane Thomas go on mentoring at Bosworth?"
    adder.send("other-school", goes_on="no")
    assert adder.at == "check"
    assert "Last day at Argyle" not in rows(adder.page)


def test_it_is_not_asked_where_a_last_day_is_known_or_of_an_ect(client, school, jane):
    make_mentor(jane, make_school("Argyle"), finished_on=NEXT)
    assert Adder(client, school).answer().at == "lead-provider"


def test_training_that_another_school_begins_at_the_same_moment_is_not_doubled(rf, school, jane):
    """This request has read the question; then the other school's transaction is committed."""
    request = rf.post("/")
    request.user = school.induction_tutors.get().user
    answers = {
        "trn": JANE["trn"],
        "date_of_birth": JANE["born"],
        "started_on": date(2026, 3, 2),
        "lead_provider": US,
    }
    draft = Draft(request.user, school, ADD_MENTOR.name)
    adding = Adding(ADD_MENTOR, request, school, draft, "check", answers, date(2026, 3, 2))
    assert adding.lead_provider.name == US
    make_waiting(make_mentor(jane), "Teach First", 2025)
    here = make_mentor(jane, school)
    with pytest.raises(RefusedChange, match="What we know of their training has changed"):
        begin_chosen(adding, here)
    assert not here.training_periods.exists()
