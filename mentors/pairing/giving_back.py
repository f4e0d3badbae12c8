"""What a mentorship had cut short goes on again, when it is deleted before it has begun.

A planned change of mentor ends the present mentorship the day before, with the reason "changed".
When the planned mentorship is deleted, and no other one takes its place, the present one goes on. A
mentorship that had begun gives nothing back: the former mentor did not mentor the ECT on its days.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db import transaction

from core.periods import in_words, last_day
from declarations.locks import lock_years_of_training
from mentors.models import Mentorship
from mentors.pairing.days import set_known_end
from mentors.pairing.training import training_planned_with
from schools.models import ECTAtSchool


@transaction.atomic
def delete_mentorships(mentorships: Iterable[Mentorship], day: date) -> list[Mentorship]:
    """Delete these mentorships, and training that was to begin with them.

    Returns the mentorships that go on again. `day` is today.
    """
    rows = list(mentorships)
    # As in pairing, the years are locked first, and then the ECTs' rows.
    lock_years_of_training(training_planned_with(rows, day))
    ects = ECTAtSchool.objects.filter(pk__in=[row.ect_id for row in rows]).order_by("pk")
    list(ects.select_for_update(no_key=True))
    for row in (*training_planned_with(rows, day), *rows):
        row.delete()
    return give_back(rows, day)


def give_back(deleted: Iterable[Mentorship], day: date) -> list[Mentorship]:
    """Let the mentorships go on that these had cut short; return them. `day` is today.

    The caller has deleted these, and saved the records that end mentorships. A mentorship that
    goes on ends with what is known to end it, or when the ECT's next mentorship begins.
    """
    rows = [row for mentorship in deleted if (row := goes_on_without(mentorship, day))]
    for row in rows:
        row.save()
    return rows


def goes_on_without(
    mentorship: Mentorship, day: date, gone: Collection[int] = ()
) -> Mentorship | None:
    """The mentorship that goes on if this one is deleted, with its new end, not saved; or None.

    `day` is today; `gone` are the ids of all mentorships that are to be deleted or shortened.
    """
    if mentorship.started_on <= day:
        return None
    of_ect = Mentorship.objects.filter(ect=mentorship.ect_id).exclude(pk__in=gone)
    cut = (
        of_ect.filter(finished_on=mentorship.started_on, end_reason=Mentorship.EndReason.CHANGED)
        .select_related("mentor__teacher", "ect__teacher")
        .first()
    )
    if cut is None:
        return None
    set_end_again(cut, of_ect.filter(started_on__gte=mentorship.started_on).first())
    return cut if cut.finished_on != mentorship.started_on else None


def set_end_again(mentorship: Mentorship, following: Mentorship | None) -> None:
    """Set the end that is known, or the day on which the `following` one begins; does not save."""
    set_known_end(mentorship)
    until = following.started_on if following else None
    if until and (mentorship.finished_on is None or mentorship.finished_on > until):
        mentorship.finished_on = until
        mentorship.end_reason = Mentorship.EndReason.CHANGED


def without_them(
    deleted: Collection[Mentorship],
    day: date,
    *,
    ended: Collection[Mentorship] = (),
    finished_on: date | None = None,
) -> Iterator[str]:
    """Who goes on mentoring, and which ECTs have no mentor from when: a sentence each.

    `deleted` are the mentorships to be deleted, and `ended` those that are to end on `finished_on`
    (the first day not included). `day` is today.
    """
    gone = [row.pk for row in (*deleted, *ended)]
    others = _others_of_ects((*deleted, *ended), gone)
    for row in ended:
        yield from _without_mentor(row, finished_on or day, day, others)
    for row in deleted:
        if cut := goes_on_without(row, day, gone):
            until = f" until {in_words(last_day(cut.finished_on))}" if cut.finished_on else ""
            name, ect = cut.mentor.teacher.name, cut.ect.teacher.name
            yield f"{name} will go on mentoring {ect}{until}."
        else:
            yield from _without_mentor(row, row.started_on, day, others)


def _others_of_ects(
    mentorships: Iterable[Mentorship], gone: Collection[int]
) -> dict[int, list[Mentorship]]:
    """The other mentorships of the ECTs of these, by the id of the ECT, the first one first."""
    rows = Mentorship.objects.filter(ect__in={row.ect_id for row in mentorships})
    others = defaultdict(list)
    for row in rows.exclude(pk__in=gone).select_related("mentor__teacher").order_by("started_on"):
        others[row.ect_id].append(row)
    return others


def _without_mentor(
    mentorship: Mentorship, from_day: date, day: date, others: dict[int, list[Mentorship]]
) -> Iterator[str]:
    """The sentence that the ECT has no mentor from a day on; none if they have one or need none."""
    ect = mentorship.ect
    ends = (ect.finished_on, ect.teacher.induction_finished_on)
    of_ect = others.get(ect.pk, [])
    is_mentored = any(row.started_on <= from_day and not row.is_over(from_day) for row in of_ect)
    if is_mentored or any(end and end <= from_day for end in ends):
        return
    words = "will have no mentor" if from_day > day else "will be shown with no mentor"
    following = next((row for row in of_ect if row.started_on > from_day), None)
    until = (
        f" until {following.mentor.teacher.name} starts on {in_words(following.started_on)}"
        if following
        else ""
    )
    yield f"{ect.teacher.name} {words} from {in_words(from_day)}{until}."
