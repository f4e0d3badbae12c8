"""The page of an ECT."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentors.ect_page import ect_page
from mentors.people import whoever_is
from mentors.views.navigation import shell
from schools.access import ects_of
from schools.models import ECTAtSchool


@require_safe
def ect(request: HttpRequest, urn: int, public_id: UUID) -> HttpResponse:
    """Who they are, their mentor, their induction and training."""
    today = timezone.localdate()
    found = whoever_is(ects_of(request.user, today), urn, public_id, today)
    try:
        page = ect_page(found, today)
    except ECTAtSchool.DoesNotExist:
        raise Http404 from None
    context = {**shell(page.ect, "ects"), "page": page}
    return render(request, "mentors/ect.html", context)
