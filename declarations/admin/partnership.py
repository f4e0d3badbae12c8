"""What schools arranged for an academic year, and with whom."""

from django.contrib import admin

from accounts.record_admin import RecordAdmin
from declarations.models import SchoolPartnership, SchoolYear

_SCHOOL = ("school__name", "=school__urn")


class SchoolPartnershipInline(admin.TabularInline):
    """The partnerships of a provider-led year."""

    model = SchoolPartnership
    extra = 0
    autocomplete_fields = ("lead_provider", "delivery_partner")
    readonly_fields = ("programme",)


@admin.register(SchoolYear)
class SchoolYearAdmin(RecordAdmin):
    """School years, each with its partnerships."""

    list_display = ("school", "cohort", "programme", "appropriate_body")
    list_filter = ("programme", "cohort")
    list_select_related = ("school", "cohort")
    search_fields = (*_SCHOOL, "appropriate_body")
    autocomplete_fields = ("school", "cohort")
    inlines = (SchoolPartnershipInline,)


@admin.register(SchoolPartnership)
class SchoolPartnershipAdmin(RecordAdmin):
    """Who trains at which school in which academic year."""

    list_display = ("school", "cohort", "lead_provider", "delivery_partner")
    list_filter = ("school_year__cohort", "lead_provider")
    list_select_related = (
        "school",
        "school_year__cohort",
        "school_year__school",
        "lead_provider",
        "delivery_partner",
    )
    search_fields = (*_SCHOOL, "lead_provider__name", "delivery_partner__name")
    autocomplete_fields = ("school_year", "lead_provider", "delivery_partner")

    @admin.display(ordering="school_year__cohort__start_year")
    def cohort(self, partnership: SchoolPartnership) -> str:
        """The academic year of the partnership."""
        return str(partnership.school_year.cohort)
