"""The admin of teachers, with all that belongs to them, and of the history of all records."""

from collections.abc import Iterator

from django import forms
from django.apps import apps
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from pghistory.admin import EventsAdmin
from pghistory.models import Events

from core.admin_bases import PeriodFormMixin, ReadOnlyInline, RecordAdmin
from core.bounds import check_date_of_birth
from core.hand_made import HandMadeAddresses, can_be_id
from core.periods import in_words
from declarations.models import Declaration, RecordedCompletion, TrainingPeriod
from mentors.leaving.induction import AfterInduction, record_induction_end
from mentors.models import Mentorship, StatusPolicy
from schools.admin import TRNSearchMixin
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from schools.uploads import PeopleUpload
from staff.merging import MERGE, MergedTeachersMixin
from staff.moving import MovableECTAdmin, MovableMentorAdmin
from staff.policies import StatusPolicyAdmin
from staff.preview import preview_mentor
from staff.state_changes.admin import MovableDeclarationAdmin
from staff.steps import StepsMixin
from staff.taking_over import ClosingSchoolAdmin

admin.site.register(Declaration, MovableDeclarationAdmin)
admin.site.register(School, ClosingSchoolAdmin)
admin.site.register(StatusPolicy, StatusPolicyAdmin)
admin.site.register(MentorAtSchool, MovableMentorAdmin)
admin.site.register(ECTAtSchool, MovableECTAdmin)
admin.site.unregister(Events)


@admin.register(Events)
class HistoryAdmin(HandMadeAddresses, EventsAdmin):
    """The history of all records; `?obj=schools.Teacher:7` asks for that of one."""

    def changelist_view(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        """404 for the history of a record that there cannot be, or is no more."""
        if "obj" in request.GET:
            label, _, pk = request.GET["obj"].partition(":")
            try:
                model = apps.get_model(label)
            except (LookupError, ValueError) as error:
                raise Http404 from error
            if not (can_be_id(model, pk) and model._default_manager.filter(pk=pk).exists()):
                raise Http404
        return super().changelist_view(request, *args, **kwargs)


class MentorAtSchoolInline(ReadOnlyInline):
    """The teacher's times as a mentor, each with a preview of the page that the school sees."""

    model = MentorAtSchool
    list_select_related = ("teacher", "school")
    fields = ("school", "email", "started_on", "last_day", "preview")

    def preview(self, mentor: MentorAtSchool) -> str:
        """A link to the preview of the mentor's page."""
        address = reverse("admin:preview-mentor", args=[mentor.public_id])
        return format_html('<a href="{}">Preview the page</a>', address)


class ECTAtSchoolInline(ReadOnlyInline):
    """The teacher's times as an ECT."""

    model = ECTAtSchool
    list_select_related = ("teacher", "school")
    fields = ("school", "email", "started_on", "last_day")


class TrainingPeriodInline(ReadOnlyInline):
    """The teacher's training periods."""

    model = TrainingPeriod
    list_select_related = (
        "teacher",
        "lead_provider",
        "cohort",
        "partnership__lead_provider",
        "partnership__delivery_partner",
        "partnership__school_year__school",
        "partnership__school_year__cohort",
    )
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
    list_select_related = ("lead_provider", "teacher")
    fields = ("declaration_type", "declaration_date", "state", "lead_provider")


class RecordedCompletionInline(admin.TabularInline):
    """The completions of mentor training that DfE recorded for the teacher."""

    model = RecordedCompletion
    extra = 0
    readonly_fields = ("recorded_at",)


@admin.register(Teacher)
class TeacherAdmin(
    MergedTeachersMixin, StepsMixin, PeopleUpload, TRNSearchMixin, PeriodFormMixin, RecordAdmin
):
    """Teachers, found by name, TRN, email address or participant id.

    Recording the end of a teacher's induction ends their mentorships as an ECT.
    """

    steps = (MERGE,)
    last_days = {"induction_finished_on": "Last day of induction"}  # noqa: RUF012
    list_display = ("name", "trn", "date_of_birth", "mentor_funding_eligible_from")
    list_filter = (("mentor_funding_eligible_from", admin.EmptyFieldListFilter),)
    search_fields = (
        "searchable_name__has_words",
        "=trn",
        "=participant_id",
        "mentoratschools__email",
        "ectatschools__email",
    )
    search_help_text = "Search by name, TRN, email address or participant id"
    readonly_fields = ("participant_id", "mentor_training_record_id", "likely_duplicates")
    day_rules = {"date_of_birth": check_date_of_birth}  # noqa: RUF012
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

    @admin.display(description="likely duplicates")
    def likely_duplicates(self, teacher: Teacher) -> str:
        """Links to the teachers of the same name and date of birth, who may be the same person."""
        if teacher.pk is None:
            return "no"
        alike = Teacher.objects.filter(
            searchable_name=teacher.searchable_name, date_of_birth=teacher.date_of_birth
        ).exclude(pk=teacher.pk)
        links = [(reverse("admin:schools_teacher_change", args=[each.pk]), each) for each in alike]
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "no"

    def save_model(
        self, request: HttpRequest, obj: Teacher, form: forms.ModelForm, change: bool
    ) -> None:
        """Save the teacher, and tell the user which mentorships a new end of induction changed."""
        if not change or "induction_finished_on" not in form.changed_data:
            super().save_model(request, obj, form, change)
            return
        outcome = record_induction_end(
            obj, form.initial.get("induction_finished_on"), day=timezone.localdate()
        )
        for sentence in _sentences(outcome):
            self.message_user(request, sentence)


def _sentences(outcome: AfterInduction) -> Iterator[str]:
    for mentorship in outcome.moved:
        last_day = mentorship.last_day
        until = f"until {in_words(last_day)}" if last_day else "with no last day"
        yield f"{_in_words(mentorship)} {until}."
    for mentorship in outcome.deleted:
        since = in_words(mentorship.started_on)
        yield f"We have deleted that {_in_words(mentorship)} from {since}, after induction."


def _in_words(mentorship: Mentorship) -> str:
    return f"{mentorship.mentor.teacher.name} mentors {mentorship.ect.teacher.name}"
