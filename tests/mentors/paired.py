"""A school where a mentor and an ECT are paired by the rule itself, and what that leaves behind."""

from contextlib import suppress
from datetime import date

import pytest

from core.refusals import RefusedChange
from mentors.models import Mentorship
from mentors.pairing.planning import pair, plan_pairing, present_of
from schools.models import ECTAtSchool, MentorAtSchool
from tests.builders import make_ect, make_mentor, make_school

TODAY, START = date(2026, 3, 2), date(2025, 9, 1)
SPRING, SUMMER = date(2026, 4, 13), date(2026, 7, 21)


class World:
    """A school with two mentors and an ECT, all there since START."""

    def __init__(self, *, of_mentor=None, of_ect=None) -> None:
        self.school = make_school()
        there = {"school": self.school, "started_on": START}
        self.jane = make_mentor(name="Jane Thomas", **there)
        self.mentor = make_mentor(name="Julie Carver", **there | (of_mentor or {}))
        self.ect = make_ect(name="Jason Blue", **there | (of_ect or {}))

    def pair(self, started_on: date, mentor: MentorAtSchool | None = None) -> None:
        present = present_of(self.ect, TODAY)
        pair(mentor or self.mentor, self.ect, started_on=started_on, present=present, day=TODAY)

    def refusal(self, started_on: date) -> str:
        """What the page says of this day; asked to do it all the same, it changes nothing."""
        before = told(self.ect)
        with pytest.raises(RefusedChange) as refused:
            self.planned(started_on)
        with suppress(RefusedChange):
            self.pair(started_on)
        assert told(self.ect) == before
        return str(refused.value)

    def planned(self, started_on: date) -> tuple[str, ...]:
        return plan_pairing(self.mentor, self.ect, started_on=started_on, day=TODAY).in_words(TODAY)


def told(ect: ECTAtSchool) -> list[tuple[str, date, date | None, str]]:
    rows = Mentorship.objects.filter(ect=ect).order_by("started_on")
    return list(rows.values_list("mentor_teacher__name", "started_on", "finished_on", "end_reason"))
