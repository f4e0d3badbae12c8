"""Draft answers: kept between pages, acted on once, and not for ever."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from accounts.models import User
from mentors.journeys.drafts import (
    KEPT_FOR,
    Draft,
    DraftContents,
    EntryError,
    NothingToFinishError,
    Refused,
    forget_abandoned,
)
from mentors.models import DraftAnswers
from tests import builders
from tests.at_once import at_once, one_waits

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def make_draft(**fields) -> Draft:
    school = builders.make_school()
    return Draft(builders.make_tutor(school), school, "assign", **fields)


@pytest.mark.django_db
def test_answers_come_back_as_they_were_given_and_a_later_one_takes_the_place_of_an_earlier():
    draft = make_draft()
    draft.remember(NOW, {"ect": "7", "started_on": date(2026, 3, 1)})
    draft.remember(NOW, {"ect": "8", "ended_on": None})
    assert draft.read(NOW).answers == {"ect": "8", "started_on": date(2026, 3, 1), "ended_on": None}


@pytest.mark.django_db
def test_journeys_of_others_of_other_names_and_about_others_are_apart():
    draft = make_draft(about=UUID(int=1))
    draft.remember(NOW, {"ect": "7"})
    others = (
        Draft(User.objects.create(email="b@b.example"), draft.school, "assign", UUID(int=1)),
        Draft(draft.user, builders.make_school(), "assign", UUID(int=1)),
        Draft(draft.user, draft.school, "leaving", UUID(int=1)),
        Draft(draft.user, draft.school, "assign", UUID(int=2)),
        Draft(draft.user, draft.school, "assign"),
    )
    assert [other.read(NOW).answers for other in others] == [{}] * 5
    assert draft.read(NOW).answers == {"ect": "7"}


@pytest.mark.django_db
def test_finishing_gives_the_answers_once():
    draft = make_draft()
    draft.remember(NOW, {"ect": "7"})
    with draft.finishing(NOW) as answers:
        assert answers == {"ect": "7"}
    assert draft.read(NOW).answers == {}
    with pytest.raises(NothingToFinishError), draft.finishing(NOW):
        pass


@pytest.mark.django_db
def test_answers_stay_when_acting_on_them_fails():
    draft = make_draft()
    draft.remember(NOW, {"ect": "7"})
    with pytest.raises(ZeroDivisionError), draft.finishing(NOW):
        raise ZeroDivisionError
    assert draft.read(NOW).answers == {"ect": "7"}


@pytest.mark.django_db
def test_an_abandoned_journey_is_over_and_goes_with_the_next_answer_that_anybody_gives():
    abandoned, other = make_draft(), make_draft()
    abandoned.remember(NOW, {"ect": "7"})
    assert abandoned.read(NOW + KEPT_FOR - MINUTE).answers
    assert abandoned.read(NOW + KEPT_FOR).answers == {}
    with pytest.raises(NothingToFinishError), abandoned.finishing(NOW + KEPT_FOR):
        pass
    other.remember(NOW + KEPT_FOR, {"ect": "8"})
    assert DraftAnswers.objects.get().user == other.user


@pytest.mark.django_db
def test_abandoned_answers_are_forgotten_and_no_others():
    old, new = make_draft(), make_draft()
    old.remember(NOW, {"ect": "7"})
    new.remember(NOW + MINUTE, {"ect": "8"})
    assert forget_abandoned(NOW + KEPT_FOR) == 1
    assert DraftAnswers.objects.get().user == new.user


@pytest.mark.django_db(transaction=True)
def test_of_two_who_finish_at_the_same_moment_one_acts():
    draft = make_draft()
    draft.remember(NOW, {"ect": "7"})

    def finish() -> dict | None:
        try:
            with draft.finishing(NOW) as answers:
                return answers
        except NothingToFinishError:
            return None

    assert sorted(at_once(finish, finish), key=bool) == [None, {"ect": "7"}]


@pytest.mark.django_db
def test_what_was_refused_is_kept_apart_from_the_answers_until_it_was_shown_or_answered():
    draft = make_draft()
    draft.remember(NOW, {"ect": "7"})
    error = EntryError("day", "Enter 100%", ["month"])
    refused = Refused("start-date", [error], {"day-month": ""})
    draft.refuse(NOW, refused)
    assert draft.read(NOW) == DraftContents({"ect": "7"}, refused)
    draft.forget_refused(refused)
    assert draft.read(NOW) == DraftContents({"ect": "7"})
    draft.refuse(NOW, refused)
    draft.remember(NOW, {"day": "1"})
    assert draft.read(NOW) == DraftContents({"ect": "7", "day": "1"})


@pytest.mark.django_db
def test_what_another_window_sent_meanwhile_is_not_forgotten_with_what_was_shown():
    draft = make_draft()
    shown, later = (Refused(page, [EntryError(page, "Enter it", [])]) for page in ("name", "email"))
    draft.refuse(NOW, shown)
    draft.refuse(NOW, later)
    draft.forget_refused(shown)
    assert draft.read(NOW).refused == later


@pytest.mark.django_db
def test_answers_of_a_journey_begun_anew_take_the_place_of_all():
    draft = make_draft()
    draft.remember(NOW, {"ect": "7", "day": "1"})
    assert draft.remember(NOW, {"ect": "8"}, anew=True) == {"ect": "8"}
    assert draft.read(NOW).answers == {"ect": "8"}


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_while_the_journey_finishes_is_kept_for_the_next():
    draft = make_draft()
    draft.remember(NOW, {"ect": "7"})

    def finish() -> None:
        with draft.finishing(NOW):
            pass

    one_waits(finish, lambda: draft.remember(NOW, {"ect": "8"}))
    assert draft.read(NOW).answers == {"ect": "8"}
