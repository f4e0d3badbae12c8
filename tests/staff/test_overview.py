"""The overview: what it counts, how it is drawn, and that it is counted once an hour."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from declarations.models import SchoolYear
from declarations.states import State
from mentors.models import StatusPolicy
from schools.models import School
from staff.overview import count_all
from tests import builders
from tests.declarations.trained import bring_to, declare, make_trained
from tests.staff.finance import enter_as, read

pytestmark = pytest.mark.django_db

OVERVIEW = "/admin/schools/teacher/overview/"
TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-26 14:05+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def there() -> School:
    return builders.make_school("Priory", region="South West")


def groups(name: str) -> dict[str, dict[str, dict[str, int]]]:
    """The numbers that are not 0, by the table, the group and the column."""
    figure = count_all(TODAY)[name]
    return {
        counted.by: {
            group: {
                column: number
                for column, number in zip(figure.columns, numbers, strict=True)
                if number
            }
            for group, numbers in counted.groups
        }
        for counted in figure.tables
    }


def test_mentors_are_counted_under_the_policy_in_force(there):
    StatusPolicy.objects.create(in_force_from=date(2026, 9, 1), policy="three_statuses")
    builders.make_mentor(school=there)
    found = groups("mentors")
    assert found["England"] == {"England": {"Mentors": 1, "Not yet started": 1}}
    assert found["Region of the school"] == {"South West": {"Mentors": 1, "Not yet started": 1}}


def test_ects_are_counted_who_are_in_induction_and_have_no_mentor_today(there):
    def ect(began: date, **fields):
        teacher = builders.make_teacher(induction_started_on=began, **fields)
        return builders.make_ect(teacher, there)

    ect(date(2025, 8, 31))
    ect(date(2025, 9, 1))
    ect(date(2025, 9, 1), induction_finished_on=date(2026, 11, 27))  # the last day is today
    mentored_before = ect(date(2026, 9, 1))
    mentored, over = ect(date(2025, 9, 1)), {"induction_finished_on": date(2026, 11, 26)}
    ect(date(2025, 9, 1), **over)
    builders.make_ect(school=there, finished_on=TODAY)
    builders.make_ect(school=there, started_on=date(2026, 11, 27))
    mentor = builders.make_mentor(school=there)
    builders.make_mentorship(mentor, mentored, started_on=date(2026, 9, 1))
    builders.make_mentorship(
        mentor, mentored_before, started_on=date(2026, 9, 1), finished_on=TODAY
    )
    column = "ECTs without a mentor"
    assert groups("ects-without-mentor") == {
        "England": {"England": {column: 4}},
        "Region of the school": {"South West": {column: 4}},
        "Academic year in which induction began": {
            "2024 to 2025": {column: 1},
            "2025 to 2026": {column: 2},
            "2026 to 2027": {column: 1},
        },
    }


def test_declarations_are_counted_by_state_provider_year_and_region(there):
    first = make_trained(2023, school=there)
    bring_to(declare(first), State.PAID)
    declare(first, "retained-1")
    declare(make_trained(2022, "Teach First"))
    assert groups("declarations") == {
        "England": {"England": {"Submitted": 2, "Paid": 1}},
        "Lead provider": {
            "Ambition Institute": {"Submitted": 1, "Paid": 1},
            "Teach First": {"Submitted": 1},
        },
        "Academic year": {
            "2022 to 2023": {"Submitted": 1},
            "2023 to 2024": {"Submitted": 1, "Paid": 1},
        },
        "Region of the school": {
            "Not known": {"Submitted": 1},
            "South West": {"Submitted": 1, "Paid": 1},
        },
    }


def test_schools_are_counted_that_have_not_decided_on_a_year_that_is_open(there):
    cohort = builders.make_cohort(2026)
    told, undecided = builders.make_school(), builders.make_school()
    programmes = SchoolYear.Programme
    for school, programme in (
        (told, programmes.SCHOOL_LED),
        (undecided, programmes.NOT_DECIDED),
    ):
        SchoolYear.objects.create(school=school, cohort=cohort, programme=programme)
    builders.make_partnership(there, 2025)  # of another year
    builders.make_school(status=School.Status.CLOSED)
    builders.make_school(status=School.Status.PROPOSED_TO_OPEN)
    builders.make_school(closed_on=TODAY)
    asked = "Have not told us about 2026 to 2027"
    assert groups("schools-without-year") == {
        "England": {"England": {"Open schools": 3, asked: 2}},
        "Region of the school": {
            "Not known": {"Open schools": 2, asked: 1},
            "South West": {"Open schools": 1, asked: 1},
        },
    }
    builders.make_cohort(2027)
    assert count_all(TODAY)["schools-without-year"].columns[2:] == (
        "Have not told us about 2027 to 2028",
    )


def test_each_figure_is_one_query_however_many_there_are(there):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            count_all(TODAY)
        return sum(not query["sql"].startswith("SET ") for query in captured)

    declare(make_trained(school=there))
    few = queries()
    for _ in range(5):
        declare(make_trained(school=builders.make_school(region="London")))
        builders.make_ect()
    assert queries() == few == 5  # with the policy in force


@pytest.mark.parametrize("group", ["support", "policy", "finance"])
def test_each_group_reads_it_from_the_first_page(group, there):
    browser, _ = enter_as(group)
    assert read(browser.get("/admin/")).select_one(f"a[href='{OVERVIEW}']")
    page = read(browser.get(OVERVIEW))
    assert "As at 14:05 on 26 November 2026" in page.text
    for link in page.select("#content a[href^='#']"):
        assert page.select_one(link["href"]).text == link.text


def test_each_number_has_a_bar_of_its_length(there):
    for _ in range(3):
        builders.make_school(region="London")
    browser, _ = enter_as("support")
    heading = read(browser.get(OVERVIEW)).select_one("#schools-without-year")
    table = heading.find_all_next("table")[1]
    bars = {row.th.text: (row.td.text, row.td.rect["width"]) for row in table.select("tbody tr")}
    assert bars == {"London": ("3", "100.0"), "South West": ("1", "33.3")}


def test_each_figure_is_a_file_too(there):
    browser, _ = enter_as("policy")
    file = browser.get(OVERVIEW, {"csv": "schools-without-year"})
    name = "schools-without-year-2026-11-26-1405.csv"
    assert file["Content-Disposition"] == f'attachment; filename="{name}"'
    assert file.content.decode("utf-8-sig").splitlines() == [
        "Counted by,Group,Open schools",
        "England,England,1",
        "Region of the school,South West,1",
    ]
    assert browser.get(OVERVIEW, {"csv": "another"}).status_code == 404


def test_it_is_counted_once_an_hour(there, now):
    browser, _ = enter_as("finance")

    def shown() -> tuple[bool, str]:
        page = read(browser.get(OVERVIEW))
        schools = page.select_one("#schools-without-year").find_next("td").contents[0]
        return "As at 14:05" in page.text, str(schools)

    assert shown() == (True, "1")
    builders.make_school()
    now.move_to("2026-11-26 14:30+00:00", tick=False)  # a session ends half an hour after its use
    assert shown() == (True, "1")
    now.move_to("2026-11-26 14:59+00:00", tick=False)
    assert shown() == (True, "1")
    now.move_to("2026-11-26 15:06+00:00", tick=False)
    assert shown() == (False, "2")


def test_with_nothing_to_count_it_opens():
    cache.clear()
    School.objects.all().delete()
    browser, _ = enter_as("policy")
    assert len(read(browser.get(OVERVIEW)).select("#content h2")) == 4
