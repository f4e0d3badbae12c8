"""A school's Home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentors.school_home import school_home
from mentors.views.navigation import shell
from schools.access import schools_of


@require_safe
def home(request: HttpRequest, urn: int) -> HttpResponse:
    """The school's tutors, counts of its people, and its academic years."""
    today = timezone.localdate()
    school = get_object_or_404(schools_of(request.user, today), urn=urn)
    context = {
        **shell(school, "school-home"),
        "school": school,
        "home": school_home(school, today),
    }
    return render(request, "mentors/home.html", context)
