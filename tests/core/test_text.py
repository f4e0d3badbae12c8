"""What no reader can see is taken out of text, and what is no name is refused."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.text import (
    NO_LETTER,
    NOT_IN_A_NAME,
    TOO_MANY_NUMBERS,
    cleaned,
    email_of,
    why_no_name,
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Jane Thomas", "Jane Thomas"),
        ("  Jane \t Thomas\r\n", "Jane Thomas"),
        ("Jane\u00a0\u2003Thomas\u2028", "Jane Thomas"),
        ("   ", ""),
        # Zero-width characters, a byte order mark, a soft hyphen.
        ("Ja\u200bne\u2060 \ufeffTho\u00admas", "Jane Thomas"),
        # What turns the direction of text.
        ("Jane \u202ehtims\u202c \u2066x\u2069\u200f\u061c", "Jane htims x"),
        # Control characters, and half of a character, which no database keeps.
        ("Ja\x00ne\x07 \x1b[31mT\x7f\x9b\ud800", "Jane [31mT"),
        # Blanks that Unicode calls letters, marks and symbols.
        ("\u3164\u115f\u1160\uffa0\u2800\u034f\U00016fe4\U0001d159", ""),
        # Accents are composed, and here that makes two of one.
        ("Zoe\u0308 O\u2019Neil", "Zo\u00eb O\u2019Neil"),
        ("\u0958", "\u0915\u093c"),
        # A joiner or variation selector stays where a script needs it, and not in Latin.
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\u0d28\u0d4d\u200d", "\u0d28\u0d4d\u200d"),
        ("\u845b\U000e0100", "\u845b\U000e0100"),
        ("\u0d28\u0d4d\u200d\u200d\u200c", "\u0d28\u0d4d\u200d"),
        ("Ja\u200dne\u200c \ufe0f\u200d", "Jane"),
    ],
)
def test_what_is_kept_of_a_text(text, kept):
    assert cleaned(text) == kept


@given(st.text())
@example("\u2126\u200d")
def test_cleaning_again_changes_nothing(text):
    once = cleaned(text)
    assert cleaned(once) == once
    assert once == unicodedata.normalize("NFC", once) == once.strip()
    assert not [sign for sign in once if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
    once.encode()


@pytest.mark.parametrize(
    "entry",
    [
        "Jane.Thomas@School.example",
        " jane.thomas@school.example\u200b",
        "\ufeffjane.thomas@school.example\u00a0",
        "jane\u200d.thomas@\u202aschool.example\u202c\r\n",
        "JANE.THOMAS@SCHOOL\u00ad.EXAMPLE\x00",
    ],
)
def test_an_address_is_the_same_however_it_was_pasted(entry):
    assert email_of(entry) == "jane.thomas@school.example"


def test_an_address_with_other_letters_keeps_them_and_loses_what_chooses_their_form():
    assert email_of("\u06a9\u200c\u062a.JOS\u00c9@Schule.Example") == (
        "\u06a9\u062a.jos\u00e9@schule.example"
    )


@pytest.mark.parametrize(
    "name",
    [
        "Jane Thomas",
        "O'Neil",
        "Se\u00e1n O\u2019Malley-Jones",
        "Anne\u2011Marie d\u2018Arcy",
        "Ludwig van der Berg",
        "St. John Smith Jr.",
        "J.R.R. Tolkien",
        "J. R. Hartley",
        "Jane Smith 3rd",
        "J.-P. Martin",
        # What word processors and keyboards make of an apostrophe or a hyphen.
        "O\u2032Neil",
        "O\u201bNeil",
        "O\uff07Neil",
        "Anne\u2212Marie",
        "Anne\u2014Marie",
        "\uff95\uff65\uff95",
        "\u12a0\u1261\u1361\u1260\u12a8\u122d",
        # Hebrew letters with a vowel and two signs for chanting.
        "\u05d0\u05b8\u0591\u05bd",
        "Ng",
        "\u00d8",
        "Y\u0131ld\u0131z \u0110\u00e0o Wei\u00df",
        "Ka\u02bbiulani",
        "Gal\u00b7la",
        "\u0627\u062d\u0645\u062f \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0936\u094d\u0930\u0940 \u0915\u0943\u0937\u094d\u0923",
        "\u5f20\u4f1f",
        "\u30b8\u30e7\u30f3\u30fb\u30b9\u30df\u30b9",
        "\u05e6\u05f3\u05e8\u05e0\u05d9",
        "\u0f56\u0f66\u0f9f\u0f53\u0f0b\u0f60\u0f5b\u0f72\u0f53",
    ],
)
def test_a_name_of_any_script_is_one(name):
    assert why_no_name(cleaned(name)) == ""


@pytest.mark.parametrize(
    "name",
    [
        "Victor https://evil.example/verify",
        "Victor evil.example",
        "Victor www.evil.example.",
        "Victor t.co",
        "Victor 10.0.0.1",
        "evil\u3002example",
        "evil\uff0eexample",
        "evil\u2024example",
        "Victor <b>",
        "Victor &lt;",
        "[Victor](evil)",
        "{{ 7 }}",
        "victor@evil",
        "mailto:victor",
        "Victor\\evil",
        "Victor #1",
        "\U0001f393 Victor",
        # A pile of marks, which covers the lines around it, and a mark around a letter.
        "Z" + "\u0301\u0335" * 20,
        "V\u20dd",
    ],
)
def test_a_web_address_an_email_address_or_markup_is_no_name(name):
    assert why_no_name(cleaned(name)) == NOT_IN_A_NAME


@pytest.mark.parametrize("name", ["-", "' '", "\u0301", "."])
def test_a_name_has_a_letter(name):
    assert why_no_name(cleaned(name)) == NO_LETTER


@pytest.mark.parametrize(
    "name", ["Call 0800 123456", "Jane Thomas 1234567", "Vic \u0967\u0968\u0969"]
)
def test_a_phone_number_or_a_trn_is_no_name(name):
    assert why_no_name(cleaned(name)) == TOO_MANY_NUMBERS
