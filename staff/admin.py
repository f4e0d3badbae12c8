"""The teacher's whole story: where they are and were, their training, what was declared."""

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
    """Where they mentor, each with a preview of the page that the school sees."""

    model = MentorAtSchool
    fields = ("school", "email", "started_on", "last_day", "preview")

    def preview(self, mentor: MentorAtSchool) -> str:
        """A link to the mentor's page under any policy, on any day."""
        address = reverse("admin:preview-mentor", args=[mentor.public_id])
        return format_html('<a href="{}">Preview the page</a>', address)


class ECTAtSchoolInline(ReadOnlyInline):
    """Where they are an ECT."""

    model = ECTAtSchool
    fields = ("school", "email", "started_on", "last_day", "induction_started_on")


class TrainingPeriodInline(ReadOnlyInline):
    """Who trains them."""

    model = TrainingPeriod
    fields = ("partnership", "started_on", "last_day", "withdrawn_at", "deferred_at")


class DeclarationInline(ReadOnlyInline):
    """What lead providers declared for them."""

    model = Declaration
    fields = ("declaration_type", "declaration_date", "state", "lead_provider")


class RecordedCompletionInline(admin.TabularInline):
    """What DfE recorded about their mentor training."""

    model = RecordedCompletion
    extra = 0
    readonly_fields = ("recorded_at",)


@admin.register(Teacher)
class TeacherAdmin(RecordAdmin):
    """One person, found by name, TRN, email address or participant id."""

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
    readonly_fields = ("participant_id",)
    inlines = (
        MentorAtSchoolInline,
        ECTAtSchoolInline,
        TrainingPeriodInline,
        DeclarationInline,
        RecordedCompletionInline,
    )

    def get_urls(self) -> list[URLPattern]:
        """The addresses of this admin, and the preview's."""
        preview = self.admin_site.admin_view(preview_mentor)
        address = path("preview/mentors/<uuid:public_id>", preview, name="preview-mentor")
        return [address, *super().get_urls()]
