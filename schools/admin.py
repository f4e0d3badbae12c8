"""Schools, and who works in them, as DfE staff keep them. Teacher's admin is in staff/."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.record_admin import RecordAdmin
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School
from schools.period_admin import PeriodFormMixin


class AppointmentInline(PeriodFormMixin, admin.TabularInline):
    """The school's induction tutors, now and before."""

    model = InductionTutor
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(School)
class SchoolAdmin(RecordAdmin):
    """The register's columns are read-only: the GIAS import keeps them."""

    list_display = ("name", "urn", "status", "town", "local_authority")
    list_filter = ("status", "phase")
    search_fields = ("name", "=urn", "town", "postcode")
    search_help_text = "Search by name, URN, town or postcode"
    inlines = (AppointmentInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: School | None = None) -> list[str]:
        """All that the register says of a school: the next import would undo what is typed here."""
        return [field.name for field in School._meta.fields] if obj else []


@admin.register(InductionTutor)
class InductionTutorAdmin(PeriodFormMixin, RecordAdmin):
    """Who is or was induction tutor where."""

    list_display = ("user", "school", "source", "started_on", "last_day")
    list_filter = ("source",)
    list_select_related = ("user", "school")
    search_fields = ("user__name", "user__email", "school__name", "=school__urn")
    autocomplete_fields = ("user", "school")
    date_hierarchy = "started_on"


class AtSchoolForm(forms.ModelForm):
    """Somebody's time at a school. Email addresses are kept in lower case."""

    def clean_email(self) -> str:
        """The address in lower case, as the database keeps it."""
        return self.cleaned_data["email"].lower()


class AtSchoolAdmin(PeriodFormMixin, RecordAdmin):
    """What the admins of both roles share."""

    form = AtSchoolForm
    list_display = ("teacher", "school", "email", "started_on", "last_day")
    list_select_related = ("teacher", "school")
    list_filter = (("finished_on", admin.EmptyFieldListFilter),)
    search_fields = (
        "teacher__name",
        "=teacher__trn",
        "email",
        "school__name",
        "=school__urn",
        "=public_id",
    )
    search_help_text = "Search by the person's name, TRN or email address, or by school"
    autocomplete_fields = ("teacher", "school")
    readonly_fields = ("public_id",)
    date_hierarchy = "started_on"


@admin.register(MentorAtSchool)
class MentorAtSchoolAdmin(AtSchoolAdmin):
    """Mentors at schools."""


@admin.register(ECTAtSchool)
class ECTAtSchoolAdmin(AtSchoolAdmin):
    """ECTs at schools, and their induction."""

    last_days = {  # noqa: RUF012
        "finished_on": "Last day",
        "induction_finished_on": "Last day of induction",
    }
    list_display = (*AtSchoolAdmin.list_display, "induction_started_on", "induction_last_day")
