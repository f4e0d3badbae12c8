"""What a list of admin shows, filtered and searched, as a CSV file for groups that may see it."""

import csv
import io
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.admin_bases import RecordAdmin
from declarations.models import Cohort
from staff.groups import GROUPS
from tests import builders
from tests.access.grown import NOW, Grown
from tests.accounts.signing_in import enter_admin
from tests.core.audit_lines import caught
from tests.declarations.trained import declare, make_trained
from tests.staff.finance import enter_as, read, said

pytestmark = pytest.mark.django_db
TEACHERS = "/admin/schools/teacher/"


def rows_of(answer) -> list[list[str]]:
    assert answer.status_code == 200, answer.status_code
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def export(browser, address: str, **query: str) -> list[list[str]]:
    return rows_of(browser.get(f"{address}export/", query))


def test_a_list_leads_to_the_export_of_what_it_shows():
    builders.make_teacher(
        "Ada Kept",
        trn="0000001",
        date_of_birth=date(1990, 1, 1),
        mentor_funding_eligible_from=date(2022, 9, 5),
    )
    builders.make_teacher("Bea Kept", trn="0000002", mentor_funding_eligible_from=None)
    builders.make_teacher("Someone Else", mentor_funding_eligible_from=date(2022, 9, 5))
    browser, _ = enter_as("support")
    page = read(browser.get(TEACHERS, {"q": "kept"}))
    (link,) = page.select(".object-tools a[href*=export]")
    answer = browser.get(link["href"])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = f"teachers-{date.today().isoformat()}.csv"  # noqa: DTZ011
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    heading, *rows = rows_of(answer)
    assert heading == ["Name", "TRN", "Date of birth", "Eligible for mentor funding from"]
    assert rows == [
        ["Ada Kept", "0000001", "1 January 1990", "5 September 2022"],
        ["Bea Kept", "0000002", "17 May 1990", ""],
    ]
    filtered = {"q": "kept", "mentor_funding_eligible_from__isempty": "0"}
    assert [row[0] for row in export(browser, TEACHERS, **filtered)] == ["Name", "Ada Kept"]


def test_rows_beyond_what_the_list_shows_are_in_the_file(monkeypatch):
    monkeypatch.setattr("core.admin_lists.CappedPaginator.most", 2)
    monkeypatch.setattr("core.exporting._CHUNK", 2)
    names = [f"Ann {number}" for number in range(5)]
    for name in names:
        builders.make_teacher(name)
    browser, _ = enter_as("support")
    assert [row[0] for row in export(browser, TEACHERS, p="1")] == ["Name", *names]


def test_a_cell_that_a_spreadsheet_would_run_is_text():
    builders.make_teacher("=HYPERLINK(A1)")
    browser, _ = enter_as("support")
    assert export(browser, TEACHERS)[1][0] == "'=HYPERLINK(A1)"


def test_choices_related_records_and_yes_or_no_are_in_words():
    declaration = declare(make_trained())
    Cohort.objects.update(closed_for_payment=True)
    browser, _ = enter_as("finance")
    row = export(browser, "/admin/declarations/declaration/")[1]
    provider = str(declaration.lead_provider)
    assert row[:4] == [str(declaration.teacher), "Started", "Submitted", provider]
    assert row[5] == "2 March 2026, 09:30"
    assert export(browser, "/admin/declarations/cohort/")[1] == ["2023 to 2024", "yes"]


def test_the_audit_log_names_list_rows_and_user_and_nothing_of_the_people():
    for name in ("Jane Thomas", "Jane Smith"):
        builders.make_teacher(name)
    browser, member = enter_as("support")
    with caught() as lines:
        export(browser, TEACHERS, q="jane")
    (line,) = lines.whole()
    assert line["request"]
    assert lines.events() == [
        {
            "event": "exported",
            "user": member.pk,
            "page": "admin:schools_teacher_export",
            "rows": 2,
            "complete": True,
        }
    ]


def test_a_file_that_is_broken_off_is_logged_with_what_was_sent(monkeypatch):
    monkeypatch.setattr("core.csv_files._BATCH_SIZE", 2)
    for number in range(9):
        builders.make_teacher(f"Ann {number}")
    browser, _ = enter_as("support")
    with caught() as lines:
        answer = browser.get(f"{TEACHERS}export/")
        next(iter(answer))
        answer.close()
    (line,) = lines.events()
    assert (line["event"], line["rows"], line["complete"]) == ("exported", 1, False)


@pytest.mark.parametrize(
    "query", [{"q": "jane"}, {"mentor_funding_eligible_from__isempty": "0", "q": "jane"}]
)
def test_a_search_that_the_list_refuses_exports_nothing_and_the_list_says_why(query, monkeypatch):
    monkeypatch.setattr("schools.search_words.MOST", 1)
    for name in ("Jane Thomas", "Jane Smith"):
        builders.make_teacher(name)
    browser, _ = enter_as("support")
    with caught() as lines:
        answer = browser.get(f"{TEACHERS}export/", query)
    assert answer.status_code == 302
    assert lines.events() == []
    page = read(browser.get(answer.url))
    assert "More than 1 people or schools match." in page.select_one(".messagelist").text
    assert page.select_one("#searchbar")["value"] == "jane"


def test_a_filter_that_means_nothing_exports_nothing():
    browser, _ = enter_as("support")
    answer = browser.get(f"{TEACHERS}export/", {"nothing": "1"})
    assert (answer.status_code, answer.url) == (302, f"{TEACHERS}?e=1")
    assert said(answer) == ["Nothing was exported: this list has no such filter. Filter it again."]


def test_the_nearest_names_are_exported_as_the_list_shows_them():
    builders.make_teacher("Seán O’Malley")
    browser, _ = enter_as("support")
    answer = browser.get(f"{TEACHERS}export/", {"q": "omally"})
    assert [row[0] for row in rows_of(answer)] == ["Name", "Seán O’Malley"]
    assert said(answer) == []


@pytest.mark.time_machine(NOW, tick=False)
def test_an_export_takes_as_many_queries_for_many_rows_as_for_one(client):
    enter_admin(client, User.objects.create_superuser("dfe@education.example", "Dee Effie"))
    grown = Grown()

    def queries() -> dict[str, int]:
        client.get("/admin/")  # after which a worker has sent the emails that wait
        found = {}
        for model in EXPORTED:
            with CaptureQueriesContext(connection) as captured:
                rows_of(client.get(address_of(model)))
            found[model._meta.label] = len(captured)
        return found

    grown.grow(1)
    queries()  # what a session keeps is there from now on
    few = queries()
    grown.grow(5)
    assert queries() == few


EXPORTED = [model for model, of in admin.site._registry.items() if isinstance(of, RecordAdmin)]


def address_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_export")


# What each group takes into other tools. Written by hand.
MAY = {
    "support": (
        "core.outgoingemail declarations.recordedcompletion mentors.leaving mentors.mentorship"
        " schools.ectatschool schools.inductiontutor schools.mentoratschool schools.school"
        " schools.teacher"
    ),
    "policy": "mentors.statuspolicy schools.school",
    "finance": (
        "declarations.cohort declarations.completionnotice declarations.declaration"
        " declarations.deliverypartner declarations.leadprovider"
        " declarations.leadproviderdeliverypartnership declarations.recordedcompletion"
        " declarations.schoolpartnership declarations.statemove declarations.trainingperiod"
        " schools.school"
    ),
}


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_exports_what_its_work_takes_elsewhere_and_nothing_else(group):
    browser, _ = enter_as(group)
    may, offered = set(), set()
    for model in EXPORTED:
        if browser.get(address_of(model)).status_code == 200:
            may.add(model._meta.label_lower)
        listed = browser.get(address_of(model).replace("export/", ""))
        if listed.status_code == 200 and read(listed).select(".object-tools a[href*=export]"):
            offered.add(model._meta.label_lower)
    assert may == set(MAY[group].split())
    assert offered == may


def test_it_takes_the_permission_and_that_to_see_the_list():
    builders.make_teacher()
    browser, _ = enter_as("support")
    group = Group.objects.get(name="support")

    def without(codename: str) -> int:
        permission = group.permissions.get(codename=codename)
        group.permissions.remove(permission)
        status = browser.get(f"{TEACHERS}export/").status_code
        listed = browser.get(TEACHERS)
        if listed.status_code == 200:
            assert not read(listed).select(".object-tools a[href*=export]")
        group.permissions.add(permission)
        return status

    assert without("export_teacher") == 403
    group.permissions.remove(group.permissions.get(codename="change_teacher"))
    assert without("view_teacher") == 403
    assert browser.get(f"{TEACHERS}export/").status_code == 200


def test_every_list_is_exported_with_the_columns_that_it_shows(client, demo):
    enter_admin(client, User.objects.create_superuser("dfe@education.example", "Dee Effie"))
    for model in EXPORTED:
        listed = read(client.get(address_of(model).replace("export/", "")))
        heading, *rows = rows_of(client.get(address_of(model)))
        shown = [cell.get_text(" ", strip=True) for cell in listed.select("#result_list th .text")]
        # A list without rows has no headings.
        assert not rows or heading == [text for text in shown if text], model
        assert len(rows) == model._default_manager.count(), model
