"""Invented requests: walks through forms as a person would, then sends what no person would."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st

from tests.access.roles import SITE, filled, where

NASTY = (
    *("", " ", "0", "-1", "1.5", "abc", "(", "[", "*", "%", "%s", "%00", "\\", "'", '"', "²", "１"),
    *(
        "\0",
        "a\0b",
        "\ud800".encode("utf-8", "replace").decode(),
        "\u200b",
        "\u202e",
        "\N{BOM}" * 3,
    ),
    *(
        "9" * 19,
        "9" * 40,
        "9" * 4301,
        "-" + "9" * 30,
        "1e400",
        "NaN",
        "Infinity",
        "null",
        "[" * 50_000,
    ),
    *("0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "29 February 2025", "24:00", "_all"),
    *(
        "__all__",
        "schools.Teacher:abc",
        "schools.Teacher:1",
        "schools.Nothing:1",
        "schools.School",
        ":",
    ),
    *("x" * 300, "क़" * 101, "a@" + "b" * 250 + ".example", "a@b", "é@é.example", "🙂" * 50, "=1+1"),
    *("http://[", "//evil.example", "/\n", "javascript:alert(1)", "../../etc/passwd", "{{7*7}}"),
    *("6f1ed002-ab59-4b5e-8bd5-9ca1a2ab1f2b", "[1]", '{"a": 1}', '"\\u0000"', '"\\ud800"', "[,)"),
    *("[2026-01-01,9999-12-31)", "1,2", "1,abc", "on", "yes", "True", "Unknown", "pk", "id__in"),
)
VALUES = st.sampled_from(NASTY) | st.text(max_size=40).filter(lambda text: text.isprintable())
LOOKUPS = (
    *("", "__exact", "__in", "__gt", "__regex", "__iregex", "__isnull", "__year", "__contains"),
    *("__range", "__overlap", "__nothing", "__id", "__date", "__isempty", "__startswith", "__0"),
)
OF_ADMIN = (
    *("q", "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "_facets", "next"),
    *("obj", "model", "method", "back", "event_model", "label", "action", "_selected_action"),
    *("app_label", "model_name", "field_name", "term", "id", "pk", "password", "object_id"),
)
# What a person would enter, by the end of an input's name.
PLAUSIBLE = {
    "trn": "7654321",
    "date_of_birth-day": "1",
    "date_of_birth-month": "2",
    "date_of_birth-year": "1990",
    "name": "Jane Thomas",
    "email": "jane@school.example",
    "-day": str(date.today().day),  # noqa: DTZ011 - any day will do
    "-month": str(date.today().month),  # noqa: DTZ011
    "-year": str(date.today().year),  # noqa: DTZ011
}


@dataclass
class Form:
    """A form of a page: where it goes, and what its inputs hold."""

    action: str
    method: str
    data: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Collects the forms of a page; of radios and selects it takes the last choice."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.links: set[str] = set()
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.add(has.get("href", ""))
        if tag == "form":
            self.found.append(Form(has.get("action", ""), has.get("method", "get").lower()))
        if not self.found:
            return
        data = self.found[-1].data
        if tag in ("input", "textarea", "select", "button") and has.get("name"):
            data[has["name"]] = has.get("value", "")
        if tag == "select":
            self._select = has.get("name", "")
        if tag == "option" and self._select:
            data[self._select] = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def read(page: HttpResponse) -> tuple[list[Form], set[str]]:
    """The forms of a page, and where its links lead."""
    if not page.headers.get("Content-Type", "").startswith("text/html"):
        return [], set()
    parser = _Forms()
    parser.feed(page.text)
    return parser.found, parser.links


def plausible(form: Form) -> dict[str, str]:
    """What a person would send."""
    filled_in = dict(form.data)
    for name, value in form.data.items():
        for ending, entry in PLAUSIBLE.items():
            if not value and name.endswith(ending):
                filled_in[name] = entry
                break
    return filled_in


def pages_of(role: str) -> list[str]:
    """Every address that is tried in this role, filled with what there is."""
    of_site = [filled(address) for address in SITE if not re.search("logout|sign-out", address)]
    if role not in ("superuser", "support", "finance"):
        return of_site
    return [*of_site, *_of_admin()]


def _of_admin() -> Iterator[str]:
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield from (reverse(f"{name}_changelist"), f"/admin/{where(model)}/add/")
        row = model._default_manager.order_by("pk").first()
        for pk in ("abc", "%00", "9" * 30, "_", *([row.pk] if row else [])):
            for page in ("change", "delete", "history"):
                yield f"/admin/{where(model)}/{pk}/{page}/"


def names_of_fields() -> list[str]:
    """Field names of all models in admin, which filter its lists."""
    return sorted({f.name for model in admin.site._registry for f in model._meta.get_fields()})


def form_on(page: HttpResponse) -> Form | None:
    """The page's form that sends something; not the one that signs out."""
    forms, _ = read(page)
    return next((f for f in forms if f.method == "post" and "out" not in f.action), None)


def walk(browser: Client, address: str, steps: int) -> tuple[str, Form | None]:
    """Answer plausibly so many times; return where that ends, and the form there."""
    for _ in range(steps + 1):
        page = browser.get(address, follow=True)
        check(page, address)
        address = page.redirect_chain[-1][0] if page.redirect_chain else address
        form = form_on(page)
        if form is None or steps == 0:
            return address, form
        steps -= 1
        sent = browser.post(form.action or address, plausible(form))
        check(sent, address)
        if not sent.headers.get("Location"):
            return address, form
        address = sent.headers["Location"]
    return address, None


def query_names(page: HttpResponse) -> list[str]:
    """The names that stand in the links and the GET forms of a page."""
    forms, links = read(page)
    in_links = {name for link in links for name, _ in parse_qsl(urlsplit(link).query)}
    return sorted(in_links | {name for f in forms if f.method == "get" for name in f.data})


def check(answer: HttpResponse, what: object) -> None:
    """No 5xx. A file that was sent is read to its end, which closes it."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    assert answer.status_code < 500, (answer.status_code, what)
