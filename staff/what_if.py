"""What if: the national numbers that schools would read under a policy, before it is decided."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode

from core.admin_bases import RecordAdmin
from core.periods import in_words
from mentors.pages.files import Table, csv_of
from mentors.status.national import Group, Grouping, Reading, compare, count
from mentors.status.policies import Policy, policy_in_force
from mentors.status.training_status import Status
from staff.preview import PreviewForm
from staff.steps import Line, Section


class WhatIfForm(PreviewForm):
    """Asks for a policy and a day. `cleaned_data["chosen"]` is the Policy."""

    day = forms.DateField(  # type: ignore[assignment]  # one input, as admin has it
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter day", "invalid": "Day must be a real date"},
    )


class Counted(NamedTuple):
    """A table of the page: what it counts by, its columns, and the rows as text."""

    heading: str
    table: Table


def show_what_if(admin: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for a policy, months and a day, and show what mentors would read; or as a CSV file."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    today = timezone.localdate()
    in_force = policy_in_force(today)
    now = {"policy": in_force.kind, "months": in_force.months_to_complete, "day": today}
    form = WhatIfForm(request.GET or None, initial=now)
    context: dict[str, Any] = {"title": "What if", "opts": admin.opts, "form": form}
    if form.is_valid():
        policy, day = form.cleaned_data["chosen"], form.cleaned_data["day"]
        tables = [
            Counted(grouping.words, _table(grouping, groups, policy))
            for grouping, groups in count(policy, day).items()
        ]
        if request.GET.get("format") == "csv":
            return _file(tables, day)
        context |= {
            "tables": tables,
            "sections": [_compared(policy, day)],
            "csv": urlencode({**request.GET.dict(), "format": "csv"}),
        }
    shared = admin.admin_site.each_context(request)
    template = "admin/mentors/statuspolicy/what_if.html"
    return TemplateResponse(request, template, shared | context)


def _compared(policy: Policy, day: date) -> Section:
    in_force = policy_in_force(day)
    readings = compare(in_force, policy, day)
    heading = f"Under {policy_in_words(policy)} on {in_words(day)}"
    beside = Line(f"Beside {policy_in_words(in_force)}, which holds on that day:")
    return Section(heading, (beside, *lines_of(readings.nationally)))


def _table(grouping: Grouping, groups: list[Group], policy: Policy) -> Table:
    statuses = _statuses(policy)
    headings = (grouping.words, "Mentors", *map(_heading, statuses))
    rows = tuple(
        (group.name or "None", *_numbers(group.mentors, *map(group.statuses.get, statuses)))
        for group in groups
    )
    return Table(headings, rows)


def _numbers(*numbers: int | None) -> tuple[str, ...]:
    return tuple(str(number or 0) for number in numbers)


def _statuses(policy: Policy) -> tuple[Status | None, ...]:
    """What can be read under a policy, as columns."""
    return (*Status,) if policy.shows_every_status else (Status.TRAINING_COMPLETED, None)


def _heading(status: Status | None) -> str:
    return status.text if status else "No status"


def _file(tables: list[Counted], day: date) -> HttpResponse:
    """One CSV of all tables: the first column says what a row counts by."""
    headings = ("Counted by", "Group", *tables[0].table.headings[1:])
    rows = tuple((counted.heading, *row) for counted in tables for row in counted.table.rows)
    named = {"Content-Disposition": f'attachment; filename="what-if-{day.isoformat()}.csv"'}
    file = csv_of(Table(headings, rows))
    return HttpResponse(file, content_type="text/csv; charset=utf-8", headers=named)


def lines_of(readings: Mapping[Reading, int]) -> Iterator[Line]:
    """A line for each pair of readings that differ, the most frequent first; then the others."""
    differ = {reading: number for reading, number in readings.items() if len({*reading}) > 1}
    for reading, number in sorted(differ.items(), key=lambda pair: -pair[1]):
        before, after = map(status_in_words, reading)
        yield Line(f"{number:,} from {before} to {after}")
    same = sum(readings.values()) - sum(differ.values())
    yield Line(f"{same:,} read the same status as before")


def status_in_words(status: Status | None) -> str:
    """The tag that is read, in quotation marks; or that there is none."""
    return f"“{status.text}”" if status else "no status"


def policy_in_words(policy: Policy) -> str:
    """The name of a policy, with its months if it has a time limit."""
    months = policy.months_to_complete
    return f"“{policy.kind.label}”" + (f" of {months} months" if months is not None else "")
