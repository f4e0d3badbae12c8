"""Every demo person's page shows exactly what docs/demo.md says, read from the page's own HTML."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import product

import pytest
import time_machine
from _pytest.mark import ParameterSet
from bs4 import BeautifulSoup

from accounts.models import User
from demo.people import PEOPLE
from mentors.models import StatusPolicy
from schools.models import ECTAtSchool, MentorAtSchool, School
from tests.demo.demo_document import NONE, rows_of, tag_in, text_of
from tests.mentors.reading import choices, follow, open_page, rows, why, words

pytestmark = pytest.mark.usefixtures("demo")

# The document holds from the one to the other.
FIRST_DAY, LAST_DAY = (
    datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
    datetime(2027, 8, 31, 8, 0, tzinfo=UTC),
)
DAYS = {"first day": FIRST_DAY, "last day": LAST_DAY}
EACH_END = pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
POLICIES = {
    "completed only": {"policy": StatusPolicy.Policy.COMPLETED_ONLY},
    "three statuses": {"policy": StatusPolicy.Policy.THREE_STATUSES},
    "with a time limit": {"policy": StatusPolicy.Policy.TIME_LIMIT, "months": 36},
}
MENTORS, ECTS = list(rows_of("mentor")), list(rows_of("ECT"))
# Within 90 days after a completion was taken back.
LATELY, WHILE_SAID = datetime(2026, 11, 26, 8, 0, tzinfo=UTC), "mentor, while it is said"


def situations(rows: list[dict[str, str]], *given: Iterable) -> list[ParameterSet]:
    """Each row in one situation, all rows alike among them; and, for `make product`, in each."""
    everything = list(product(*given))
    return [
        pytest.param(rows[n :: len(everything)], *situation, id=" ".join(map(str, situation)))
        for n, situation in enumerate(everything)
    ] + [
        pytest.param(rows, *each, id=f"all {' '.join(map(str, each))}", marks=pytest.mark.product)
        for each in everything
    ]


def sign_in(client, urn: str) -> None:
    client.force_login(User.objects.filter(appointments__school__urn=urn).first())


def page_of(client, role: str, people: type, row: dict[str, str]) -> BeautifulSoup:
    person = people.objects.get(school__urn=row["urn"], teacher__name=row[role])
    sign_in(client, row["urn"])
    return open_page(client, role.lower(), row["urn"], person.public_id)


def what_stands_at_the_top(page: BeautifulSoup) -> str:
    inset = page.select_one(".govuk-inset-text")
    return words(inset) if inset else NONE


def mentoring_of(row: dict[str, str], policy: str) -> dict[str, str]:
    """The rows of the section "Mentoring" that the document says, with the ECTs' own dates."""
    started = {ect["ECT"]: ect["induction started"] for ect in ECTS if ect["urn"] == row["urn"]}
    now = row["currently mentoring"]
    if now != "Not currently mentoring":
        now = " ".join(f"{ect} Induction started {started[ect]}" for ect in now.split(", "))
    said = {"Currently mentoring": now}
    if policy != "completed only" and row["previously mentored"] != NONE:
        said["Previously mentored"] = row["previously mentored"].replace(", ", " ")
    return said


def training_of(row: dict[str, str], policy: str) -> dict[str, str]:
    """The rows of the section "Mentor training" that the document says."""
    status = {} if row[policy] == "no row" else {"Status": text_of(row[policy])}
    lead_provider, _, completed_with = row["lead provider"].partition("; completed with ")
    said = {
        "Completed with": completed_with or NONE,
        "Lead provider": lead_provider,
        "Delivery partner": row["delivery partner"],
    }
    return status | {name: value for name, value in said.items() if value != NONE}


TRAINING = "This is when they were first assigned an ECT."
NOT_REPORTED = (
    "No lead provider has told us that they have completed it. We will show it here when one does."
)
WILL_TELL = re.compile(r"[^.]+ will tell us when they have completed it\. ?")
UNTIL = "They have until DAY to complete it."
# What is not said once the time is over.
IN_TIME = re.compile(
    r"You do not need to do anything\."
    r"|If (a|another) lead provider trains them, tell us which\."
)


def why_of(row: dict[str, str], policy: str) -> set[str]:
    """The sentences on why: as the document has them, changed as docs/training-status.md says."""
    said = row["why"].replace(NONE, "")
    if policy == "completed only":
        said = re.sub(r"On \d+ \w+ \d{4}, ", "", said)
    if policy == "completed only" and row["completed only"] == "no row":
        said = WILL_TELL.sub(" ", said).replace(TRAINING, NOT_REPORTED)
        if row["three statuses"].startswith("**Not yet started"):
            said += f" {NOT_REPORTED}"
    if policy == "with a time limit" and TRAINING in said:
        _, time_ended, month = row[policy].partition("Time to complete ended in ")
        if time_ended:
            had = f"They had until {month} to complete it. {ask(row)}"
            said = IN_TIME.sub("", WILL_TELL.sub(" ", said)).replace(TRAINING, had)
        else:
            said += f" {UNTIL}"
    return sentences(said)


def ask(row: dict[str, str]) -> str:
    """Who is to be asked whether a mentor completed it in time."""
    lead_provider = row["lead provider"]
    if lead_provider.startswith(("None.", "Not yet reported")):
        return "Ask them if they have, and with which lead provider."
    return f"Ask {lead_provider} if they have."


def sentences(said: str) -> set[str]:
    said = re.sub(r"They have until \d+ \w+ \d{4} to complete it\.", UNTIL, said)
    return {each.strip() for each in re.split(r"(?<=\.)\s+", said) if each.strip()}


@pytest.mark.parametrize(("mentors", "policy", "day"), situations(MENTORS, POLICIES, DAYS))
def test_each_mentor_s_page_says_what_the_document_says(client, mentors, policy, day):
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), **POLICIES[policy])
    with time_machine.travel(DAYS[day], tick=False):
        for row in mentors:
            page_says(client, row, policy)


def page_says(client, row: dict[str, str], policy: str) -> None:
    """Open a mentor's page, and compare it with a row of the document."""
    page = page_of(client, "mentor", MentorAtSchool, row)
    training = page.select_one("#mentor-training")
    said = {
        "name": words(page.h1),
        "left": what_stands_at_the_top(page),
        "mentoring": rows(page.select_one("#mentoring")),
        "training": rows(training),
        "tag": [words(tag) for tag in training.select(".govuk-tag")],
        "why": sentences(" ".join(why(training))),
    }
    assert said == {
        "why": why_of(row, policy),
        "name": row["mentor"],
        "left": row["left"],
        "mentoring": mentoring_of(row, policy),
        "training": training_of(row, policy),
        "tag": tag_in(row[policy]),
    }, row["mentor"]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_completion_that_was_taken_back_lately_is_said(client, policy):
    (row,) = rows_of(WHILE_SAID)
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), **POLICIES[policy])
    with time_machine.travel(LATELY, tick=False):
        page_says(client, row | {"mentor": row[WHILE_SAID]}, policy)


@pytest.mark.parametrize(("ects", "day"), situations(ECTS, DAYS))
def test_each_ect_s_page_says_what_the_document_says(client, ects, day):
    with time_machine.travel(DAYS[day], tick=False):
        for row in ects:
            page = page_of(client, "ECT", ECTAtSchool, row)
            said = {
                "name": words(page.h1),
                "left": what_stands_at_the_top(page),
                "induction started": rows(page.select_one("#induction"))["Induction started"],
                "mentor": rows(page.select_one("#mentor"))["Mentor"],
                "status": rows(page.select_one("#training"))["Status"],
                "tag": [words(tag) for tag in page.select("#training .govuk-tag")],
            }
            assert said == {
                "name": row["ECT"],
                "left": row["left"],
                "induction started": row["induction started"],
                "mentor": row["mentor"],
                "status": text_of(row["status"]),
                "tag": tag_in(row["status"]),
            }, row["ECT"]


@pytest.mark.parametrize(
    ("role", "people", "told"), [("mentor", MentorAtSchool, MENTORS), ("ECT", ECTAtSchool, ECTS)]
)
def test_the_document_has_everybody_once(role, people, told):
    here = people.objects.values_list("school__urn", "teacher__name")
    assert sorted((int(row["urn"]), row[role]) for row in told) == sorted(here)


def test_the_document_has_everybody_who_can_sign_in():
    assert [row["who"] for row in rows_of("who")] == [person.name for person in PEOPLE]


@EACH_END
def test_plymouth_primary_school_has_the_numbers_of_the_pictures(client, day):
    with time_machine.travel(day, tick=False):
        sign_in(client, "999001")
        home = open_page(client, "school-home", 999001)
        mentors, ects = (choices(open_page(client, name, 999001)) for name in ("mentors", "ects"))
    assert rows(home.select_one(".govuk-summary-list")) == {
        "Induction tutor": "Sarah Philips",
        "Mentors": "6 mentors",
        "ECTs": "14 ECTs",
        "ECTs without mentors": "4 ECTs without mentors",
    }
    assert {"Currently mentoring (4)", "Not mentoring (2)"} <= set(mentors)
    assert {"Currently training (9)", "Completed induction (3)", "Left the school (2)"} <= set(ects)


def test_plymouth_primary_school_s_academic_years_are_those_of_the_picture(client):
    sign_in(client, "999001")
    home = open_page(client, "school-home", 999001)
    tabs = [words(tab) for tab in home.select(".govuk-tabs__tab")]
    assert tabs == ["2023 to 2024", "2022 to 2023", "2021 to 2022"]
    assert rows(home.select_one(".govuk-tabs__panel")) == {
        "Programme": "Use a training provider funded by the DfE",
        "Appropriate body": "EBQ",
        "Lead provider": "Ambition Institute",
        "Delivery partner": "Devon Teaching School Hub",
    }


def test_home_asks_how_a_school_that_has_not_said_so_trains_in_the_year(client):
    question = "Tell us how you will train teachers in 2026 to 2027"
    with time_machine.travel(FIRST_DAY, tick=False):
        for urn, is_asked in ((100019, True), (100020, False), (999002, False)):
            sign_in(client, str(urn))
            assert (question in words(open_page(client, "school-home", urn))) is is_asked, urn


def test_another_school_took_over_from_the_closed_one():
    (succession,) = School.objects.get(urn=999002).successions.all()
    assert succession.successor.urn == 100022


def test_jane_thomas_has_the_details_of_the_picture(client):
    sign_in(client, "999001")
    page = open_page(client, "mentors", 999001)
    page = follow(client, page, "Jane Thomas")
    assert rows(page.select_one("#personal-details")) == {
        "Name": "Jane Thomas",
        "TRN": "0836472",
        "Date of birth": "13 November 1989",
        "Email address": "jane.thomas@plymouth-primary.sch.uk",
    }


def test_the_tutor_of_two_schools_chooses_between_them(client):
    client.force_login(User.objects.get(name="Helen Marsh"))
    assert {"Hawley Primary School", "Netley Primary School & Centre for Autism"} <= {
        words(a) for a in open_page(client, "choose-school").select("main a")
    }
