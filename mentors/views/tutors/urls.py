"""The addresses of the pages of a school's induction tutors."""

from django.urls import path

from mentors.views.tutors import leaving, naming

_ONE = "schools/<int:urn>/tutors/<int:appointment_id>"

urlpatterns = [
    path("schools/<int:urn>/tutors", naming.tutors, name="tutors"),
    path("schools/<int:urn>/tutors/add", naming.add_tutor, name="add-tutor"),
    path("schools/<int:urn>/tutors/check", naming.check_tutor, name="check-tutor"),
    path(f"{_ONE}/invitation", naming.invite_tutor_again, name="invite-tutor-again"),
    path(f"{_ONE}/last-day", leaving.tutor_last_day, name="tutor-last-day"),
    path(f"{_ONE}/check", leaving.check_tutor_last_day, name="check-tutor-last-day"),
]
