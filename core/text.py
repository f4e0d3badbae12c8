"""Text as it arrives in forms, files, commands and calls.

What no reader can see is taken out (`cleaned`); what is no name is refused (`why_no_name`).
"""

import re
import unicodedata
from uuid import UUID

# Signs with no ink that Unicode counts as letters, marks or symbols: fillers and blanks.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U00016fe4\U0001d159")
# The categories of control characters, format characters (zero-width ones, and those that turn the
# direction of text) and halves of characters.
_UNSEEN = frozenset(("Cc", "Cf", "Cs"))
# Joiners and variation selectors choose the form of the letter before them. Scripts from Arabic on
# need them (Persian, Malayalam, Mongolian, Japanese names); Latin, Greek and Cyrillic do not.
_FORM_CHOOSERS = frozenset(
    ("\u200c", "\u200d", "\u180e", *map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
) | frozenset("\u180b\u180c\u180d\u180f")
_FIRST_SCRIPT_WITH_FORMS = "\u0600"

# Besides letters, their marks and numbers: what separates or joins the parts of a name in some
# script. No web address, email address or markup can be written with these signs. The first line
# has what keyboards and word processors make of an apostrophe, the second of a hyphen.
_NAME_SIGNS = frozenset(
    "'`\u00b4\u2018\u2019\u201b\u2032\u055a\uff07"
    "-\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
    " \u00b7\u30fb\uff65\u05f3\u05f4\u0f0b\u1361"
)
# Letters, marks that stand with a letter (not around it), and numbers.
_NAME_CATEGORIES = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl"))
# No script sets more marks on a letter, or numbers in a name: piles of marks cover the lines around
# them, and longer numbers are a phone number, or a TRN in the wrong field.
_MOST_MARKS, _MOST_DIGITS = 6, 2
NOT_IN_A_NAME = (
    "Full name must only include letters, numbers, spaces, apostrophes and hyphens, and full stops"
    " at the end of a word or between initials"
)
NO_LETTER = "Full name must include at least one letter"
TOO_MANY_NUMBERS = f"Full name must not include more than {_MOST_DIGITS} numbers"

# A name like most, of which nothing has to be asked sign by sign.
_PLAIN_NAME = re.compile("[' -]*[A-Za-z][A-Za-z' -]*")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def cleaned(text: str) -> str:
    """The text without characters that no reader can see, in one line.

    Spaces and line breaks become single spaces, with none around; accents are composed (NFC), which
    can make a text longer: measure it afterwards. Joiners stay where a script needs them.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = ""
    for sign in unicodedata.normalize("NFC", text):
        if sign.isspace() or not is_unseen(sign) or _chooses_form(sign, kept[-1:]):
            kept += sign
    return " ".join(unicodedata.normalize("NFC", kept).split())


def read_uuid(value: object) -> UUID | None:
    """The UUID, if the value is text with the usual hyphens, in upper or lower case; else None."""
    return UUID(value) if isinstance(value, str) and _UUID.fullmatch(value) else None


def email_of(entry: str) -> str:
    """An email address as it is kept: in lower case, without characters that no reader can see."""
    text = cleaned(entry)
    if text.isascii():
        return text.lower()
    seen = (sign for sign in text if sign not in _FORM_CHOOSERS)
    return cleaned("".join(seen).lower())


def why_no_name(name: str) -> str:
    """Why a cleaned text can be no person's name, in words for the user; "" when it can.

    Names are put into emails to other schools, so none may be a web address, an email address or
    markup. Letters are those of any script.
    """
    if _PLAIN_NAME.fullmatch(name):
        return ""
    if not all(_may_be_in_a_name(sign) for sign in name.replace(".", "")):
        return NOT_IN_A_NAME
    if not all(_stops_end_it(word) for word in name.split()):
        return NOT_IN_A_NAME
    if _longest_pile_of_marks(name) > _MOST_MARKS:
        return NOT_IN_A_NAME
    if sum(map(str.isdigit, name)) > _MOST_DIGITS:
        return TOO_MANY_NUMBERS
    return "" if _letters_of(name) else NO_LETTER


def is_unseen(sign: str) -> bool:
    """Whether no reader can see this character; a space may be seen."""
    return sign in _BLANKS or sign in _FORM_CHOOSERS or unicodedata.category(sign) in _UNSEEN


def _chooses_form(sign: str, before: str) -> bool:
    """Whether the sign chooses the form of the letter or mark before it."""
    has_forms = before >= _FIRST_SCRIPT_WITH_FORMS and before not in _FORM_CHOOSERS
    return sign in _FORM_CHOOSERS and has_forms and unicodedata.category(before)[0] in "LM"


def _may_be_in_a_name(sign: str) -> bool:
    if sign in _NAME_SIGNS or sign in _FORM_CHOOSERS:
        return True
    return unicodedata.category(sign) in _NAME_CATEGORIES


def _longest_pile_of_marks(name: str) -> int:
    kinds = "".join(unicodedata.category(sign)[0] for sign in name)
    return max(map(len, re.findall("M+", kinds)), default=0)


def _stops_end_it(word: str) -> bool:
    """Whether full stops end the word ("St.") or each of its initials ("J.R.R."), if it has any."""
    *before, last = word.split(".")
    return not before or (last == "" and (len(before) == 1 or all(map(_is_initial, before))))


def _is_initial(part: str) -> bool:
    return _letters_of(part) == 1


def _letters_of(text: str) -> int:
    return sum(unicodedata.category(sign)[0] == "L" for sign in text)
