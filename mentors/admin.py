"""The admin of mentors and ECTs at schools, mentorships, leavings and drafts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.admin_bases import ReadOnlyAdmin, RecordAdmin
from core.admin_days import PeriodFormMixin
from core.own_additions import OwnAdditionsMixin
from core.refusals import RefusedChange
from core.uploads import UploadMixin, upload_hint
from mentors import importing
from mentors.leaving.undoing import (
    addition_of,
    cannot_be_undone,
    may_be_undone,
    undo_addition,
)
from mentors.models import DraftAnswers, Leaving, Mentorship
from mentors.pairing.days import refuse_outside
from mentors.pairing.giving_back import delete_mentorships, give_back, without_them
from schools.admin import AtSchoolAdmin
from schools.models import PersonAtSchool
from schools.save_warnings import WarningsMixin
from schools.search_admin import SearchMixin
from schools.search_words import FoundBy


class UndoableAdmin(AtSchoolAdmin):
    """The base of the admins of mentors and ECTs: deleting one undoes the addition."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """What goes with each person, what follows, and each person that the rule refuses."""
        day = timezone.localdate()
        goes: list[str] = []
        refused: list[str] = []
        for person in objs:
            if may_be_undone(person, day):
                addition = addition_of(person, day)
                goes += [*addition.in_words(), *addition.follows(day)]
            else:
                refused.append(f"{person}: {cannot_be_undone(person)}")
        return goes, {}, set(), refused

    def delete_model(self, request: HttpRequest, obj: PersonAtSchool) -> None:
        """Undo the addition."""
        day = timezone.localdate()
        undo_addition(obj, seen=addition_of(obj, day).key, day=day)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Undo the selected additions; none of them when one is refused."""
        for person in queryset:
            self.delete_model(request, person)


class MentorAtSchoolAdmin(UndoableAdmin):
    """Admin of mentors at schools; staff/ registers it, with its steps."""


class ECTAtSchoolAdmin(UndoableAdmin):
    """Admin of ECTs at schools; staff/ registers it. Induction is on the teacher's page."""

    list_display = (*AtSchoolAdmin.list_display, "teacher__induction_started_on")


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
class MentorshipAdmin(
    OwnAdditionsMixin, WarningsMixin, UploadMixin, SearchMixin, PeriodFormMixin, RecordAdmin
):
    """Mentorships. Staff may begin and end them; tutors use the pages of their school."""

    import_file = staticmethod(importing.import_mentorships)
    upload_hint = upload_hint(
        importing.COLUMNS.required,
        "Without a last_day a mentorship goes on until the end that the records foresee.",
        importing.COLUMNS.optional,
    )
    form = MentorshipForm
    list_display = ("mentor_teacher", "ect_teacher", "school", "started_on", "last_day")
    list_filter = ("end_reason",)
    list_select_related = (
        "mentor_teacher",
        "ect_teacher",
        "school",
        # For the name of a mentorship.
        "mentor__teacher",
        "ect__teacher",
    )
    lists_by_keys = ("mentor_teacher", "ect_teacher", "school")
    found_by = FoundBy(("mentor_teacher", "ect_teacher"), ("school",))
    ordering = ("-id",)
    autocomplete_fields = ("mentor", "ect")

    def name_in_list(self, record: Mentorship) -> str:
        return f"{record.mentor_teacher} mentors {record.ect_teacher}"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """What is deleted, and what follows for the ECTs, for the page that asks to confirm."""
        deleted, *more = super().get_deleted_objects(objs, request)
        return [*deleted, *without_them(list(objs), timezone.localdate())], *more

    def save_model(
        self, request: HttpRequest, obj: Mentorship, form: forms.ModelForm, change: bool
    ) -> None:
        """Save a mentorship. The one that it had cut short now goes on until this one begins."""
        before = Mentorship.objects.filter(pk=obj.pk)
        moved = list(before) if change else []
        super().save_model(request, obj, form, change)
        give_back(moved, timezone.localdate())

    def delete_model(self, request: HttpRequest, obj: Mentorship) -> None:
        """Delete a mentorship; what it had cut short goes on."""
        delete_mentorships([obj], timezone.localdate())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Mentorship]) -> None:
        """Delete the selected mentorships; what they had cut short goes on."""
        delete_mentorships(queryset, timezone.localdate())


@admin.register(Leaving)
class LeavingAdmin(SearchMixin, ReadOnlyAdmin):
    """The leavings that induction tutors recorded, with what they cut short."""

    list_display = ("person", "finished_on", "told_at")
    list_select_related = ("mentor__teacher", "mentor__school", "ect__teacher", "ect__school")
    found_by = FoundBy(("mentor__teacher", "ect__teacher"), ("mentor__school", "ect__school"))
    ordering = ("-id",)


@admin.register(DraftAnswers)
class DraftAnswersAdmin(ReadOnlyAdmin):
    """Journeys that users have begun. The draft answers themselves are not shown to staff."""

    list_display = ("name", "user", "school", "touched_at")
    list_select_related = ("user", "school")
    fields = list_display
