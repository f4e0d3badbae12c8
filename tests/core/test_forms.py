"""What a date question answers to each thing that people enter."""

from datetime import date

import pytest
from django import forms

from core.admin_days import LastDayField
from core.forms import DateField


class LeavingForm(forms.Form):
    last_day = DateField(label="What is their last day?", name="last day")


class OptionalForm(forms.Form):
    started = DateField(label="Start date", required=False)


def entered(day: str, month: str, year: str) -> LeavingForm:
    return LeavingForm(
        {"last_day-day": day, "last_day-month": month, "last_day-year": year}, auto_id="%s"
    )


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (("1", "2", "2024"), date(2024, 2, 1)),
        (("01", "02", "2024"), date(2024, 2, 1)),
        ((" 29 ", " 2 ", " 2024 "), date(2024, 2, 29)),
        (("31", "December", "2024"), date(2024, 12, 31)),
        (("5", "Sept", "2024"), date(2024, 9, 5)),
        (("5", "Sept.", "2024"), date(2024, 9, 5)),
        (("5", "dec.", "2024"), date(2024, 12, 5)),
        (("5", "september.", "2024"), date(2024, 9, 5)),
        (("5", "s", "2024"), None),
        (("5", "sep", "2024"), date(2024, 9, 5)),
    ],
)
def test_entry_is_read(entries: tuple[str, str, str], expected: date | None) -> None:
    form = entered(*entries)
    assert form.is_valid() is (expected is not None)
    assert form.cleaned_data.get("last_day") == expected


@pytest.mark.parametrize(
    ("entries", "message", "faulty"),
    [
        (("", "", ""), "Enter last day", "day month year"),
        (("1", "", "2024"), "Last day must include a month", "month"),
        (("", "2", "2024"), "Last day must include a day", "day"),
        (("1", "", ""), "Last day must include a month and year", "month year"),
        (("31", "2", "2024"), "Last day must be a real date", "day month year"),
        (("29", "2", "2023"), "Last day must be a real date", "day month year"),
        (("1", "13", "2024"), "Last day must be a real date", "month"),
        (("32", "13", "2024"), "Last day must be a real date", "day month"),
        (("0", "1", "2024"), "Last day must be a real date", "day"),
        (("x", "1", "2024"), "Last day must be a real date", "day"),
        (("-1", "1", "2024"), "Last day must be a real date", "day"),
        (("²", "1", "2024"), "Last day must be a real date", "day"),
        (("1", "1", "20x4"), "Last day must be a real date", "year"),
        (("1", "1", "24"), "Year must include 4 numbers", "year"),
        (("1", "1", "20240"), "Year must include 4 numbers", "year"),
        (("1", "1", "0000"), "Last day must be a real date", "day month year"),
        (("9" * 5000, "9" * 5000, "2024"), "Last day must be a real date", "day month"),
        (("1", "1", "0" * 5000), "Year must include 4 numbers", "year"),
        (("1", "1", "9" * 5000), "Year must include 4 numbers", "year"),
    ],
)
def test_error_says_what_is_wrong_and_where(
    entries: tuple[str, str, str], message: str, faulty: str
) -> None:
    form = entered(*entries)
    (error,) = form.errors.as_data()["last_day"]
    assert error.messages == [message]
    assert (error.params or {"parts": ("day", "month", "year")})["parts"] == tuple(faulty.split())


def test_nothing_sent_at_all_is_an_empty_answer() -> None:
    assert LeavingForm({}).errors == {"last_day": ["Enter last day"]}


def test_required_message_may_be_given() -> None:
    field = DateField(label="Last day", error_messages={"required": "Say when they leave"})
    with pytest.raises(forms.ValidationError, match="Say when they leave"):
        field.clean(["", "", ""])


def test_name_with_a_percent_sign_stands_in_the_message() -> None:
    field = DateField(name="100% day")
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(["1", "", "2024"])
    assert refused.value.messages == ["100% day must include a month"]


def test_optional_date_may_be_empty() -> None:
    form = OptionalForm({"started-day": "", "started-month": "", "started-year": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"started": None}


@pytest.mark.parametrize(("day", "changed"), [("1", False), ("01", False), ("2", True), ("", True)])
def test_date_has_changed_when_it_is_another_day(day: str, changed: bool) -> None:
    sent = {"started-day": day, "started-month": "2", "started-year": "2024"}
    form = OptionalForm(sent, initial={"started": date(2024, 2, 1)})
    assert form.has_changed() is changed


def test_a_last_day_with_no_day_after_it_is_no_date():
    with pytest.raises(forms.ValidationError, match="valid date"):
        LastDayField().clean("9999-12-31")
