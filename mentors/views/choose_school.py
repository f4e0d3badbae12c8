"""The first page: to the school of somebody who has one, to a choice of those who have several."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from schools.access import schools_of


@require_safe
def choose_school(request: HttpRequest) -> HttpResponse:
    """The schools of this user, or straight to the only one."""
    schools = list(schools_of(request.user, timezone.localdate()))
    if len(schools) == 1:
        return redirect("school-home", schools[0].urn)
    return render(request, "mentors/choose_school.html", {"schools": schools, "signed_in": True})
