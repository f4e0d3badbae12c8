"""People uploaded in admin: a check first, and the refused rows as a file."""

import csv
from base64 import b64decode
from io import StringIO

import pytest

from schools.models import Teacher
from tests.builders import make_school
from tests.declarations.uploading import check_and_import, found, member, send
from tests.importing import file_of
from tests.schools.test_import_people import MENTOR

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-09-15T09:30:00Z")]
ADDRESS = "/admin/schools/teacher/upload/"


def test_support_checks_a_file_gets_its_refused_rows_and_imports_the_good_ones(client):
    make_school(urn=140001)
    staff = member(client, group="support")
    content = file_of(MENTOR, MENTOR | {"trn": "9000001", "urn": "x"}).getvalue()
    page = send(client, ADDRESS, content)
    assert found(page).counts == (1, 0, 1)
    assert not Teacher.objects.exists()
    (link,) = page.select("a[download]")
    start, _, data = link["href"].partition(",")
    assert start == "data:text/csv;base64"
    heading, row = csv.reader(StringIO(b64decode(data).decode("utf-8-sig")))
    assert heading == ["line", "reason", *MENTOR]
    assert row == ["3", "urn: Enter a number.", *(MENTOR | {"trn": "9000001", "urn": "x"}).values()]
    check_and_import(client, ADDRESS, content)
    context = Teacher.objects.get().events.get().pgh_context.metadata
    assert (context["user"], context["by"]) == (staff.pk, f"user {staff.pk}")


def test_who_may_not_add_people_has_no_upload(client):
    member(client, group="finance")
    assert "upload/" not in client.get("/admin/schools/teacher/").text
    assert client.get(ADDRESS).status_code == 403
