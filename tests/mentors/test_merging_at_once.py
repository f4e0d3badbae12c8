"""Two staff who merge, and a lead provider who declares, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from core.refusals import RefusedChange
from declarations.locks import lock_teacher
from declarations.models import Declaration, LeadProvider
from declarations.state_moves import begin, move_batch, plan_ids
from declarations.states import COUNTING_STATES, State
from declarations.submission import RefusedDeclaration, submit
from declarations.transitions import change_state
from mentors.merging.merging import merge
from mentors.merging.planning import plan_merge
from schools.models import Teacher, TeacherMerge
from tests.at_once import over_its_own_connection
from tests.builders import make_ect, make_mentor, make_teacher
from tests.config.processes import wait_until
from tests.databases import another_waits, others_waiting
from tests.declarations.trained import BY, NOW, claim_about, declare, make_trained
from tests.staff.test_state_changes_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def merger(kept: Teacher, other: Teacher) -> Callable[[], str]:
    """A member of staff who confirms what they have just seen; what they are told."""
    planned = plan_merge(kept, other)

    def merges() -> str:
        try:
            merge(kept, other, None, seen=planned.key, by="user 1", now=NOW)
        except RefusedChange as refused:
            return str(refused)
        return "merged"

    return merges


def declarer(provider: LeadProvider, teacher: Teacher) -> Callable[[], str]:
    claim = claim_about(teacher)

    def declares() -> str:
        try:
            return submit(provider, claim, by=BY, now=NOW).state
        except RefusedDeclaration as refused:
            return refused.detail

    return declares


@pytest.mark.parametrize("opposite", [False, True], ids=["the same way", "opposite ways"])
def test_of_two_who_merge_the_same_records_one_does(opposite):
    one, two = make_teacher(), make_teacher()
    make_trained(teacher=two)
    second = merger(two, one) if opposite else merger(one, two)
    told = sorted(at_once(merger(one, two), second))
    assert told == ["One of these records was merged a moment ago", "merged"]
    assert Teacher.objects.get() == TeacherMerge.objects.get().teacher


def test_of_two_who_merge_a_record_into_two_others_one_does():
    one, two, three = make_teacher(), make_teacher(), make_teacher()
    told = sorted(at_once(merger(one, three), merger(two, three)))
    assert told == ["One of these records was merged a moment ago", "merged"]
    assert Teacher.objects.count() == 2


@pytest.mark.parametrize("about", ["kept", "other"])
def test_a_declaration_at_the_same_moment_is_of_the_record_that_stays(about):
    training = make_trained(teacher=make_teacher("Ada Other"), started_on="2023-09-01")
    kept, other = make_teacher("Ada Kept"), training.teacher
    if about == "kept":
        training = make_trained(teacher=kept, finished_on="2021-10-01")
    declares = declarer(training.lead_provider, training.teacher)
    declared, merged = at_once(declares, merger(kept, other))
    assert declared == "submitted"
    declaration = Declaration.objects.get()
    assert declaration.state in COUNTING_STATES
    if merged == "merged":
        assert declaration.teacher == kept
    else:
        assert merged.startswith("Our records were changed while you were looking")
        assert declaration.teacher == training.teacher


def test_two_providers_cannot_both_be_paid_as_one_declares_during_the_merge():
    """Both records have training; what is declared of the one counts beside that of the other."""
    kept, other = make_teacher(), make_teacher()
    first = make_trained(teacher=kept, finished_on="2021-10-01")
    second = make_trained(teacher=other, lead_provider="Teach First", started_on="2023-09-01")
    submit(first.lead_provider, claim_about(kept), by=BY, now=NOW)
    at_once(declarer(second.lead_provider, other), merger(kept, other))
    counting = Declaration.objects.counting().filter(declaration_type="started")
    teachers = list(counting.values_list("teacher", flat=True))
    assert len(teachers) == len({*teachers})


@pytest.mark.parametrize("make", [make_mentor, make_ect])
def test_a_merge_waits_for_who_has_locked_a_person_and_then_locks_the_teacher(make):
    """Leaving and pairing lock in this order. The other order ended one of the two."""
    kept, person = make_teacher("Ada Kept"), make()
    merges = merger(kept, person.teacher)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            type(person)._default_manager.select_for_update(no_key=True).get(pk=person.pk)
            told = pool.submit(over_its_own_connection(merges))
            wait_until(another_waits, "the merge waits for the person")
            lock_teacher(person.teacher_id)
        assert told.result(timeout=20) == "merged"


def test_a_batch_of_moves_that_waited_for_a_merge_waits_for_who_has_locked_who_stays():
    """It locks who stays before the declaration. The other order ended one of the two."""
    training = make_trained(teacher=make_teacher("Ada Other"))
    declaration, kept = declare(training), make_teacher("Ada Kept")
    merges = merger(kept, training.teacher)
    move = plan_ids([declaration.pk], State.ELIGIBLE, by="user 1", why="in a test", now=NOW)
    begin(move, NOW)

    def voids() -> None:
        with transaction.atomic():
            lock_teacher(kept.pk)
            wait_until(another_waits, "the batch waits for who stays")
            change_state(declaration, State.VOIDED, by="user 2", why="in a test", now=NOW)

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            assert merges() == "merged"
            voiding = pool.submit(over_its_own_connection(voids))
            wait_until(another_waits, "who voids waits for who stays")
            moving = pool.submit(over_its_own_connection(lambda: move_batch(move.pk)))
            wait_until(lambda: others_waiting() == 2, "the batch waits for the merge")
        voiding.result(timeout=20)
        moving.result(timeout=20)
    declaration.refresh_from_db()
    assert (declaration.teacher, declaration.state) == (kept, State.VOIDED)
    assert move.items.get().outcome == "refused"
