"""The journeys that change somebody's name, or their email address at the school."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentors.views.asking import Answer, Places, ask, confirm
from mentors.views.changing.forms import EmailForm, NameForm
from mentors.views.changing.whom import whom
from mentors.views.roles import Person, Role
from schools.details import change_email, rename

_asked = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Detail:
    """One thing that may be changed: what it is called, how it is asked, read and changed."""

    slug: str
    words: str
    form: type[NameForm | EmailForm]
    now: Callable[[Person], str]
    change: Callable[..., None]


DETAILS = (
    Detail(
        "name",
        "name",
        NameForm,
        now=lambda person: person.teacher.name,
        change=lambda person, name, seen: rename(person.teacher, name, seen=seen),
    ),
    Detail(
        "email", "email address", EmailForm, now=lambda person: person.email, change=change_email
    ),
)


@_asked
def change(
    request: HttpRequest, urn: int, public_id: UUID, role: Role, detail: Detail
) -> HttpResponse:
    """What it is to be."""
    who = whom(request, role, urn, public_id)
    if who.has_left:
        return redirect(who.address())
    journey = who.journey(detail.slug)
    initial = {detail.slug: detail.now(who.person)} | journey.answers(timezone.now())
    form = detail.form(request.POST or None, initial=initial, person=who.person)
    places = Places(onward=who.address(f"{detail.slug}-check"), back=who.address())
    return ask(request, journey, form, places, **who.page())


@_asked
def check(
    request: HttpRequest, urn: int, public_id: UUID, role: Role, detail: Detail
) -> HttpResponse:
    """What it is and what it will be; then it is changed."""
    who = whom(request, role, urn, public_id)
    journey, name = who.journey(detail.slug), who.person.teacher.name
    before, answers = detail.now(who.person), journey.answers(timezone.now())
    if who.has_left or (request.method == "POST" and not answers):
        return redirect(who.address())
    if not answers:
        return redirect(who.address(detail.slug))

    after = answers[detail.slug]

    def act(seen: str) -> str:
        detail.change(who.person, after, seen=seen)
        return f"{name}’s {detail.words} is now {after}"

    rows = [
        Answer(f"Current {detail.words}", before),
        Answer(f"New {detail.words}", after, who.address(detail.slug)),
    ]
    places = Places(onward=who.address(), back=who.address(detail.slug))
    page = who.page(title=f"Check the new {detail.words}", button=f"Change {detail.words}")
    return confirm(request, journey, answers, act, rows, places, seen=before, **page)
