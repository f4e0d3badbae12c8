"""Text that would be markup, script or a template is shown as text, wherever a page shows any.

Every text field of every model holds such text, found by the models themselves: a new field, a new
page and a new list of admin are here without being named.
"""

import re
from datetime import date
from html import unescape

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.db import connection, models
from django.http import HttpResponse
from django.urls import reverse

from declarations.models import Declaration, DeclarationStateChange
from declarations.state_moves import plan_ids
from declarations.states import State
from declarations.transitions import change_state
from demo.outbox import OutboxBackend
from mentors.merging.merging import merge
from mentors.merging.planning import plan_merge
from mentors.models import StatusPolicy
from schools import emails
from schools.models import ECTAtSchool, MentorAtSchool, School, StaffNote
from tests.access.roles import EXPECTED, PERSON, SITE, URN, filled
from tests.builders import make_ect, make_mentor, make_mentorship, make_training_period, make_tutor
from tests.declarations.trained import NOW, declare

# What a browser would run or make an element of, and what a template would.
UNSAFE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><b>", "833569")
HOSTILE = f"{''.join(UNSAFE[:3])}{{{{913*913}}}}{{% x %}}"
# Where it has to fit into less.
SHORT = "<script>alert(1)</script>"
OURS = ("accounts", "schools", "declarations", "mentors")
# Text that is no person's: keys and hashes, what the database holds to a form, what the service
# says itself in a file, and the log and the notes of staff, which cannot be rewritten and which are
# hostile from the start.
NOT_GIVEN = {"password", "trn", "browser", "digest", "issuer", "subject", "postcode"}
NOT_REWRITTEN = {
    "Session",
    "DraftAnswers",
    "DeclarationStateChange",
    "StateMoveItem",
    "StaffNote",
}


# The people of this world were changed since they were added, so nothing is undone; and who has
# completed gets no other lead provider.
NOT_HERE = re.compile(r"/undo$|<uuid:public_id>/lead-provider")


def text_fields() -> list[models.CharField]:
    return [
        field
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model") and model.__name__ not in NOT_REWRITTEN
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField)
        if not field.choices and field.name not in NOT_GIVEN
    ]


def marker(field: models.Field) -> str:
    """What the hostile text of this field begins with, so that a page tells that it shows it."""
    return f"{field.model.__name__} {field.name}".lower()


@pytest.fixture
def hostile_world(browsers):
    """A mentor and an ECT with all that their pages may show, and hostile text in all of it."""
    with connection.cursor() as cursor:
        # The merge below ends with all checked at once. In the transaction of the whole file
        # PostgreSQL does not undo that with the savepoint of a test.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    mentor = MentorAtSchool.objects.get(public_id=PERSON)
    ect = ECTAtSchool.objects.get(public_id=PERSON)
    make_mentorship(mentor, ect)
    before = make_ect(school=mentor.school, induction_finished_on=date(2023, 9, 1))
    make_mentorship(mentor, before, finished_on=date(2023, 9, 1))
    make_ect(school=mentor.school)
    make_mentor(school=mentor.school)
    make_training_period(ect)
    mentor.training_periods.all().delete()
    declaration = declare(make_training_period(mentor), "completed")
    change_state(declaration, "eligible", by="user 1", why=HOSTILE, now=NOW)
    plan_ids([declaration.pk], State.PAYABLE, by="user 1", why=HOSTILE, now=NOW)
    StaffNote.objects.create(teacher=mentor.teacher, text=HOSTILE, by="user 1", written_at=NOW)
    twin = make_mentor().teacher
    seen = plan_merge(mentor.teacher, twin).key
    merge(mentor.teacher, twin, None, seen=seen, by="user 1", now=NOW)
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy="three_statuses")
    for field in text_fields():
        for row in field.model.objects.all():
            text = f"{marker(field)} {row.pk} {HOSTILE}"
            if len(text) > field.max_length:
                text = f"{marker(field)} {SHORT}"
            field.model.objects.filter(pk=row.pk).update(**{field.name: text})
    return browsers


def check(answer: HttpResponse, address: str) -> str:
    """Check that nothing hostile stands there as it is; return what does."""
    assert answer.status_code == 200, (address, answer.status_code)
    if not answer.headers["Content-Type"].startswith("text/html"):
        return ""
    text = answer.text
    assert [one for one in UNSAFE if one in text] == [], address
    return text


def test_on_every_page_as_who_may_open_it(hostile_world):
    shown = ""
    for address in SITE:
        for role in ("tutor", "support", "superuser"):
            if EXPECTED[address, "GET"][role] == "200" and not NOT_HERE.search(address):
                shown += check(hostile_world[role]().get(filled(address)), f"{address} as {role}")
    for query in ("mentors?show=not-mentoring", "ects", f"mentors?search={SHORT}"):
        shown += check(hostile_world["tutor"]().get(f"/schools/{URN}/{query}"), query)
    on_no_page = {marker(f) for f in text_fields() if marker(f) not in shown}
    # Admin alone shows what the register says of a school besides its name, and what staff did.
    names = ("establishment_type", "phase", "local_authority", "region", "street", "town")
    of_staff = {"statemove why", "statemove by", "teachermerge name", "teachermerge by"}
    assert on_no_page == of_staff | {f"school {name}" for name in names}
    assert HOSTILE in unescape(shown)


def test_in_every_list_and_form_of_admin(hostile_world):
    shown, browser = "", hostile_world["superuser"]()
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        shown += check(browser.get(reverse(f"{name}_changelist")), f"list of {name}")
        if row := model._default_manager.first():
            for view in ("change", "history", "delete"):
                answer = browser.get(reverse(f"{name}_{view}", args=[row.pk]))
                if answer.status_code not in (302, 403, 404):
                    shown += check(answer, f"{view} of {name}")
    mentor = reverse("admin:preview-mentor", args=[PERSON])
    shown += check(browser.get(mentor), "preview")
    for field in text_fields():
        assert marker(field) in shown, field
    assert HOSTILE in unescape(shown)
    assert DeclarationStateChange.objects.filter(why=HOSTILE).exists()
    for where, record in (
        ("declarations_declaration_change", Declaration.objects.get()),  # with its log
        ("schools_staffnote_change", StaffNote.objects.get()),
    ):
        page = browser.get(reverse(f"admin:{where}", args=[record.pk]))
        assert HOSTILE in unescape(page.text)


def test_in_emails_it_is_plain_text_and_on_the_page_that_shows_them(browsers, settings, tmp_path):
    settings.OUTBOX_DIRECTORY = tmp_path
    school = School.objects.get(urn=URN)
    user = make_tutor(school, name=HOSTILE)
    for email in (
        emails.named_as_tutor(user, HOSTILE, HOSTILE),
        emails.mentor_added_elsewhere(HOSTILE, HOSTILE, HOSTILE, date(2026, 1, 5)),
        emails.mentor_added_elsewhere(HOSTILE, HOSTILE, HOSTILE, *[date(2026, 1, 5)] * 2),
        emails.mentor_not_elsewhere(HOSTILE, HOSTILE),
    ):
        message = mail.EmailMultiAlternatives(email.subject, email.body, to=[user.email])
        OutboxBackend(fail_silently=False).send_messages([message])
        assert HOSTILE in email.body
    assert HOSTILE in unescape(check(browsers["nobody"]().get("/demo/outbox"), "/demo/outbox"))
