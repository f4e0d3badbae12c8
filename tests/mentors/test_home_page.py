"""A school's Home page, as in the picture home.png."""

import re
from datetime import date

import pytest
from django.test import Client

from declarations.models import SchoolYear
from mentors.models import StatusPolicy
from schools.models import InductionTutor, School
from tests.builders import (
    make_cohort,
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_tutor,
)
from tests.mentors.reading import (
    cards,
    choices,
    follow,
    heading,
    open_address,
    open_page,
    titles,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-01-15T12:00:00Z")]

TODAY = date(2026, 1, 15)
PROVIDER_LED = "Use a training provider funded by the DfE"


@pytest.fixture
def school(client: Client) -> School:
    school = make_school("Plymouth Primary School")
    client.force_login(make_tutor(school, name="Sarah Philips"))
    return school


def summary(page) -> list[tuple[str, str]]:
    """The rows under "Summary", in order."""
    part = page.find("h2", string=re.compile("Summary")).find_next_sibling("dl")
    return [(words(row.dt), words(row.dd)) for row in part.select(".govuk-summary-list__row")]


def years(page) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each tab with the rows of its panel, in order."""
    return [
        (
            words(tab),
            [
                (words(row.dt), words(row.dd))
                for row in page.select(f"{tab['href']} .govuk-summary-list__row")
            ],
        )
        for tab in page.select("a.govuk-tabs__tab")
    ]


def test_it_is_headed_by_the_school(client: Client, school: School):
    page = open_page(client, "school-home", school.urn)
    assert heading(page) == ("Plymouth Primary School", "Manage your training")
    assert page.title.string.strip().startswith("Manage your training - ")


def test_the_navigation_leads_to_the_three_sections(client: Client, school: School):
    page = open_page(client, "school-home", school.urn)
    items = page.select(".govuk-service-navigation__item a")
    assert [(words(item), item["href"]) for item in items] == [
        ("Home", f"/schools/{school.urn}"),
        ("Early career teachers", f"/schools/{school.urn}/ects"),
        ("Mentors", f"/schools/{school.urn}/mentors"),
    ]


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("school-home", "Home"),
        ("mentors", "Mentors"),
        ("mentor-training", "Mentors"),
        ("ects", "Early career teachers"),
    ],
)
def test_the_navigation_says_where_one_is(client: Client, school: School, name, section):
    page = open_page(client, name, school.urn)
    (here,) = page.select(".govuk-service-navigation__item--active")
    assert words(here) == section


def test_the_counts_are_those_of_the_lists_they_lead_to(client: Client, school: School):
    mentor = make_mentor(school=school)
    make_mentor(school=school, finished_on=date(2026, 1, 16))  # leaves after today
    make_mentor(school=school, finished_on=TODAY)  # left yesterday
    make_mentorship(mentor, make_ect(school=school))
    make_ect(school=school)
    make_ect(school=school, induction_finished_on=TODAY)
    make_ect(school=school, finished_on=TODAY)
    make_mentor(school=make_school())
    make_ect(school=make_school())

    page = open_page(client, "school-home", school.urn)

    assert summary(page) == [
        ("Induction tutor", "Sarah Philips"),
        ("Mentors", "2 mentors"),
        ("ECTs", "4 ECTs"),
        ("ECTs without mentors", "1 ECT without a mentor"),
    ]
    mentors = follow(client, page, "2 mentors")
    assert choices(mentors) == [
        "Currently mentoring (1)",
        "Not mentoring (1)",
        "All at the school (2)",
        "Left the school (1)",
    ]
    assert len(cards(mentors)) == 2
    ects = follow(client, page, "4 ECTs")
    assert choices(ects) == [
        "Currently training (2)",
        "Without a mentor (1)",
        "Completed induction (1)",
        "Left the school (1)",
        "All ECTs (4)",
    ]
    assert len(cards(ects)) == 4
    alone = follow(client, page, "1 ECT without a mentor")
    assert [card.rows["Mentor"] for card in cards(alone)] == ["No mentor assigned"]
    assert "They are listed first" not in words(alone.main)


def test_the_mentors_are_counted_by_status_where_the_policy_shows_it(
    client: Client, school: School
):
    make_mentor(school=school)
    started = make_mentor(school=school, name="In Training")
    make_mentorship(started, make_ect(school=school), started_on=date(2022, 3, 1))
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy="time_limit", months=36)
    page = open_page(client, "school-home", school.urn)
    assert dict(summary(page))["Mentor training"] == (
        "Not yet started: 1 mentor Training: 0 mentors"
        " Time to complete ends this term: 0 mentors Training completed: 0 mentors"
        " Training not completed: 1 mentor"
    )
    (late,) = page.select("a[href$='training=not-completed']")
    assert titles(open_address(client, late["href"])) == ["In Training"]


def test_somebody_with_two_times_at_the_school_counts_once(client: Client, school: School):
    before = make_mentor(school=school, finished_on=date(2023, 9, 1))
    make_mentor(before.teacher, school, started_on=date(2024, 9, 1))
    first = make_ect(school=school, finished_on=date(2023, 9, 1))
    make_ect(first.teacher, school, started_on=date(2024, 9, 1))
    counts = dict(summary(open_page(client, "school-home", school.urn)))
    assert (counts["Mentors"], counts["ECTs"]) == ("1 mentor", "1 ECT")


def test_the_tutors_of_today_are_named_once_each_by_name(client: Client, school: School):
    again = make_tutor(school, name="Adam Ant")
    InductionTutor.objects.create(
        user=again, school=school, started_on=TODAY, source=InductionTutor.Source.DFE_SIGN_IN
    )
    make_tutor(school, name="Gone Yesterday", finished_on=TODAY)
    make_tutor(make_school(), name="Else Where")
    page = open_page(client, "school-home", school.urn)
    assert dict(summary(page))["Induction tutor"] == "Adam Ant Sarah Philips"


def test_each_academic_year_has_a_tab_the_newest_first(client: Client, school: School):
    make_partnership(school, 2022, "Ambition Institute", "Selby Teaching School Hub")
    make_partnership(school, 2022, "National Institute of Teaching", "Northamptonshire Hub")
    SchoolYear.objects.filter(school=school).update(appropriate_body="EBQ")
    for year, programme in ((2025, "not_decided"), (2024, "school_led"), (2023, "provider_led")):
        SchoolYear.objects.create(school=school, cohort=make_cohort(year), programme=programme)
    make_partnership(make_school(), 2021)

    assert years(open_page(client, "school-home", school.urn)) == [
        (
            "2025 to 2026",
            [("Programme", "Not decided yet"), ("Appropriate body", "Not yet reported")],
        ),
        (
            "2024 to 2025",
            [("Programme", "Deliver your own programme"), ("Appropriate body", "Not yet reported")],
        ),
        (
            "2023 to 2024",
            [
                ("Programme", PROVIDER_LED),
                ("Appropriate body", "Not yet reported"),
                ("Lead provider", "Not yet reported by a lead provider"),
                ("Delivery partner", "Not yet reported by a lead provider"),
            ],
        ),
        (
            "2022 to 2023",
            [
                ("Programme", PROVIDER_LED),
                ("Appropriate body", "EBQ"),
                ("Lead provider", "Ambition Institute"),
                ("Delivery partner", "Selby Teaching School Hub"),
                ("Lead provider", "National Institute of Teaching"),
                ("Delivery partner", "Northamptonshire Hub"),
            ],
        ),
    ]


def test_each_year_and_each_of_its_partnerships_has_a_heading(client: Client, school: School):
    make_partnership(school, 2022, "Ambition Institute", "Selby Teaching School Hub")
    make_partnership(school, 2022, "National Institute of Teaching", "Northamptonshire Hub")
    make_partnership(school, 2021)
    page = open_page(client, "school-home", school.urn)
    assert [words(heading) for heading in page.select(".govuk-tabs__panel :is(h3, h4)")] == [
        "2022 to 2023",
        "Partnership 1 of 2: Ambition Institute",
        "Partnership 2 of 2: National Institute of Teaching",
        "2021 to 2022",
    ]


def test_what_a_school_cannot_change_of_an_academic_year_says_to_contact_us(
    client: Client, school: School
):
    make_partnership(school)
    page = open_page(client, "school-home", school.urn)
    says = (
        "To change an appropriate body or delivery partner, or an earlier academic year, contact us"
    )
    assert says in words(page.main)


def test_a_school_without_academic_years_is_told_so(client: Client, school: School):
    page = open_page(client, "school-home", school.urn)
    assert years(page) == []
    assert "This school has no academic year in this service yet." in words(page.main)
