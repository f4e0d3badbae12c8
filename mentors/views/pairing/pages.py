"""Who, from when, and check your answers; then back on the page that it began on."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.dates import in_words
from core.refusals import RefusedChange
from mentors.journeys import Journey
from mentors.pairing.planning import pair, plan, present_of
from mentors.people.listing import row_of_person
from mentors.views.asking import CHANGE, Answer, Places, ask, confirm
from mentors.views.navigation import shell
from mentors.views.pairing.forms import StartDateForm, WhoForm
from mentors.views.pairing.sides import MENTOR, Side, other
from mentors.views.roles import Person
from schools.models import ECTAtSchool, MentorAtSchool

# In the address of an ECT's journey: the mentor to whose page it returns.
FROM = "from"
WHO, START_DATE, CHECK = "", "-start-date", "-check"


@dataclass(frozen=True)
class _Pairing:
    """One user's journey about one person: what is known of it, and where its pages are."""

    request: HttpRequest
    side: Side
    person: Person
    today: date

    @cached_property
    def journey(self) -> Journey:
        return Journey(
            self.request.user, self.person.school, self.side.journey, self.person.public_id
        )

    @cached_property
    def answers(self) -> dict[str, Any]:
        return self.journey.answers(timezone.now())

    @cached_property
    def two(self) -> tuple[MentorAtSchool, ECTAtSchool] | None:
        """The mentor and the ECT; None before somebody is chosen whom the user may see."""
        chosen = self._found(self.answers.get("chosen"))
        if chosen is None:
            return None
        return (self.person, chosen) if self.side is MENTOR else (chosen, self.person)

    def _found(self, public_id: str | None) -> Person | None:
        if public_id is None:
            return None
        people = other(self.side).role.people(self.request.user, self.today)
        return row_of_person(people, self.person.school.urn, UUID(public_id), self.today).first()

    def page(self, step: str, **query: str) -> str:
        """The address of one of the journey's pages, from which it goes on to return the same."""
        address = reverse(f"{self.side.journey}{step}", args=self._named)
        query |= {FROM: str(self._from)} if self._from else {}
        return f"{address}?{urlencode(query)}" if query else address

    @property
    def end(self) -> str:
        """The page that the journey began on, to which it returns."""
        if self._from:
            return reverse("mentor", args=[self.person.school.urn, self._from])
        return reverse(self.side.role.page, args=self._named)

    @property
    def _named(self) -> list[int | UUID]:
        return [self.person.school.urn, self.person.public_id]

    @property
    def _from(self) -> UUID | None:
        try:
            return UUID(self.request.GET.get(FROM, ""))
        except ValueError:
            return None

    @property
    def shell(self) -> dict[str, object]:
        return shell(self.person, self.side.role.section)


def _pairing(request: HttpRequest, urn: int, public_id: UUID, side: Side) -> _Pairing:
    today = timezone.localdate()
    person = side.role.find(request.user, urn, public_id, today)
    return _Pairing(request, side, person, today)


@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, urn: int, public_id: UUID, side: Side) -> HttpResponse:
    """Ask who is to mentor, or to be mentored; say so when there is nobody to choose."""
    pairing = _pairing(request, urn, public_id, side)
    name = pairing.person.teacher.name
    candidates = side.candidates(pairing.person, pairing.today)
    if not candidates:
        context = {
            "title": side.nobody.format(name),
            "why": side.why_nobody,
            "back_link": pairing.end,
        }
        return render(request, "mentors/pairing/nobody.html", context | pairing.shell)
    form = WhoForm(
        request.POST or None,
        question=side.question.format(name),
        missing=side.missing,
        candidates=candidates,
        initial=pairing.answers,
    )
    places = Places(onward=pairing.page(START_DATE), back=pairing.end)
    return ask(request, pairing.journey, form, places, check=pairing.page(CHECK), **pairing.shell)


@require_http_methods(["GET", "HEAD", "POST"])
def start_date(request: HttpRequest, urn: int, public_id: UUID, side: Side) -> HttpResponse:
    """Ask from which day on."""
    pairing = _pairing(request, urn, public_id, side)
    if pairing.two is None:
        return redirect(pairing.page(WHO))
    mentor, ect = pairing.two
    form = StartDateForm(
        request.POST or None,
        mentor=mentor,
        ect=ect,
        day=pairing.today,
        initial=pairing.answers,
    )
    places = Places(onward=pairing.page(CHECK), back=pairing.page(WHO))
    return ask(request, pairing.journey, form, places, check=pairing.page(CHECK), **pairing.shell)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, urn: int, public_id: UUID, side: Side) -> HttpResponse:
    """Show what was answered and what it changes; when that is confirmed, pair the two."""
    pairing = _pairing(request, urn, public_id, side)
    if request.method == "POST" and not pairing.answers:
        return redirect(pairing.end)  # it was done already
    if pairing.two is None:
        return redirect(pairing.page(WHO))
    if "started_on" not in pairing.answers:
        return redirect(pairing.page(START_DATE))
    mentor, ect = pairing.two
    started_on = pairing.answers["started_on"]
    try:
        changes = plan(mentor, ect, started_on=started_on, day=pairing.today)
    except RefusedChange:
        if request.method != "POST":
            return redirect(pairing.page(START_DATE))
        changes = None

    def act(seen: str) -> str:
        pair(mentor, ect, started_on=started_on, present=seen.split(), day=pairing.today)
        return _done(mentor, ect, started_on, pairing.today)

    return confirm(
        request,
        pairing.journey,
        pairing.answers,
        act,
        _answers(pairing, mentor, ect),
        Places(onward=pairing.end, back=pairing.page(START_DATE)),
        button="Confirm",
        seen=" ".join(present_of(ect, pairing.today)),
        template="mentors/pairing/check.html",
        changes=changes.in_words(pairing.today) if changes else (),
        **pairing.shell,
    )


def _answers(pairing: _Pairing, mentor: MentorAtSchool, ect: ECTAtSchool) -> list[Answer]:
    change = {CHANGE: "1"}
    who_again = pairing.page(WHO, **change)
    of_mentor, of_ect = ("", who_again) if pairing.side is MENTOR else (who_again, "")
    return [
        Answer("Mentor", mentor.teacher.name, of_mentor),
        Answer("ECT", ect.teacher.name, of_ect),
        Answer(
            "Start date",
            in_words(pairing.answers["started_on"]),
            pairing.page(START_DATE, **change),
        ),
    ]


def _done(mentor: MentorAtSchool, ect: ECTAtSchool, started_on: date, today: date) -> str:
    two = (mentor.teacher.name, ect.teacher.name)
    if started_on > today:
        return "From {}, {} will mentor {}.".format(in_words(started_on), *two)
    return "{} now mentors {}.".format(*two)
