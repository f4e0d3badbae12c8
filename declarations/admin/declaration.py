"""Declarations and their states, to be read; and the completions that DfE itself records."""

from django.contrib import admin

from accounts.record_admin import ReadOnlyAdmin, RecordAdmin
from declarations.admin.state_log import DeclarationStateChangeInline
from declarations.models import RecordedCompletion

_TEACHER = ("teacher__name", "=teacher__trn", "=teacher__participant_id")


class DeclarationAdmin(ReadOnlyAdmin):
    """What lead providers declared, to be read; staff/moving/ registers it, and moves states."""

    list_display = (
        "teacher",
        "declaration_type",
        "state",
        "lead_provider",
        "declaration_date",
        "created_at",
    )
    list_filter = ("declaration_type", "state", "lead_provider")
    list_select_related = ("teacher", "lead_provider")
    search_fields = (*_TEACHER, "=id")
    search_help_text = (
        "Search by the teacher's name, TRN or participant id, or the declaration's id"
    )
    date_hierarchy = "declaration_date"
    inlines = (DeclarationStateChangeInline,)


@admin.register(RecordedCompletion)
class RecordedCompletionAdmin(RecordAdmin):
    """Early roll-out completions, and mentors who started and did not complete."""

    list_display = ("teacher", "kind", "recorded_at")
    list_filter = ("kind",)
    list_select_related = ("teacher",)
    search_fields = _TEACHER
    autocomplete_fields = ("teacher",)
    readonly_fields = ("recorded_at",)
