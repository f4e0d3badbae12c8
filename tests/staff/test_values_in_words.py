"""Admin's lists and forms say "no" where there is no value, and a day as "5 September 2022"."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.admin_bases import RecordAdmin
from tests.access.grown import NOW, Grown
from tests.accounts.signing_in import enter_admin

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

NOTHING_SAID = {"-", "None", "", "unknown"}
OTHER_DAYS = re.compile(
    r"\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}|\b0\d [A-Z][a-z]+ \d{4}"
    r"|(Jan|Feb|Sept|Oct|Nov|Dec)\.|[ap]\.m\.|noon|midnight"
)
A_DAY = re.compile(r"\b\d\d? (January|March|September|November) 20\d\d\b")


@pytest.fixture
def in_admin(client) -> Client:
    enter_admin(client, User.objects.create_superuser("dfe@education.example", "Dee Effie"))
    return client


def pages(browser: Client) -> Iterator[tuple[str, BeautifulSoup]]:
    for model, of_model in admin.site._registry.items():
        if not isinstance(of_model, RecordAdmin):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{name}_changelist")]
        addresses += [reverse(f"{name}_change", args=[row.pk]) for row in model.objects.all()[:3]]
        for address in addresses:
            yield address, BeautifulSoup(browser.get(address).content, "html.parser")


def said(page: BeautifulSoup) -> Iterator[str]:
    """The text of each value that a list or a form shows and does not ask for, and its name."""
    shown = "#result_list tbody td, #result_list tbody th, .readonly, td:not(.original) > p"
    for box in page.select(".action-select"):
        yield box["aria-label"]
    for cell in page.select(f":is({shown}, #content > h2):not(:has(input))"):
        pictures = " ".join(image.get("alt", "") for image in cell.select("img"))
        yield f"{cell.get_text(' ', strip=True)} {pictures}".strip()


def test_no_value_is_no_and_a_day_is_in_words(in_admin):
    Grown().grow(2)
    wrong, everything = [], ""
    for address, page in pages(in_admin):
        for text in said(page):
            everything += f"{text}\n"
            if text in NOTHING_SAID or OTHER_DAYS.search(text):
                wrong.append((address, text))
    assert wrong == [], "\n".join(map(str, wrong))
    assert "\nno\n" in everything
    assert A_DAY.search(everything)
