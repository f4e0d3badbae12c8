"""What an official macro made once is filled in with the texts of every later call."""

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jinja2
import pytest
from django.template import engines
from markupsafe import Markup

from config.jinja.filled import NewestKept, filled_in


class Counted:
    """A macro, and how often it ran."""

    def __init__(self, source: str) -> None:
        environment = jinja2.Environment(autoescape=True)
        made = environment.from_string(f"{{% macro made(params) %}}{source}{{% endmacro %}}")
        self.macro, self.runs = made.module.made, 0

    def __call__(self, params: dict[str, Any]) -> str:
        self.runs += 1
        return self.macro(params)


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>{{ params.text }}</p>", [{"text": "a & b"}, {"text": "<b>"}, {"text": "\u2003x "}]),
        ("<p>{{ params.text }}</p>", [{"text": Markup("<b>")}, {"text": "<b>"}]),
        ("<p>{{ params.html | safe }}</p>", [{"html": " <b>x</b>\n"}, {"html": Markup("<i>")}]),
        ("<p>{{ params.html | safe | trim }}</p>", [{"html": " <b>x</b>\n"}, {"html": "\n\n"}]),
        ("{% set all %} {{ params.text }}{% endset %}{{ all | trim }}!", [{"text": " a "}]),
        ("{{ 'to ' ~ params.text if params.text else 'none' }}", [{"text": "a"}, {"text": ""}]),
        ("{% for row in params.rows %}{{ row.text }}{% endfor %}", [{"rows": [{"text": "<"}] * 3}]),
    ],
)  # fmt: skip
def test_a_filled_macro_gives_what_the_macro_gives(source: str, texts: list[dict[str, Any]]):
    macro = Counted(source)
    filled = filled_in(macro)
    for params in [*texts, *texts]:
        assert filled(params) == macro.macro(params)
    assert macro.runs <= len(texts)


@pytest.mark.parametrize(
    "params",
    [
        {"text": "other"},
        {"text": "other", "classes": "a"},
        {"text": "other", "classes": None},
        {"text": "other", "classes": False},
        {"text": "other", "classes": 0},
        {"text": "other", "classes": Markup("<")},
        {"text": "other", "classes": "<"},
        {"text": None},
        {"html": "other"},
        {},
    ],
)
def test_parameters_of_another_shape_run_the_macro_again(params: dict[str, Any]):
    macro = Counted("{{ params.text }} {{ params.html | safe }} {{ params.classes }}")
    filled = filled_in(macro)
    for shape in ({"text": "one"}, params, {"text": "two"}, params):
        assert filled(shape) == macro.macro(shape)
    assert macro.runs == (1 if params == {"text": "other"} else 2)


@pytest.mark.parametrize(
    "source",
    ["{{ params.text | upper }}", "{{ params.text | length }}{{ params.text[:3] }}"],
)
def test_a_macro_that_changes_a_text_runs_each_time(source: str):
    macro = Counted(source)
    filled = filled_in(macro)
    assert [filled({"text": text}) for text in ("one", "three")] == [
        macro.macro({"text": text}) for text in ("one", "three")
    ]


def test_a_macro_that_compares_the_values_of_items_runs_each_time():
    macro = Counted("{% for item in params['items'] %}{{ item.value == params.value }}{% endfor %}")
    filled = filled_in(macro)
    for value in ("a", "b"):
        params = {"value": value, "items": [{"value": "a"}, {"value": "b"}]}
        assert filled(params) == macro.macro(params)


def test_what_is_not_defined_is_told_each_time():
    page = engines["jinja2"].env.from_string(
        '{% from "govuk_frontend_jinja/components/tag/macro.html" import govukTag %}'
        '{{ govukTag({"text": text, "classes": nmae}) if text else govukTag({"text": nmae}) }}'
    )
    for _ in range(2):
        assert "A tag" in page.render(text="A tag")
        with pytest.raises(jinja2.UndefinedError):
            page.render(text="")


def test_the_macros_of_pages_are_filled_in():
    html = engines["jinja2"].env.from_string(
        '{% from "govuk_frontend_jinja/components/tag/macro.html" import govukTag %}'
        "{{ govukTag.__name__ }}"
    )
    assert html.render() == "fill_in"


def test_threads_share_what_is_kept():
    kept: NewestKept[str] = NewestKept(2)

    def keep_many(thread: int) -> bool:
        return all(kept.keep((thread, n), f"{n}") == f"{n}" for n in range(10_000))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert all(threads.map(keep_many, range(4)))
    finally:
        sys.setswitchinterval(interval)
    assert len(kept) == 2
