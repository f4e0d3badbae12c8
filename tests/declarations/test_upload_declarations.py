"""Declarations uploaded in admin: a check of the file first, then the same file again."""

from hashlib import sha256

import pytest
from django.contrib.auth.models import Permission

from declarations.imports import RefusedRow
from declarations.models import Declaration, DeclarationStateChange
from declarations.states import State
from tests.declarations import contract
from tests.declarations.files import file_of, row
from tests.declarations.trained import make_trained
from tests.declarations.uploading import (
    DECLARATIONS,
    check_and_import,
    error,
    found,
    member,
    seal_of,
    send,
)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-03-02T09:30:00Z")]


@pytest.fixture
def finance(client):
    """A user in the finance group, with their browser as `client`."""
    return member(client, group="finance")


def half_good() -> bytes:
    """Lines 2, 3 and 6 are good, and 5 repeats line 2."""
    one, two = make_trained(), make_trained(2023, "Teach First")
    return file_of(
        row(one),
        row(one, "completed", by_trn=True),
        row(one, "completed-1"),
        row(one),
        row(two),
        row(two, provider="Nobody"),
    ).getvalue()


REFUSED = [
    RefusedRow(4, ": ".join(contract.TYPE_UNKNOWN)),
    RefusedRow(7, "provider: No lead provider has this name."),
]


def test_a_check_says_what_would_be_refused_and_writes_nothing(client, finance):
    content = half_good()
    page = send(client, DECLARATIONS, content)
    assert found(page) == ((3, 1, 2), REFUSED)
    assert "nothing is imported yet" in page.text
    assert "Select the same file again: it was not kept." in " ".join(page.text.split())
    assert sha256(content).hexdigest() in page.text
    assert page.find("input", {"type": "submit"})["value"] == "Import the good rows"
    assert not Declaration.objects.exists()
    assert not DeclarationStateChange.objects.exists()


def test_the_same_file_again_imports_its_good_rows_and_says_who_did_it(client, finance):
    page = check_and_import(client, DECLARATIONS, half_good())
    assert found(page) == ((3, 1, 2), REFUSED)
    assert "The file was imported" in page.text
    made = Declaration.objects.order_by("lead_provider__name", "declaration_type")
    assert [each.declaration_type for each in made] == ["completed", "started", "started"]
    for each in made:
        (logged,) = each.state_changes.all()
        assert (logged.to_state, logged.by) == (State.SUBMITTED, f"user {finance.pk}")
        assert logged.why == "imported from a file"
        context = each.events.get().pgh_context.metadata
        assert (context["user"], context["url"]) == (finance.pk, DECLARATIONS)


def test_importing_it_twice_adds_nothing(client, finance):
    content = half_good()
    seal = seal_of(send(client, DECLARATIONS, content))
    send(client, DECLARATIONS, content, seal)
    assert found(send(client, DECLARATIONS, content, seal)).counts == (0, 4, 2)
    assert Declaration.objects.count() == DeclarationStateChange.objects.count() == 3


def test_a_file_with_nothing_new_offers_no_import(client, finance):
    content = half_good()
    check_and_import(client, DECLARATIONS, content)
    page = send(client, DECLARATIONS, content)
    assert "This file has nothing to import." in page.text
    assert not seal_of(page)
    assert page.find("input", {"type": "submit"})["value"] == "Check the file"


def test_an_altered_file_is_not_imported_and_the_right_one_may_follow(client, finance):
    content = half_good()
    seal = seal_of(send(client, DECLARATIONS, content))
    page = send(client, DECLARATIONS, content + b"\n", seal)
    assert error(page) == (
        "This CSV file is not the one you checked. Select that file, unchanged, or check this one"
        " first."
    )
    assert not Declaration.objects.exists()
    assert found(send(client, DECLARATIONS, content, seal_of(page))).counts == (3, 1, 2)
    assert Declaration.objects.count() == 3


def test_a_seal_of_another_person_or_made_up_imports_nothing(client, finance):
    content = half_good()
    digest = sha256(content).hexdigest()
    mine = seal_of(send(client, DECLARATIONS, content))
    for seal in (digest, f"{digest}:x", mine[:-1], "\N{SNOWMAN}"):
        assert "not the one you checked" in error(send(client, DECLARATIONS, content, seal))
    finance.delete()
    member(client, group="finance")
    assert "not the one you checked" in error(send(client, DECLARATIONS, content, mine))
    assert not Declaration.objects.exists()


def test_what_changed_since_the_check_is_judged_anew(client, finance):
    training = make_trained()
    content = file_of(row(training), row(training, "completed")).getvalue()
    page = send(client, DECLARATIONS, content)
    assert found(page).counts == (2, 0, 0)
    check_and_import(client, DECLARATIONS, file_of(row(training)).getvalue())
    assert found(send(client, DECLARATIONS, content, seal_of(page))).counts == (1, 1, 0)


def test_the_list_links_to_the_upload_for_those_who_may(client, finance):
    changelist = DECLARATIONS.removesuffix("upload/")
    assert f'href="{DECLARATIONS}"' in client.get(changelist).text
    assert "nothing is imported" in client.get(DECLARATIONS).text
    finance.groups.clear()
    codenames = ["view_declaration", "change_declaration"]
    finance.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    assert DECLARATIONS not in client.get(changelist).text
    assert client.get(DECLARATIONS).status_code == 403
    assert client.post(DECLARATIONS).status_code == 403
