"""The addresses of the pages for schools, and of the journeys that change their records."""

from django.urls import path

from mentors.journeys.adding.journey import ADD_ECT, ADD_MENTOR
from mentors.journeys.details import CHANGE_DETAILS
from mentors.journeys.engine import urls
from mentors.journeys.lead_provider import CHANGE_LEAD_PROVIDER
from mentors.journeys.leaving import LEAVING, STAYING
from mentors.journeys.pairing.journey import ASSIGN, CHANGE_MENTOR
from mentors.journeys.tutors import NAME_TUTOR, TUTOR_LAST_DAY
from mentors.journeys.undoing import UNDOING
from mentors.journeys.years import YEAR
from mentors.views.pages import (
    choose_school,
    ect,
    ects,
    ects_file,
    home,
    mentor,
    mentor_training,
    mentors,
    mentors_file,
)
from mentors.views.tutors import invite_tutor_again, switch_training_emails, tutors

_EMAILS = "schools/<int:urn>/tutors/emails"

urlpatterns = [
    path("", choose_school, name="choose-school"),
    path("schools/<int:urn>", home, name="school-home"),
    path("schools/<int:urn>/mentors", mentors, name="mentors"),
    *(
        path(f"schools/<int:urn>/{name}.{kind}", view, {"kind": kind}, f"{name}-{kind}")
        for name, view in (("mentors", mentors_file), ("ects", ects_file))
        for kind in ("csv", "xlsx")
    ),
    path("schools/<int:urn>/mentors/<uuid:public_id>", mentor, name="mentor"),
    path("schools/<int:urn>/mentor-training", mentor_training, name="mentor-training"),
    path("schools/<int:urn>/ects", ects, name="ects"),
    path("schools/<int:urn>/ects/<uuid:public_id>", ect, name="ect"),
    path("schools/<int:urn>/tutors", tutors, name="tutors"),
    path(f"{_EMAILS}/start", switch_training_emails, {"on": True}, name="start-emails"),
    path(f"{_EMAILS}/stop", switch_training_emails, {"on": False}, name="stop-emails"),
    path(
        "schools/<int:urn>/tutors/<int:appointment_id>/invitation",
        invite_tutor_again,
        name="invite-tutor-again",
    ),
    *urls(
        NAME_TUTOR,
        TUTOR_LAST_DAY,
        ADD_MENTOR,
        ADD_ECT,
        ASSIGN,
        CHANGE_MENTOR,
        *CHANGE_DETAILS,
        CHANGE_LEAD_PROVIDER,
        *LEAVING,
        *STAYING,
        *UNDOING,
        YEAR,
    ),
]
