"""What a member of DfE staff does with a file in admin, and reads there."""

from io import BytesIO
from typing import NamedTuple

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from accounts.models import User
from declarations.imports import RefusedRow
from declarations.models import RecordedCompletion
from schools.models import Teacher
from tests.accounts.signing_in import enter_admin, make_staff

DECLARATIONS = "/admin/declarations/declaration/upload/"
COMPLETIONS = "/admin/declarations/recordedcompletion/upload/"


class Found(NamedTuple):
    """What the page says of a file: added (or would be), there already, refused, and which."""

    counts: tuple[int, int, int]
    refused: list[RefusedRow]


def member(browser: Client, *, group: str = "", superuser: bool = False) -> User:
    """Let a new member of staff into admin."""
    staff = make_staff(is_superuser=superuser)
    if group:
        staff.groups.add(Group.objects.get(name=group))
    enter_admin(browser, staff)
    return staff


def send(
    browser: Client, address: str, content: bytes | None, seal: str = "", **answers: str
) -> BeautifulSoup:
    """Send the file, as the form of a check does or, with its seal, the one that follows it."""
    file = {}
    if content is not None:
        file["file"] = BytesIO(content)
        file["file"].name = "file.csv"
    answer = browser.post(address, {"seal": seal, **answers, **file})
    assert answer.status_code == 200, answer
    return BeautifulSoup(answer.content, "html.parser")


def seal_of(page: BeautifulSoup) -> str:
    """The seal with which the page's form imports what was checked; empty when it checks."""
    return page.find("input", {"name": "seal"}).get("value", "")


def check_and_import(browser: Client, address: str, content: bytes) -> BeautifulSoup:
    """Check the file and send it again; gives the page after it."""
    seal = seal_of(send(browser, address, content))
    assert seal
    return send(browser, address, content, seal)


def found(page: BeautifulSoup) -> Found:
    """What the page says of the file."""
    counted, *listed = page.select("#content-main table")
    added, repeated, refused = (int_of(row.td.text) for row in counted.select("tr"))
    rows = [cells for table in listed for cells in table.select("tbody tr")]
    return Found(
        (added, repeated, refused),
        [RefusedRow(*[int_of(cell.text) for cell in row.select("td")]) for row in rows],
    )


def int_of(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def error(page: BeautifulSoup) -> str:
    """The error at the file's field; the page says in its title that it has one."""
    assert page.title.text.startswith("Error: ")
    field = page.find("input", {"name": "file"})
    (said,) = page.select("#id_file_error li")
    assert field["aria-describedby"].split() == ["id_file_helptext", "id_file_error"]
    return said.text


@transaction.atomic
def recorded_twice(*_: object, **__: object) -> None:
    """Instead of an import: the database refuses the second of these."""
    teacher = Teacher.objects.get(trn="0000001")
    for _time in range(2):
        RecordedCompletion.objects.create(teacher=teacher, kind="early_roll_out")
