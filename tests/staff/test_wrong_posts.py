"""Posts to admin's pages that no person makes: each ends in words or in a 404, and changes nothing.

Each page's own tests have what people enter wrongly; here is what is made by hand.
"""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pghistory.models import Context
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from core.models import OutgoingEmail
from declarations.models import (
    DeclarationStateChange,
    RecordedCompletion,
    StateMove,
    StateMoveItem,
)
from declarations.state_moves import begin, plan_ids
from declarations.states import State
from mentors.models import StatusPolicy
from schools.models import School, SchoolSuccession
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_school,
    make_teacher,
    make_tutor,
)
from tests.declarations.trained import NOW, bring_to, declare, make_trained
from tests.staff.finance import LIST, MOVE_MANY, move_page

pytestmark = pytest.mark.django_db

NUL, HALF, HUGE = "a\0b", "a\ud800b", "x" * 100_000
NO_ID = ("-1", "9" * 40, NUL, "6f1ed002-ab59-4b5e-8bd5-9ca1a2ab1f2b")
NO_DAY = ("2026-02-31", "0001-01-01", "9999-12-31", NUL)
FORGED = (NUL, HUGE)
TODAY = "2026-11-26"
Answers = dict[str, Any]


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(f"{TODAY} 12:00+00:00", tick=False):
        yield


class World:
    """Records that the posts are about."""

    def __init__(self) -> None:
        self.training = make_trained(2026, started_on=date(2026, 9, 1))
        self.mentor, self.teacher = self.training.mentor, self.training.teacher
        self.mentorship = make_mentorship(self.mentor, make_ect(school=self.mentor.school))
        self.twin = make_teacher(trn="0000002")
        self.induction = (make_ect().teacher, make_ect(started_on=date(2020, 9, 1)).teacher)
        self.there = make_school("There", urn=123456)
        self.closed = make_school(status=School.Status.CLOSED, closed_on=date(2025, 8, 31))
        SchoolSuccession.objects.create(school=self.closed, successor=self.there)
        make_mentor(school=self.closed)
        # The training above is of a cohort that is not open for payment yet.
        self.declaration = declare(make_trained())
        self.paid = bring_to(declare(make_trained()), State.PAID)
        plan = {"by": "user 1", "why": "statement", "now": NOW}
        self.plan = plan_ids([self.declaration.pk], State.PAYABLE, **plan)
        self.begun = plan_ids([self.paid.pk], State.VOIDED, **plan)
        begin(self.begun, NOW)
        self.policy = StatusPolicy.objects.create(
            in_force_from=date(2026, 12, 1), policy="three_statuses"
        )
        self.completion = RecordedCompletion.objects.create(
            teacher=make_teacher(), kind="early_roll_out"
        )
        make_tutor(self.there)
        self.appointment = self.there.induction_tutors.get()


def staff() -> Client:
    """A browser in admin as a member of staff who has what all groups have, and is no superuser."""
    member = make_staff()
    member.groups.set(Group.objects.all())
    made = Client(raise_request_exception=False)
    enter_admin(made, User.objects.get(pk=member.pk))
    made.get("/admin/")  # the first use of a session in a minute is written: here, and not undone
    return made


def in_admin(row: Any, view: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk])


def csv_of(content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = "file.csv"
    return file


def each(base: Answers, **wrong: tuple[object, ...]) -> list[Answers]:
    """The answers with one of them wrong at a time, or missing, and one with all there twice."""
    made = [base | {name: value} for name, values in wrong.items() for value in values]
    made += [{k: v for k, v in base.items() if k != name} for name in wrong]
    return [*made, {name: [value, "x"] for name, value in base.items()}]


FILES = {
    "UTF-16": "a,b".encode("utf-16"),
    "NUL in the heading": b"trn\0,name\n1,2\n",
    "NUL": b"trn,kind\n1234567\0,early_roll_out\n",
    "no UTF-8": b"trn,kind\n\xff\xfe\xff,\xa3\n",
    "a program": b"MZ\x90\x00\x03" * 100,
    "one huge cell": b"trn,kind\n" + b"9" * 200_000,
    "an open quote": b'trn,kind\n"1234567,early_roll_out\n',
    "a column twice": b"trn,trn,kind\n1,2,3\n",
}
UPLOADS = (
    "schools/inductiontutor",
    "mentors/mentorship",
    "declarations/declaration",
    "declarations/recordedcompletion",
)


def uploads() -> Iterator[tuple[str, list[Answers]]]:
    """All kinds of wrong files to one upload, and some to each other: they have one reader."""
    files = [{"file": ""}, {"file": "text"}, *({"file": content} for content in FILES.values())]
    yield "/admin/schools/teacher/upload/", files
    for model in UPLOADS:
        some = [{"file": FILES[name]} for name in ("UTF-16", "NUL")]
        seals = [{"file": FILES["NUL"], "seal": seal} for seal in FORGED]
        yield f"/admin/{model}/upload/", some + seals


def moved(world: World) -> Answers:
    return {"urn": "123456", "first_day": "2026-12-01", "email": "ada@there.example", "seen": "x"}


def pages(w: World) -> dict[str, tuple[str, list[Answers]]]:
    """By the name of a page: its address, and the wrong posts to it."""
    merged, merging = {"other": "0000002", "seen": "x"}, in_admin(w.teacher, "merge")
    two = {"other": w.induction[1].trn, "right": "kept", "seen": "x"}
    mentor = {"teacher": w.twin.pk, "school": w.closed.pk, "email": "a@there.example"}
    mentor |= {"started_on": TODAY, "finished_on": "2026-11-01"}
    teacher = {"trn": "12345678", "name": "Ann Other", "date_of_birth": "1990-01-01"}
    of_teacher = {
        "recorded_completions-TOTAL_FORMS": "1",
        "recorded_completions-INITIAL_FORMS": "1",
        "recorded_completions-0-id": w.completion.pk,
        "recorded_completions-0-teacher": w.completion.teacher_id,
        "recorded_completions-0-kind": "started_not_completed",
    }
    known = {"trn": w.teacher.trn, "name": w.teacher.name, "date_of_birth": "1990-05-17"}
    none = {"recorded_completions-TOTAL_FORMS": "0", "recorded_completions-INITIAL_FORMS": "0"}
    policy = {"in_force_from": "2026-12-05", "policy": "time_limit", "months": "241", "seen": "x"}
    many = {"declarations": [w.declaration.pk], "to": "paid", "why": ""}
    all_of = {"to": "paid", "why": "x", "which": "listed"}
    tutor = {
        "induction_tutors-TOTAL_FORMS": "1",
        "induction_tutors-INITIAL_FORMS": "1",
        "induction_tutors-0-id": w.appointment.pk,
        "induction_tutors-0-school": w.there.pk,
        "induction_tutors-0-started_on": "2026-11-01",
        "induction_tutors-0-finished_on": "2026-11-02",
        "successions-TOTAL_FORMS": "0",
        "successions-INITIAL_FORMS": "0",
    }
    return {
        "merge": (merging, each(merged, other=(*NO_ID, HUGE, w.there.urn), seen=FORGED)),
        "merge of two inductions": (
            in_admin(w.induction[0], "merge"),
            each(two, right=("third", NUL, HALF, HUGE)),
        ),
        "move": (
            in_admin(w.mentor, "move"),
            each(
                moved(w),
                urn=(*NO_ID, w.closed.urn, w.mentor.school.urn),
                first_day=NO_DAY,
                email=(NUL, HUGE, "a@b", w.declaration.teacher.mentoratschools.get().email),
                seen=FORGED,
            ),
        ),
        "end": (
            in_admin(w.mentor, "end"),
            each({"last_day": "2026-11-30", "seen": "x"}, last_day=NO_DAY, seen=FORGED),
        ),
        "change of provider": (
            in_admin(w.mentor, "change_lead_provider"),
            each({"lead_provider": "x", "seen": "x"}, lead_provider=NO_ID, seen=FORGED),
        ),
        "take over": (
            in_admin(w.closed, "take_over"),
            each(
                {"successor": w.there.pk, "seen": "x"},
                successor=(*NO_ID, w.closed.pk, w.mentor.school_id),
                seen=FORGED,
            ),
        ),
        "step of no record": (
            reverse("admin:schools_teacher_merge", args=[10**30]),
            [merged],
        ),
        "new policy": (
            "/admin/mentors/statuspolicy/add/",
            each(
                policy,
                in_force_from=NO_DAY,
                policy=("another", NUL, HALF),
                months=("-1", "1.5", "9" * 40, NUL, HALF),
            ),
        ),
        "policy": (
            in_admin(w.policy, "change"),
            each(policy, in_force_from=NO_DAY, months=("-1", "9" * 40)),
        ),
        "policy of no record": ("/admin/mentors/statuspolicy/999/change/", [policy]),
        "move of one": (
            move_page(w.declaration, "eligible"),
            [{"why": " "}, {"why": "\0"}, {"why": HUGE}],
        ),
        "move of one that cannot be": (move_page(w.paid, "voided"), [{"why": "x"}]),
        "move of several": (
            MOVE_MANY,
            [
                *({**many, "declarations": [pk], "why": "x"} for pk in (*NO_ID, w.twin.pk)),
                {**many, "declarations": [w.declaration.pk, w.declaration.pk]},
                {**many, "why": "x"},  # from submitted it cannot be paid
                *({**many, "to": to, "why": "x"} for to in ("", "another", NUL, HALF, HUGE)),
            ],
        ),
        "move of all": (
            f"{LIST}move-all/",
            [
                *({**all_of, "to": to} for to in ("", "another", NUL, HALF)),
                *({**all_of, "why": why} for why in ("", "\0", HUGE)),
                *({**all_of, "which": which} for which in ("", "another", NUL, HALF)),
                *({**all_of, "which": "file", "file": content} for content in FILES.values()),
            ],
        ),
        "move that has begun": (
            reverse("admin:declarations_statemove_begin", args=[w.begun.pk]),
            [{}],
        ),
        "move of no record": (
            reverse("admin:declarations_statemove_begin", args=[10**30]),
            [{}],
        ),
        "new teacher": (
            "/admin/schools/teacher/add/",
            each(
                teacher | none,
                trn=("-234567", "1" * 100_000, NUL),
                date_of_birth=NO_DAY,
                name=(HUGE, "\0", "\u202e"),
            ),
        ),
        "teacher with another's completion": (in_admin(w.teacher, "change"), [known | of_teacher]),
        "teacher with forged forms": (
            in_admin(w.teacher, "change"),
            [known | {name: value} for name in none for value in ("", "-1", "x", "9" * 20, NUL)],
        ),
        "teacher as nobody saw them": (
            in_admin(w.teacher, "change"),
            [
                known | none | {"trn": "x", "_seen": seen}
                for seen in (
                    *FORGED,
                    "[" * 100_000,
                    "9" * 5000,
                    '{"name": "\\ud800"}',
                    '{"trn": "\\u0000"}',
                    '{"induction_finished_on": "0001-01-01"}',
                    '{"date_of_birth": "2026-02-31"}',
                )
            ],
        ),
        "mentor as nobody saw them": (
            in_admin(w.mentor, "change"),
            [
                mentor | {"_seen": seen}
                for seen in (
                    '{"teacher": "99999999999999999999"}',
                    '{"school": [1]}',
                    '{"finished_on": "0001-01-01"}',
                )
            ],
        ),
        "new mentor": (
            "/admin/schools/mentoratschool/add/",
            each(mentor, teacher=NO_ID, school=NO_ID, started_on=NO_DAY, finished_on=NO_DAY),
        ),
        "new mentorship": (
            "/admin/mentors/mentorship/add/",
            each(
                {"mentor": w.mentor.pk, "ect": w.mentorship.ect_id, "started_on": TODAY},
                mentor=NO_ID,
                ect=NO_ID,
                started_on=NO_DAY,
            ),
        ),
        "new completion": (
            "/admin/declarations/recordedcompletion/add/",
            each(
                {"teacher": w.completion.teacher_id, "kind": "early_roll_out"},
                teacher=NO_ID,
                kind=("another", NUL, HALF),
            ),
        ),
        "new tutor": (
            "/admin/schools/inductiontutor/add/",
            each(
                {"school": w.there.pk, "email": "a@b", "name": "Ann"},
                school=NO_ID,
                email=(NUL, HUGE),
                name=("\0", HUGE),
            ),
        ),
        "school with another's tutor": (in_admin(w.closed, "change"), [tutor]),
        "deletion of no record": ("/admin/schools/ectatschool/0/delete/", [{"post": "yes"}]),
        "action": (
            "/admin/schools/mentoratschool/",
            [
                *(
                    {"action": action, "_selected_action": [w.mentor.pk], "post": "yes"}
                    for action in ("another", NUL, HALF, "")
                ),
                *(
                    {"action": "delete_selected", "_selected_action": pk, "post": "yes"}
                    for pk in NO_ID
                ),
            ],
        ),
        **{f"upload of {where}": (where, wrong) for where, wrong in uploads()},
    }


# A change of a record opens a context of the history; these have none.
LOGS = (Context, StateMove, StateMoveItem, DeclarationStateChange, OutgoingEmail, ProcrastinateJob)


def counted() -> tuple[int, ...]:
    """How many changes there were."""
    counts = (f"(SELECT count(*) FROM {model._meta.db_table})" for model in LOGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}")
        return cursor.fetchone()


def post(browser: Client, address: str, answers: Answers) -> Any:
    """Post as a browser does; text with half a character as bytes that are no UTF-8."""
    if isinstance(answers.get("file"), bytes):
        sent = answers | {"file": csv_of(answers["file"])}
        return browser.post(address, sent, follow=True)
    body = urlencode(answers, doseq=True, errors="surrogatepass")
    kind = "application/x-www-form-urlencoded"
    return browser.post(address, body, content_type=kind, follow=True)


# What says that something is wrong: an error of a form or of a field, a message, and what became of
# a file. To parse 260 pages for it would be a third of the time.
WORDS = re.compile(
    r"""<ul\ class="errorlist[^>]*>\s*<li>\s*[^<\s]
    | <(?:p|li)\ class="(?:errornote|error|warning)"[^>]*>\s*[^<\s]
    | <div\ id="content-main">\s*<h2>\s*[^<\s]""",
    re.VERBOSE,
)


def outcome(browser: Client, address: str, answers: Answers, before: tuple[int, ...]) -> str:
    """What is wrong with the answer to a post; "" for nothing. What it changed is undone."""
    with transaction.atomic():
        answer = post(browser, address, answers)
        after = counted() if answer.status_code == 200 else before
        transaction.set_rollback(True)
    if answer.status_code == 404:
        return ""
    if answer.status_code != 200:
        return f"answered {answer.status_code}"
    if after != before:
        return "something changed"
    return "" if WORDS.search(answer.text) else "no words"


def test_each_ends_in_words_and_changes_nothing():
    browser = staff()
    tried = [
        (name, address, answers)
        for name, (address, posts) in pages(World()).items()
        for answers in posts
    ]
    before = counted()
    wrong = [
        (name, found, str(answers)[:300])
        for name, address, answers in tried
        if (found := outcome(browser, address, answers, before))
    ]
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(tried) > 200
