"""A form's HTML is the official HTML of GOV.UK Frontend's examples for the same options.

Each example whose options a Django form can express is made as a form, and compared. `EXPRESSIBLE`
says which options those are; what must be there for it to be a form of ours, `NEEDED`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Button, Field, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms

from core.forms import ChoiceLabel, DateField, Question
from tests.config.official import fixtures, normalised

Options = dict[str, Any]

LABEL = "id name label.text label.classes label.isPageHeading hint.text errorMessage.text classes"
GROUP = "fieldset.legend.text fieldset.legend.classes fieldset.legend.isPageHeading"
INPUT = "autocomplete inputmode pattern autocapitalize spellcheck disabled formGroup.classes"
ITEMS = "items.value items.text items.hint.text"
EXPRESSIBLE = {
    "input": f"{LABEL} {INPUT} value type attributes",
    "textarea": f"{LABEL} {INPUT} value rows attributes",
    "password-input": f"{LABEL} formGroup.classes attributes",
    "file-upload": f"{LABEL} formGroup.classes attributes",
    "select": f"{LABEL} {ITEMS} items.selected value formGroup.classes attributes",
    "radios": f"{LABEL} {GROUP} {ITEMS} items.checked idPrefix value formGroup.classes attributes",
    "checkboxes": f"{LABEL} {GROUP} {ITEMS} items.checked idPrefix formGroup.classes attributes",
    "date-input": f"{LABEL} {GROUP} namePrefix items.name items.classes formGroup.classes",
}
NEEDED = {
    "select": "items.value",
    "radios": "fieldset.legend.text",
    "checkboxes": "fieldset.legend.text",
    "date-input": "fieldset.legend.text namePrefix",
}
NOT_OURS = {
    # A date has a day, a month and a year.
    ("date-input", "day and month"),
    ("date-input", "month and year"),
    # Django chooses an option whose value is empty, and by `value` alone.
    ("select", "with falsy values"),
    ("select", "item selected overrides value"),
}
INPUT_ATTRIBUTES = (*INPUT.split()[:-1], "id", "type", "rows")


def paths(options: Options, prefix: str = "") -> Iterator[str]:
    """Yield which options are used, such as "hint.text" and "items.value"."""
    for key, value in options.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and key != "attributes":
                yield from paths(one, f"{prefix}{key}.")
            else:
                yield prefix + key


def examples() -> Iterator[Any]:
    for component, expressible in EXPRESSIBLE.items():
        for name, options, html in fixtures(component):
            used = set(paths(options))
            needed = set(NEEDED.get(component, "").split())
            if needed <= used <= set(expressible.split()) and (component, name) not in NOT_OURS:
                yield pytest.param(component, options, html, id=f"{component}: {name}")


EXAMPLES = list(examples())


def field_for(component: str, options: Options) -> forms.Field:
    """Return the Django field that asks what the example asks."""
    legend = options.get("fieldset", {}).get("legend", {})
    common = {
        "label": options.get("label", legend)["text"],
        "help_text": options.get("hint", {}).get("text", ""),
        "required": False,
        "initial": options.get("value"),
    }
    choices = [
        (item["value"], ChoiceLabel(item["text"], item.get("hint", {}).get("text", "")))
        for item in options.get("items", [])
        if "value" in item
    ]
    chosen = [i["value"] for i in options.get("items", []) if i.get("checked") or i.get("selected")]
    one = common | {"initial": chosen[0] if chosen else options.get("value")}
    attrs = {key: options[key] for key in INPUT_ATTRIBUTES if key in options}
    attrs |= options.get("attributes", {})
    if "idPrefix" in options:
        attrs["id"] = options["idPrefix"]
    if "classes" in options:
        attrs["class"] = options["classes"]
    match component:
        case "input":
            return forms.CharField(widget=forms.TextInput(attrs), max_length=20, **common)
        case "textarea":
            return forms.CharField(widget=forms.Textarea(attrs), **common)
        case "password-input":
            return forms.CharField(widget=forms.PasswordInput(attrs), **common)
        case "file-upload":
            return forms.FileField(widget=forms.FileInput(attrs), **common)
        case "select":
            return forms.ChoiceField(choices=choices, widget=forms.Select(attrs), **one)
        case "radios":
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(attrs), **one)
        case "checkboxes":
            widget = forms.CheckboxSelectMultiple(attrs)
            return forms.MultipleChoiceField(
                choices=choices, widget=widget, **common | {"initial": chosen}
            )
        case _:
            field = DateField(**common)
            field.widget.attrs = attrs
            return field


def form_for(component: str, options: Options) -> forms.Form:
    """Return a form with the one field, its error if the example has one, and its layout."""
    name = options.get("namePrefix") or options["name"]
    form_class = type("Example", (forms.Form,), {name: field_for(component, options)})
    message = options.get("errorMessage", {}).get("text")
    form = form_class(data=sent(component, name, options) if message else None, auto_id="%s")
    if message:
        items = options.get("items", [])
        faulty = [item["name"] for item in items if "--error" in item.get("classes", "")]
        form.add_error(name, forms.ValidationError(message, params={"parts": faulty}))
    heading = options.get("label") or options.get("fieldset", {}).get("legend", {})
    group = {"wrapper_class": options.get("formGroup", {}).get("classes")}
    size = heading.get("classes", "").rpartition("--")[2]
    asks = (
        Question(name, size=size, heading=heading.get("isPageHeading", False), **group)
        if size
        else Field(name, **group)
    )
    form.helper = helper(asks)
    return form


def helper(*layout: Any) -> FormHelper:
    """Return a helper that shows these and nothing around them."""
    bare = FormHelper()
    bare.form_tag = False
    bare.disable_csrf = True
    bare.layout = Layout(*layout)
    return bare


def sent(component: str, name: str, options: Options) -> Options:
    """Return what a browser sends of an example with an error."""
    chosen = [item["value"] for item in options.get("items", []) if item.get("checked")]
    return {name: chosen if component == "checkboxes" else "".join(chosen)}


@pytest.mark.parametrize(("component", "options", "html"), EXAMPLES)
def test_field_is_the_official_component(component: str, options: Options, html: str) -> None:
    assert normalised(render_crispy_form(form_for(component, options))) == normalised(html)


def test_every_component_has_examples() -> None:
    count = {name: sum(e.values[0] == name for e in EXAMPLES) for name in EXPRESSIBLE}
    assert count == {
        "input": 27,
        "textarea": 14,
        "password-input": 8,
        "file-upload": 9,
        "select": 3,
        "radios": 12,
        "checkboxes": 10,
        "date-input": 5,
    }


CONTROLS = {
    "button: default": (Submit("", "Save and continue"),),
    "button: secondary": (
        Submit("secondary", "Secondary button", css_class="govuk-button--secondary"),
    ),
    "button: attributes": (
        Submit("", "Submit", aria_controls="test-target-element", data_tracking_dimension=123),
    ),
    "button: type": (Button("", "Submit"),),
    "fieldset: styled as medium text": (Fieldset("What is your address?"),),
}


@pytest.mark.parametrize("example", CONTROLS)
def test_layout_object_is_the_official_component(example: str) -> None:
    component, _, name = example.partition(": ")
    html = next(html for known, _, html in fixtures(component) if known == name)
    form = forms.Form()
    form.helper = helper(*CONTROLS[example])
    assert normalised(render_crispy_form(form)) == normalised(html)
