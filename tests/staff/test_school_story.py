"""A school's page tells what belongs to it, what is open at a closed one, and its story."""

from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from declarations.models import LeadProvider, SchoolYear
from schools.models import School, SchoolSuccession
from staff.story.school import SHOWN
from tests import builders
from tests.declarations.trained import NOW
from tests.staff.finance import read

pytestmark = pytest.mark.django_db
GROUPS = ("support", "policy", "finance")
BEGAN = date(2022, 9, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(school: School) -> str:
    return reverse("admin:schools_school_change", args=[school.pk])


def lines(page: BeautifulSoup, heading: str) -> list[str]:
    found = page.find("h2", string=heading)
    if found is None:
        return []
    return [" ".join(line.stripped_strings) for line in found.find_next("ul")("li")]


@pytest.fixture
def school() -> School:
    school = builders.make_school("Oakwood Primary")
    before = builders.make_school("Old Oak Primary")
    SchoolSuccession.objects.create(school=before, successor=school)
    partnership = builders.make_partnership(school, 2023, "Ambition Institute", "Oak Hub")
    SchoolYear.objects.filter(pk=partnership.school_year_id).update(appropriate_body="Oak Body")
    builders.make_tutor(school, name="Tess Tutor")
    mentor = builders.make_mentor(name="Mo Entor", school=school, started_on=BEGAN)
    ect = builders.make_ect(name="Elle Seaty", school=school, started_on=BEGAN)
    builders.make_mentorship(mentor, ect, started_on=BEGAN)
    builders.make_waiting(mentor, "Teach First", 2023)
    builders.make_training_period(ect, partnership)
    builders.make_mentor(
        name="Fay Former", school=school, started_on=BEGAN, finished_on=date(2023, 1, 1)
    )
    builders.make_mentor(name="Ann Elsewhere")
    return school


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_reads_what_belongs_to_the_school(member, school, group):
    page = read(member(group).get(page_of(school)))
    years = lines(page, "Academic years and partnerships")
    assert years == [
        "2023 to 2024: Use a training provider funded by the DfE; appropriate body Oak Body",
        "2023 to 2024: partnership of Ambition Institute with Oak Hub",
    ]
    (tutor,) = lines(page, "Induction tutors")
    assert tutor.startswith("Tess Tutor, from ")
    current, former = lines(page, "Mentors")
    assert current.startswith("Mo Entor (")
    assert current.endswith("from 1 September 2022; today mentors Elle Seaty")
    assert former.startswith("Fay Former (")
    assert former.endswith("from 1 September 2022 to 31 December 2022")
    (ect,) = lines(page, "ECTs")
    assert ect.endswith("from 1 September 2022; today has the mentor Mo Entor")
    (waiting,) = lines(page, "Training that waits for a partnership")
    assert "Mo Entor" in waiting
    assert "Teach First" in waiting
    (link,) = lines(page, "Links of the register")
    assert link.startswith("This school took over from Old Oak Primary")
    assert "Still open" not in page.text
    assert "Ann Elsewhere" not in page.text


def test_each_line_leads_to_what_the_user_may_open(member, school):
    mentor = school.mentoratschools.get(teacher__name="Mo Entor")
    period = mentor.training_periods.get()
    training = reverse("admin:declarations_trainingperiod_change", args=[period.pk])
    teacher = reverse("admin:schools_teacher_change", args=[mentor.teacher_id])
    for group, opens_training in (("finance", True), ("policy", False)):
        links = {a["href"] for a in read(member(group).get(page_of(school))).select("a[href]")}
        assert teacher in links
        assert (training in links) is opens_training, group


def test_a_closed_school_shows_first_what_no_record_has_ended(member, school):
    School.objects.filter(pk=school.pk).update(
        status=School.Status.CLOSED, closed_on=date(2024, 1, 1)
    )
    page = read(member("support").get(page_of(school)))
    still = "Still open at this closed school: "
    (tutor,) = lines(page, f"{still}induction tutors")
    assert "Tess Tutor" in tutor
    (mentor,) = lines(page, f"{still}times of mentors")
    assert "Mo Entor" in mentor
    (mentorship,) = lines(page, f"{still}mentorships")
    assert mentorship.startswith("Mentorship: Mo Entor (")
    assert "mentors Elle Seaty (" in mentorship
    assert len(lines(page, f"{still}times of ECTs")) == 1
    assert len(lines(page, f"{still}training")) == 2
    first = next(h2.text for h2 in page.select("h2") if "Still" in h2.text or "Academic" in h2.text)
    assert first.startswith("Still open")


def test_the_story_says_who_changed_what_of_the_school(member, school):
    builders.make_school()  # of which nothing is told here
    page = read(member("finance").get(page_of(school)))
    story = page.find("h2", string="The whole story").find_next("table")
    told = [" ".join(row.select("td")[1].stripped_strings) for row in story("tr")[1:]]
    assert any(what.startswith("School: added") for what in told)
    assert any("appropriate body from nothing to “Oak Body”" in what for what in told)
    assert any(what.startswith("Induction tutor: added") for what in told)
    assert any(what.startswith("School succession: added") for what in told)
    assert not any("Priory" in what for what in told)


def test_a_large_school_is_cut_and_costs_no_more_queries(member, school):
    browser = member("support")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(page_of(school)).status_code == 200
        return len(captured)

    queries()  # the session's
    few = queries()
    for number in range(SHOWN):
        builders.make_mentor(
            name=f"Mentor {chr(65 + number // 26)}{chr(65 + number % 26)}", school=school
        )
    assert queries() == few
    page = read(browser.get(page_of(school)))
    mentors = lines(page, "Mentors")
    assert len(mentors) == SHOWN
    assert not any("Fay Former" in line for line in mentors)
    link = page.find("a", string="see all, Mentors")
    assert link["href"] == f"/admin/schools/mentoratschool/?q={school.urn}"
    assert "Fay Former" in browser.get(link["href"]).text


def test_who_may_not_see_schools_does_not_reach_the_page(client, school):
    from tests.accounts.signing_in import enter_admin, make_staff

    enter_admin(client, make_staff("without@education.example"))
    assert client.get(page_of(school)).status_code == 403


def test_the_provider_that_a_school_chose_and_the_day_it_opened_are_told(member, school):
    School.objects.filter(pk=school.pk).update(opened_on=date(1899, 9, 4))
    chosen = LeadProvider.objects.get(name="Teach First")
    SchoolYear.objects.filter(school=school).update(lead_provider=chosen)
    page = read(member("support").get(page_of(school)))
    first, *_ = lines(page, "Academic years and partnerships")
    assert first.endswith("the school chose Teach First; appropriate body Oak Body")
    assert "The school opened, as the register says" in page.text
