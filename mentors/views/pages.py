"""The pages that induction tutors read: choosing a school, Home, both lists, mentor and ECT."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.signing_in.sessions import SignedInRequest
from mentors.pages.ect import ect_page
from mentors.pages.ects import ECTList, all_ect_cards, list_ects
from mentors.pages.files import Table, csv_of, table_of_ects, table_of_mentors, xlsx_of
from mentors.pages.home import school_home, schools_to_choose
from mentors.pages.mentor import mentor_page
from mentors.pages.mentors import MentorList, all_mentor_cards, list_mentors
from mentors.people.explanation import what_mentor_training_is
from mentors.status.policies import policy_in_force
from mentors.views.lists import (
    ECTsForm,
    ListForm,
    MentorsForm,
    back_to_list,
    here,
    pagination,
    without_page,
)
from mentors.views.navigation import at_former_addresses, person_or_404, school_or_404, shell
from schools.access import schools_of
from schools.models import ECTAtSchool, MentorAtSchool, School


@require_safe
def choose_school(request: SignedInRequest) -> HttpResponse:
    """The user's schools with what is to be done there; with only one, a redirect to its Home."""
    today = timezone.localdate()
    schools = list(schools_of(request.user, today))
    if len(schools) == 1:
        return redirect("school-home", schools[0].urn)
    choices = schools_to_choose(schools, policy_in_force(today), today) if schools else ()
    return render(request, "mentors/choose_school.html", {"choices": choices, "signed_in": True})


@require_safe
def home(request: SignedInRequest, urn: int) -> HttpResponse:
    """The Home page of a school."""
    today = timezone.localdate()
    school = school_or_404(request, urn, today)
    context = {
        **shell(school, "school-home"),
        "school": school,
        "home": school_home(school, policy_in_force(today), today),
    }
    return render(request, "mentors/home.html", context)


@require_safe
@at_former_addresses(MentorAtSchool)
def mentor(request: SignedInRequest, urn: int, public_id: UUID) -> HttpResponse:
    """The page of a mentor."""
    today = timezone.localdate()
    mentor = person_or_404(MentorAtSchool, request, urn, public_id, today)
    page = mentor_page(mentor, policy_in_force(today), today)
    context = {
        **shell(page.mentor, "mentors"),
        "page": page,
        "back_link": back_to_list(request, "mentors", urn),
    }
    return render(request, "mentors/mentor.html", context)


@require_safe
def mentors(request: SignedInRequest, urn: int) -> HttpResponse:
    """A page of the list of mentors."""
    today = timezone.localdate()
    school, policy = school_or_404(request, urn, today), policy_in_force(today)
    form = MentorsForm(request.GET, policy)
    number = request.GET.get("page", 1)
    shown = list_mentors(school, form.filters(), policy, today, number)
    return _list(request, school, "mentors", form, shown)


@require_safe
def mentors_file(request: SignedInRequest, urn: int, kind: str) -> HttpResponse:
    """The list of mentors for the same filters, all pages of it, as a file of this kind."""
    today = timezone.localdate()
    school, policy = school_or_404(request, urn, today), policy_in_force(today)
    cards = all_mentor_cards(school, MentorsForm(request.GET, policy).filters(), policy, today)
    return _file(table_of_mentors(cards, today), f"mentors-{urn}", kind)


@require_safe
def mentor_training(request: SignedInRequest, urn: int) -> HttpResponse:
    """The page that explains mentor training."""
    school = school_or_404(request, urn, timezone.localdate())
    context = {
        **shell(school, "mentors"),
        "school": school,
        "explanation": what_mentor_training_is(),
    }
    return render(request, "mentors/mentor_training.html", context)


@require_safe
@at_former_addresses(ECTAtSchool)
def ect(request: SignedInRequest, urn: int, public_id: UUID) -> HttpResponse:
    """The page of an ECT."""
    today = timezone.localdate()
    page = ect_page(person_or_404(ECTAtSchool, request, urn, public_id, today), today)
    context = {
        **shell(page.ect, "ects"),
        "page": page,
        "back_link": back_to_list(request, "ects", urn),
    }
    return render(request, "mentors/ect.html", context)


@require_safe
def ects(request: SignedInRequest, urn: int) -> HttpResponse:
    """A page of the list of ECTs."""
    today = timezone.localdate()
    school = school_or_404(request, urn, today)
    form = ECTsForm(request.GET)
    shown = list_ects(school, form.filters(), today, request.GET.get("page", 1))
    return _list(request, school, "ects", form, shown)


@require_safe
def ects_file(request: SignedInRequest, urn: int, kind: str) -> HttpResponse:
    """The list of ECTs for the same filters, all pages of it, as a file of this kind."""
    today = timezone.localdate()
    school = school_or_404(request, urn, today)
    cards = all_ect_cards(school, ECTsForm(request.GET).filters(), today)
    return _file(table_of_ects(cards, today), f"ects-{urn}", kind)


_WRITERS = {
    "csv": (csv_of, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _file(table: Table, name: str, kind: str) -> HttpResponse:
    write, content_type = _WRITERS[kind]
    named = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(write(table), content_type=content_type, headers=named)


def _list(
    request: SignedInRequest,
    school: School,
    section: str,
    form: ListForm,
    shown: MentorList | ECTList,
) -> HttpResponse:
    """A page of a list; `section` is also the template's name."""
    form.show_counts(shown.counts)
    context = {
        **shell(school, section),
        "school": school,
        "form": form,
        "list": shown,
        "pagination": pagination(shown.page, request),
        "query": without_page(request.GET),
        "explanation": what_mentor_training_is(),
        "here": here(request),
    }
    return render(request, f"mentors/{section}.html", context)
