"""The addresses of the journeys that pair a mentor and an ECT, from the page of either."""

from django.urls import path

from mentors.views.pairing import pages
from mentors.views.pairing.sides import ECT, MENTOR

_MENTOR = "schools/<int:urn>/mentors/<uuid:public_id>/assign"
_ECT = "schools/<int:urn>/ects/<uuid:public_id>/mentor"

urlpatterns = [
    path(_MENTOR, pages.who, {"side": MENTOR}, "assign"),
    path(f"{_MENTOR}/start-date", pages.start_date, {"side": MENTOR}, "assign-start-date"),
    path(f"{_MENTOR}/check", pages.check, {"side": MENTOR}, "assign-check"),
    path(_ECT, pages.who, {"side": ECT}, "change-mentor"),
    path(f"{_ECT}/start-date", pages.start_date, {"side": ECT}, "change-mentor-start-date"),
    path(f"{_ECT}/check", pages.check, {"side": ECT}, "change-mentor-check"),
]
