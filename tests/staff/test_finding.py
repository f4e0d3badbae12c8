"""The search of admin's first page, and the lists that it leads to."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from schools.models import MentorAtSchool, Teacher
from tests import builders
from tests.core.audit_lines import caught
from tests.declarations.trained import declare, make_trained

pytestmark = pytest.mark.django_db
TEACHERS = "/admin/schools/teacher/"
FIND = f"{TEACHERS}find/"


def page(answer) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def results(browser, search: str) -> dict[str, list[str]]:
    content = page(browser.get(FIND, {"q": search})).select_one("#content")
    return {
        heading.text: [item.text for item in heading.find_next("ul").select("li")]
        for heading in content.select("h2")
    }


@pytest.fixture
def mentor() -> MentorAtSchool:
    school = builders.make_school("Oakwood Primary", postcode="KT1 2AB")
    return builders.make_mentor(
        builders.make_teacher("Seán O’Malley", trn="0123456"), school, email="sean@oak.example"
    )


@pytest.mark.parametrize("group", ["support", "policy", "finance"])
def test_each_group_searches_from_the_first_page(member, mentor, group):
    browser = member(group)
    form = page(browser.get("/admin/")).select_one("form[role=search]")
    assert form["action"] == FIND
    teacher = ["Seán O’Malley (0123456)"]
    for search in ("123456", "malley", "sean@oak.example", str(mentor.teacher.participant_id)):
        assert results(browser, search) == {"Teachers": teacher}, search
    at_school = results(browser, "kt1 2ab")
    assert at_school["Teachers"] == teacher
    assert at_school["Schools"] == [str(mentor.school)]


def test_what_a_group_may_not_see_is_not_found(member):
    builders.make_tutor(builders.make_school(), "tina@oak.example", name="Tina Turner")
    declaration = declare(make_trained())
    browser = member("support")
    assert list(results(browser, "turner")) == ["Induction tutors"]
    assert results(browser, str(declaration.pk)) == {}
    browser = member("finance")
    assert results(browser, "turner") == {}
    assert list(results(browser, str(declaration.pk))) == ["Declarations"]


def test_a_misspelt_name_shows_the_nearest_and_says_so(member, mentor):
    browser = member("support")
    content = page(browser.get(FIND, {"q": "shaun omally"})).select_one("#content")
    assert "Nothing has these words. What is nearest to them:" in content.text
    assert "Seán O’Malley" in content.text
    listed = page(browser.get("/admin/schools/teacher/", {"q": "omally"}))
    assert "Nothing has these words." in listed.select_one(".messagelist").text
    assert len(listed.select("#result_list tbody tr")) == 1


def test_a_search_that_is_refused_says_why(member):
    answer = page(member("support").get(FIND, {"q": "a " * 21}))
    assert "Search by 20 words or fewer" in answer.select_one("#content").text


def test_the_audit_log_has_the_ids_that_were_found_and_not_the_words(member, mentor):
    browser = member("support")
    with caught() as lines:
        browser.get(FIND, {"q": "malley"})
    (line,) = lines.events()
    assert line["event"] == "viewed"
    assert line["listed"] == [f"schools.teacher {mentor.teacher_id}"]
    assert "malley" not in str(line)


def test_a_list_shows_its_first_rows_and_refuses_what_is_beyond(member, monkeypatch):
    monkeypatch.setattr("core.admin_lists.CappedPaginator.most", 50)
    Teacher.objects.bulk_create(
        Teacher(name=f"Ann {n:02}", trn=f"{n:07}", date_of_birth="1990-01-01") for n in range(70)
    )
    browser = member("support")
    first = page(browser.get("/admin/schools/teacher/"))
    assert "The first 50 teachers: search or filter" in first.select_one(".paginator").text
    assert len(first.select("#result_list tbody tr")) == 50
    assert browser.get("/admin/schools/teacher/?p=2").status_code == 302
    few = page(browser.get("/admin/schools/teacher/?q=0000001")).select_one(".paginator")
    assert few.text.split() == ["1", "teacher"]


def test_no_other_order_than_the_headings_offer_is_taken(member):
    for trn in ("0000002", "0000001"):
        builders.make_teacher(f"Ann {trn[::-1]}", trn=trn)
    rows = page(member("support").get("/admin/schools/teacher/?o=-3")).select(".field-trn")
    assert [row.text for row in rows] == ["0000001", "0000002"]


def test_a_row_leads_to_its_page_which_leads_back_to_the_list_as_it_was(member):
    teacher = builders.make_teacher("Ann ID")
    browser = member("support")
    (link,) = page(browser.get(TEACHERS, {"q": "ann id"})).select("#result_list .field-name a")
    filters = "_changelist_filters=q%3Dann%2Bid"
    assert link["href"] == f"/admin/schools/teacher/{teacher.pk}/change/?{filters}"
    none = {"recorded_completions-TOTAL_FORMS": "0", "recorded_completions-INITIAL_FORMS": "0"}
    entered = {"trn": teacher.trn, "name": "Ann", "date_of_birth": "1990-05-17"}
    assert browser.post(link["href"], entered | none).url == f"{TEACHERS}?q=ann+id"


def test_the_box_that_selects_a_row_names_it(member):
    mentor = builders.make_mentor(builders.make_teacher("Ann <b>"))
    (box,) = page(member("support").get("/admin/schools/mentoratschool/")).select(".action-select")
    assert (box["name"], box["value"]) == ("_selected_action", str(mentor.pk))
    assert box["aria-label"] == f"Select {mentor}"


def test_a_list_is_filtered_by_whether_a_value_is_there(member):
    gone, there = builders.make_mentor(finished_on=date(2026, 1, 1)), builders.make_mentor()
    browser = member("support")
    filters = page(browser.get("/admin/schools/mentoratschool/")).select_one("#changelist-filter")
    assert "By last day" in filters.text
    for name, mentor in (("no", there), ("yes", gone)):
        link = filters.find("a", string=name)
        (row,) = page(browser.get(f"/admin/schools/mentoratschool/{link['href']}")).select(
            "#result_list .field-teacher a"
        )
        assert row.text == str(mentor.teacher)
