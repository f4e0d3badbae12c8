"""Declarations and their states, to be read; and the completions that DfE itself records."""

from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest

from accounts.record_admin import ReadOnlyAdmin, RecordAdmin
from declarations.admin.filters import DeclaredInFilter
from declarations.admin.search import found_by
from declarations.admin.state_log import DeclarationStateChangeInline
from declarations.admin.uploads import CompletionUpload, DeclarationUpload
from declarations.models import Declaration, RecordedCompletion
from declarations.models.declaration import DeclarationQuerySet

_COHORT = "training_period__partnership__school_year__cohort"
_TEACHER = ("teacher__name", "=teacher__trn", "=teacher__participant_id")


class DeclarationAdmin(DeclarationUpload, ReadOnlyAdmin):
    """What lead providers declared, to be read; staff/moving/ registers it, and moves states."""

    list_display = (
        "teacher",
        "declaration_type",
        "state",
        "lead_provider",
        "declaration_date",
        "created_at",
    )
    list_filter = ("state", "declaration_type", "lead_provider", _COHORT, DeclaredInFilter)
    show_facets = admin.ShowFacets.NEVER  # to count each choice is to read them all
    list_select_related = ("teacher", "lead_provider")
    search_fields = ("teacher__name",)  # get_search_results finds more
    search_help_text = (
        "Search by the teacher's name, TRN or participant id, or the declaration's id"
    )
    ordering = ("-created_at", "-id")
    sortable_by = ("created_at",)  # the one order that an index has
    fields = (
        "id",
        "teacher",
        "participant_id",
        "training_period",
        "lead_provider",
        "delivery_partner",
        "declaration_type",
        "declaration_date",
        "evidence_held",
        "state",
        "created_at",
        "updated_at",
    )
    inlines = (DeclarationStateChangeInline,)

    def get_search_results(
        self, request: HttpRequest, queryset: DeclarationQuerySet, search_term: str
    ) -> tuple[DeclarationQuerySet, bool]:
        """The declarations found, none of them twice."""
        return found_by(queryset, search_term), False

    def participant_id(self, declaration: Declaration) -> UUID:
        """The identifier by which lead providers know the person."""
        return declaration.teacher.participant_id


@admin.register(RecordedCompletion)
class RecordedCompletionAdmin(CompletionUpload, RecordAdmin):
    """Early roll-out completions, and mentors who started and did not complete."""

    list_display = ("teacher", "kind", "recorded_at")
    list_filter = ("kind",)
    list_select_related = ("teacher",)
    search_fields = _TEACHER
    search_help_text = "Search by the teacher's name, TRN or participant id"
    date_hierarchy = "recorded_at"
    autocomplete_fields = ("teacher",)
    readonly_fields = ("recorded_at",)
