"""Finance staff move all that a list shows, or a file of ids, after reading what would move."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from declarations.models import Declaration, StateMove
from declarations.state_moves import begin, move_batch, plan_ids
from declarations.states import State
from declarations.submission import RefusedDeclaration, void
from tests.core.worker import run_waiting_jobs
from tests.declarations.trained import NOW, bring_to, declare, make_trained
from tests.staff.finance import LIST, enter_as, read, said
from tests.staff.test_state_changes_at_once import at_once

pytestmark = pytest.mark.django_db

MOVE_ALL = f"{LIST}move-all/"
MOVES = "/admin/declarations/statemove/"
ASKED = {"to": "eligible", "why": "statement of June", "which": "listed"}


def file_of(*lines: object) -> SimpleUploadedFile:
    return SimpleUploadedFile("ids.csv", "\n".join(map(str, lines)).encode())


def rows(page) -> list[list[str]]:
    return [[cell.text for cell in row.select("td")] for row in page.select("#content tbody tr")]


def test_finance_moves_all_that_the_list_shows():
    ours, theirs = declare(make_trained()), declare(make_trained(lead_provider="Teach First"))
    paid = bring_to(declare(make_trained(2022)), State.PAID)
    browser, user = enter_as("finance")
    shown = {"lead_provider__id__exact": ours.lead_provider_id}
    (link,) = read(browser.get(LIST, shown)).select("a[href*=move-all]")
    page = read(browser.get(link["href"]))
    assert "Nothing is moved yet" in page.text
    answer = browser.post(link["href"], ASKED)
    move = StateMove.objects.get()
    assert answer.url == f"{MOVES}{move.pk}/change/"
    page = read(browser.get(answer.url))
    assert rows(page) == [
        ["Ambition Institute", "2022", "Paid", "Would be refused", "1"],
        ["Ambition Institute", "2023", "Submitted", "Would be moved", "1"],
    ]
    (button,) = page.select("#content form[action$='/begin/'] input[type=submit]")
    assert button["value"] == "Move 1 declaration"
    ours.refresh_from_db()
    assert ours.state == State.SUBMITTED

    done = browser.post(f"{MOVES}{move.pk}/begin/", follow=True)
    assert "0 moved, 1 still to be moved, 1 refused. Look again" in read(done).text
    run_waiting_jobs()
    assert "The declarations are being moved to Eligible." in done.text
    page = read(browser.get(answer.url))
    assert "1 moved, 0 still to be moved, 1 refused." in page.text
    assert not page.select("#content form[action$='/begin/']")
    file = b"".join(browser.get(f"{MOVES}{move.pk}/declarations.csv").streaming_content)
    assert sorted(file.decode("utf-8-sig").splitlines()) == sorted(
        [
            "declaration_id,from_state,outcome,reason",
            f"{ours.pk},submitted,moved,",
            f"{paid.pk},paid,refused,A declaration that is Paid cannot become Eligible.",
        ]
    )
    for declaration, state in ((ours, "eligible"), (theirs, "submitted"), (paid, "paid")):
        declaration.refresh_from_db()
        assert declaration.state == state
    assert ours.state_changes.latest("pk").by == f"user {user.pk}"
    browser.post(f"{MOVES}{move.pk}/begin/")
    assert said(browser.get(answer.url))[-1] == "This move has begun already."


def test_finance_moves_the_ids_of_a_file():
    first, second = declare(make_trained()), declare(make_trained())
    browser, _ = enter_as("finance")
    file = file_of("declaration_id", first.pk)
    answer = browser.post(MOVE_ALL, ASKED | {"which": "file", "file": file})
    browser.post(answer.url.replace("change", "begin"))
    run_waiting_jobs()
    for declaration, state in ((first, "eligible"), (second, "submitted")):
        declaration.refresh_from_db()
        assert declaration.state == state


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"to": ""}, "Choose the new state"),
        ({"to": "submitted"}, "Select a valid choice"),
        ({"why": ""}, "Enter why"),
        ({"why": "x" * 201}, "at most 200 characters"),
        ({"which": ""}, "Choose which declarations"),
        ({"file": file_of("declaration_id", "x")}, "You selected a CSV file, too"),
        ({"which": "file"}, "Select a CSV file smaller than 2.5 MB"),
        ({"file": file_of()}, "The CSV file is empty"),
        ({"file": file_of("declaration_id")}, "The CSV file has no rows"),
        ({"file": file_of("id", "x")}, "The first line must name the columns declaration_id"),
        ({"file": file_of("declaration_id", "x")}, "Line 2 is no id of a declaration"),
        ({"file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00")}, "Line 1 is not UTF-8"),
    ],
)
def test_a_wrong_entry_is_said_in_words_and_nothing_is_planned(sent, words):
    browser, _ = enter_as("finance")
    which = {"which": "file"} if "file" in sent and "too" not in words else {}
    page = read(browser.post(MOVE_ALL, ASKED | which | sent))
    assert words in page.select_one("#content").text
    assert page.title.text.startswith("Error: ")
    assert not StateMove.objects.exists()


def test_a_file_that_is_too_large_is_not_taken_for_none():
    """Django drops it. All that the list shows would be planned in its place."""
    declare(make_trained())
    browser, _ = enter_as("finance")
    file = file_of("declaration_id", *[UUID(int=1)] * 80_000)
    page = read(browser.post(MOVE_ALL, ASKED | {"which": "file", "file": file}))
    assert "Select a CSV file smaller than 2.5 MB" in page.select_one("#content").text
    assert not StateMove.objects.exists()


def test_an_address_whose_filters_mean_nothing_moves_nothing():
    declaration = declare(make_trained())
    browser, _ = enter_as("finance")
    answer = browser.post(f"{MOVE_ALL}?no_such_field=1", ASKED)
    assert "The list shows no declaration" in read(browser.get(answer.url)).text
    declaration.refresh_from_db()
    assert declaration.state == State.SUBMITTED


def test_a_move_is_begun_by_the_user_who_planned_it_whom_the_log_names():
    declaration = declare(make_trained())
    browser, planner = enter_as("finance")
    page = browser.post(MOVE_ALL, ASKED).url
    other, _ = enter_as("finance", "other@education.example")
    assert not read(other.get(page)).select("#content form[action$='/begin/']")
    answer = other.post(f"{MOVES}{StateMove.objects.get().pk}/begin/", follow=True)
    assert "Another user planned this move" in answer.text
    assert StateMove.objects.get().begun_at is None
    browser.post(f"{MOVES}{StateMove.objects.get().pk}/begin/")
    run_waiting_jobs()
    assert declaration.state_changes.get(to_state="eligible").by == f"user {planner.pk}"


@pytest.mark.parametrize("group", ["support", "policy"])
def test_only_finance_moves(group):
    move = plan_ids([declare(make_trained()).pk], State.ELIGIBLE, by="user 1", why="x", now=NOW)
    browser, _ = enter_as(group)
    for address in (MOVE_ALL, MOVES, f"{MOVES}{move.pk}/change/"):
        assert browser.get(address).status_code == 403
    assert browser.get(f"{MOVES}{move.pk}/declarations.csv").status_code == 403
    assert browser.post(MOVE_ALL, ASKED).status_code == 403
    assert browser.post(f"{MOVES}{move.pk}/begin/").status_code == 403
    assert StateMove.objects.get().begun_at is None


@pytest.mark.django_db(transaction=True)
def test_of_a_move_and_a_provider_who_voids_one_is_first_and_both_are_told():
    declaration = bring_to(declare(make_trained()), State.PAYABLE)
    move = plan_ids([declaration.pk], State.PAID, by="user 1", why="x", now=NOW)

    def moves() -> str:
        begin(move, NOW)
        move_batch(move.pk)
        return move.items.get().outcome

    assert_one_way(declaration, *at_once(moves, _voids(declaration)))


def _voids(declaration: Declaration) -> Callable[[], str]:
    def voids() -> str:
        try:
            return void(declaration.lead_provider, declaration.pk, by="token 1", now=NOW).state
        except RefusedDeclaration as refused:
            return refused.detail

    return voids


def assert_one_way(declaration: Declaration, moved: str, voided: str) -> None:
    """Paid and then clawed back, or voided and then refused: the log says which."""
    log = [*declaration.state_changes.values_list("to_state", flat=True)][-2:]
    assert (moved, voided, log) in (
        ("moved", "awaiting_clawback", ["paid", "awaiting_clawback"]),
        ("refused", "voided", ["payable", "voided"]),
    )
