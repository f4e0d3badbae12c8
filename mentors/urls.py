"""The addresses of the pages that schools use."""

from django.urls import path

from mentors.views.adding.pages import add
from mentors.views.adding.roles import ECT, MENTOR
from mentors.views.choose_school import choose_school
from mentors.views.ect import ect
from mentors.views.ects import ects
from mentors.views.home import home
from mentors.views.mentor import mentor
from mentors.views.mentors import mentor_training, mentors, mentors_csv

urlpatterns = [
    path("", choose_school, name="choose-school"),
    path("schools/<int:urn>", home, name="school-home"),
    path("schools/<int:urn>/mentors", mentors, name="mentors"),
    path("schools/<int:urn>/mentors.csv", mentors_csv, name="mentors-csv"),
    path("schools/<int:urn>/mentors/<uuid:public_id>", mentor, name="mentor"),
    path("schools/<int:urn>/mentor-training", mentor_training, name="mentor-training"),
    path("schools/<int:urn>/ects", ects, name="ects"),
    path("schools/<int:urn>/ects/<uuid:public_id>", ect, name="ect"),
    path("schools/<int:urn>/mentors/add", add, {"adds": MENTOR}, "add-mentor"),
    path("schools/<int:urn>/mentors/add/<slug:page>", add, {"adds": MENTOR}, "add-mentor-page"),
    path("schools/<int:urn>/ects/add", add, {"adds": ECT}, "add-ect"),
    path("schools/<int:urn>/ects/add/<slug:page>", add, {"adds": ECT}, "add-ect-page"),
]
