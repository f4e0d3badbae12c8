"""School years, partnerships and training periods, as DfE staff keep them."""

from django.contrib import admin

from core.admin_bases import PeriodFormMixin, RecordAdmin
from declarations.admin.uploads import SchoolYearUpload, TrainingUpload
from declarations.models import SchoolPartnership, SchoolYear, TrainingPeriod

_SCHOOL = ("school__searchable_name__has_words", "=school__urn")


class SchoolPartnershipInline(admin.TabularInline):
    """The partnerships of a provider-led year."""

    model = SchoolPartnership
    extra = 0
    autocomplete_fields = ("lead_provider", "delivery_partner")
    readonly_fields = ("programme",)


@admin.register(SchoolYear)
class SchoolYearAdmin(SchoolYearUpload, RecordAdmin):
    """School years, each with its partnerships."""

    list_display = ("school", "cohort", "programme", "appropriate_body")
    list_filter = ("programme", "cohort")
    list_select_related = ("school", "cohort")
    search_fields = (*_SCHOOL, "appropriate_body")
    autocomplete_fields = ("school", "cohort")
    inlines = (SchoolPartnershipInline,)


@admin.register(SchoolPartnership)
class SchoolPartnershipAdmin(RecordAdmin):
    """Which lead provider and delivery partner train at a school in an academic year."""

    list_display = ("school", "cohort", "lead_provider", "delivery_partner")
    list_filter = ("cohort", "lead_provider")
    list_select_related = (
        "school",
        "cohort",
        # For the name of a row's checkbox, which is the partnership's own.
        "school_year__cohort",
        "school_year__school",
        "lead_provider",
        "delivery_partner",
    )
    search_fields = (*_SCHOOL, "lead_provider__name", "delivery_partner__name")
    autocomplete_fields = ("school_year", "lead_provider", "delivery_partner")
    readonly_fields = ("public_id", "created_at", "updated_at")


@admin.register(TrainingPeriod)
class TrainingPeriodAdmin(TrainingUpload, PeriodFormMixin, RecordAdmin):
    """The training of mentors and ECTs: by which provider, in which partnership, and when."""

    list_display = ("teacher", "school", "lead_provider", "cohort", "started_on", "last_day")
    list_filter = (
        "lead_provider",
        ("partnership", admin.EmptyFieldListFilter),
        "cohort",
        ("withdrawn_at", admin.EmptyFieldListFilter),
        ("deferred_at", admin.EmptyFieldListFilter),
    )
    list_select_related = (
        "teacher",
        "school",
        "lead_provider",
        "cohort",
    )
    search_fields = (
        "teacher__searchable_name__has_words",
        "=teacher__trn",
        "=teacher__participant_id",
        "school__searchable_name__has_words",
        "=school__urn",
    )
    search_help_text = "Search by the person's name, TRN or participant id, or by school"
    autocomplete_fields = ("mentor", "ect", "lead_provider", "cohort", "partnership")
    readonly_fields = ("public_id", "finished_on_before_completion")
    date_hierarchy = "started_on"
