"""The addresses of the journeys that add somebody to a school."""

from django.urls import path

from mentors.views.adding.pages import add
from mentors.views.adding.roles import ECT, MENTOR

urlpatterns = [
    path("schools/<int:urn>/mentors/add", add, {"adds": MENTOR}, "add-mentor"),
    path("schools/<int:urn>/mentors/add/<slug:page>", add, {"adds": MENTOR}, "add-mentor-page"),
    path("schools/<int:urn>/ects/add", add, {"adds": ECT}, "add-ect"),
    path("schools/<int:urn>/ects/add/<slug:page>", add, {"adds": ECT}, "add-ect-page"),
]
