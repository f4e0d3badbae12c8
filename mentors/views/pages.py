"""The pages that induction tutors read: choosing a school, Home, both lists, mentor and ECT."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.signing_in.sessions import SignedInRequest
from mentors.pages.ect import ect_page
from mentors.pages.ects import ECTList, list_ects
from mentors.pages.home import school_home
from mentors.pages.mentor import mentor_page
from mentors.pages.mentors import MentorList, all_cards, csv_of, list_mentors
from mentors.status.policies import policy_in_force
from mentors.views.lists import ECTsForm, MentorsForm, pagination, without_page
from mentors.views.navigation import person_or_404, school_or_404, shell
from schools.access import schools_of
from schools.models import ECTAtSchool, MentorAtSchool


@require_safe
def choose_school(request: SignedInRequest) -> HttpResponse:
    """The user's schools to choose from; with only one, a redirect to its Home page."""
    schools = list(schools_of(request.user, timezone.localdate()))
    if len(schools) == 1:
        return redirect("school-home", schools[0].urn)
    return render(request, "mentors/choose_school.html", {"schools": schools, "signed_in": True})


@require_safe
def home(request: SignedInRequest, urn: int) -> HttpResponse:
    """The Home page of a school."""
    today = timezone.localdate()
    school = school_or_404(request, urn, today)
    context = {
        **shell(school, "school-home"),
        "school": school,
        "home": school_home(school, today),
    }
    return render(request, "mentors/home.html", context)


@require_safe
def mentor(request: SignedInRequest, urn: int, public_id: UUID) -> HttpResponse:
    """The page of a mentor."""
    today = timezone.localdate()
    mentor = person_or_404(MentorAtSchool, request, urn, public_id, today)
    page = mentor_page(mentor, policy_in_force(today), today)
    context = {**shell(page.mentor, "mentors"), "page": page}
    return render(request, "mentors/mentor.html", context)


@require_safe
def mentors(request: SignedInRequest, urn: int) -> HttpResponse:
    """A page of the list of mentors."""
    return _list(request, urn, "mentors", MentorsForm, list_mentors)


@require_safe
def mentors_csv(request: SignedInRequest, urn: int) -> HttpResponse:
    """The list of mentors for the same filters, all pages of it, as a CSV file."""
    today = timezone.localdate()
    school = school_or_404(request, urn, today)
    cards = all_cards(school, MentorsForm(request.GET).filters(), today)
    named = {"Content-Disposition": f'attachment; filename="mentors-{urn}.csv"'}
    return HttpResponse(csv_of(cards), content_type="text/csv; charset=utf-8", headers=named)


@require_safe
def mentor_training(request: SignedInRequest, urn: int) -> HttpResponse:
    """The page that explains mentor training."""
    school = school_or_404(request, urn, timezone.localdate())
    context = {**shell(school, "mentors"), "school": school}
    return render(request, "mentors/mentor_training.html", context)


@require_safe
def ect(request: SignedInRequest, urn: int, public_id: UUID) -> HttpResponse:
    """The page of an ECT."""
    today = timezone.localdate()
    page = ect_page(person_or_404(ECTAtSchool, request, urn, public_id, today), today)
    context = {**shell(page.ect, "ects"), "page": page}
    return render(request, "mentors/ect.html", context)


@require_safe
def ects(request: SignedInRequest, urn: int) -> HttpResponse:
    """A page of the list of ECTs."""
    return _list(request, urn, "ects", ECTsForm, list_ects)


def _list(
    request: SignedInRequest,
    urn: int,
    section: str,
    form_class: type[MentorsForm] | type[ECTsForm],
    list_people: Callable[..., MentorList | ECTList],
) -> HttpResponse:
    """A page of a list, filtered as the address says; `section` is also the template's name."""
    today = timezone.localdate()
    school = school_or_404(request, urn, today)
    form = form_class(request.GET)
    shown = list_people(school, form.filters(), today, request.GET.get("page", 1))
    form.show_counts(shown.counts.of)
    context = {
        **shell(school, section),
        "school": school,
        "form": form,
        "list": shown,
        "pagination": pagination(shown.page, request),
        "query": without_page(request.GET),
    }
    return render(request, f"mentors/{section}.html", context)
