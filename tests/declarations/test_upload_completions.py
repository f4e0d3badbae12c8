"""Recorded completions uploaded in admin, by the same page."""

import pytest

from declarations.imports import RefusedRow
from declarations.models import RecordedCompletion
from tests.builders import make_teacher
from tests.declarations.uploading import (
    COMPLETIONS,
    DECLARATIONS,
    check_and_import,
    error,
    found,
    member,
    seal_of,
    send,
)

pytestmark = pytest.mark.django_db
FILE = b"""trn,kind
0000001,early_roll_out
0000002,started_not_completed
0000001,early_roll_out
0000009,early_roll_out
0000002,completed
"""
FOUND = (
    (2, 1, 2),
    [
        RefusedRow(5, "trn: No teacher has this TRN."),
        RefusedRow(6, "kind: It must be early_roll_out or started_not_completed."),
    ],
)


@pytest.fixture(autouse=True)
def staff(client):
    for trn in ("0000001", "0000002"):
        make_teacher(trn=trn)
    return member(client, superuser=True)


def recorded() -> set[tuple[str, str]]:
    return set(RecordedCompletion.objects.values_list("teacher__trn", "kind"))


def test_a_check_says_what_would_be_refused_and_writes_nothing(client):
    assert found(send(client, COMPLETIONS, FILE)) == FOUND
    assert not recorded()


def test_the_same_file_again_records_its_good_rows_once(client, staff):
    assert found(check_and_import(client, COMPLETIONS, FILE)) == FOUND
    assert recorded() == {("0000001", "early_roll_out"), ("0000002", "started_not_completed")}
    for each in RecordedCompletion.objects.all():
        context = each.events.get().pgh_context.metadata
        assert (context["user"], context["by"]) == (staff.pk, f"user {staff.pk}")
    assert not seal_of(send(client, COMPLETIONS, FILE))
    assert len(recorded()) == 2


def test_a_seal_is_good_for_one_kind_of_file_only(client):
    seal = seal_of(send(client, COMPLETIONS, FILE))
    assert "not the one you checked" in error(send(client, DECLARATIONS, FILE, seal))


def test_the_list_links_to_the_upload(client):
    changelist = client.get(COMPLETIONS.removesuffix("upload/"))
    assert f'href="{COMPLETIONS}"' in changelist.text
