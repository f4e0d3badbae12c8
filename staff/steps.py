"""Steps: what staff do to a record in admin on a page that first says what will change.

A step asks by a form, reviews what the answers would change and what is in the way, and acts when
the user confirms that. One view and one template serve all steps.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst

from core.admin_addresses import address_of_list, address_of_page
from core.admin_bases import RecordAdmin, words_with_rows
from core.periods import Period, in_words
from core.refusals import RefusedChange


class ReviewLine(NamedTuple):
    """A line of a review; with a row, it links to the row's page for users who may see that."""

    text: str
    row: Model | None = None


class Section(NamedTuple):
    """A heading, and the lines beneath it.

    If there are more rows than lines, `more` is their model: its list shows all by this `search`.
    """

    heading: str
    lines: tuple[ReviewLine, ...]
    more: type[Model] | None = None
    search: str = ""


class Review(NamedTuple):
    """What a step would change. Two reviews have the same `key` only if they say the same.

    With `stopped`, something is in the way, and the page has no button to confirm.
    """

    sections: tuple[Section, ...]
    key: str
    stopped: bool = False


class StaffStepForm(forms.Form):
    """The base of the forms of steps. `record` is the one that the step is about.

    The form is sent by GET, so the address of the review has all answers.
    """

    required_css_class = "required"

    def __init__(self, record: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record


@dataclass(frozen=True)
class StaffStep:
    """What staff do to a record: `name` stands in its address, `title` is its heading and button.

    `needs` are the permissions. `review` and `act` take the record and the form's cleaned answers;
    `act` also takes the key of the review that was confirmed and the request, and returns what was
    done, in words. Both raise RefusedChange. The record's page leads to the step if it `applies` to
    the record on that day.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    form: type[StaffStepForm]
    review: Callable[[Any, dict[str, Any]], Review]
    act: Callable[[Any, dict[str, Any], str, HttpRequest], str]
    applies: Callable[[Any, date], bool] = lambda record, day: True


class StepsMixin(RecordAdmin):
    """An admin in which the page of a record leads to `steps`."""

    change_form_template = "admin/change_form_with_steps.html"
    steps: ClassVar[tuple[StaffStep, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        """Adds the addresses of the steps."""
        return [
            path(
                f"<int:pk>/{step.name}/",
                self.admin_site.admin_view(partial(self.step_view, step=step)),
                name=self._name_of(step),
            )
            for step in self.steps
        ] + super().get_urls()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Adds the buttons of the steps that this user may take with this record."""
        record, today = context.get("original"), timezone.localdate()
        if record is not None:
            context["steps"] = [
                (reverse(f"admin:{self._name_of(step)}", args=[record.pk]), step.title)
                for step in self.steps
                if request.user.has_perms(step.needs) and step.applies(record, today)
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    def step_view(self, request: HttpRequest, pk: int, step: StaffStep) -> HttpResponse:
        """Ask, review, and act when the review is confirmed."""
        if not request.user.has_perms(step.needs):
            raise PermissionDenied
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
        form = step.form(record, request.POST or request.GET or None)
        review, refusal = None, ""
        if form.is_valid():
            if request.method == "POST":
                try:
                    done = step.act(
                        record, form.cleaned_data, request.POST.get("seen", ""), request
                    )
                except RefusedChange as refused:
                    refusal = format_html("Nothing was changed. {}", _sentence(refused, request))
                else:
                    self.message_user(request, done, messages.SUCCESS)
                    return redirect(back)
            try:
                review = step.review(record, form.cleaned_data)
            except RefusedChange as refused:
                refusal = refusal or _sentence(refused, request)
        context = {
            "title": step.title,
            "record": record,
            "back": back,
            "form": form,
            "refusal": refusal,
            "sections": with_addresses(request, review.sections) if review else (),
            "review": review,
            "opts": self.opts,
        }
        shared = self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/step.html", shared | context)

    def _name_of(self, step: StaffStep) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{step.name.replace('-', '_')}"


def _sentence(refused: RefusedChange, request: HttpRequest) -> str:
    """Why a step is refused; where the database refused it, with the rows in the way."""
    if isinstance(refused.__cause__, DatabaseError):
        return words_with_rows(refused.__cause__, request)
    return f"{refused}."


def with_addresses(request: HttpRequest, sections: Iterable[Section]) -> list[dict[str, Any]]:
    """The sections that have lines, as the template shows them to this user."""
    return [
        {
            "heading": section.heading,
            "lines": [
                {"text": text, "address": address_of_page(row, request) if row else ""}
                for text, row in section.lines
            ],
            "is_cut": section.more is not None,
            "list": address_of_list(section.more, request, section.search) if section.more else "",
        }
        for section in sections
        if section.lines
    ]


def line_about(row: Model, more: str = "") -> ReviewLine:
    """A line that names a row, with its days if it has any; `more` follows after a colon."""
    text = f"{capfirst(str(row._meta.verbose_name))}: {row}"
    if isinstance(row, Period):
        text += f", {days_of(row.started_on, row.last_day)}"
    return ReviewLine(f"{text}: {more}" if more else text, row)


def days_of(first: date, last: date | None) -> str:
    """A period in words; `last` is its last day."""
    return f"from {in_words(first)}" + (f" to {in_words(last)}" if last else "")
