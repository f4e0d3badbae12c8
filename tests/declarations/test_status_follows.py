"""What a provider sends shows on the mentor's page at once, at every school of theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from declarations.models import Declaration
from declarations.states import State
from declarations.transitions import change_state
from schools.models import MentorAtSchool
from tests.builders import make_mentor, make_tutor
from tests.declarations.client import Provider
from tests.declarations.trained import NOW, claim_about, make_trained

pytestmark = pytest.mark.django_db


def reads_completed(mentor: MentorAtSchool) -> bool:
    """Whether the page of this mentor at this school says that training is completed."""
    client = Client()
    client.force_login(make_tutor(mentor.school))
    response = client.get(reverse("mentor", args=[mentor.school.urn, mentor.public_id]))
    assert response.status_code == 200
    return "Training completed" in response.content.decode()


def test_the_page_follows_a_submission_a_void_and_a_clawback_at_every_school():
    training = make_trained()
    pages = (training.mentor, make_mentor(training.teacher))
    provider = Provider(training.lead_provider)
    sent = claim_about(training.teacher, "completed").__dict__
    assert not any(map(reads_completed, pages))

    first = provider.post(**sent)[1]["data"]["id"]
    assert all(map(reads_completed, pages))
    provider.void(first)
    assert not any(map(reads_completed, pages))

    second = provider.post(**sent)[1]["data"]["id"]
    declaration = Declaration.objects.get(pk=second)
    for state in (State.ELIGIBLE, State.PAYABLE, State.PAID):
        change_state(declaration, state, by="user 1", why="in a test", now=NOW)
        assert all(map(reads_completed, pages))
    provider.void(second)
    assert Declaration.objects.get(pk=second).state == State.AWAITING_CLAWBACK
    assert not any(map(reads_completed, pages))
