"""Lead providers, their API tokens, delivery partners and cohorts, as DfE staff keep them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from core.admin_bases import RecordAdmin
from core.admin_lists import GivenFilter
from core.history_words import who
from core.uploads import UploadMixin, upload_hint
from declarations.imports import delivery_partners
from declarations.models import (
    ApiToken,
    Cohort,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
)
from declarations.tokens import make_token, revoke


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


@admin.register(LeadProviderDeliveryPartnership)
class LeadProviderDeliveryPartnershipAdmin(UploadMixin, RecordAdmin):
    """Which delivery partners work with which lead provider, in each cohort."""

    import_file = staticmethod(delivery_partners.import_delivery_partners)
    also_adds = (DeliveryPartner,)
    upload_hint = upload_hint(
        delivery_partners.COLUMNS.required,
        "cohort is the year in which it starts. A delivery partner without a record is added.",
        delivery_partners.COLUMNS.optional,
    )
    list_display = ("lead_provider", "delivery_partner", "cohort")
    list_filter = ("cohort", "lead_provider")
    list_select_related = ("lead_provider", "delivery_partner", "cohort")
    search_fields = ("lead_provider__name", "delivery_partner__name")
    autocomplete_fields = ("lead_provider", "delivery_partner", "cohort")

    def get_deleted_objects(
        self, objs: Iterable[LeadProviderDeliveryPartnership], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """What Django says of deleting these; those in use are named as what cannot be deleted."""
        pairs = list(objs)
        deleted, counts, needed, protected = super().get_deleted_objects(pairs, request)
        in_use = [reason for pair in pairs if (reason := pair.why_it_stays())]
        return deleted, counts, needed, [*protected, *in_use]


@admin.register(Cohort)
class CohortAdmin(RecordAdmin):
    """The academic years, and whether they are closed for payment."""

    list_display = ("__str__", "closed_for_payment")
    list_filter = ("closed_for_payment",)
    search_fields = ("=start_year",)


@admin.register(ApiToken)
class ApiTokenAdmin(RecordAdmin):
    """Staff make and revoke tokens; they cannot edit or delete one, as its requests refer to it."""

    list_display = ("__str__", "lead_provider", "created_at", "revoked_at")
    list_filter = (("revoked_at", GivenFilter), "lead_provider")
    list_select_related = ("lead_provider",)
    search_fields = ("lead_provider__name",)
    fields = ("lead_provider", "created_at", "revoked_at")
    readonly_fields = ("created_at", "revoked_at")
    autocomplete_fields = ("lead_provider",)
    actions = ("revoke_tokens",)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: ApiToken, form: ModelForm, change: bool
    ) -> None:
        """Make the token, and show its secret: it can never be shown again."""
        made, secret = make_token(obj.lead_provider, by=who(request), now=timezone.now())
        obj.pk = made.pk
        obj.refresh_from_db()
        self.message_user(
            request,
            f"The token is {secret} - copy it now: it is not shown again.",
            messages.WARNING,
        )

    @admin.action(description="Revoke the selected tokens", permissions=["add"])
    def revoke_tokens(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        """Refuse these tokens from now on."""
        for token in tokens:
            revoke(token, by=who(request), now=timezone.now())
        self.message_user(request, "The tokens are refused from now on.")
