"""The reader of CSV files: lines, encodings, and the report of refused rows."""

from io import BytesIO

import pytest

from core.csv_files import (
    Encoding,
    RefusedFile,
    RefusedRow,
    Report,
    Row,
    batches,
    encoding_of,
    harmless_cell,
    read_rows,
    refused_as_csv,
    text_of,
)


def test_rows_have_the_line_they_start_on_and_the_bytes_read():
    content = b'a,b\n\n"1\n2",x\n3,y'
    assert list(read_rows(BytesIO(content))) == [
        Row(1, ["a", "b"], 4),
        Row(3, ["1\n2", "x"], 13),
        Row(5, ["3", "y"], len(content)),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_line_end_and_a_byte_order_mark_are_read(mark, end):
    content = (mark + end.join(["a", "b", "c"])).encode()
    assert [(row.line, row.cells) for row in read_rows(BytesIO(content))] == [
        (1, ["a"]),
        (2, ["b"]),
        (3, ["c"]),
    ]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\r\n", b",,\n , \n"])
def test_a_file_without_rows(content):
    assert list(read_rows(BytesIO(content))) == []


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Môn", Encoding.UTF_8),
        ("Môn", Encoding.WINDOWS_1252),
        ("plain", Encoding.UTF_8),
    ],
)
def test_the_encoding_is_found_and_read(content, encoding):
    file = BytesIO(content.encode(encoding))
    found = encoding_of(file)
    assert found is encoding
    cells = [row.cells[0] for row in read_rows(file, raw=True)]
    assert [text_of(cell, found) for cell in cells] == [content]


UTF_8, CP1252 = Encoding.UTF_8, Encoding.WINDOWS_1252
CAFE = "Café".encode()


@pytest.mark.parametrize(
    ("lines", "encoding", "cells"),
    [
        # A wrong byte makes no "CafÃ©" of another cell, in its own line or in others.
        ([CAFE, b"M\xf4n"], UTF_8, ["Café", None]),
        ([CAFE + b",M\xf4n"], CP1252, ["Café", "Môn"]),
        ([CAFE, b"x\x81"], UTF_8, ["Café", None]),
        ([CAFE, b"M\xf4n", b"Ren\xe9"], CP1252, ["Café", "Môn", "René"]),
        ([b"M\xf4n", b"x\x81"], CP1252, ["Môn", None]),
        ([b"\xef\xbb\xbfx", b"M\xf4n"], UTF_8, ["x", None]),
    ],
)
def test_a_wrong_byte_is_of_its_own_cell_alone(lines, encoding, cells):
    file = BytesIO(b"\n".join(lines))
    assert encoding_of(file) is encoding
    read = [cell for row in read_rows(file, raw=True) for cell in row.cells]
    for cell, text in zip(read, cells, strict=True):
        if text is None:
            with pytest.raises(UnicodeDecodeError):
                text_of(cell, encoding)
        else:
            assert text_of(cell, encoding) == text


def test_the_message_for_text_that_is_no_csv_says_where_the_row_starts():
    rows = read_rows(BytesIO(b'a\n"b\nc'), not_csv="line {line}, {error}")
    with pytest.raises(RefusedFile, match="line 2, unexpected end of data"):
        list(rows)


def test_refused_rows_are_told_after_their_batch_in_the_order_of_the_file():
    told, read = [], []
    report = Report(on_refusal=told.append)
    content = b"x,y\n1\n2,b\n"
    (batch,) = batches(BytesIO(content), ("y", "x"), report, read.append, 10)
    assert [(row.line, row.values) for row in batch] == [(3, {"x": "2", "y": "b"})]
    assert told == [RefusedRow(2, "It has 1 values, and there are 2 columns.")]
    assert (report.refused, read) == (1, [6, len(content)])
    report.refuse(9, "late")
    report.refuse(8, "early")
    report.tell()
    report.tell()
    assert [row.line for row in told] == [2, 8, 9]


@pytest.mark.parametrize(
    "before",
    ["", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", " \x00 ", " \t", "\u2800", "\u3164\ufe0f"],
)
@pytest.mark.parametrize("start", [*"=+-@＝＋－＠", *"\u2212\ufe66\ufe62\ufe63\ufe6b\u207c\u208a"])
def test_a_cell_that_starts_a_formula_gets_an_apostrophe(before, start):
    assert harmless_cell(f"{before}{start}1") == f"'{before}{start}1"
    assert harmless_cell(f"1{before}{start}") == f"1{before}{start}"


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_a_cell_that_starts_with_a_line_break_or_a_tab_gets_an_apostrophe(start):
    assert harmless_cell(f"{start}1") == f"'{start}1"
    assert harmless_cell(f"1{start}") == f"1{start}"


@pytest.mark.parametrize("cell", ["", " ", "Ray Kirby", " Ray", "１", "O’Malley"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless_cell(cell) == cell


def test_a_refused_row_of_another_width_stays_as_it_stood():
    refused = [RefusedRow(3, "It has 1 values, and there are 3 columns.", ("only",))]
    assert refused_as_csv(("line", "urn", "name"), refused).splitlines() == [
        "\ufeffline,reason,urn,name",
        '3,"It has 1 values, and there are 3 columns.",only',
    ]
