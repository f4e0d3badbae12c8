"""Two tutors pair at the same moment, over two connections: one result and one clear message."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import OperationalError, connection, transaction

from core.periods import finished_on
from mentors.leaving.cut_short import cut_short_by
from mentors.leaving.leaving import leave, withdraw_leaving
from mentors.models import Leaving, Mentorship
from mentors.pairing.planning import pair, present_of
from schools.details import MOVED_ON
from schools.models import ECTAtSchool, MentorAtSchool
from tests.at_once import refused_at_once
from tests.builders import make_ect, make_mentor, make_mentorship, make_school
from tests.config.processes import wait_until
from tests.databases import another_waits

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("kept_as_found_anew"),
]

TODAY, SUMMER = date(2026, 3, 2), date(2026, 7, 21)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROUNDS = 5


@pytest.mark.parametrize("mentored", [False, True])
def test_of_two_mentors_for_one_ect_one_is_theirs_and_the_other_tutor_reads_who(mentored):
    school = make_school()
    mentors = [make_mentor(name=name, school=school) for name in ("Jane Thomas", "Olu Bello")]
    before = make_mentor(school=school)
    for _ in range(ROUNDS):
        ect = make_ect(name="Jason Blue", school=school)
        if mentored:
            make_mentorship(before, ect)
        present = present_of(ect, TODAY)

        def act(mentor: MentorAtSchool, ect=ect, present=present) -> Callable[[], None]:
            return lambda: pair(mentor, ect, started_on=TODAY, present=present, day=TODAY)

        said = refused_at_once(*map(act, mentors))
        theirs = Mentorship.objects.on(TODAY).get(ect=ect)
        assert sorted(said) == [
            "",
            f"Jason Blue’s mentor was changed a moment ago: they are now mentored by"
            f" {theirs.mentor.teacher.name}. Check, then try again.",
        ]
        assert Mentorship.objects.filter(ect=ect).count() == 1 + mentored


def test_the_same_pairing_twice_is_one():
    school = make_school()
    mentor, before = make_mentor(school=school), make_mentor(school=school)
    for _ in range(ROUNDS):
        ect = make_ect(school=school)
        make_mentorship(before, ect)
        present = present_of(ect, TODAY)

        def act(ect=ect, present=present) -> None:
            pair(mentor, ect, started_on=TODAY, present=present, day=TODAY)

        assert refused_at_once(act, act) == ["", ""]
        assert list(Mentorship.objects.filter(ect=ect).values_list("mentor", "finished_on")) == [
            (before.pk, TODAY),
            (mentor.pk, None),
        ]


@pytest.mark.parametrize("who", ["mentor", "ect"])
def test_somebody_leaves_while_the_ect_is_given_another_mentor(who):
    school = make_school()
    left, other = make_mentor(school=school), make_mentor(school=school)
    for _ in range(ROUNDS):
        ect = make_ect(school=school)
        make_mentorship(left, ect)
        person = {"mentor": left, "ect": ect}[who]
        seen, present = cut_short_by(person, finished_on(SUMMER), TODAY).key, present_of(ect, TODAY)
        said = refused_at_once(
            lambda person=person, seen=seen: leave(person, SUMMER, seen=seen, day=TODAY, now=NOW),
            lambda ect=ect, present=present: pair(
                other, ect, started_on=TODAY, present=present, day=TODAY
            ),
        )
        assert said in ([MOVED_ON, ""], ["", ""])
        theirs = Mentorship.objects.on(TODAY).get(ect=ect)
        assert theirs.mentor == other
        if who == "ect" and not said[0]:
            assert (theirs.last_day, theirs.end_reason) == (SUMMER, "ect_left")
        if who == "mentor" and not said[0]:
            withdraw_leaving(left, day=TODAY)


def test_a_deadlock_withdraws_no_leaving_by_half():
    """It is no conflict: tried again, the mentorship that leaving ended is restored."""
    mentor = make_mentor()
    ect = make_ect(school=mentor.school)
    mentorship = make_mentorship(mentor, ect)
    seen = cut_short_by(ect, finished_on(SUMMER), TODAY).key
    leave(ect, SUMMER, seen=seen, day=TODAY, now=NOW)

    def withdraw() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET deadlock_timeout = '500ms'"
                )  # half the other's: this one is ended
            withdraw_leaving(ect, day=TODAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Mentorship.objects.select_for_update().get(pk=mentorship.pk)
            withdrawn = pool.submit(withdraw)
            wait_until(another_waits, "the leaving that is withdrawn waits for the mentorship")
            ECTAtSchool.objects.select_for_update().get(pk=ect.pk)
        with pytest.raises(OperationalError, match="deadlock"):
            withdrawn.result(timeout=20)
    assert Leaving.objects.get().ect == ect
    assert withdraw_leaving(ect, day=TODAY).reopened == (mentorship,)
