"""Which encoding a register file is in. GIAS publishes Windows-1252; a file that was opened and
saved again is often UTF-8, with or without a byte order mark."""

import codecs
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import BinaryIO

from schools.gias.refusals import RefusedFileError

_CHUNK = 1024 * 1024


class Encoding(StrEnum):
    """Python's codec for each of the encodings that are read."""

    UTF_8 = "utf-8-sig"
    WINDOWS_1252 = "cp1252"

    @property
    def label(self) -> str:
        """What people call it."""
        return "UTF-8" if self is Encoding.UTF_8 else "Windows-1252"


def encoding_of(file: BinaryIO) -> Encoding:
    """The encoding in which every byte of the file can be read; leaves the file at its start.

    Almost no Windows-1252 text with an accent in it is valid UTF-8, so UTF-8 goes first. Reads the
    file through, a piece at a time. Raises RefusedFileError for text in neither encoding.
    """
    if _first_bytes(file).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise RefusedFileError("The file is in UTF-16. Save it as a CSV in UTF-8.")
    if any(b"\0" in chunk for chunk in _chunks(file)):
        raise RefusedFileError("The file has NUL bytes in it, so it is no CSV in UTF-8.")
    marked_as_utf_8 = _first_bytes(file).startswith(codecs.BOM_UTF8)
    for encoding in [Encoding.UTF_8] if marked_as_utf_8 else Encoding:
        if _decodes(file, encoding):
            file.seek(0)
            return encoding
    raise RefusedFileError("The file has bytes in it that are neither UTF-8 nor Windows-1252.")


def _first_bytes(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(len(codecs.BOM_UTF8))


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    return iter(partial(file.read, _CHUNK), b"")


def _decodes(file: BinaryIO, encoding: Encoding) -> bool:
    try:
        for _ in codecs.iterdecode(_chunks(file), encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True
