"""What the log holds of a fault: how it came about, no row of the database, no typed word."""

import json
import logging
from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from config.logs import JsonLines
from schools.models import Teacher
from tests import builders

BORN = date(1990, 2, 1)


def formatted(error: Exception) -> str:
    """As the service's one handler writes an exception."""
    options = settings.LOGGING["formatters"]["line"]
    formatter = import_string(options["()"])()
    about = (type(error), error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Fault", (), about)
    record.request_id = "-"
    return formatter.format(record)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"name": "Jane Thomas", "trn": "1234567"}, "schools_teacher_trn"),
        ({"name": "Jane\n\nThomas\nCONTEXT", "trn": "765432x"}, "teacher_trn"),
    ],
    ids=["a key", "a row with empty lines in it"],
)
def test_a_row_that_the_database_refused_is_not_in_the_log(fields, constraint):
    builders.make_teacher(trn="1234567")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Teacher.objects.create(date_of_birth=BORN, **fields)
    line = formatted(refused.value)
    assert "\n" not in line
    written = json.loads(line)["traceback"]
    assert "DETAIL" in str(refused.value)
    assert constraint in written
    assert "The above exception was the direct cause" in written
    for personal in ("Jane", "Thomas", fields["trn"], BORN.isoformat()):
        assert personal not in written


@pytest.mark.parametrize(
    ("logger", "message", "arguments", "written"),
    [
        ("django.request", "%s: %s", ("Internal Server Error", "/a/Jane"), "Internal Server Error"),
        ("gunicorn.error", "Error handling request %s %s", ("GET", "/a?search=Jane"),
         "Error handling request GET /a"),
        ("core.emails", "An email did not go out: %s", ("APIError",),
         "An email did not go out: APIError"),
    ],
)  # fmt: skip
def test_a_line_has_no_word_of_an_address(logger, message, arguments, written):
    record = logging.LogRecord(logger, logging.ERROR, __file__, 1, message, arguments, None)
    assert json.loads(JsonLines().format(record))["message"] == written
