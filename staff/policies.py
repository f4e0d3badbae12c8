"""The admin of status policies. A change says first for how many mentors the status will differ."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from core.admin_bases import RecordAdmin
from core.forms import at_its_field
from core.periods import in_words
from mentors.models import StatusPolicy
from mentors.status.changing import Effect, check_first_day, effects, has_been_in_force
from mentors.status.national import compare
from staff.steps import Review, ReviewLine, Section
from staff.what_if import lines_of, policy_in_words, show_what_if


class StatusPolicyForm(forms.ModelForm):
    """Asks for a policy and its first day, which is not past."""

    def clean_in_force_from(self) -> Any:
        """Refuse a first day that is past."""
        with at_its_field():
            check_first_day(self.cleaned_data["in_force_from"], timezone.localdate())
        return self.cleaned_data["in_force_from"]


class StatusPolicyAdmin(RecordAdmin):
    """The policies on what schools read about mentor training, each with its first day.

    What has been in force is neither changed nor removed: another record follows it.
    """

    form = StatusPolicyForm
    list_display = ("in_force_from", "policy", "months")
    list_filter = ("policy",)
    actions = None  # one at a time, each with what it changes
    delete_confirmation_template = "admin/mentors/statuspolicy/delete_confirmation.html"
    change_list_template = "admin/mentors/statuspolicy/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the page "What if"."""
        what_if = self.admin_site.admin_view(partial(show_what_if, self))
        return [path("what-if/", what_if, name="what-if"), *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: StatusPolicy | None = None) -> bool:
        """Nobody may change a record that is or was in force."""
        return super().has_change_permission(request, obj) and not _stays(obj)

    def has_delete_permission(self, request: HttpRequest, obj: StatusPolicy | None = None) -> bool:
        """Nobody may remove a record that is or was in force."""
        return super().has_delete_permission(request, obj) and not _stays(obj)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Before a record is saved, list what schools will read, and ask to confirm that."""
        record = self._record(request, object_id) if object_id else None
        may = (
            self.has_change_permission(request, record)
            if record
            else not object_id and self.has_add_permission(request)
        )
        if request.method == "POST" and may:
            form_class = self.get_form(request, record, change=bool(record))
            form = form_class(request.POST, instance=record)
            if form.is_valid():
                review = review_of(effects(record, form.instance))
                if request.POST.get("seen") != review.key:
                    return self._ask(request, review, record)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        """Before a record is removed, list what schools will read."""
        record = self._record(request, object_id)
        may = record is not None and self.has_delete_permission(request, record)
        more = {"sections": review_of(effects(record, None)).sections} if may else {}
        return super().delete_view(request, object_id, more)

    def _record(self, request: HttpRequest, object_id: str) -> StatusPolicy | None:
        return cast("StatusPolicy | None", self.get_object(request, object_id))

    def _ask(
        self, request: HttpRequest, review: Review, record: StatusPolicy | None
    ) -> HttpResponse:
        kept = (pair for name, values in request.POST.lists() for pair in _pairs(name, values))
        context = {
            **self.admin_site.each_context(request),
            "title": "Confirm the policy",
            "opts": self.opts,
            "record": record,
            "sections": review.sections,
            "fields": [*kept, ("seen", review.key)],
        }
        return TemplateResponse(request, "admin/mentors/statuspolicy/confirm.html", context)


def _pairs(name: str, values: list[str]) -> Iterator[tuple[str, str]]:
    if name not in ("seen", "csrfmiddlewaretoken"):
        yield from ((name, value) for value in values)


def _stays(record: StatusPolicy | None) -> bool:
    return record is not None and has_been_in_force(record, timezone.localdate())


def review_of(changes: Iterable[Effect]) -> Review:
    """What schools will read about their mentors, from each day on which another policy begins."""
    sections: list[Section] = []
    for change in changes:
        sections += _sections(change)
    if not sections:
        sections = [
            Section("No other policy holds on any day", (ReviewLine("Schools read the same."),))
        ]
    return Review(tuple(sections), "; ".join(map(str, changes)))


def _sections(change: Effect) -> Iterator[Section]:
    readings = compare(change.before, change.after, change.day)
    yield Section(
        f"From {in_words(change.day)}: {policy_in_words(change.after)}",
        (
            ReviewLine(f"Until then {policy_in_words(change.before)} holds."),
            ReviewLine(f"Mentors at schools on that day, as known today: {readings.mentors:,}."),
            *lines_of(readings.nationally),
        ),
    )
    for school, of_school in readings.sample.items():
        yield Section(f"For example {school}", tuple(lines_of(of_school)))
