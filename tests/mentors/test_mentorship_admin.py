"""DfE staff begin a mentorship in admin by the rules of the schools' own pages."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mentors.models import Mentorship
from tests.accounts.signing_in import enter_admin, make_staff
from tests.builders import make_ect, make_mentor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("started_on", "says"),
    [
        (date(2024, 7, 19), ""),
        (
            date(2024, 7, 20),
            "Start date must be on or before 19 July 2024, the last day of Jason Blue’s induction",
        ),
        (
            date(2021, 8, 31),
            "Start date must be on or after 1 September 2021, the day Morgan Mentor started at this"
            " school",
        ),
    ],
)
def test_a_first_day_on_which_they_cannot_be_paired_is_refused(client: Client, started_on, says):
    enter_admin(client, make_staff(is_superuser=True))
    mentor = make_mentor()
    induction_finished_on = date(2024, 7, 20)
    ect = make_ect(
        name="Jason Blue", school=mentor.school, induction_finished_on=induction_finished_on
    )
    entered = {
        "mentor": mentor.pk,
        "ect": ect.pk,
        "started_on": started_on,
        "finished_on": "2024-07-19",
        "end_reason": "induction_completed",
    }
    response = client.post(reverse("admin:mentors_mentorship_add"), entered)
    assert Mentorship.objects.exists() == (not says)
    assert says in response.text
