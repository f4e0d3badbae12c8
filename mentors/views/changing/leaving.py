"""The journey in which a tutor tells that somebody leaves, and the page to withdraw it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.dates import in_words
from core.periods import finished_on
from mentors.leaving.cut_short import cut_short_by, in_words_of
from mentors.leaving.leaving import (
    Withdrawn,
    leave,
    leaving_of,
    may_be_withdrawn,
    may_leave,
    to_reopen,
    withdraw,
)
from mentors.views.asking import Answer, Places, ask, confirm, confirm_at_once
from mentors.views.changing.forms import LastDayForm
from mentors.views.changing.whom import whom
from mentors.views.roles import Person, Role

_asked = require_http_methods(["GET", "HEAD", "POST"])
_JOURNEY = "leaving"


@_asked
def ask_last_day(request: HttpRequest, urn: int, public_id: UUID, role: Role) -> HttpResponse:
    """Their last day."""
    who, today = whom(request, role, urn, public_id), timezone.localdate()
    if not may_leave(who.person, today):
        return redirect(who.address())
    journey = who.journey(_JOURNEY)
    initial = journey.answers(timezone.now())
    form = LastDayForm(request.POST or None, initial=initial, person=who.person, today=today)
    places = Places(onward=who.address("leaving-check"), back=who.address())
    return ask(request, journey, form, places, **who.page())


@_asked
def check(request: HttpRequest, urn: int, public_id: UUID, role: Role) -> HttpResponse:
    """What ends and what never begins when they leave; then it is done."""
    who, today, now = whom(request, role, urn, public_id), timezone.localdate(), timezone.now()
    person, journey = who.person, who.journey(_JOURNEY)
    answers = journey.answers(now)
    if not may_leave(person, today) and not (request.method == "POST" and answers):
        return redirect(who.address())
    last_day = answers.get("last_day")
    if last_day is None:
        return redirect(who.address("leaving"))
    cut = cut_short_by(person, finished_on(last_day))

    def act(seen: str) -> str:
        leaving = leave(person, last_day, seen=seen, day=today, now=now)
        tense = "was" if leaving.finished_on <= today else "is"
        return f"{person.teacher.name}’s last day at your school {tense} {in_words(last_day)}"

    rows = [
        Answer("Name", person.teacher.name),
        Answer("Last day", in_words(last_day), who.address("leaving")),
    ]
    places = Places(onward=who.address(), back=who.address("leaving"))
    page = who.page(
        button="Confirm",
        ended=[in_words_of(row, person) for row in cut.ended],
        deleted=[
            f"{in_words_of(row, person)} from {in_words(row.started_on)}" for row in cut.deleted
        ],
        is_past=last_day < today,
        template="mentors/journeys/leaving_check.html",
    )
    return confirm(request, journey, answers, act, rows, places, seen=cut.key, **page)


@_asked
def withdrawal(request: HttpRequest, urn: int, public_id: UUID, role: Role) -> HttpResponse:
    """What was told of their leaving; then it is withdrawn."""
    who, today = whom(request, role, urn, public_id), timezone.localdate()
    person = who.person
    if not may_be_withdrawn(person, today):
        return redirect(who.address())

    def act(_: str) -> str:
        return _stays(person, withdraw(person, day=today))

    rows = [
        Answer("Name", person.teacher.name),
        Answer("Last day", in_words(person.last_day)),
    ]
    places = Places(onward=who.address(), back=who.address())
    page = who.page(
        title=f"Withdraw that {person.teacher.name} is leaving",
        caption="",
        button="Confirm that they are staying",
        reopens=[in_words_of(row, person) for row in to_reopen(leaving_of(person))],
        template="mentors/journeys/leaving_withdraw.html",
    )
    return confirm_at_once(request, act, rows, places, **page)


def _stays(person: Person, withdrawn: Withdrawn) -> str:
    """What the banner says; it names what could not be reopened."""
    done = f"{person.teacher.name} is no longer leaving your school"
    if not withdrawn.not_reopened:
        return done
    left = "; ".join(in_words_of(row, person) for row in withdrawn.not_reopened)
    return f"{done}. Other records have changed, so this was not reopened: {left}"
