"""The admin of teachers: their times at schools, training, and declarations on one page."""

from django.contrib import admin
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from core.admin_bases import ReadOnlyInline, RecordAdmin
from declarations.models import Declaration, RecordedCompletion, TrainingPeriod
from schools.models import ECTAtSchool, MentorAtSchool, Teacher
from staff.preview import preview_mentor
from staff.state_changes.admin import MovableDeclarationAdmin

admin.site.register(Declaration, MovableDeclarationAdmin)


class MentorAtSchoolInline(ReadOnlyInline):
    """The teacher's times as a mentor, each with a preview of the page that the school sees."""

    model = MentorAtSchool
    fields = ("school", "email", "started_on", "last_day", "preview")

    def preview(self, mentor: MentorAtSchool) -> str:
        """A link to the preview of the mentor's page."""
        address = reverse("admin:preview-mentor", args=[mentor.public_id])
        return format_html('<a href="{}">Preview the page</a>', address)


class ECTAtSchoolInline(ReadOnlyInline):
    """The teacher's times as an ECT."""

    model = ECTAtSchool
    fields = ("school", "email", "started_on", "last_day", "induction_started_on")


class TrainingPeriodInline(ReadOnlyInline):
    """The teacher's training periods."""

    model = TrainingPeriod
    fields = (
        "lead_provider",
        "cohort",
        "partnership",
        "started_on",
        "last_day",
        "withdrawn_at",
        "deferred_at",
        "end_reason",
    )


class DeclarationInline(ReadOnlyInline):
    """The declarations about the teacher."""

    model = Declaration
    fields = ("declaration_type", "declaration_date", "state", "lead_provider")


class RecordedCompletionInline(admin.TabularInline):
    """The completions of mentor training that DfE recorded for the teacher."""

    model = RecordedCompletion
    extra = 0
    readonly_fields = ("recorded_at",)


@admin.register(Teacher)
class TeacherAdmin(RecordAdmin):
    """Teachers, found by name, TRN, email address or participant id."""

    list_display = ("name", "trn", "date_of_birth", "mentor_funding_eligible_from")
    list_filter = (("mentor_funding_eligible_from", admin.EmptyFieldListFilter),)
    search_fields = (
        "name",
        "=trn",
        "=participant_id",
        "mentoratschools__email",
        "ectatschools__email",
    )
    search_help_text = "Search by name, TRN, email address or participant id"
    readonly_fields = ("participant_id", "mentor_training_record_id")
    inlines = (
        MentorAtSchoolInline,
        ECTAtSchoolInline,
        TrainingPeriodInline,
        DeclarationInline,
        RecordedCompletionInline,
    )

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the preview."""
        preview = self.admin_site.admin_view(preview_mentor)
        address = path("preview/mentors/<uuid:public_id>", preview, name="preview-mentor")
        return [address, *super().get_urls()]
