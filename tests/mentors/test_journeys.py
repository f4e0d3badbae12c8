"""The answers of a half-done journey: kept between pages, acted on once, and not for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from accounts.models import User
from mentors.journeys import KEPT_FOR, Journey, NothingToFinishError, forget_abandoned
from mentors.models import DraftAnswers
from tests import builders

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def make_journey(**fields) -> Journey:
    school = builders.make_school()
    return Journey(builders.make_tutor(school), school, "assign", **fields)


@pytest.mark.django_db
def test_answers_come_back_as_they_were_given_and_a_later_one_takes_the_place_of_an_earlier():
    journey = make_journey()
    journey.remember(NOW, ect="7", started_on=date(2026, 3, 1))
    journey.remember(NOW, ect="8", ended_on=None)
    assert journey.answers(NOW) == {"ect": "8", "started_on": date(2026, 3, 1), "ended_on": None}


@pytest.mark.django_db
def test_journeys_of_others_of_other_names_and_about_others_are_apart():
    journey = make_journey(about=UUID(int=1))
    journey.remember(NOW, ect="7")
    others = (
        Journey(User.objects.create(email="b@b.example"), journey.school, "assign", UUID(int=1)),
        Journey(journey.user, builders.make_school(), "assign", UUID(int=1)),
        Journey(journey.user, journey.school, "leaving", UUID(int=1)),
        Journey(journey.user, journey.school, "assign", UUID(int=2)),
        Journey(journey.user, journey.school, "assign"),
    )
    assert [other.answers(NOW) for other in others] == [{}] * 5
    assert journey.answers(NOW) == {"ect": "7"}


@pytest.mark.django_db
def test_finishing_gives_the_answers_once():
    journey = make_journey()
    journey.remember(NOW, ect="7")
    with journey.finishing(NOW) as answers:
        assert answers == {"ect": "7"}
    assert journey.answers(NOW) == {}
    with pytest.raises(NothingToFinishError), journey.finishing(NOW):
        pass


@pytest.mark.django_db
def test_answers_stay_when_acting_on_them_fails():
    journey = make_journey()
    journey.remember(NOW, ect="7")
    with pytest.raises(ZeroDivisionError), journey.finishing(NOW):
        raise ZeroDivisionError
    assert journey.answers(NOW) == {"ect": "7"}


@pytest.mark.django_db
def test_an_abandoned_journey_is_over_and_goes_with_the_next_answer_that_anybody_gives():
    abandoned, other = make_journey(), make_journey()
    abandoned.remember(NOW, ect="7")
    assert abandoned.answers(NOW + KEPT_FOR - MINUTE)
    assert abandoned.answers(NOW + KEPT_FOR) == {}
    with pytest.raises(NothingToFinishError), abandoned.finishing(NOW + KEPT_FOR):
        pass
    other.remember(NOW + KEPT_FOR, ect="8")
    assert DraftAnswers.objects.get().user == other.user


@pytest.mark.django_db
def test_abandoned_journeys_are_forgotten_and_no_others():
    old, new = make_journey(), make_journey()
    old.remember(NOW, ect="7")
    new.remember(NOW + MINUTE, ect="8")
    assert forget_abandoned(NOW + KEPT_FOR) == 1
    assert DraftAnswers.objects.get().user == new.user


@pytest.mark.django_db(transaction=True)
def test_of_two_who_finish_at_the_same_moment_one_acts():
    journey = make_journey()
    journey.remember(NOW, ect="7")
    together = Barrier(2)

    def finish() -> dict | None:
        try:
            together.wait()
            with journey.finishing(NOW) as answers:
                return answers
        except NothingToFinishError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        got = [future.result() for future in [people.submit(finish) for _ in range(2)]]
    assert sorted(got, key=bool) == [None, {"ect": "7"}]
