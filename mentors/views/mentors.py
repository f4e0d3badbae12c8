"""The list of a school's mentors, as a page and as a CSV file, and what mentor training is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentors.csv_download import csv_of
from mentors.mentor_list import all_cards, list_mentors
from mentors.views.filters import MentorsForm
from mentors.views.navigation import shell
from mentors.views.paging import pagination, without_page
from schools.access import schools_of


@require_safe
def mentors(request: HttpRequest, urn: int) -> HttpResponse:
    """A page of the list."""
    today = timezone.localdate()
    school = get_object_or_404(schools_of(request.user, today), urn=urn)
    form = MentorsForm(request.GET)
    found = list_mentors(school, form.filters(), today, request.GET.get("page", 1))
    form.count(found.counts.of)
    context = {
        **shell(school, "mentors"),
        "school": school,
        "form": form,
        "list": found,
        "pagination": pagination(found.page, request),
        "query": without_page(request.GET),
    }
    return render(request, "mentors/mentors.html", context)


@require_safe
def mentors_csv(request: HttpRequest, urn: int) -> HttpResponse:
    """All pages of the list, for the same filters, as a file."""
    today = timezone.localdate()
    school = get_object_or_404(schools_of(request.user, today), urn=urn)
    cards = all_cards(school, MentorsForm(request.GET).filters(), today)
    named = {"Content-Disposition": f'attachment; filename="mentors-{urn}.csv"'}
    return HttpResponse(csv_of(cards), content_type="text/csv; charset=utf-8", headers=named)


@require_safe
def mentor_training(request: HttpRequest, urn: int) -> HttpResponse:
    """What mentor training is."""
    school = get_object_or_404(schools_of(request.user, timezone.localdate()), urn=urn)
    context = {**shell(school, "mentors"), "school": school}
    return render(request, "mentors/mentor_training.html", context)
