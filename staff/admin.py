"""The admin of teachers, with all that belongs to them, and of the history of all records."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from pghistory.admin import EventsAdmin
from pghistory.models import Events

from core.admin_addresses import address_of_list
from core.admin_bases import RecordAdmin, RecordInline
from core.admin_days import PeriodFormMixin
from core.admin_lists import GivenFilter
from core.bounds import check_date_of_birth
from core.hand_made import HandMadeAddresses, can_be_id
from core.models import Look
from core.own_additions import OwnAdditionsMixin
from core.periods import in_words
from core.uploads import UploadMixin, upload_hint
from declarations.models import Declaration, RecordedCompletion
from mentors.leaving.induction import AfterInduction, record_induction_end
from mentors.models import Mentorship, StatusPolicy
from schools.imports import people
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from schools.save_warnings import WarningsMixin
from schools.search_admin import SearchMixin
from schools.search_words import FoundBy
from staff.finding import find
from staff.looks.admin import LookAdmin
from staff.looks.reading import looks_at
from staff.merging import MERGE, MergedTeachersMixin
from staff.moving import MovableECTAdmin, MovableMentorAdmin
from staff.overview import overview
from staff.policies import StatusPolicyAdmin
from staff.preview import preview_mentor
from staff.same_person import TeacherForm, alike, links_to
from staff.state_changes.admin import MovableDeclarationAdmin
from staff.steps import StepsMixin, with_addresses
from staff.story.lines import StoryLine, StoryMixin
from staff.story.readings import readings_of
from staff.story.school import sections_of, story_of_school
from staff.story.teacher import story_of
from staff.taking_over import ClosingSchoolAdmin

# How many looks at a teacher their page shows: the latest ones.
_LOOKS = 20

admin.site.register(Look, LookAdmin)
admin.site.register(Declaration, MovableDeclarationAdmin)
admin.site.register(MentorAtSchool, MovableMentorAdmin)
admin.site.register(ECTAtSchool, MovableECTAdmin)
admin.site.register(StatusPolicy, StatusPolicyAdmin)
admin.site.unregister(Events)


@admin.register(Events)
class HistoryAdmin(HandMadeAddresses, EventsAdmin):
    """The history of all records; `?obj=schools.Teacher:7` asks for that of one."""

    def changelist_view(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        """Show the history; 404 for that of a record which is not in the database."""
        if "obj" in request.GET:
            label, _, pk = request.GET["obj"].partition(":")
            try:
                model = apps.get_model(label)
            except (LookupError, ValueError) as error:
                raise Http404 from error
            if not (can_be_id(model, pk) and model._default_manager.filter(pk=pk).exists()):
                raise Http404
        return super().changelist_view(request, *args, **kwargs)


class RecordedCompletionInline(RecordInline):
    """The completions of mentor training that DfE recorded for the teacher."""

    model = RecordedCompletion
    readonly_fields = ("recorded_at",)


@admin.register(School)
class StaffSchoolAdmin(StoryMixin, ClosingSchoolAdmin):
    """Schools, each with what belongs to it and its story."""

    change_form_template = "admin/change_form_with_story.html"

    def story(self, record: School) -> list[StoryLine]:
        return story_of_school(record)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Adds what belongs to the school, and what is open at a closed one."""
        school = context.get("original")
        if school is not None:
            sections = sections_of(school, timezone.localdate())
            context["sections"] = with_addresses(request, sections)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Teacher)
class TeacherAdmin(
    MergedTeachersMixin,
    OwnAdditionsMixin,
    WarningsMixin,
    StoryMixin,
    StepsMixin,
    UploadMixin,
    SearchMixin,
    PeriodFormMixin,
    RecordAdmin,
):
    """Teachers, found by name, TRN, email address or participant id.

    Recording the end of a teacher's induction ends their mentorships as an ECT.
    """

    import_file = staticmethod(people.import_people)
    also_adds = (MentorAtSchool, ECTAtSchool)
    upload_hint = upload_hint(
        people.COLUMNS.required,
        "A row is a person's time at a school; role is mentor or ect. docs/importing-people.md says"
        " what the columns mean.",
        people.COLUMNS.optional,
    )
    form = TeacherForm
    steps = (MERGE,)
    change_form_template = "admin/schools/teacher/change_form.html"
    last_days = {"induction_finished_on": "Last day of induction"}  # noqa: RUF012
    list_display = ("name", "trn", "date_of_birth", "mentor_funding_eligible_from")
    list_filter = (("mentor_funding_eligible_from", GivenFilter),)
    found_by = FoundBy(("pk",))
    sortable_by = ("trn",)
    readonly_fields = ("participant_id", "mentor_training_record_id", "likely_duplicates")
    day_rules = {"date_of_birth": check_date_of_birth}  # noqa: RUF012
    inlines = (RecordedCompletionInline,)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Teacher | None = None
    ) -> tuple[str, ...]:
        """None while a teacher is being added: these fields have no values until they are saved."""
        return self.readonly_fields if obj else ()

    def get_urls(self) -> list[URLPattern]:
        """Adds the addresses of the preview, and of the first page's search and overview."""
        preview = self.admin_site.admin_view(preview_mentor)
        return [
            path("preview/mentors/<uuid:public_id>", preview, name="preview-mentor"),
            path("find/", self.admin_site.admin_view(find), name="find"),
            path("overview/", self.admin_site.admin_view(overview), name="overview"),
            *super().get_urls(),
        ]

    def story(self, record: Teacher) -> list[StoryLine]:
        return story_of(record)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Adds what each school reads about the teacher and why, and who looked at them."""
        teacher = context.get("original")
        if teacher is not None:
            context["readings"] = readings_of(teacher, timezone.localdate())
            context["all_looks"] = address_of_list(Look, request, str(teacher.participant_id))
            context["looks"] = looks_at(teacher, _LOOKS) if context["all_looks"] else []
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="likely duplicates")
    def likely_duplicates(self, teacher: Teacher) -> str:
        """Links to the teachers of the same name and date of birth, who may be the same person."""
        return links_to(alike(teacher.name, teacher.date_of_birth, teacher.pk)) or "no"

    def save_model(
        self, request: HttpRequest, obj: Teacher, form: forms.ModelForm, change: bool
    ) -> None:
        """Save the teacher; say which mentorships and training a new end of induction changed."""
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
        pair = _in_words(mentorship)
        yield f"We have deleted that {pair} from {since}, as that is after the end of induction."
    for period in outcome.training:
        yield f"We have deleted {period.teacher.name}’s training that was to begin with it."


def _in_words(mentorship: Mentorship) -> str:
    return f"{mentorship.mentor.teacher.name} mentors {mentorship.ect.teacher.name}"
