"""Lead providers, delivery partners and cohorts."""

from django.contrib import admin

from accounts.record_admin import RecordAdmin
from declarations.models import Cohort, DeliveryPartner, LeadProvider


@admin.register(LeadProvider)
class LeadProviderAdmin(RecordAdmin):
    """The organisations that send declarations."""

    search_fields = ("name",)


@admin.register(DeliveryPartner)
class DeliveryPartnerAdmin(RecordAdmin):
    """The organisations that deliver for lead providers."""

    list_display = ("name", "public_id")
    search_fields = ("name", "=public_id")
    readonly_fields = ("public_id",)


@admin.register(Cohort)
class CohortAdmin(RecordAdmin):
    """The academic years, and whether they are closed for payment."""

    list_display = ("__str__", "closed_for_payment")
    list_filter = ("closed_for_payment",)
    search_fields = ("=start_year",)
