"""School years, partnerships and training periods, as DfE staff keep them."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import ForeignKey
from django.forms import BaseModelFormSet, ModelChoiceField, ModelForm
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django.utils import timezone

from core.admin_bases import RecordAdmin, RecordInline
from core.admin_days import PeriodFormMixin
from core.admin_lists import GivenFilter
from core.history_words import who
from core.uploads import UploadMixin, upload_hint
from declarations.imports import school_years, training
from declarations.locks import lock_school_year, lock_teacher
from declarations.models import SchoolPartnership, SchoolYear, TrainingPeriod
from declarations.school_years import take_in_waiting
from declarations.training import make_eligible
from schools.save_warnings import WarningsMixin
from schools.search_admin import SearchMixin
from schools.search_words import FoundBy

_OF_SCHOOLS = "Search by a school's name, town, URN or postcode"


class SchoolPartnershipInline(RecordInline):
    """The partnerships of a provider-led year."""

    model = SchoolPartnership
    list_select_related = (
        "lead_provider",
        "delivery_partner",
        "school_year__school",
        "school_year__cohort",
    )
    readonly_fields = ("programme",)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Lists to choose from, each of which is read once for all rows."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name in ("lead_provider", "delivery_partner"):
            field.choices = list(cast(ModelChoiceIterator, field.choices))
        return field


@admin.register(SchoolYear)
class SchoolYearAdmin(WarningsMixin, UploadMixin, SearchMixin, RecordAdmin):
    """School years, each with its partnerships."""

    import_file = staticmethod(school_years.import_school_years)
    also_adds = (SchoolPartnership,)
    upload_hint = upload_hint(
        school_years.COLUMNS.required,
        "programme is provider_led, school_led or not_decided; a row with a lead provider is a"
        " partnership.",
        school_years.COLUMNS.optional,
    )
    list_display = ("school", "cohort", "programme", "lead_provider", "appropriate_body")
    list_filter = ("programme", "cohort")
    ordering = ("-id",)
    list_select_related = ("school", "cohort", "lead_provider")
    found_by = FoundBy(schools=("school",))
    search_help_text = _OF_SCHOOLS
    autocomplete_fields = ("school", "cohort", "lead_provider")
    inlines = (SchoolPartnershipInline,)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        """Save the year's partnerships, and put the training that waits for a new one in it."""
        super().save_formset(request, form, formset, change)
        for partnership in formset.new_objects:
            take_in_waiting(partnership)


@admin.register(SchoolPartnership)
class SchoolPartnershipAdmin(SearchMixin, RecordAdmin):
    """Which lead provider and delivery partner train at a school in an academic year."""

    list_display = ("school", "cohort", "lead_provider", "delivery_partner")
    list_filter = ("cohort", "lead_provider")
    ordering = ("-id",)
    list_select_related = (
        "school",
        "cohort",
        # For the name of a partnership.
        "school_year__cohort",
        "school_year__school",
        "lead_provider",
        "delivery_partner",
    )
    lists_by_keys = ("school", "cohort", "lead_provider", "delivery_partner")
    found_by = FoundBy(schools=("school",), ids=("public_id",))
    search_help_text = _OF_SCHOOLS
    autocomplete_fields = ("school_year", "lead_provider", "delivery_partner")
    readonly_fields = ("public_id", "created_at", "updated_at")

    def name_in_list(self, record: SchoolPartnership) -> str:
        pair = f"{record.lead_provider} with {record.delivery_partner}"
        return f"{pair}: {record.school}, {record.cohort}"

    def save_model(
        self, request: HttpRequest, obj: SchoolPartnership, form: ModelForm, change: bool
    ) -> None:
        """Save the partnership, and put the training that waits for it in it."""
        lock_school_year(obj.school_year.school_id, obj.school_year.cohort_id)
        super().save_model(request, obj, form, change)
        take_in_waiting(obj)


@admin.register(TrainingPeriod)
class TrainingPeriodAdmin(WarningsMixin, UploadMixin, SearchMixin, PeriodFormMixin, RecordAdmin):
    """The training of mentors and ECTs: by which provider, in which partnership, and when."""

    import_file = staticmethod(training.import_training)
    upload_hint = upload_hint(
        training.COLUMNS.required,
        "role is mentor or ect. docs/importing-people.md says what the columns mean.",
        training.COLUMNS.optional,
    )
    list_display = ("teacher", "school", "lead_provider", "cohort", "started_on", "last_day")
    list_filter = (
        "lead_provider",
        ("partnership", GivenFilter),
        "cohort",
        ("withdrawn_at", GivenFilter),
        ("deferred_at", GivenFilter),
    )
    list_select_related = (
        "teacher",
        "school",
        "lead_provider",
        "cohort",
    )
    found_by = FoundBy(("teacher",), ("school",), ids=("public_id",))
    ordering = ("-id",)
    autocomplete_fields = ("mentor", "ect", "lead_provider", "cohort", "partnership")
    readonly_fields = ("public_id", "finished_on_before_completion")

    def save_model(
        self, request: HttpRequest, obj: TrainingPeriod, form: ModelForm, change: bool
    ) -> None:
        """Save the training; a mentor's makes them eligible, as where a school chooses it."""
        super().save_model(request, obj, form, change)
        if obj.mentor_id:
            teacher = lock_teacher(obj.teacher_id)
            make_eligible(teacher, obj.started_on, by=who(request), now=timezone.now())
