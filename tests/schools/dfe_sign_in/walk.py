"""The steps of a sign-in by DfE Sign-in."""

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from schools.models import InductionTutor, School
from tests.schools.dfe_sign_in.provider import Provider

SUBJECT = "8d9f3a40-head"
EMAIL = "head@school.example"


def known_there(
    dfe: Provider, school: School | None = None, subject: str = SUBJECT, **claims: object
) -> None:
    """Make a person known to DfE Sign-in, who signs in for this school."""
    organisation = {"id": "23F20E54", "name": "An organisation", "urn": None}
    if school:
        organisation |= {"urn": str(school.urn)}
    dfe.put(
        subject,
        **{
            "email": EMAIL,
            "given_name": "Heather",
            "family_name": "Head",
            "organisation": organisation,
        }
        | claims,
    )


def go(browser: Client, query: str = "") -> str:
    """Choose DfE Sign-in; returns the address there that the browser is led to."""
    answer = browser.get(f"/sign-in/dfe{query}")
    assert answer.status_code == 302, answer.text
    return answer.url


def come_back(browser: Client, address: str) -> HttpResponse:
    """Follow the redirect from DfE Sign-in back to the service."""
    assert address.startswith(f"{settings.SERVICE_URL}/sign-in/dfe/done?"), address
    return browser.get(address.removeprefix(settings.SERVICE_URL))


def sign_in(browser: Client, dfe: Provider, subject: str = SUBJECT, query: str = ""):
    """The whole way; returns what the service answers to who comes back."""
    return come_back(browser, dfe.sign_in(go(browser, query), subject))


def appointments() -> list[tuple]:
    """All there are: school, source, first day and first day no longer."""
    return list(
        InductionTutor.objects.order_by("pk").values_list(
            "school__name", "source", "started_on", "finished_on"
        )
    )
