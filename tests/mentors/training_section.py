"""The section "Mentor training" of a mentor's page, and what puts a mentor into training."""

from datetime import date

from bs4 import Tag
from django.test import Client

from declarations.models import RecordedCompletion
from mentors.models import StatusPolicy
from schools.models import MentorAtSchool
from tests.builders import make_ect, make_mentorship, make_partnership, make_training_period
from tests.mentors.reading import open_page

AMBITION = {"Lead provider": "Ambition Institute", "Delivery partner": "Selby Teaching School Hub"}


def section_of(client: Client, mentor: MentorAtSchool) -> Tag:
    page = open_page(client, "mentor", mentor.school.urn, mentor.public_id)
    return page.select_one("#mentor-training")


def training(mentor: MentorAtSchool, names: dict[str, str] = AMBITION, year: int = 2023, **days):
    partnership = make_partnership(mentor.school, year, *names.values())
    return make_training_period(mentor, partnership, **days)


def put_in_force(policy: str, **fields) -> None:
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), policy=policy, **fields)


def paired(mentor: MentorAtSchool) -> None:
    ect = make_ect(school=mentor.school)
    make_mentorship(mentor, ect, started_on=date(2022, 9, 5))


def recorded(kind: str):
    def record(mentor: MentorAtSchool) -> None:
        RecordedCompletion.objects.create(teacher=mentor.teacher, kind=kind)

    return record
