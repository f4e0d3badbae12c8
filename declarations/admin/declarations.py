"""Declarations with their state log, to be found and read; completions that DfE recorded."""

from datetime import datetime
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from core.admin_bases import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin
from core.dates import LONDON
from declarations.admin.uploads import CompletionUpload, DeclarationUpload
from declarations.claims import read_uuid
from declarations.models import (
    ApiToken,
    Cohort,
    Declaration,
    DeclarationStateChange,
    RecordedCompletion,
)
from declarations.models.declaration import DeclarationQuerySet
from schools.models import Teacher

_TRN_DIGITS = 7


def found_by(declarations: DeclarationQuerySet, search: str) -> DeclarationQuerySet:
    """Those that every word of the search is about.

    A word is a TRN (the zeros it begins with may be left out), the id of a declaration, the
    participant id of a person, or part of a person's name.
    """
    for word in search.split():
        declarations = declarations.filter(_about(word))
    return declarations


def _about(word: str) -> Q:
    if word.isascii() and word.isdecimal() and len(word) <= _TRN_DIGITS:
        return _of_teacher(trn=word.zfill(_TRN_DIGITS))
    if (identifier := read_uuid(word)) is not None:
        return Q(pk=identifier) | _of_teacher(participant_id=identifier)
    return Q(teacher__name__icontains=word)


def _of_teacher(**known: str | UUID) -> Q:
    # Asked first: as a part of the same query it would have all declarations read.
    return Q(teacher__in=list(Teacher.objects.filter(**known).values_list("pk", flat=True)))


_SEPTEMBER = 9


class DeclaredInFilter(admin.SimpleListFilter):
    """The academic year of the declaration's date.

    In the place of admin's hierarchy of dates, which reads every declaration to draw itself: over
    a second at 1.5 million of them.
    """

    title = "academic year declared for"
    parameter_name = "declared_in"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """The academic years there are, newest first."""
        return [(str(cohort.start_year), str(cohort)) for cohort in Cohort.objects.all()]

    def queryset(
        self, request: HttpRequest, queryset: DeclarationQuerySet
    ) -> DeclarationQuerySet | None:
        """Those dated from 1 September to 31 August, in London; all, when no such year is there."""
        chosen = self.value()
        if chosen not in dict(self.lookup_choices):
            return None
        first, after = (
            datetime(year, _SEPTEMBER, 1, tzinfo=LONDON) for year in (int(chosen), int(chosen) + 1)
        )
        return queryset.filter(declaration_date__gte=first, declaration_date__lt=after)


# Of the kinds in "user 12" and "token 3": what the id is of, and what that is called.
_KINDS = {"user": (User, User.get_full_name), "token": (ApiToken, str)}


class DeclarationStateChangeInline(ReadOnlyInline):
    """Who moved the state, when, from what to what, and why."""

    model = DeclarationStateChange
    verbose_name_plural = "state log"
    show_change_link = False
    fields = ("changed_at", "from_state", "to_state", "who", "why")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeclarationStateChange]:
        """The log; admin makes an inline for each request, so this one may keep whose it is."""
        self.reader = request.user
        return super().get_queryset(request)

    @admin.display(description="who")
    def who(self, change: DeclarationStateChange) -> str:
        """The name of the person or provider, with a link for readers who may follow it."""
        kind, _, number = change.by.partition(" ")
        if kind not in _KINDS or not number.isdecimal():
            return change.by
        model, name_of = _KINDS[kind]
        record = model.objects.filter(pk=number).first()
        if record is None:
            return change.by
        name = f"{name_of(record)} ({change.by})"
        if not self.reader.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            return name
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(address, args=[number]), name)


_COHORT = "training_period__partnership__school_year__cohort"
_TEACHER = ("teacher__name", "=teacher__trn", "=teacher__participant_id")


class DeclarationAdmin(DeclarationUpload, ReadOnlyAdmin):
    """What lead providers declared, to be read. staff/state_changes/ registers it."""

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
