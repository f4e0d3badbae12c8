"""The pages of adding a mentor or an ECT, in their order; every one begins in `add`."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentors.journeys import Journey
from mentors.views.adding.checking import check
from mentors.views.adding.forms import (
    AddingForm,
    DateOfBirthForm,
    EmailForm,
    InductionForm,
    NameForm,
    StartForm,
    TeacherForm,
    TRNForm,
)
from mentors.views.adding.progress import Progress
from mentors.views.adding.roles import Adds
from mentors.views.asking import Places, ask
from mentors.views.navigation import shell
from schools.access import schools_of

QUESTIONS: dict[str, type[AddingForm]] = {
    "trn": TRNForm,
    "date-of-birth": DateOfBirthForm,
    "teacher": TeacherForm,
    "name": NameForm,
    "email": EmailForm,
    "start-date": StartForm,
    "induction": InductionForm,
}
# What is said and not asked.
NOTICES = {
    "not-found": "mentors/adding/not_found.html",
    "not-possible": "mentors/adding/not_possible.html",
    "no-trn": "mentors/adding/no_trn.html",
    "not-added": "mentors/adding/not_added.html",
}
# Pages to which another one leads, as soon as that is reached.
FROM = {"no-trn": "trn", "name": "not-found", "not-added": "check"}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, urn: int, adds: Adds, page: str = "") -> HttpResponse:
    """A page of the journey; instead of one that is not reached yet, the one that is due."""
    today = timezone.localdate()
    school = get_object_or_404(schools_of(request.user, today), urn=urn)
    if page and page not in (*QUESTIONS, *NOTICES, "check"):
        raise Http404
    journey = Journey(request.user, school, adds.name)
    progress = Progress(adds, school, journey, journey.answers(timezone.now()), today)
    if page == "check" and not progress.answers:
        # Sent again after it was done: nothing is left to add.
        return redirect(adds.section, urn)
    if not page or not progress.has_reached(FROM.get(page, page)):
        return redirect(progress.address(progress.due))
    context = shell(school, adds.section) | {"caption": f"Add {adds.a_noun}"}
    if page in NOTICES:
        return _say(request, page, progress, context)
    if page == "check":
        return check(request, progress, context)
    return _ask(request, page, progress, context)


def _ask(
    request: HttpRequest, page: str, progress: Progress, context: dict[str, Any]
) -> HttpResponse:
    places = Places(onward=progress.address(), back=progress.back_from(page))
    if page == "trn":
        context |= {"template": "mentors/adding/trn.html", "no_trn": progress.address("no-trn")}
    form = QUESTIONS[page](request, progress)
    check_address = progress.address("check")
    return ask(request, progress.journey, form, places, check=check_address, **context)


def _say(
    request: HttpRequest, page: str, progress: Progress, context: dict[str, Any]
) -> HttpResponse:
    back = progress.address(FROM[page]) if page in FROM else progress.back_from(page)
    context |= {"back_link": back, "progress": progress}
    return render(request, NOTICES[page], context)
