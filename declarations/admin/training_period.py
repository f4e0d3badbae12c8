"""Training periods, which DfE staff also withdraw and defer here for the provider."""

from django.contrib import admin

from accounts.record_admin import RecordAdmin
from declarations.models import TrainingPeriod
from schools.period_admin import PeriodFormMixin


@admin.register(TrainingPeriod)
class TrainingPeriodAdmin(PeriodFormMixin, RecordAdmin):
    """Who is trained through which partnership, and when."""

    list_display = ("teacher", "school", "lead_provider", "started_on", "last_day")
    list_filter = (
        "lead_provider",
        ("withdrawn_at", admin.EmptyFieldListFilter),
        ("deferred_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("teacher", "school", "lead_provider")
    search_fields = ("teacher__name", "=teacher__trn", "school__name", "=school__urn")
    search_help_text = "Search by the person's name or TRN, or by school"
    autocomplete_fields = ("mentor", "ect", "partnership")
    readonly_fields = ("public_id",)
    date_hierarchy = "started_on"
