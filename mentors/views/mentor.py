"""The page of a mentor."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentors.mentor_page import mentor_page
from mentors.people import whoever_is
from mentors.policies import policy_in_force
from mentors.views.navigation import shell
from schools.access import mentors_of
from schools.models import MentorAtSchool


@require_safe
def mentor(request: HttpRequest, urn: int, public_id: UUID) -> HttpResponse:
    """Who they are, whom they mentor, and their mentor training."""
    today = timezone.localdate()
    found = whoever_is(mentors_of(request.user, today), urn, public_id, today)
    try:
        page = mentor_page(found, policy_in_force(today), today)
    except MentorAtSchool.DoesNotExist:
        raise Http404 from None
    context = {**shell(page.mentor, "mentors"), "page": page}
    return render(request, "mentors/mentor.html", context)
