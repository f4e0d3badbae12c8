"""The addresses of the pages that schools use."""

from django.urls import include, path

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
    path("", include("mentors.views.tutors.urls")),
    path("", include("mentors.views.adding.urls")),
    path("", include("mentors.views.pairing.urls")),
    path("", include("mentors.views.changing.urls")),
]
