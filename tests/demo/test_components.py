"""The page of components shows every form field, macro and tag, in each state."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from config.jinja import form_fields
from demo.components import FIELDS, STATES
from mentors.status.training_status import Status
from tests.mentors.reading import open_page, words

TEMPLATES = Path(settings.BASE_DIR) / "templates"
MACROS = re.findall(r"{% macro (\w+)\(", (TEMPLATES / "mentors/macros.html").read_text())
# The crispy pack's components for form fields: those that config/jinja/form_fields.py names.
FIELD_COMPONENTS = {
    "govukCheckboxes": ".govuk-checkboxes",
    "govukDateInput": ".govuk-date-input",
    "govukFileUpload": ".govuk-file-upload",
    "govukInput": ".govuk-input",
    "govukPasswordInput": ".govuk-password-input",
    "govukRadios": ".govuk-radios",
    "govukSelect": ".govuk-select",
    "govukTextarea": ".govuk-textarea",
}


@pytest.fixture(scope="module")
def components(built_once) -> BeautifulSoup:
    return built_once(lambda: open_page(Client(), "demo-components"))


def states_of(components: BeautifulSoup, field: str) -> dict[str, BeautifulSoup]:
    heading = components.find("h3", string=field)
    return {each["data-state"]: each for each in heading.parent.select("[data-state]")}


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_has_each_state(components, field):
    states = states_of(components, field)
    assert tuple(states) == STATES
    for state, shown in states.items():
        assert shown.select(".govuk-form-group"), state
        assert bool(shown.select(".govuk-error-message")) == (state == "With an error")
        assert ("A hint that helps to answer" in shown.text) == (state == "With a hint"), state


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in ("Password", "File")])
def test_a_field_that_is_filled_in_differs_from_a_plain_one(components, field):
    def answers(state: str) -> list[str]:
        shown = states_of(components, field)[state]
        filled = [str(each.get("value")) for each in shown.select("input:not([type=radio])")]
        chosen = [words(each) for each in shown.select("option[selected], textarea")]
        return filled + chosen + [str(each["value"]) for each in shown.select("[checked]")]

    assert answers("Filled in") != answers("Plain")


def test_every_component_that_a_field_can_have_is_there(components):
    pack = Path(form_fields.__file__).read_text()
    assert set(re.findall(r'"(govuk[A-Z]\w+)"', pack)) == set(FIELD_COMPONENTS)
    assert [name for name, css in FIELD_COMPONENTS.items() if not components.select(css)] == []


def test_every_status_has_its_tag(components):
    tags = {words(tag) for tag in components.select("#mentor-statuses .govuk-tag")}
    assert tags == {status.text for status in Status}
    assert {words(tag) for tag in components.select("#ect-statuses .govuk-tag")} == {
        "Training",
        "Eligible for training",
        "Completed induction",
        "Left the school",
    }


@pytest.mark.parametrize("macro", MACROS)
def test_every_macro_is_named_with_an_example(components, macro):
    parts = [code.find_parent("section") for code in components.select("code")]
    examples = [part for part in parts if words(part.code).startswith(f"{macro}(")]
    assert examples
    for example in examples:
        assert len(words(example)) > len(words(example.h3) + words(example.code)) + 1


def test_banners_summary_lists_and_pagination_are_there(components):
    assert len(components.select("#banners .govuk-notification-banner")) == 2
    assert components.select("#banners .govuk-notification-banner--success")
    assert components.select("#summary-list .govuk-summary-list__actions")
    assert components.select("#summary-card .govuk-summary-card")
    assert len(components.select("#pagination .govuk-pagination__item--current")) == 1
    assert components.select("#error-summary .govuk-error-summary a")


def test_no_id_is_there_twice(components):
    ids = [each["id"] for each in components.select("[id]")]
    assert sorted(ids) == sorted(set(ids))


def test_the_demo_s_sign_in_page_leads_there(client, db):
    assert open_page(client, "demo-sign-in").select('a[href="/demo/components"]')
