"""Mentorships and status policies, as DfE staff keep them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone

from accounts.record_admin import ReadOnlyAdmin, RecordAdmin
from accounts.refusals import RefusedChange
from mentors.models import HalfDoneJourney, Leaving, Mentorship, StatusPolicy
from mentors.pairing import refuse_outside
from schools.period_admin import PeriodFormMixin


class MentorshipForm(forms.ModelForm):
    """Begins a mentorship by the rules of the schools' own pages, but for what it replaces."""

    def clean(self) -> dict[str, Any]:
        """Refuse a first day on which the two cannot be paired."""
        cleaned = super().clean()
        two_and_day = [cleaned.get(name) for name in ("mentor", "ect", "started_on")]
        if all(two_and_day):
            try:
                refuse_outside(*two_and_day, timezone.localdate())
            except RefusedChange as refusal:
                self.add_error("started_on", str(refusal))
        return cleaned


@admin.register(Mentorship)
class MentorshipAdmin(PeriodFormMixin, RecordAdmin):
    """Who mentors whom, and when."""

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
class LeavingAdmin(ReadOnlyAdmin):
    """Who leaves which school when, as tutors told, and what that cut short."""

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


@admin.register(HalfDoneJourney)
class HalfDoneJourneyAdmin(ReadOnlyAdmin):
    """That somebody is in the middle of a journey; not what they answered, which is theirs yet."""

    list_display = ("name", "user", "school", "touched_at")
    list_select_related = ("user", "school")
    fields = list_display


@admin.register(StatusPolicy)
class StatusPolicyAdmin(RecordAdmin):
    """Which policy decides, from which day, what schools read about mentor training."""

    list_display = ("in_force_from", "policy", "months")
    list_filter = ("policy",)
