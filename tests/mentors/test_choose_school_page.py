"""The first page leads to a school."""

import pytest
from django.test import Client
from pytest_django.asserts import assertRedirects

from accounts.models import User
from tests.builders import make_school, make_tutor
from tests.mentors.reading import address, link, open_page, words

pytestmark = pytest.mark.django_db


def test_somebody_with_one_school_comes_straight_to_it(client: Client):
    school = make_school()
    make_school("Not theirs")
    client.force_login(make_tutor(school))
    assertRedirects(client.get("/"), address("school-home", school.urn))


def test_somebody_with_several_schools_chooses_among_them(client: Client):
    second = make_school("St Bede", town="Leeds")
    first = make_school("All Saints")
    make_school("Not theirs")
    client.force_login(make_tutor(second, "tutor@school.example"))
    make_tutor(first, "tutor@school.example")

    page = open_page(client, "choose-school")

    assert words(page.find("h1")) == "Choose a school"
    assert [words(item) for item in page.select("main li")] == [
        f"All Saints URN {first.urn}",
        f"St Bede URN {second.urn}, Leeds",
    ]
    assert link(page, "St Bede") == f"/schools/{second.urn}"


def test_somebody_without_a_school_is_told_so(client: Client):
    make_school("Not theirs")
    client.force_login(User.objects.create_user("new@school.example", "Nor Appointed"))

    page = open_page(client, "choose-school")

    assert words(page.find("h1")) == "You are not an induction tutor at any school"
    assert "You are signed in as new@school.example." in words(page.main)
    assert "Not theirs" not in words(page.main)
