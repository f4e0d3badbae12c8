"""Schools, and who works in them, as DfE staff keep them.

ECTs' admin is in mentors/, as the end of induction ends a mentorship; Teacher's in staff/.
"""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.admin_bases import PeriodFormMixin, RecordAdmin
from core.refusals import RefusedChange
from schools.forms import NominationFields
from schools.models import InductionTutor, MentorAtSchool, School
from schools.tutors import check_nomination, invite_after_commit, nominate


class AppointmentInline(PeriodFormMixin, admin.TabularInline):
    """The school's induction tutors, now and before. They are named in InductionTutorAdmin."""

    model = InductionTutor
    extra = 0
    readonly_fields = ("user", "source", "named_as")

    def has_add_permission(self, request: HttpRequest, obj: School | None = None) -> bool:
        """Nobody adds one here, where no email would tell them."""
        return False


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


class NominationForm(NominationFields, forms.ModelForm):
    """Asks DfE staff whom to name, and for which school."""

    staff: Any  # who asks; InductionTutorAdmin.get_form says

    class Meta:
        model = InductionTutor
        fields = ("school",)

    def clean(self) -> None:
        """Say why they cannot be named."""
        super().clean()
        school, email = self.cleaned_data.get("school"), self.cleaned_data.get("email")
        if not (school and email):
            return
        try:
            check_nomination(school, email, by=self.staff, day=timezone.localdate())
        except RefusedChange as error:
            self.add_error("email", str(error))


@admin.register(InductionTutor)
class InductionTutorAdmin(PeriodFormMixin, RecordAdmin):
    """Who is or was induction tutor where. To add one is to name them, by email."""

    list_display = ("user", "school", "source", "started_on", "last_day")
    list_filter = ("source",)
    list_select_related = ("user", "school")
    search_fields = ("user__name", "user__email", "named_as", "school__name", "=school__urn")
    autocomplete_fields = ("school",)
    date_hierarchy = "started_on"
    actions = ("invite_again",)

    def get_fields(self, request: HttpRequest, obj: InductionTutor | None = None) -> tuple:
        """Of somebody new, what names them; of an appointment, all of it."""
        if obj is None:
            return ("school", "email", "name")
        return ("user", "school", "source", "named_as", "started_on", "finished_on")

    def get_readonly_fields(
        self, request: HttpRequest, obj: InductionTutor | None = None
    ) -> tuple[str, ...]:
        """An appointment stays that of its person and school: for others there is another one."""
        return () if obj is None else ("user", "school", "source")

    def get_form(
        self, request: HttpRequest, obj: InductionTutor | None = None, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form that names somebody, or the one that changes an appointment."""
        if obj is None:
            kwargs["form"] = type("NominationForm", (NominationForm,), {"staff": request.user})
        return super().get_form(request, obj, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save the form; a nomination refused in a race is refused by the form then."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RefusedChange as error:
            request.refused_because = str(error)
            return super().changeform_view(request, *args, **kwargs)

    def save_form(
        self, request: HttpRequest, form: forms.ModelForm, change: bool
    ) -> InductionTutor:
        """Name somebody new, and have the email sent."""
        if change:
            return super().save_form(request, form, change)
        named = form.cleaned_data
        form.instance = nominate(
            named["school"],
            named["email"],
            named["name"],
            by=request.user,
            day=timezone.localdate(),
        )
        form.save_m2m = lambda: None  # admin asks for it after save_form
        invite_after_commit(form.instance, partial(self._tell, request, form.instance))
        return form.instance

    def save_model(
        self, request: HttpRequest, obj: InductionTutor, form: forms.ModelForm, change: bool
    ) -> None:
        """Save a change; a nomination is saved already."""
        if change:
            super().save_model(request, obj, form, change)

    @admin.action(description="Send the invitation again", permissions=["change"])
    def invite_again(self, request: HttpRequest, tutors: QuerySet[InductionTutor]) -> None:
        """Email the chosen tutors again, of those who are one today and were nominated."""
        today = timezone.localdate()
        nominated = tutors.on(today).filter(source=InductionTutor.Source.NOMINATION)
        for tutor in nominated:
            invite_after_commit(tutor, partial(self._tell, request, tutor))
        if left_out := tutors.count() - len(nominated):
            self.message_user(request, f"Left out, as they need none: {left_out}.")

    def _tell(self, request: HttpRequest, tutor: InductionTutor, went_out: bool) -> None:
        if went_out:
            self.message_user(request, f"We have emailed {tutor}.", messages.SUCCESS)
        else:
            self.message_user(
                request,
                f"Our email to {tutor} did not go out. Send the invitation again from the list.",
                messages.ERROR,
            )


class AtSchoolForm(forms.ModelForm):
    """Somebody's time at a school. Email addresses are kept in lower case."""

    def clean_email(self) -> str:
        """The address in lower case, as the database keeps it."""
        return self.cleaned_data["email"].lower()


class AtSchoolAdmin(PeriodFormMixin, RecordAdmin):
    """What the admins of both roles share."""

    form = AtSchoolForm
    list_display: tuple[str, ...] = ("teacher", "school", "email", "started_on", "last_day")
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
