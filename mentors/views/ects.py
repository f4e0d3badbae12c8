"""The list of a school's ECTs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentors.ect_list import list_ects
from mentors.views.filters import ECTsForm
from mentors.views.navigation import shell
from mentors.views.paging import pagination
from schools.access import schools_of


@require_safe
def ects(request: HttpRequest, urn: int) -> HttpResponse:
    """A page of the list."""
    today = timezone.localdate()
    school = get_object_or_404(schools_of(request.user, today), urn=urn)
    form = ECTsForm(request.GET)
    found = list_ects(school, form.filters(), today, request.GET.get("page", 1))
    form.count(found.counts.of)
    context = {
        **shell(school, "ects"),
        "school": school,
        "form": form,
        "list": found,
        "pagination": pagination(found.page, request),
    }
    return render(request, "mentors/ects.html", context)
