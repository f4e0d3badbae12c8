"""ECTs, mentorships and status policies, as DfE staff keep them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from core.admin_bases import PeriodFormMixin, ReadOnlyAdmin, RecordAdmin
from core.dates import in_words
from core.refusals import RefusedChange
from mentors.leaving.induction import Followed, record_induction_end
from mentors.models import DraftAnswers, Leaving, Mentorship, StatusPolicy
from mentors.pairing.planning import refuse_outside
from schools.admin import AtSchoolAdmin
from schools.models import ECTAtSchool


@admin.register(ECTAtSchool)
class ECTAtSchoolAdmin(AtSchoolAdmin):
    """ECTs at schools, and their induction, whose end ends their mentorship."""

    last_days = {  # noqa: RUF012
        "finished_on": "Last day",
        "induction_finished_on": "Last day of induction",
    }
    list_display = (*AtSchoolAdmin.list_display, "induction_started_on", "induction_last_day")

    def save_model(
        self, request: HttpRequest, obj: ECTAtSchool, form: forms.ModelForm, change: bool
    ) -> None:
        """Save an ECT; say what the end of induction changed."""
        if "induction_finished_on" not in form.changed_data:
            super().save_model(request, obj, form, change)
            return
        followed = record_induction_end(obj, form.initial.get("induction_finished_on"))
        for sentence in _said(followed):
            self.message_user(request, sentence)


def _said(followed: Followed) -> Iterator[str]:
    for pairing in followed.moved:
        until = f"until {in_words(pairing.last_day)}" if pairing.last_day else "with no last day"
        yield f"{_two(pairing)} {until}."
    for pairing in followed.deleted:
        since = in_words(pairing.started_on)
        yield f"We have deleted that {_two(pairing)} from {since}, after induction."


def _two(pairing: Mentorship) -> str:
    return f"{pairing.mentor.teacher.name} mentors {pairing.ect.teacher.name}"


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


@admin.register(DraftAnswers)
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
