"""The template environment: names that are not there, dates, addresses, the page shell."""

import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier, BrokenBarrierError
from typing import Any

import jinja2
import pytest
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path
from pytest_django.asserts import assertInHTML, assertNotContains
from pytest_django.fixtures import Settings

from config.environment import Environment
from config.jinja import environment
from config.urls import urlpatterns as urls_of_the_service


class SlowLoader(jinja2.DictLoader):
    """Waits while it reads a template, until another thread reads it too or time is up."""

    def __init__(self) -> None:
        super().__init__({"page": "Hello"})
        self.read = 0
        self.both = Barrier(2)

    def get_source(self, *arguments: Any) -> Any:
        self.read += 1
        with contextlib.suppress(BrokenBarrierError):
            self.both.wait(0.2)
        return super().get_source(*arguments)


def test_threads_that_want_a_template_at_once_compile_it_once() -> None:
    loader = SlowLoader()
    pages = environment(loader=loader)
    with ThreadPoolExecutor(4) as threads:
        found = {threads.submit(pages.get_template, "page") for _ in range(4)}
    assert {each.result().render() for each in found} == {"Hello"}
    assert loader.read == 1


INPUT = '{% from "govuk_frontend_jinja/components/input/macro.html" import govukInput %}'


def render(source: str, **context: Any) -> str:
    return engines["jinja2"].env.from_string(source).render(**context)


@pytest.mark.parametrize(
    "source",
    [
        "{{ nmae }}",
        "{{ mentor.nmae }}",
        "{{ mentor.school.name }}",
        "{{ nmae | upper }}",
        "{{ 'Dear ' ~ nmae }}",
        "{{ nmae | length }}",
        "{% for one in nmae %}{% endfor %}",
        "{% set greeting %}Dear {{ nmae }}{% endset %}",
        INPUT + '{{ govukInput({"name": nmae, "label": {"text": "Name"}}) }}',
        INPUT + '{{ govukInput({"name": "name", "label": {"html": "x", "classes": "a" ~ nmae}}) }}',
        INPUT + '{{ govukInput({"name": "name", "hint": {"text": mentor.nmae}}) }}',
    ],
)
def test_undefined_that_reaches_the_output_is_an_error(source: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        render(source, mentor={"name": "Jane"})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 'yes' if nmae else 'no' }}", "no"),
        ("{{ 'yes' if form.errors else 'no' }}", "no"),
        ("{{ nmae | default('nobody') }}", "nobody"),
        ("{% if nmae is defined %}yes{% endif %}", ""),
    ],
)
def test_undefined_may_be_asked_about(source: str, text: str) -> None:
    assert render(source) == text


@pytest.mark.parametrize("nothing", ["nmae", "mentor.nmae"])
def test_macro_may_be_given_an_undefined_that_it_does_not_print(nothing: str) -> None:
    html = render(f'{INPUT}{{{{ govukInput({{"name": "name", "hint": {nothing}}}) }}}}', mentor={})
    assert "hint" not in html


@pytest.mark.parametrize(
    "source", ["Dear {{ mentor.nmae }}", "Dear {% for one in mentor.nmae %}x{% endfor %}"]
)
def test_in_production_undefined_leaves_a_gap_and_is_logged(
    source: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ENVIRONMENT = Environment.PRODUCTION
    made = environment(loader=jinja2.DictLoader({"page": source}), autoescape=True)
    with caplog.at_level(logging.ERROR):
        assert made.get_template("page").render(mentor={"name": "Jane"}) == "Dear "
    (record,) = caplog.records
    assert "has no attribute 'nmae'" in record.getMessage()
    assert "Jane" not in record.getMessage()


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2023, 4, 20), "20 April 2023"),
        (date(2024, 9, 1), "1 September 2024"),
        (datetime(2023, 7, 29, 23, 30, tzinfo=UTC), "30 July 2023"),
        (datetime(2023, 1, 29, 23, 30, tzinfo=UTC), "29 January 2023"),
    ],
)
def test_date_is_in_govuk_style(day: date, text: str) -> None:
    assert render("{{ day | govuk_date }}", day=day) == text


def test_url_and_static_give_paths() -> None:
    assert render('{{ url("privacy") }}') == "/privacy"
    assert render('{{ static("service.css") }}') == "/assets/service.css"


class NameForm(forms.Form):
    name = forms.CharField(error_messages={"required": "Enter a name"})


PAGE = """
{% extends "layout.html" %}
{% set back_link = "/mentors?page=2&show=all" %}
{% block title %}Mentors &amp; others{% endblock %}
{% block caption %}Plymouth <i>Primary</i> School{% endblock %}
{% block body %}{{ crispy(form) }}{% endblock %}
"""
NAVIGATION = [
    {"text": "Home", "href": "/home"},
    {"text": "Mentors", "href": "/mentors", "active": True},
]


def mentors(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST if request.method == "POST" else None)
    page = engines["jinja2"].from_string(PAGE)
    return HttpResponse(page.render({"form": form, "navigation": NAVIGATION}, request))


mentors.login_required = False
urlpatterns = [*urls_of_the_service, path("mentors", mentors)]


@pytest.mark.urls(__name__)
def test_shell_has_all_that_a_page_needs(client: Client) -> None:
    html = client.get("/mentors").content.decode()
    assert html.lstrip().startswith('<!DOCTYPE html>\n<html lang="en"')
    assert (
        "<title>Mentors &amp; others - Manage training for early career teachers - GOV.UK</title>"
    ) in html
    assertInHTML("Skip to main content", html)
    assertInHTML('<span class="govuk-caption-l">Plymouth <i>Primary</i> School</span>', html)
    assertInHTML('<h1 class="govuk-heading-l">Mentors &amp; others</h1>', html)
    assertInHTML('<a href="/mentors?page=2&amp;show=all" class="govuk-back-link">Back</a>', html)
    assertInHTML('<a class="govuk-service-navigation__link" href="/home">Home</a>', html)
    assertInHTML(
        '<a class="govuk-service-navigation__link" href="/mentors" aria-current="true">'
        '<strong class="govuk-service-navigation__active-fallback">Mentors</strong></a>',
        html,
    )
    feedback = (
        f'<a class="govuk-link" href="mailto:{settings.SUPPORT_EMAIL}">{settings.SUPPORT_EMAIL}</a>'
    )
    assertInHTML(feedback, html)
    assert "There is a problem" not in html
    for link in ("/accessibility", "/cookies", "/privacy"):
        assert f'<a class="govuk-footer__link" href="{link}">' in html


@pytest.mark.urls(__name__)
def test_page_with_an_error_says_so_in_its_title_and_at_its_top(client: Client) -> None:
    html = client.post("/mentors", {"name": ""}).content.decode()
    assert "<title>Error: Mentors &amp; others - Manage training" in html
    assert html.index("There is a problem") < html.index("<h1")
    assertInHTML('<a href="#id_name">Enter a name</a>', html)


@pytest.mark.urls(__name__)
def test_form_of_a_page_carries_the_token_of_the_visitor() -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/mentors").content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert client.post("/mentors", {"name": "Jo"}).status_code == 403
    sent = {"name": "Jo", "csrfmiddlewaretoken": token}
    assert client.post("/mentors", sent).status_code == 200


def test_page_without_a_school_has_no_navigation(client: Client) -> None:
    assertNotContains(client.get("/cookies"), "govuk-service-navigation__list")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("jane.thomas@school.example", "jane.thomas@school.example"),
        (
            "jane.thomas@plymouth-primary.sch.uk",
            "jane.thomas<wbr>@plymouth-primary.sch.uk",
        ),
        (
            "<i>.of.a.long.name.at.the.school@school.example",
            "&lt;i&gt;<wbr>.of<wbr>.a<wbr>.long<wbr>.name<wbr>.at<wbr>.the<wbr>.school"
            "<wbr>@school.example",
        ),
        ("A text that is long. It has no address.", "A text that is long. It has no address."),
    ],
)
def test_a_long_email_address_may_go_on_in_a_new_line_at_its_signs(text: str, html: str) -> None:
    assert render("{{ text | breakable }}", text=text) == html
