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
        "partnership__school_year__cohort",
        ("withdrawn_at", admin.EmptyFieldListFilter),
        ("deferred_at", admin.EmptyFieldListFilter),
    )
    list_select_related = (
        "teacher",
        "school",
        "lead_provider",
        # What a row's checkbox is called by.
        "mentor__teacher",
        "ect__teacher",
        "partnership__lead_provider",
    )
    search_fields = (
        "teacher__name",
        "=teacher__trn",
        "=teacher__participant_id",
        "school__name",
        "=school__urn",
    )
    search_help_text = "Search by the person's name, TRN or participant id, or by school"
    autocomplete_fields = ("mentor", "ect", "partnership")
    readonly_fields = ("public_id",)
    date_hierarchy = "started_on"
