"""Admin of declarations, which staff search and read with their state log, and of completions."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from core.admin_bases import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin
from core.uploads import UploadForm, UploadMixin, upload_hint
from declarations.imports import completions, declarations, past
from declarations.models import (
    ApiToken,
    Cohort,
    CompletionNotice,
    Declaration,
    DeclarationStateChange,
    RecordedCompletion,
)
from schools.search_admin import SearchMixin
from schools.search_words import FoundBy


class DeclaredInFilter(admin.SimpleListFilter):
    """Filters by the academic year of the declaration's date.

    Instead of admin's `date_hierarchy`, which reads every declaration to show its links: over a
    second for 1.5 million of them.
    """

    title = "academic year declared for"
    parameter_name = "declared_in"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """The academic years there are, newest first."""
        return [(str(cohort.start_year), str(cohort)) for cohort in Cohort.objects.all()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Declaration]
    ) -> QuerySet[Declaration] | None:
        """Those dated from 1 September to 31 August, in London; None, for all, without a choice."""
        chosen = self.value()
        if chosen not in dict(self.lookup_choices):
            return None
        return queryset.filter(academic_year=int(chosen))


# For each kind in "user 12" and "token 3": the model of the id, and how an instance is named.
_KINDS: dict[str, tuple[type[Model], Callable[..., str]]] = {
    "user": (User, User.get_full_name),
    "token": (ApiToken, str),
}


class DeclarationStateChangeInline(ReadOnlyInline):
    """The state log: when it changed, from which state to which, by what user or token, and why."""

    model = DeclarationStateChange
    verbose_name_plural = "state log"
    show_change_link = False
    fields = ("changed_at", "from_state", "to_state", "who", "why")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeclarationStateChange]:
        self.reader = request.user  # for `who`: admin makes an inline anew for each request
        return super().get_queryset(request)

    @admin.display(description="who")
    def who(self, change: DeclarationStateChange) -> str:
        """The name of the user or token, as a link if the reader may open its page."""
        kind, _, number = change.by.partition(" ")
        if kind not in _KINDS or not number.isdecimal():
            return change.by
        model, name_of = _KINDS[kind]
        record = model._default_manager.filter(pk=number).first()
        if record is None:
            return change.by
        name = f"{name_of(record)} ({change.by})"
        if not self.reader.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            return name
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(address, args=[number]), name)


class DeclarationUploadForm(UploadForm):
    """Asks, beside the file, whether schools are to hear of it."""

    options = ("tell_schools",)

    tell_schools = forms.BooleanField(
        label="Email schools about the completions in this file that are new", required=False
    )


class DeclarationAdmin(UploadMixin, SearchMixin, ReadOnlyAdmin):
    """What lead providers declared, read-only. staff/state_changes/ registers it."""

    upload_form = DeclarationUploadForm
    import_file = staticmethod(declarations.import_declarations)
    upload_hint = upload_hint(
        declarations.COLUMNS,
        "provider is the name of a lead provider. Leave participant_id empty to give trn instead.",
        past.PAST_COLUMNS,
    )
    list_display = (
        "teacher",
        "declaration_type",
        "state",
        "lead_provider",
        "declaration_date",
        "created_at",
    )
    list_filter = ("state", "declaration_type", "lead_provider", "cohort", DeclaredInFilter)
    list_select_related = ("teacher", "lead_provider")
    found_by = FoundBy(("teacher",), ids=("id",))
    ordering = ("-created_at", "-id")
    sortable_by = ("created_at",)  # the only order with an index
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

    def participant_id(self, declaration: Declaration) -> UUID:
        """The identifier by which lead providers know the person."""
        return declaration.teacher.participant_id


@admin.register(CompletionNotice)
class CompletionNoticeAdmin(SearchMixin, ReadOnlyAdmin):
    """When a final declaration was made, and when it stopped counting."""

    list_display = ("teacher", "kind", "noticed_at", "told_at")
    list_filter = ("kind",)
    list_select_related = ("teacher",)
    found_by = FoundBy(("teacher",))
    ordering = ("-id",)


@admin.register(RecordedCompletion)
class RecordedCompletionAdmin(UploadMixin, SearchMixin, RecordAdmin):
    """What DfE recorded: early roll-out completions, and training started and not completed."""

    import_file = staticmethod(completions.import_completions)
    upload_hint = upload_hint(
        completions.COLUMNS,
        "kind is early_roll_out or started_not_completed.",
        completions.OPTIONAL,
    )
    list_display = ("teacher", "kind", "recorded_at")
    ordering = ("-id",)
    list_filter = ("kind",)
    list_select_related = ("teacher",)
    found_by = FoundBy(("teacher",))
    autocomplete_fields = ("teacher",)
    readonly_fields = ("recorded_at",)
