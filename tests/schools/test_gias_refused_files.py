"""A file that is not the register, or not all of it, changes nothing."""

import codecs
import os

import pytest

from core.csv_files import RefusedFile
from schools.gias import load
from schools.models import School
from tests.schools.gias_files import SAMPLE

pytestmark = pytest.mark.django_db

WHOLE = SAMPLE.read_bytes()
TEXT = WHOLE.decode()
HEADER, *ROWS = TEXT.split("\r\n")
NAME = "The Aldgate School"


def without_last_columns(count: int) -> bytes:
    return TEXT.rsplit(",", count)[0].encode()


REFUSED = {
    "empty": (b"", "empty"),
    "a byte order mark alone": (codecs.BOM_UTF8, "empty"),
    "blank lines alone": (b"\r\n\r\n", "empty"),
    "a header alone": (HEADER.encode() + b"\r\n", "no schools"),
    "no header": ("\r\n".join(ROWS).encode(), "lacks these columns: URN, EstablishmentName"),
    "one column missing": (
        WHOLE.replace(b"CloseDate,", b"ClosingDate,", 1),
        r"lacks these columns: CloseDate\.",
    ),
    "two columns missing": (
        WHOLE.replace(b"Street,", b"Strasse,", 1).replace(b"Town,", b"Stadt,", 1),
        r"lacks these columns: Street, Town\.",
    ),
    "a column twice": (
        WHOLE.replace(b"Locality,", b"Street,", 1),
        r"has these columns twice: Street\.",
    ),
    "semicolons": (HEADER.replace(",", ";").encode() + b"\n1;2", "lacks these columns: URN, "),
    "another file": (b"%PDF-1.7\n%%EOF\n", "lacks these columns: URN, "),
    "UTF-16": (TEXT.encode("utf-16"), "in UTF-16"),
    "UTF-16, big-endian": (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "in UTF-16"),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), "NUL"),
    "last record short": (
        without_last_columns(1),
        r"cut short: its last record, on line 100, has 138 columns of 139",
    ),
    "last record short before blank lines": (without_last_columns(100) + b"\n\n", "on line 100"),
    "a quote left open at the end": (
        "\r\n".join([HEADER, *ROWS[:2], '100002,"201,City']).encode(),
        "starts on line 4 is not well-formed.*quote",
    ),
    "a quote left open before another": (
        TEXT.replace(NAME, f'"{NAME}', 1)
        .replace("City of London School", '"X" School', 1)
        .encode(),
        "starts on line 2 is not well-formed.*quote",
    ),
    "a quote left open in a long file": (
        (TEXT.replace('"', "").replace(NAME, f'"{NAME}', 1) * 2).encode(),
        "starts on line 2 is not well-formed.*quote",
    ),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_register_changes_nothing(tmp_path, content, why):
    file = tmp_path / "gias.csv"
    file.write_bytes(content)
    with pytest.raises(RefusedFile, match=why):
        load(file)
    assert not School.objects.exists()
    # Nothing is left in the way of the next one.
    assert load(SAMPLE).created == 99


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    with pytest.raises(RefusedFile, match="cannot be read: No such file"):
        load(tmp_path / "missing.csv")
    with pytest.raises(RefusedFile, match="cannot be read: Is a directory"):
        load(tmp_path)


def test_what_comes_by_a_pipe_is_refused_as_it_is_read_twice():
    reading, writing = os.pipe()
    try:
        with pytest.raises(RefusedFile, match="save what comes by a pipe first"):
            load(f"/dev/fd/{reading}")
    finally:
        os.close(reading)
        os.close(writing)
