"""Both lists are searched by name or TRN, and come in pages of 50 that keep what was asked for."""

import pytest
from django.test import Client

from schools.models import School
from tests.builders import make_ect, make_mentor, make_teacher
from tests.mentors.reading import choices, follow, open_page, titles, words

pytestmark = pytest.mark.django_db

# For each list: its people, and the filter that shows them when none is paired.
LISTS = pytest.mark.parametrize(
    ("name", "make", "asked"),
    [("mentors", make_mentor, {"show": "not-mentoring"}), ("ects", make_ect, {})],
    ids=["mentors", "ects"],
)


SEARCHES = [
    ("", ["Siân O\u2019Neil", "Jane Thomas", "Tom Jansen"]),
    ("   ", ["Siân O\u2019Neil", "Jane Thomas", "Tom Jansen"]),
    ("jane", ["Jane Thomas"]),
    ("THOMAS Jane", ["Jane Thomas"]),
    ("jan", ["Jane Thomas", "Tom Jansen"]),
    ("tom jan", ["Tom Jansen"]),
    ("sian o'neil", ["Siân O\u2019Neil"]),
    ("Siân", ["Siân O\u2019Neil"]),
    ("0836472", ["Jane Thomas"]),
    ("836472", ["Jane Thomas"]),
    (" 0836472 ", ["Jane Thomas"]),
    ("RP08/36472", ["Jane Thomas"]),
    ("08-36472.", ["Jane Thomas"]),
    ("08 36472\u200b", ["Jane Thomas"]),
    ("ja\u200bne", ["Jane Thomas"]),
    ("thomas 0836472", ["Jane Thomas"]),
    ("jansen 0836472", []),
    ("0836473", []),
    ("%", []),
    ("_", []),
    ("\\", []),
    ("school.example", []),
    ("SIÂN oneil", ["Siân O\u2019Neil"]),
    ("o\u02bcneil-siân", ["Siân O\u2019Neil"]),
]


@LISTS
def test_the_search_finds_by_name_or_trn(client: Client, school: School, name, make, asked):
    for person, trn in (
        ("Jane Thomas", "0836472"),
        ("Tom Jansen", "1111111"),
        ("Siân O\u2019Neil", "2222222"),
    ):
        make(make_teacher(person, trn), school)
    make(make_teacher("Jane Elsewhere", "3333333"))
    for search, found in SEARCHES:
        page = open_page(client, name, school.urn, **asked, search=search)
        assert sorted(titles(page)) == sorted(found), search
        assert f"({len(found)})" in " ".join(choices(page)), search
        assert page.select_one("[name=search]").get("value", "") == search


@LISTS
def test_a_list_of_fifty_is_one_page(client: Client, school: School, name, make, asked):
    for number in range(50):
        make(school=school, name=f"Person {number:02}")
    page = open_page(client, name, school.urn, **asked)
    assert len(titles(page)) == 50
    assert not page.select(".govuk-pagination")


@LISTS
def test_longer_lists_come_in_pages_that_keep_what_was_asked(
    client: Client, school: School, name, make, asked
):
    for number in range(1, 102):
        make(school=school, name=f"Person {number:03}")
    make(school=school, name="Somebody else")

    first = open_page(client, name, school.urn, **asked, search="person")
    second = follow(client, first, "Next page")
    third = follow(client, second, "3")

    shown = [titles(page) for page in (first, second, third)]
    assert [*shown[0], *shown[1], *shown[2]] == [f"Person {number:03}" for number in range(1, 102)]
    assert [len(page) for page in shown] == [50, 50, 1]
    assert "Showing 51 to 100 of 101" in words(second.main)
    assert words(second.select_one("[aria-current=page]")) == "2"
    assert titles(follow(client, third, "Previous page")) == shown[1]
    assert not third.select("[rel=next]")
    assert not first.select("[rel=prev]")


@LISTS
def test_a_page_that_is_not_there_is_another_one(client: Client, school: School, name, make, asked):
    for number in range(51):
        make(school=school, name=f"Person {number:02}")
    for wanted, shown in {"9": "2", "0": "2", "-1": "2", "x": "1", "9" * 5000: "1"}.items():
        page = open_page(client, name, school.urn, **asked, page=wanted)
        assert words(page.select_one(".govuk-pagination__item--current")) == shown, wanted[:9]


@LISTS
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"show": "everything"}, "Select what to show"),
        ({"show": ""}, "Select what to show"),
        ({"search": "a" * 201}, "Search must be 200 characters or less"),
    ],
)
def test_what_cannot_be_asked_is_an_error_in_words(
    client: Client, school: School, name, make, asked, query, message
):
    page = open_page(client, name, school.urn, **query)
    assert page.title.string.strip().startswith("Error: ")
    assert words(page.select_one(".govuk-error-summary")) == f"There is a problem {message}"
