"""A form as a whole: its tag, its hidden fields, its error summary."""

from datetime import date
from typing import Any

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Div, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string
from pytest_django.asserts import assertInHTML, assertNotInHTML

from core.forms import ChoiceLabel, DateField
from tests.config.official import fixtures, normalised


class JourneyForm(forms.Form):
    name = forms.CharField(error_messages={"required": "Enter a name"})
    last_day = DateField(name="last day")
    mentor = forms.ChoiceField(
        choices=[(7, ChoiceLabel("Ray <b>Kirby", "Not “mentored”")), (8, ChoiceLabel("Jo Day"))],
        widget=forms.RadioSelect,
        error_messages={"required": "Select a mentor"},
    )
    step = forms.CharField(widget=forms.HiddenInput, initial="2")

    def clean(self) -> dict[str, Any]:
        if self.data.get("name") == "taken":
            self.add_error(None, "Somebody else has just done this")
        return self.cleaned_data


def html_of(form: forms.Form, **context: Any) -> str:
    return render_crispy_form(form, getattr(form, "helper", None) or FormHelper(form), context)


def summary_of(form: forms.Form) -> str:
    return render_to_string("govuk/error_summary.html", {"form": form})


def test_form_has_its_tag_its_token_and_leaves_checking_to_us() -> None:
    html = html_of(JourneyForm(), csrf_token="abc")
    assert html.strip().startswith('<form method="post" novalidate>')
    assertInHTML('<input type="hidden" name="csrfmiddlewaretoken" value="abc">', html)
    assertInHTML('<input type="hidden" name="step" value="2" id="id_step">', html)
    assert "required" not in html


def test_search_form_sends_neither_a_token_nor_its_button() -> None:
    form = JourneyForm()
    form.helper = FormHelper(form)
    form.helper.form_method = "get"
    form.helper.form_action = "/schools"
    form.helper.add_input(Submit("", "Apply", css_class="govuk-button--secondary"))
    html = html_of(form, csrf_token="abc")
    assert 'action="/schools"' in html
    assert "abc" not in html
    assertInHTML(
        '<button type="submit" class="govuk-button govuk-button--secondary" '
        'data-module="govuk-button">Apply</button>',
        html,
    )


def test_file_makes_the_form_multipart() -> None:
    upload = type("Upload", (forms.Form,), {"file": forms.FileField(label="Upload a file")})()
    assert '<form method="post" enctype="multipart/form-data" novalidate>' in html_of(
        upload, csrf_token=""
    )


def test_layout_objects_nest() -> None:
    form = JourneyForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Fieldset("Leaving", "last_day", css_class="app-leaving"),
        Div("name", css_class="app-name", css_id="of-them", data_part="1"),
        ButtonHolder(Submit("", "Continue"), Submit("later", "Save & finish later")),
    )
    html = normalised(html_of(form, csrf_token=""))
    assert (
        '<fieldset class="govuk-fieldset app-leaving"><legend class="govuk-fieldset__legend' in html
    )
    assert '<div id="of-them" class="app-name" data-part="1"><div class="govuk-form-group">' in html
    assert '<div class="govuk-button-group"><button type="submit" class="govuk-button"' in html
    assert 'name="later"' in html


def test_legend_and_button_are_text_escaped_once() -> None:
    form = JourneyForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Fieldset("Is it <i>Tom & Jo's</i>?"), Submit("", "Save & tell {{ who }} <b>now</b>")
    )
    html = html_of(form, csrf_token="", who="A & B")
    assertInHTML("Is it &lt;i&gt;Tom &amp; Jo's&lt;/i&gt;?", html)
    assertInHTML("Save &amp; tell A &amp; B &lt;b&gt;now&lt;/b&gt;", html)
    assert "<i>" not in html
    assert "<b>" not in html


def test_label_and_hint_of_a_choice_are_text() -> None:
    html = html_of(JourneyForm(initial={"mentor": 8}), csrf_token="")
    assert "Ray &lt;b&gt;Kirby" in html
    assertInHTML(
        '<div id="id_mentor-item-hint" class="govuk-hint govuk-radios__hint">Not “mentored”</div>',
        html,
    )
    assertInHTML(
        '<input class="govuk-radios__input" id="id_mentor-2" name="mentor" type="radio" '
        'value="8" checked>',
        html,
    )


def test_date_shows_its_initial_day_and_what_was_entered() -> None:
    form = JourneyForm(initial={"last_day": date(2024, 2, 1)})
    shown = normalised(html_of(form, csrf_token=""))
    assert 'name="last_day-month" type="text" value="2" inputmode="numeric"' in shown
    again = normalised(html_of(JourneyForm({"last_day-month": "Febr"}), csrf_token=""))
    assert 'value="Febr"' in again


def test_summary_links_each_error_to_the_first_input_at_fault() -> None:
    form = JourneyForm({"last_day-day": "1", "last_day-year": "24", "step": "2"})
    summary = summary_of(form)
    assertInHTML('<a href="#id_name">Enter a name</a>', summary)
    assertInHTML('<a href="#id_last_day-month">Last day must include a month</a>', summary)
    assertInHTML('<a href="#id_mentor">Select a mentor</a>', summary)
    html = html_of(form, csrf_token="")
    for target in ("id_name", "id_last_day-month", "id_mentor"):
        assert f'id="{target}"' in html


def test_error_that_names_no_part_leads_to_the_day() -> None:
    form = JourneyForm(
        {"name": "Jo", "last_day-day": "1", "last_day-month": "2", "last_day-year": "2024"}
    )
    form.add_error("last_day", "Last day must be in the past")
    assertInHTML('<a href="#id_last_day-day">Last day must be in the past</a>', summary_of(form))
    assert html_of(form, csrf_token="").count("govuk-input--error") == 3


def test_error_of_the_form_leads_to_its_first_field() -> None:
    summary = summary_of(JourneyForm({"name": "taken"}))
    assertInHTML('<a href="#id_name">Somebody else has just done this</a>', summary)


def test_summary_is_the_official_component() -> None:
    _, options, html = next(one for one in fixtures("error-summary") if one[0] == "default")
    form = forms.Form({})
    for number, error in enumerate(options["errorList"], start=1):
        widget = forms.TextInput({"id": f"example-error-{number}"})
        form.fields[f"field_{number}"] = forms.CharField(
            widget=widget, error_messages={"required": error["text"]}
        )
    assert normalised(summary_of(form)) == normalised(html)


def test_single_checkbox_is_the_official_component() -> None:
    name = "with error and idPrefix"
    _, options, html = next(one for one in fixtures("checkboxes") if one[0] == name)
    field = forms.BooleanField(
        label=options["items"][0]["text"],
        widget=forms.CheckboxInput({"value": "animal", "id": "id-prefix"}),
        error_messages={"required": options["errorMessage"]["text"]},
    )
    form = type("Accept", (forms.Form,), {options["name"]: field})({})
    form.helper = FormHelper(form)
    form.helper.form_tag = False
    form.helper.disable_csrf = True
    assert normalised(html_of(form)) == normalised(html)


@pytest.mark.parametrize(
    ("widget", "shown"),
    [
        (forms.EmailInput(), 'type="email" spellcheck="false" autocomplete="email"'),
        (
            forms.EmailInput({"autocomplete": "off"}),
            'type="email" spellcheck="false" autocomplete="off"',
        ),
        (forms.TelInput({"autocomplete": "tel"}), 'type="tel" autocomplete="tel"'),
        (forms.TextInput({"inputmode": "numeric"}), 'type="text" inputmode="numeric"'),
    ],
)
def test_input_of_a_type(widget: forms.Widget, shown: str) -> None:
    form = type("One", (forms.Form,), {"one": forms.CharField(widget=widget, max_length=9)})()
    assert f'id="id_one" name="one" {shown}>' in normalised(html_of(form, csrf_token=""))


def test_password_is_not_sent_back() -> None:
    field = forms.CharField(widget=forms.PasswordInput)
    form = type("Secret", (forms.Form,), {"word": field})({"word": "hunter2"})
    assert 'type="password"' in html_of(form, csrf_token="")
    assertNotInHTML("hunter2", html_of(form, csrf_token=""))
    assert "hunter2" not in html_of(form, csrf_token="")


def test_widget_without_a_component_is_refused() -> None:
    field = forms.DateTimeField(widget=forms.SplitDateTimeWidget)
    form = type("Odd", (forms.Form,), {"moment": field})()
    with pytest.raises(TypeError, match=r"no component for SplitDateTimeWidget \(moment\)"):
        html_of(form, csrf_token="")
