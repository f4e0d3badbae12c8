"""What if: how many mentors would have which status under a policy, before it is decided."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode

from core.admin_bases import RecordAdmin
from core.periods import in_words
from mentors.status.national import StatusChange, compare
from mentors.status.policies import Policy, policy_in_force
from mentors.status.training_status import Status
from staff.figures import file_of, mentors_by_status
from staff.preview import PreviewForm
from staff.steps import ReviewLine, Section


class WhatIfForm(PreviewForm):
    """Asks for a policy and a day. `cleaned_data["chosen"]` is the Policy."""

    day = forms.DateField(  # type: ignore[assignment]  # one input, as admin has it
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter day", "invalid": "Day must be a real date"},
    )


def show_what_if(admin: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for a policy, months and a day; show how many mentors would have which status.

    With `format=csv` in the address, the answer is a CSV file.
    """
    if not admin.has_view_permission(request):
        raise PermissionDenied
    today = timezone.localdate()
    in_force = policy_in_force(today)
    now = {"policy": in_force.kind, "months": in_force.months_to_complete, "day": today}
    form = WhatIfForm(request.GET or None, initial=now)
    context: dict[str, Any] = {"title": "What if", "opts": admin.opts, "form": form}
    if form.is_valid():
        policy, day = form.cleaned_data["chosen"], form.cleaned_data["day"]
        figure = mentors_by_status("What mentors would read", policy, day)
        if request.GET.get("format") == "csv":
            return file_of(figure, f"what-if-{day.isoformat()}")
        context |= {
            "figure": figure,
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
    beside = ReviewLine(f"Beside {policy_in_words(in_force)}, which holds on that day:")
    return Section(heading, (beside, *lines_of(readings.nationally)))


def lines_of(readings: Mapping[StatusChange, int]) -> Iterator[ReviewLine]:
    """A line for each pair of readings that differ, the most frequent first; then the others."""
    differ = {reading: number for reading, number in readings.items() if len({*reading}) > 1}
    for reading, number in sorted(differ.items(), key=lambda pair: -pair[1]):
        before, after = map(status_in_words, reading)
        yield ReviewLine(f"{number:,} from {before} to {after}")
    same = sum(readings.values()) - sum(differ.values())
    yield ReviewLine(f"{same:,} read the same status as before")


def status_in_words(status: Status | None) -> str:
    """The tag that is read, in quotation marks; or that there is none."""
    return f"“{status.text}”" if status else "no status"


def policy_in_words(policy: Policy) -> str:
    """The name of a policy, with its months if it has a time limit."""
    months = policy.months_to_complete
    return f"“{policy.kind.label}”" + (f" of {months} months" if months is not None else "")
