"""What a view says by django.contrib.messages, on the next page of a signed-in user."""

import pytest
from bs4 import BeautifulSoup
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path

from accounts.models import User
from config.urls import urlpatterns as urls_of_the_service
from tests.mentors.reading import words


def act(request: HttpRequest) -> HttpResponse:
    messages.success(request, "You have named <Jo>")
    messages.warning(request, "The email did not go out")
    return redirect("/")


urlpatterns = [*urls_of_the_service, path("act", act)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client(client: Client) -> Client:
    """The browser of a signed-in user who has no school: their first page is at /."""
    client.force_login(User.objects.create_user("new@school.example", "Nor Appointed"))
    return client


def banners(client: Client, address: str) -> list[tuple[str, str]]:
    """The title and the text of each banner, in order."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    found = page.select("main .govuk-notification-banner")
    return [(words(banner.h2), words(banner.p)) for banner in found]


def test_it_is_said_once_on_the_next_page_as_text(client: Client):
    client.get("/act")
    assert banners(client, "/") == [
        ("Success", "You have named <Jo>"),
        ("Important", "The email did not go out"),
    ]
    assert banners(client, "/") == []


def test_a_page_for_everybody_and_an_error_page_leave_it_for_the_next(client: Client):
    client.get("/act")
    assert banners(client, "/cookies") == []
    assert banners(client, "/nothing-here") == []
    assert len(banners(client, "/")) == 2


def test_banners_side_by_side_have_titles_of_their_own(client: Client):
    client.get("/act")
    page = BeautifulSoup(client.get("/").content, "html.parser")
    named_by = [banner["aria-labelledby"] for banner in page.select(".govuk-notification-banner")]
    assert named_by == [title["id"] for title in page.select(".govuk-notification-banner h2")]
    assert len(set(named_by)) == 2
