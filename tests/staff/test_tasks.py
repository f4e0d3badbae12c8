"""The table of tasks in docs/signing-in.md: each task is open to the groups that it names."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pghistory
import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User
from schools.models import School, SchoolSuccession
from tests.builders import make_mentor, make_school, make_teacher
from tests.declarations.trained import declare, make_trained
from tests.staff.finance import LIST, enter_as, move_page

pytestmark = pytest.mark.django_db

GROUPS = ("support", "policy", "finance")


def table() -> dict[str, set[str]]:
    """The groups that may do a task, by the task, as the document says."""
    text = (Path(settings.BASE_DIR) / "docs/signing-in.md").read_text()
    rows = (
        text.split("| task | support | policy | finance |\n")[1].split("\n\n")[0].splitlines()[1:]
    )
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {
        task: {group for group, may in zip(GROUPS, said, strict=True) if may == "yes"}
        for task, *said in cells
    }


def _of_mentor(name: str) -> Callable[[], str]:
    return lambda: reverse(f"admin:schools_mentoratschool_{name}", args=[make_mentor().pk])


def _of_teacher(name: str) -> Callable[[], str]:
    return lambda: reverse(f"admin:schools_teacher_{name}", args=[make_mentor().teacher_id])


def _take_over() -> str:
    closed = make_school(status=School.Status.CLOSED, closed_on=date(2025, 8, 31))
    SchoolSuccession.objects.create(school=closed, successor=make_school())
    return reverse("admin:schools_school_take_over", args=[closed.pk])


def _own_teacher() -> str:
    """The page that undoes the teacher whom the last user added."""
    with pghistory.context(user=User.objects.latest("pk").pk):
        teacher = make_teacher()
    return reverse("admin:schools_teacher_delete", args=[teacher.pk])


# Where each task begins.
BEGINS: dict[str, Callable[[], str]] = {
    "merge two records of one teacher": _of_teacher("merge"),
    "move a mentor or an ECT to another school": _of_mentor("move"),
    "end the time of a mentor or an ECT at a school": _of_mentor("end"),
    "change who trains a mentor or an ECT": _of_mentor("change_lead_provider"),
    "move everybody of a closed school to its successor": _take_over,
    "undo an addition": _of_mentor("delete"),
    "undo one's own addition of a teacher, a mentorship or a tutor": _own_teacher,
    "name an induction tutor": lambda: "/admin/schools/inductiontutor/add/",
    "record a completion": lambda: "/admin/declarations/recordedcompletion/add/",
    "upload recorded completions": lambda: "/admin/declarations/recordedcompletion/upload/",
    "upload people": lambda: "/admin/schools/teacher/upload/",
    "read which records were merged": lambda: "/admin/schools/teachermerge/",
    "search schools and people from the first page": lambda: "/admin/schools/teacher/find/?q=a",
    "read the overview in numbers": lambda: "/admin/schools/teacher/overview/",
    "export schools": lambda: "/admin/schools/school/export/",
    "export teachers, mentors, ECTs, mentorships and tutors": lambda: (
        "/admin/schools/teacher/export/"
    ),
    "export declarations and training": lambda: f"{LIST}export/",
    "read a teacher's page": _of_teacher("change"),
    "read who looked at a teacher": lambda: f"/admin/core/look/?q={make_mentor().teacher.trn}",
    "read a school's page": lambda: reverse("admin:schools_school_change", args=[make_school().pk]),
    "write a note on a teacher or a school": lambda: "/admin/schools/staffnote/add/",
    "read the history of a record that they may see": _of_teacher("history"),
    "preview a mentor's page": lambda: reverse(
        "admin:preview-mentor", args=[make_mentor().public_id]
    ),
    "add a status policy": lambda: "/admin/mentors/statuspolicy/add/",
    "ask what if": lambda: "/admin/mentors/statuspolicy/what-if/",
    "move the state of a declaration": lambda: move_page(declare(make_trained()), "eligible"),
    "move many declarations": lambda: f"{LIST}move-all/",
    "upload declarations": lambda: f"{LIST}upload/",
}


def test_every_task_of_the_table_is_tried():
    assert list(table()) == list(BEGINS)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_does_the_tasks_that_the_table_says(group):
    browser, _ = enter_as(group)
    reached = {task: browser.get(begins()).status_code for task, begins in BEGINS.items()}
    may = {task: 200 if group in groups else 403 for task, groups in table().items()}
    assert reached == may
