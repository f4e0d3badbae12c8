"""The addresses of the pages that schools use."""

from django.urls import include, path

from mentors.views.adding.pages import add
from mentors.views.adding.roles import ECT, MENTOR
from mentors.views.choose_school import choose_school
from mentors.views.ect import ect
from mentors.views.ects import ects
from mentors.views.home import home
from mentors.views.mentor import mentor
from mentors.views.mentors import mentor_training, mentors, mentors_csv
from mentors.views.pairing import pages as pairing
from mentors.views.pairing.sides import ECT, MENTOR
from mentors.views.tutor_leaves import check_tutor_last_day, tutor_last_day
from mentors.views.tutors import add_tutor, check_tutor, invite_tutor_again, tutors

_MENTOR = "schools/<int:urn>/mentors/<uuid:public_id>"
_ECT = "schools/<int:urn>/ects/<uuid:public_id>"

urlpatterns = [
    path("", include("mentors.views.changing.urls")),
    path("", choose_school, name="choose-school"),
    path("schools/<int:urn>", home, name="school-home"),
    path("schools/<int:urn>/mentors", mentors, name="mentors"),
    path("schools/<int:urn>/mentors.csv", mentors_csv, name="mentors-csv"),
    path("schools/<int:urn>/mentors/<uuid:public_id>", mentor, name="mentor"),
    path("schools/<int:urn>/mentor-training", mentor_training, name="mentor-training"),
    path("schools/<int:urn>/ects", ects, name="ects"),
    path("schools/<int:urn>/ects/<uuid:public_id>", ect, name="ect"),
    path("schools/<int:urn>/tutors", tutors, name="tutors"),
    path("schools/<int:urn>/tutors/add", add_tutor, name="add-tutor"),
    path("schools/<int:urn>/tutors/check", check_tutor, name="check-tutor"),
    path(
        "schools/<int:urn>/tutors/<int:appointment_id>/last-day",
        tutor_last_day,
        name="tutor-last-day",
    ),
    path(
        "schools/<int:urn>/tutors/<int:appointment_id>/check",
        check_tutor_last_day,
        name="check-tutor-last-day",
    ),
    path(
        "schools/<int:urn>/tutors/<int:appointment_id>/invitation",
        invite_tutor_again,
        name="invite-tutor-again",
    ),
    path(f"{_MENTOR}/assign", pairing.who, {"side": MENTOR}, "assign"),
    path(f"{_MENTOR}/assign/start-date", pairing.start_date, {"side": MENTOR}, "assign-start-date"),
    path(f"{_MENTOR}/assign/check", pairing.check, {"side": MENTOR}, "assign-check"),
    path(f"{_ECT}/mentor", pairing.who, {"side": ECT}, "change-mentor"),
    path(
        f"{_ECT}/mentor/start-date", pairing.start_date, {"side": ECT}, "change-mentor-start-date"
    ),
    path(f"{_ECT}/mentor/check", pairing.check, {"side": ECT}, "change-mentor-check"),
    path("schools/<int:urn>/mentors/add", add, {"adds": MENTOR}, "add-mentor"),
    path("schools/<int:urn>/mentors/add/<slug:page>", add, {"adds": MENTOR}, "add-mentor-page"),
    path("schools/<int:urn>/ects/add", add, {"adds": ECT}, "add-ect"),
    path("schools/<int:urn>/ects/add/<slug:page>", add, {"adds": ECT}, "add-ect-page"),
]
