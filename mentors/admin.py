"""The admin of ECTs, mentorships, leavings, draft answers and status policies."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from core.admin_bases import PeriodFormMixin, ReadOnlyAdmin, RecordAdmin
from core.periods import in_words
from core.refusals import RefusedChange
from mentors.leaving.cut_short import AfterInduction, record_induction_end
from mentors.models import DraftAnswers, Leaving, Mentorship, StatusPolicy
from mentors.pairing.planning import refuse_outside
from schools.admin import AtSchoolAdmin, TRNSearchMixin
from schools.models import ECTAtSchool


@admin.register(ECTAtSchool)
class ECTAtSchoolAdmin(AtSchoolAdmin):
    """ECTs at schools. Recording the end of an induction also ends the mentorship."""

    last_days = {  # noqa: RUF012
        "finished_on": "Last day",
        "induction_finished_on": "Last day of induction",
    }
    list_display = (*AtSchoolAdmin.list_display, "induction_started_on", "induction_last_day")

    def save_model(
        self, request: HttpRequest, obj: ECTAtSchool, form: forms.ModelForm, change: bool
    ) -> None:
        """Save the ECT, and tell the user which mentorships a new end of induction changed."""
        if "induction_finished_on" not in form.changed_data:
            super().save_model(request, obj, form, change)
            return
        outcome = record_induction_end(obj, form.initial.get("induction_finished_on"))
        for sentence in _sentences(outcome):
            self.message_user(request, sentence)


def _sentences(outcome: AfterInduction) -> Iterator[str]:
    for mentorship in outcome.moved:
        last_day = mentorship.last_day
        until = f"until {in_words(last_day)}" if last_day else "with no last day"
        yield f"{_in_words(mentorship)} {until}."
    for mentorship in outcome.deleted:
        since = in_words(mentorship.started_on)
        yield f"We have deleted that {_in_words(mentorship)} from {since}, after induction."


def _in_words(mentorship: Mentorship) -> str:
    return f"{mentorship.mentor.teacher.name} mentors {mentorship.ect.teacher.name}"


class MentorshipForm(forms.ModelForm):
    """A mentorship that keeps the rules of the schools' pages; it replaces no other mentorship."""

    def clean(self) -> dict[str, Any]:
        """Refuse a first day on which mentor and ECT cannot be paired."""
        super().clean()
        cleaned = self.cleaned_data
        mentor, ect, started_on = map(cleaned.get, ("mentor", "ect", "started_on"))
        if mentor and ect and started_on:
            try:
                refuse_outside(mentor, ect, started_on, timezone.localdate())
            except RefusedChange as refusal:
                self.add_error("started_on", str(refusal))
        return cleaned


@admin.register(Mentorship)
class MentorshipAdmin(TRNSearchMixin, PeriodFormMixin, RecordAdmin):
    """Mentorships. Staff may begin and end them; tutors use the pages of their school."""

    form = MentorshipForm
    list_display = ("mentor_teacher", "ect_teacher", "school", "started_on", "last_day")
    list_filter = ("end_reason",)
    list_select_related = ("mentor_teacher", "ect_teacher", "school")
    search_fields = (
        "mentor_teacher__name",
        "=mentor_teacher__trn",
        "ect_teacher__name",
        "=ect_teacher__trn",
        "school__name",
        "=school__urn",
    )
    search_help_text = "Search by the mentor's or the ECT's name or TRN, or by school"
    autocomplete_fields = ("mentor", "ect")
    date_hierarchy = "started_on"


@admin.register(Leaving)
class LeavingAdmin(TRNSearchMixin, ReadOnlyAdmin):
    """The leavings that induction tutors recorded, with what they cut short."""

    list_display = ("person", "finished_on", "told_at")
    list_select_related = ("mentor__teacher", "mentor__school", "ect__teacher", "ect__school")
    search_fields = (
        "mentor__teacher__name",
        "=mentor__teacher__trn",
        "ect__teacher__name",
        "=ect__teacher__trn",
        "=mentor__school__urn",
        "=ect__school__urn",
    )
    search_help_text = "Search by the person's name or TRN, or by the school's URN"
    date_hierarchy = "told_at"


@admin.register(DraftAnswers)
class DraftAnswersAdmin(ReadOnlyAdmin):
    """Journeys that users have begun. The draft answers themselves are not shown to staff."""

    list_display = ("name", "user", "school", "touched_at")
    list_select_related = ("user", "school")
    fields = list_display


@admin.register(StatusPolicy)
class StatusPolicyAdmin(RecordAdmin):
    """The policies on what schools read about mentor training, each with its first day."""

    list_display = ("in_force_from", "policy", "months")
    list_filter = ("policy",)
