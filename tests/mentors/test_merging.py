"""Two records of one teacher become one: what moves, what becomes one, and what is in the way."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import timezone

from core.refusals import RefusedChange
from declarations.completion import completion_facts, completion_on
from declarations.models import Declaration, RecordedCompletion, TrainingPeriod
from declarations.states import State
from mentors.merging.merging import merge
from mentors.merging.planning import Merge, plan_merge
from mentors.models import Leaving, Mentorship
from schools.finding import known_by, present_public_id, present_teacher_id
from schools.models import ECTAtSchool, Teacher, TeacherMerge
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_school,
    make_teacher,
    make_training_period,
)
from tests.declarations.trained import NOW, bring_to, declare, make_trained

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_found_anew")]

BY = "user 7"
Y2022, Y2023, Y2024 = date(2022, 9, 1), date(2023, 9, 1), date(2024, 9, 1)


@pytest.fixture
def kept() -> Teacher:
    return make_teacher("Ada Kept", trn="0000001")


@pytest.fixture
def other() -> Teacher:
    return make_teacher("Ada Other", trn="0000002", date_of_birth=date(1990, 7, 15))


def merged(kept: Teacher, other: Teacher, right: Teacher | None = None) -> TeacherMerge:
    planned = plan_merge(kept, other, right)
    return merge(kept, other, right, seen=planned.key, by=BY, now=NOW)


def in_the_way(planned: Merge) -> list[str]:
    return [each.why for each in planned.in_the_way]


def test_everything_moves_and_the_other_ids_stay_known(kept, other):
    mentor = make_mentor(other)
    ect = make_ect(name="Ray Kirby", school=mentor.school)
    mentorship = make_mentorship(mentor, ect)
    training = make_trained(mentor=mentor)
    declared = declare(training, "started")
    completion = RecordedCompletion.objects.create(teacher=other, kind="early_roll_out")
    former_id, participant_id = other.pk, other.participant_id
    record = merged(kept, other)

    for row in (mentor, training, declared, completion):
        row.refresh_from_db()
        assert row.teacher == kept
    mentorship.refresh_from_db()
    assert mentorship.mentor_teacher == kept
    assert not Teacher.objects.filter(pk=former_id).exists()
    assert [*known_by(trn="0000002")] == [*known_by(participant_id=participant_id)] == [kept]
    assert present_teacher_id(former_id) == kept.pk
    assert (record.teacher, record.name, record.by) == (kept, "Ada Other", BY)
    assert (record.participant_id, record.into_participant_id) == (
        participant_id,
        kept.participant_id,
    )
    moved = {(row["model"], row["id"], row["what"]) for row in record.rows}
    assert moved == {
        ("schools.mentoratschool", str(mentor.pk), "moved"),
        ("mentors.mentorship", str(mentorship.pk), "moved"),
        ("declarations.trainingperiod", str(training.pk), "moved"),
        ("declarations.declaration", str(declared.pk), "moved"),
        ("declarations.recordedcompletion", str(completion.pk), "moved"),
    }


@pytest.mark.parametrize(
    ("days_of_kept", "days_of_other", "one"),
    [
        ((Y2022, None), (Y2023, None), [(Y2022, None)]),
        ((Y2023, None), (Y2022, Y2024), [(Y2022, None)]),
        ((Y2022, Y2024), (Y2023, date(2025, 9, 1)), [(Y2022, date(2025, 9, 1))]),
        ((Y2022, Y2023), (Y2023, None), [(Y2022, Y2023), (Y2023, None)]),
        ((Y2022, Y2023), (Y2024, None), [(Y2022, Y2023), (Y2024, None)]),
    ],
)
@pytest.mark.parametrize("make", [make_mentor, make_ect])
def test_overlapping_times_at_one_school_become_one(
    make: Callable, kept, other, days_of_kept, days_of_other, one
):
    school = make_school()
    for teacher, days in ((kept, days_of_kept), (other, days_of_other)):
        started_on, finished_on = days
        row = make(teacher, school, started_on=started_on, finished_on=finished_on)
    right = None if make is make_mentor else kept
    merged(kept, other, right)
    times = type(row).objects.filter(teacher=kept).order_by("started_on")
    assert list(times.values_list("started_on", "finished_on")) == one
    if len(one) == 1:
        assert present_public_id(row.public_id) == times.get().public_id


def test_what_belongs_to_a_time_that_becomes_one_with_another_belongs_to_that(kept, other):
    stays = make_mentor(kept, finished_on=Y2024)
    gone = make_mentor(other, stays.school, started_on=Y2023)
    ect = make_ect(name="Ray Kirby", school=stays.school)
    mentorship = make_mentorship(gone, ect, started_on=Y2024)
    training = make_training_period(gone, started_on=Y2024)
    Leaving.objects.create(mentor=stays, finished_on=Y2024, told_at=timezone.now())
    record = merged(kept, other)
    stays.refresh_from_db()
    assert stays.finished_on is None
    assert Mentorship.objects.get().mentor == TrainingPeriod.objects.get().mentor == stays
    assert mentorship == Mentorship.objects.get()
    assert training == TrainingPeriod.objects.get()
    assert not Leaving.objects.exists()
    said = {(row["model"], row["what"]) for row in record.rows}
    assert ("schools.mentoratschool", f"became one with {stays.pk}") in said
    assert ("mentors.leaving", "deleted") in said


def test_a_mentorship_that_both_records_have_becomes_one(kept, other):
    school = make_school()
    mentor = make_mentor(school=school)
    for teacher, start, end in ((kept, Y2022, Y2024), (other, Y2023, None)):
        ect = make_ect(teacher, school, started_on=start, induction_started_on=Y2022)
        make_mentorship(mentor, ect, started_on=start, finished_on=end)
    merged(kept, other)
    mentorship = Mentorship.objects.get()
    assert (mentorship.started_on, mentorship.finished_on) == (Y2022, None)
    assert (mentorship.end_reason, mentorship.ect) == ("", ECTAtSchool.objects.get(teacher=kept))


# What is in the way, and how the records come to be so.
def _ect_at_two_schools(kept, other):
    make_ect(kept, induction_started_on=Y2022)
    make_ect(other, induction_started_on=Y2022)


def _overlapping_training(kept, other):
    make_trained(teacher=kept)
    make_trained(teacher=other, lead_provider="Teach First")


def _two_mentors(kept, other):
    school = make_school()
    for teacher in (kept, other):
        make_mentorship(
            make_mentor(school=school), make_ect(teacher, school, induction_started_on=Y2022)
        )


def _mentor_each_other(kept, other):
    mentor = make_mentor(kept)
    make_mentorship(mentor, make_ect(other, mentor.school))


def _both_paid(kept, other):
    bring_to(declare(make_trained(teacher=kept, finished_on=Y2022)), State.PAID)
    bring_to(declare(make_trained(teacher=other, started_on=Y2023)), State.PAID)


def _inductions_differ(kept, other):
    make_ect(kept, started_on=Y2022, finished_on=Y2023)
    make_ect(other, started_on=Y2024)


def _mentored_after_induction(kept, other):
    ect = make_ect(kept, started_on=Y2022, finished_on=Y2023)
    kept.induction_finished_on = Y2023
    kept.save()
    again = make_ect(other, ect.school, started_on=Y2024, induction_started_on=Y2022)
    make_mentorship(make_mentor(school=ect.school), again)


def _address_taken(kept, other):
    school = make_school()
    stays = make_mentor(kept, school, started_on=Y2024)
    make_mentor(other, school, started_on=Y2022)
    make_mentor(school=school, started_on=Y2022, finished_on=Y2023, email=stays.email)


@pytest.mark.parametrize(
    ("lay", "right", "why", "rows"),
    [
        (_ect_at_two_schools, "", "They would be an ECT at two schools at once", 2),
        (_overlapping_training, "", "They would be in training twice at the same time", 2),
        (_two_mentors, "", "They would have two mentors at the same time", 2),
        (
            _mentor_each_other,
            "",
            "One of them mentors the other, and no person mentors themself",
            1,
        ),
        (_both_paid, "", "Both are paid: begin the clawback of one of them first", 2),
        (_inductions_differ, "", "Their inductions differ: choose the right one", 0),
        (_mentored_after_induction, "kept", "They would be mentored after the end of induction", 1),
        (_address_taken, "", "Another person has the email address", 1),
    ],
)
def test_what_is_in_the_way_is_said_with_the_rows_and_nothing_is_merged(
    kept, other, lay, right, why, rows
):
    lay(kept, other)
    chosen = kept if right else None
    planned = plan_merge(kept, other, chosen)
    (found,) = planned.in_the_way
    assert found.why.startswith(why)
    assert len(found.rows) == rows
    with pytest.raises(RefusedChange, match=why):
        merge(kept, other, chosen, seen=planned.key, by=BY, now=NOW)
    assert Teacher.objects.filter(pk=other.pk).exists()


def test_of_two_inductions_the_right_one_stays(kept, other):
    _inductions_differ(kept, other)
    merged(kept, other, other)
    kept.refresh_from_db()
    assert kept.induction_started_on == Y2024


def test_an_induction_that_only_the_other_has_is_taken_over(kept, other):
    make_ect(other, started_on=Y2024)
    merged(kept, other)
    kept.refresh_from_db()
    assert kept.induction_started_on == Y2024
    assert ECTAtSchool.objects.get().teacher == kept


# The state of either's declaration, and which one stays: "k" for the kept record's.
@pytest.mark.parametrize(
    ("of_kept", "of_other", "stays"),
    [
        (State.SUBMITTED, State.SUBMITTED, "k"),
        (State.SUBMITTED, State.ELIGIBLE, "o"),
        (State.PAYABLE, State.ELIGIBLE, "k"),
        (State.PAID, State.PAYABLE, "k"),
        (State.ELIGIBLE, State.PAID, "o"),
    ],
)
def test_of_two_declarations_the_one_further_along_stays(kept, other, of_kept, of_other, stays):
    first = bring_to(declare(make_trained(teacher=kept, finished_on=Y2022)), of_kept)
    second = bring_to(declare(make_trained(teacher=other, started_on=Y2023)), of_other)
    merged(kept, other)
    counting = Declaration.objects.counting().get(teacher=kept)
    assert counting == {"k": first, "o": second}[stays]
    voided = Declaration.objects.get(state=State.VOIDED)
    row = voided.state_changes.get(to_state=State.VOIDED)
    assert row.by == BY
    assert row.why == f"two records of one person were merged; {counting.pk} stays"


def test_a_declaration_in_clawback_does_not_count_and_moves(kept, other):
    first = bring_to(declare(make_trained(teacher=kept, finished_on=Y2022)), State.PAID)
    second = declare(make_trained(teacher=other, started_on=Y2023))
    bring_to(second, State.AWAITING_CLAWBACK)
    merged(kept, other)
    assert {*Declaration.objects.filter(teacher=kept)} == {first, second}


def test_voiding_one_of_two_completions_takes_nothing_back(kept, other):
    first = make_trained(teacher=kept, finished_on=Y2023)
    second = make_trained(teacher=other, lead_provider="Teach First", started_on=Y2024)
    bring_to(declare(first, "completed", declaration_date="2023-06-01T12:00:00Z"), State.PAID)
    declare(second, "completed")
    second.refresh_from_db()
    assert second.end_reason == TrainingPeriod.EndReason.COMPLETED
    merged(kept, other)
    ended = TrainingPeriod.objects.get(pk=second.pk)
    assert (ended.finished_on, ended.end_reason) == (second.finished_on, second.end_reason)
    assert completion_on(completion_facts(kept.pk), date(2026, 1, 1)).completed_on == date(
        2023, 6, 1
    )


def test_the_earlier_day_of_funding_stays_and_makes_eligible_what_was_declared_since(kept, other):
    declared = declare(make_trained(teacher=kept))
    Teacher.objects.filter(pk=other.pk).update(mentor_funding_eligible_from=date(2025, 9, 1))
    other.refresh_from_db()
    merged(kept, other)
    kept.refresh_from_db()
    declared.refresh_from_db()
    assert kept.mentor_funding_eligible_from == date(2025, 9, 1)
    assert declared.state == State.ELIGIBLE


def test_what_both_recorded_is_there_once(kept, other):
    for teacher in (kept, other):
        RecordedCompletion.objects.create(teacher=teacher, kind="early_roll_out")
    record = merged(kept, other)
    assert RecordedCompletion.objects.get().teacher == kept
    assert [row["what"] for row in record.rows] == ["deleted"]


def test_a_record_that_had_others_merged_into_it_can_be_merged_too(kept, other):
    third = make_teacher("Ada Third", trn="0000003")
    merged(other, third)
    merged(kept, other)
    assert [*known_by(trn="0000003")] == [*known_by(trn="0000002")] == [kept]
    changes = TeacherMerge.objects.order_by("pk").values_list(
        "participant_id", "into_participant_id"
    )
    assert list(changes) == [
        (third.participant_id, other.participant_id),
        (other.participant_id, kept.participant_id),
    ]


def test_only_what_was_seen_is_merged(kept, other):
    planned = plan_merge(kept, other)
    make_mentor(other)
    with pytest.raises(RefusedChange, match="Our records were changed"):
        merge(kept, other, None, seen=planned.key, by=BY, now=NOW)
    with pytest.raises(RefusedChange, match="This is the same record"):
        plan_merge(kept, kept)


def test_no_other_teacher_gets_the_ids_of_a_merged_record(kept, other):
    merged(kept, other)
    with pytest.raises(IntegrityError, match="was merged into another"):
        make_teacher(trn="0000002")
