"""Serves every journey: asks its questions, shows the answers, and acts on them once."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.signing_in.sessions import SignedInRequest
from core.refusals import RefusedChange, refusals_in_words
from declarations.models import SchoolYear
from declarations.year_choices import school_year
from mentors.journeys.declaration import (
    SLUG,
    Done,
    Journey,
    Notice,
    Progress,
    Step,
    Subject,
)
from mentors.journeys.drafts import Draft, EntryError, NothingToFinishError, Refused
from mentors.journeys.forms import CheckForm
from mentors.views.navigation import school_or_404, shell
from schools.access import tutors_of
from schools.models import InductionTutor, School

CHANGED = "Your answers were changed, perhaps in another window. Check them, then confirm"


def urls(*journeys: Journey[Any]) -> Iterator[URLPattern]:
    """The addresses of all pages of these journeys."""
    for journey in journeys:
        given = {"journey": journey}
        if journey.route.endswith(SLUG):
            begin = journey.route.removesuffix(f"/{SLUG}")
            yield path(begin, visit, given | {"page": ""}, journey.name)
            yield path(journey.route, visit, given, f"{journey.name}-page")
            continue
        for slug in journey.slugs:
            route = f"{journey.route}/{slug}" if slug else journey.route
            yield path(route, visit, given | {"page": slug}, journey.url_name(slug))


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: SignedInRequest, journey: Journey[Any], page: str, **named: Any) -> HttpResponse:
    """Serve a page of a journey; instead of one that is not reached yet, lead to the one due.

    `named` holds what the address names: the school, and the person, appointment or year there.
    """
    progress, refused = _progress(request, journey, page, **named)
    if page == journey.check.slug:
        return _check(progress, refused)
    closed = journey.closed(progress)
    if closed is not None:
        return _lead_away(progress, closed, refused)
    if page and page not in journey.slugs:
        raise Http404
    found = progress.reached(page)
    if found is None:
        return redirect(progress.address(progress.due))
    if isinstance(found, Notice):
        return _show(progress, found.template)
    return _ask(progress, found, refused)


def _progress(
    request: SignedInRequest, journey: Journey[Any], page: str, **named: Any
) -> tuple[Progress, Refused | None]:
    """The progress of the user's journey, and what this page refused a moment ago, if it did."""
    subject = _subject(request, journey, **named)
    school = subject if isinstance(subject, School) else subject.school
    draft = Draft(request.user, school, journey.name, _about(subject))
    kept = draft.read(timezone.now())
    progress = journey.progress(
        journey, request, subject, draft, page, kept.answers, timezone.localdate()
    )
    return progress, kept.refused if kept.refused and kept.refused.page == page else None


def _about(subject: Subject) -> UUID | None:
    """The id, for the draft, of the person that a journey is about; None if it is about none."""
    if isinstance(subject, School):
        return None
    if isinstance(subject, InductionTutor):
        return UUID(int=subject.pk)  # an appointment has no public id
    if isinstance(subject, SchoolYear):
        return UUID(int=subject.cohort.start_year)
    return subject.public_id


def _subject(
    request: SignedInRequest,
    journey: Journey[Any],
    urn: int,
    public_id: UUID | None = None,
    appointment_id: int | None = None,
    start_year: int | None = None,
) -> Subject:
    """The school, or the person, appointment or year there that the address names.

    Raises Http404 if there is none, or if the user may not see it.
    """
    today = timezone.localdate()
    if journey.role and public_id is not None:
        person = journey.role.find(request.user, urn, public_id, today)
        if person is None:
            raise Http404
        return person
    if appointment_id is not None:
        appointments = tutors_of(request.user, today).filter(school__urn=urn)
        return get_object_or_404(appointments, pk=appointment_id)
    school = school_or_404(request, urn, today)
    if start_year is None:
        return school
    year = school_year(school, start_year)
    if year is None:
        raise Http404
    return year


def _lead_away(progress: Progress, why: str, refused: Refused | None) -> HttpResponse:
    """Lead to where the journey ends, and say why it cannot be made.

    When its act was refused a moment ago, that says why.
    """
    if refused:
        progress.draft.forget_refused(refused)
        of_act = (error for error in refused.errors if error.field == NON_FIELD_ERRORS)
        why = next((error.message for error in of_act), why)
    if why:
        messages.error(progress.request, f"{why.removesuffix('.')}.")
    return redirect(progress.end)


def _ask(progress: Progress, step: Step[Any], refused: Refused | None) -> HttpResponse:
    """Ask a question; keep the answer and lead on, or keep the entry and lead back to say why not.

    What was refused is shown once, so that no page asks the browser to send a form again.
    """
    request, draft, now = progress.request, progress.draft, timezone.now()
    if request.method == "POST":
        form = step.form(progress, request.POST)
        if not form.is_valid():
            draft.refuse(now, form.refusal(step.slug))
            return redirect(request.get_full_path())
        anew = progress.begins or form.begins_anew
        answers = draft.remember(now, form.cleaned_data, anew=anew)
        after = replace(progress, answers=answers, page=progress.journey.check.slug)
        return redirect(after.address(after.due))
    initial = {} if progress.begins else progress.answers
    form = step.form(progress, initial=initial, refused=refused)
    return _show_once(progress, step.template, refused, form=form)


def _check(progress: Progress, refused: Refused | None) -> HttpResponse:
    """Show the answers; when they are confirmed, act on them."""
    journey, check = progress.journey, progress.journey.check
    posted = progress.request.method == "POST"
    # If the journey was closed since they were given, the act refuses in its own words.
    if not (progress.answers and (posted or refused)):
        closed = journey.closed(progress)
        if closed is not None:
            return _lead_away(progress, closed, refused)
    if journey.steps and not progress.answers and (posted or journey.resumes):
        return redirect(progress.end)  # it was done already
    if posted:
        return _confirm(progress)
    if progress.due != check.slug:
        return redirect(progress.address(progress.due))
    if not refused and (slug := check.ask_again(progress)):
        return redirect(progress.address_within(slug))
    seen = f"{_digest(progress.answers)} {check.shown(progress)}".strip()
    form = CheckForm(seen, check.button, refused)
    more = {"form": form, "rows": check.rows(progress), "title": check.title}
    return _show_once(progress, check.template, refused, **more)


def _confirm(progress: Progress) -> HttpResponse:
    """Act, if the answers are those that the page showed; else lead to a page that shows them."""
    request, journey, draft = progress.request, progress.journey, progress.draft
    read, _, shown = request.POST.get("seen", "").partition(" ")
    if read != _digest(progress.answers):
        return _refuse(progress, CHANGED)
    if progress.due != journey.check.slug:
        return redirect(progress.address(progress.due))
    # A journey without questions has no answers to finish: its act alone refuses a second time.
    finishing: AbstractContextManager[dict[str, Any]] = (
        draft.finishing(timezone.now()) if journey.steps else nullcontext({})
    )
    try:
        with refusals_in_words(), finishing as answers:
            if answers != progress.answers:
                raise RefusedChange(CHANGED)
            done: Done = journey.check.act(progress, shown)
    except NothingToFinishError:
        return redirect(progress.end)
    except RefusedChange as refusal:
        return _refuse(progress, str(refusal))
    except tuple(journey.led_away) as raised:
        return redirect(progress.address(journey.led_away[type(raised)]))
    messages.success(request, "\n".join(filter(None, (done.banner, done.next_steps))))
    return redirect(done.onward or progress.end)


def _refuse(progress: Progress, why: str) -> HttpResponse:
    """Lead to the page that is due, which says once why nothing was done."""
    refused = Refused(progress.due, [EntryError(NON_FIELD_ERRORS, why)])
    progress.draft.refuse(timezone.now(), refused)
    return redirect(progress.address_within(progress.due))


def _show_once(
    progress: Progress, template: str, refused: Refused | None, **more: Any
) -> HttpResponse:
    """Show a page with what was refused a moment ago, and forget that."""
    if refused and progress.request.method == "GET":
        progress.draft.forget_refused(refused)
    return _show(progress, template, **more)


def _show(progress: Progress, template: str, **more: Any) -> HttpResponse:
    journey = progress.journey
    section = journey.role.section if journey.role else "school-home"
    context = {
        **shell(progress.subject, section),
        "progress": progress,
        "caption": journey.caption(progress),
        "back_link": progress.back,
    }
    return render(progress.request, template, context | more)


def _digest(answers: dict[str, Any]) -> str:
    """A short text that differs for other answers, and does not hold the answers themselves."""
    return sha256(repr(sorted(answers.items())).encode()).hexdigest()
