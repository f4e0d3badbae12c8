"""TRNs as people write them, and what is no TRN."""

import pytest

from schools.models import Teacher
from schools.trn import trn_of
from tests.schools.refused import refused

DIGITS_ONLY = "TRN must be digits only, like 0123456"
SEVEN = "TRN must be 7 digits. Include any zeros at the start, like 0123456"

WRITTEN = [
    ("1234567", "1234567"),
    ("0000012", "0000012"),
    (" 12 34\u00a0567 ", "1234567"),
    ("RP12/34567", "1234567"),
    ("rp 12/34567", "1234567"),
    ("12/34567", "1234567"),
    ("12-34567", "1234567"),
    ("12\u201334567", "1234567"),
    ("1234567.", "1234567"),
    ("1234567,", "1234567"),
    ("TRN1234567", "1234567"),
    ("TRN: 0123456", "0123456"),
    ("'0123456", "0123456"),
    ("1234567\u200b", "1234567"),
    ("TRN No. 1234567", "1234567"),
    ("teacher reference number: 12 34567", "1234567"),
    ("DfE number RP12/34567", "1234567"),
    ("#0123456", "0123456"),
    ("(1234567)", "1234567"),
    ("\u201c0123456\u201d", "0123456"),
    ("RP12_34567", "1234567"),
    ("12\u204434567", "1234567"),
    ("1,234,567", "1234567"),
    ("\ufeff12\u200d34\u202d567\u202c", "1234567"),
    ("1234\x00567", "1234567"),
    ("\uff11\uff12\uff13\uff14\uff15\uff16\uff17", "1234567"),
]


@pytest.mark.parametrize(("entry", "trn"), WRITTEN)
def test_a_trn_is_read_as_people_write_it(entry, trn):
    assert trn_of(entry) == trn


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("123456", SEVEN),
        ("12345678", SEVEN),
        ("RP12/3456", SEVEN),
        # What a spreadsheet makes of a number is no TRN with a zero at its end.
        ("123456.0", DIGITS_ONLY),
        ("1.23E+06", DIGITS_ONLY),
        ("12.34567", DIGITS_ONLY),
        ("AB1234567", DIGITS_ONLY),
        ("O123456", DIGITS_ONLY),
        ("1234567 or 1234568", DIGITS_ONLY),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667", DIGITS_ONLY),
        ("", DIGITS_ONLY),
        ("\u200b", DIGITS_ONLY),
        (".", DIGITS_ONLY),
    ],
)
def test_what_is_no_trn_is_refused_in_words(entry, why):
    assert refused(trn_of, entry) == why


@pytest.mark.parametrize(("entry", "trn"), WRITTEN)
def test_the_form_of_admin_reads_it_likewise(entry, trn):
    assert Teacher._meta.get_field("trn").formfield().clean(entry) == trn
