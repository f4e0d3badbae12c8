"""Turns Django's form fields into parameters of GOV.UK's macros, for the crispy pack."""

import html
from functools import singledispatch
from typing import Any

from crispy_forms.layout import BaseInput
from django import forms
from django.forms.boundfield import BoundField, BoundWidget

from core.forms import PARTS, DateInputs

Params = dict[str, Any]

# Attributes of an input that the macros take as separate parameters.
OWN_PARAMETERS = (
    "autocapitalize",
    "autocomplete",
    "disabled",
    "inputmode",
    "pattern",
    "rows",
    "spellcheck",
)
# Not put on an input: on GOV.UK the service says what is wrong after the form is sent.
NOT_SHOWN = ("class", "id", "maxlength", "minlength", "required")
DATE_WIDTHS = {"day": 2, "month": 2, "year": 4}


def component(field: BoundField, label: Params, group_class: str) -> tuple[str, Params]:
    """The macro that shows a field, such as "govukInput", and the macro's parameters.

    `label` has the `label_size` and `label_is_heading` of the label or legend; `group_class` is a
    class for the form group. Raises TypeError for a widget without a GOV.UK component.
    """
    name, own = _of_widget(field.field.widget, field, label)
    params = {
        "name": field.html_name,
        "hint": {"text": field.help_text} if field.help_text else None,
        "errorMessage": {"text": field.errors[0]} if field.errors else None,
        "formGroup": {"classes": group_class} if group_class else None,
    }
    return name, params | own


def error_list(form: forms.BaseForm) -> list[Params]:
    """The error summary's list: each field's first error, with a link to the wrong input.

    Errors of the form as a whole come first. They link to the form's first field; in a form without
    fields, to the form's `errors_lead_to`.
    """
    links = {name: f"#{faulty_id(form[name])}" for name in form.fields}
    elsewhere = getattr(form, "errors_lead_to", None)
    first = next((links[field.name] for field in form.visible_fields()), elsewhere)
    of_the_form = [{"text": error, "href": first} for error in form.non_field_errors()]
    of_fields = [
        {"text": form[name].errors[0], "href": links[name]}
        for name in form.fields
        if form[name].errors
    ]
    return of_the_form + of_fields


def faulty_id(field: BoundField) -> str:
    """The id of the input that an error links to; for a date, of its first wrong input."""
    if isinstance(field.field.widget, DateInputs):
        return f"{_id(field)}-{(faulty_parts(field) or PARTS)[0]}"
    return _id(field)


def faulty_parts(field: BoundField) -> tuple[str, ...]:
    """Which of a date's day, month and year are wrong: all of them if its error names none."""
    errors = field.errors.as_data()
    return (errors[0].params or {}).get("parts", PARTS) if errors else ()


def button(control: BaseInput) -> Params:
    """The parameters of govukButton for a crispy Submit or Button: `Submit("", "Continue")`.

    A button needs a name only in a form with several, to tell which one was pressed.
    """
    classes = [name for name in control.field_classes.split() if not name.startswith("btn")]
    return {
        "text": plain_text(control.value),
        "type": control.input_type,
        "name": control.name,
        "classes": " ".join(classes),
        "attributes": control.flat_attrs,
    }


def plain_text(legend_or_value: str) -> str:
    """A legend or the text of a button as plain text, which the macro then escapes once.

    crispy renders them as a template and marks them as safe HTML. Unchanged, "Save & close" would
    not be escaped, and a person's name in them could hold markup.
    """
    return html.unescape("" + legend_or_value)  # the sum of a str and a SafeString is not safe


def _id(field: BoundField) -> str:
    return field.field.widget.attrs.get("id") or field.auto_id


def _attributes(field: BoundField) -> Params:
    """The macro's parameters that follow from the widget's attrs."""
    attrs = field.field.widget.attrs
    own = {name: attrs[name] for name in OWN_PARAMETERS if name in attrs}
    if "spellcheck" in own:  # the macro takes a boolean, and leaves out anything else
        own["spellcheck"] = own["spellcheck"] in (True, "true")
    left = {k: v for k, v in attrs.items() if k not in NOT_SHOWN + OWN_PARAMETERS}
    return own | {"classes": attrs.get("class"), "attributes": left}


def _labelled(field: BoundField, label: Params) -> Params:
    heading = {"text": field.label, **_sized("govuk-label", label)}
    return {"id": _id(field), "label": heading, **_attributes(field)}


def _sized(block: str, label: Params) -> Params:
    size = label["label_size"]
    return {
        "classes": f"{block}--{size}" if size else None,
        "isPageHeading": label["label_is_heading"],
    }


def _legend(field: BoundField, label: Params) -> Params:
    return {"legend": {"text": field.label, **_sized("govuk-fieldset__legend", label)}}


@singledispatch
def _of_widget(widget: forms.Widget, field: BoundField, label: Params) -> tuple[str, Params]:
    raise TypeError(f"The govuk pack has no component for {type(widget).__name__} ({field.name})")


@_of_widget.register
def _input(widget: forms.widgets.Input, field: BoundField, label: Params) -> tuple[str, Params]:
    value = widget.format_value(field.value())
    params = {"type": widget.input_type, "value": value, **_labelled(field, label)}
    if isinstance(widget, forms.EmailInput):
        params = {"autocomplete": "email", "spellcheck": False, **params}
    return "govukInput", params


@_of_widget.register
def _password(widget: forms.PasswordInput, field: BoundField, label: Params) -> tuple[str, Params]:
    # Without the value: a password is never sent back.
    return "govukPasswordInput", _labelled(field, label)


@_of_widget.register
def _textarea(widget: forms.Textarea, field: BoundField, label: Params) -> tuple[str, Params]:
    params = _labelled(field, label)
    params["attributes"].pop("cols")  # the page sets the width
    if params["rows"] == "10":  # Django's default; GOV.UK's is 5
        del params["rows"]
    return "govukTextarea", params | {"value": widget.format_value(field.value()) or ""}


@_of_widget.register
def _file(widget: forms.FileInput, field: BoundField, label: Params) -> tuple[str, Params]:
    return "govukFileUpload", _labelled(field, label)


@_of_widget.register
def _select(widget: forms.Select, field: BoundField, label: Params) -> tuple[str, Params]:
    return "govukSelect", {"items": _items(field, "selected"), **_labelled(field, label)}


@_of_widget.register
def _radios(widget: forms.RadioSelect, field: BoundField, label: Params) -> tuple[str, Params]:
    return "govukRadios", _group(field, label)


@_of_widget.register
def _checkboxes(
    widget: forms.CheckboxSelectMultiple, field: BoundField, label: Params
) -> tuple[str, Params]:
    return "govukCheckboxes", _group(field, label)


@_of_widget.register
def _checkbox(widget: forms.CheckboxInput, field: BoundField, label: Params) -> tuple[str, Params]:
    params = _attributes(field)
    item = {
        "text": field.label,
        "value": params["attributes"].pop("value", "on"),
        "checked": widget.check_test(field.value()),
    }
    return "govukCheckboxes", {"idPrefix": _id(field), "items": [item], **params}


@_of_widget.register
def _date(widget: DateInputs, field: BoundField, label: Params) -> tuple[str, Params]:
    value = field.value()
    entries = value if isinstance(value, list) else widget.decompress(value)
    faulty = faulty_parts(field)
    items = [
        {
            "name": part,
            "value": entry or None,
            "classes": f"govuk-input--width-{DATE_WIDTHS[part]}"
            + (" govuk-input--error" if part in faulty else ""),
        }
        for part, entry in zip(PARTS, entries, strict=True)
    ]
    names = {"id": _id(field), "namePrefix": field.html_name}
    return "govukDateInput", names | {"items": items, "fieldset": _legend(field, label)}


def _group(field: BoundField, label: Params) -> Params:
    own = {"idPrefix": _id(field), "items": _items(field, "checked")}
    return own | {"fieldset": _legend(field, label), **_attributes(field)}


def _items(field: BoundField, chosen: str) -> list[Params]:
    return [_item(choice, chosen) for choice in field.subwidgets]


def _item(choice: BoundWidget, chosen: str) -> Params:
    text = choice.data["label"]
    hint = getattr(text, "hint", "")
    return {
        "value": str(choice.data["value"]),
        "text": str(text),
        "hint": {"text": hint} if hint else None,
        chosen: choice.data["selected"],
    }
