"""Admin of schools and their induction tutors, and the base of that of mentors and ECTs.

Deleting a mentor or an ECT changes mentorships, so their admins are in mentors/; Teacher's is in
staff/.
"""

from functools import partial
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from core.admin_bases import RecordAdmin, RecordInline
from core.admin_days import PeriodFormMixin
from core.admin_lists import GivenFilter, NamedValuesFilter
from core.bounds import check_of_age
from core.own_additions import OwnAdditionsMixin
from core.periods import PeriodQuerySet, london_day
from core.refusals import RefusedChange
from core.uploads import UploadMixin, upload_hint
from schools.closing import check_time
from schools.forms import NominationFields
from schools.imports import tutors
from schools.models import InductionTutor, School, SchoolSuccession
from schools.save_warnings import WarningsMixin
from schools.search_admin import SearchMixin
from schools.search_words import FoundBy
from schools.tutors import check_nomination, invite_tutor, nominate


class AppointmentInline(PeriodFormMixin, RecordInline):
    """The school's induction tutors, past ones too. InductionTutorAdmin nominates new ones."""

    model = InductionTutor
    list_select_related = ("user", "school")
    readonly_fields = ("user", "source", "named_as")

    def has_add_permission(self, request: HttpRequest, obj: School | None = None) -> bool:
        return False


class SuccessionInline(RecordInline):
    """The schools that take over from this one."""

    model = SchoolSuccession
    fk_name = "school"
    autocomplete_fields = ("successor",)
    verbose_name = "successor"
    verbose_name_plural = "successors"


class SchoolAdmin(SearchMixin, RecordAdmin):
    """Admin of schools; staff/ registers it, with a step for closed ones.

    An existing one is read-only: its columns are the register's (GIAS).
    """

    list_display = ("name", "urn", "status", "town", "local_authority")
    list_filter = ("status", ("phase", NamedValuesFilter))
    found_by = FoundBy(schools=("pk",))
    search_help_text = "Search by name, town, URN or postcode"
    # The register's: a school may be centuries old.
    day_rules = {"opened_on": None, "closed_on": None}  # noqa: RUF012
    inlines = (AppointmentInline, SuccessionInline)

    def get_readonly_fields(self, request: HttpRequest, obj: School | None = None) -> list[str]:
        """Every column of an existing school: the next import would undo a change."""
        if obj is None:
            return []
        return [field.name for field in School._meta.fields if not field.generated]


class NominationAdminForm(NominationFields, forms.ModelForm):
    """Asks DfE staff for a school, and for the name and email address of its new tutor."""

    staff: User  # the signed-in user; InductionTutorAdmin.get_form sets it

    class Meta:
        model = InductionTutor
        fields = ("school",)

    def clean(self) -> None:
        super().clean()
        school, email = self.cleaned_data.get("school"), self.cleaned_data.get("email")
        if not (school and email):
            return
        try:
            check_nomination(school, email, by=self.staff, day=timezone.localdate())
        except RefusedChange as error:
            self.add_error("email", str(error))


@admin.register(InductionTutor)
class InductionTutorAdmin(
    OwnAdditionsMixin, WarningsMixin, UploadMixin, SearchMixin, PeriodFormMixin, RecordAdmin
):
    """Admin of induction tutors. Adding one nominates the person, who gets an email."""

    import_file = staticmethod(tutors.import_tutors)
    upload_hint = upload_hint(
        tutors.COLUMNS.required,
        "They are tutors from today. No email is sent: the list has an action for that.",
    )
    list_display = ("user", "school", "source", "started_on", "last_day")
    list_filter = ("source",)
    ordering = ("-id",)
    list_select_related = ("user", "school")
    found_by = FoundBy(users=("user",), schools=("school",))
    search_help_text = (
        "Search by the tutor's name or email address, or by a school's name, town, URN or postcode"
    )
    autocomplete_fields = ("school",)
    actions = ("invite_again",)

    def is_in_use(self, record: InductionTutor) -> bool:
        """Whether the tutor has signed in since they were appointed."""
        signed_in = record.user.last_login
        return signed_in is not None and london_day(signed_in) >= record.started_on

    def get_fields(self, request: HttpRequest, obj: InductionTutor | None = None) -> tuple:
        if obj is None:
            return ("school", "email", "name")
        return ("user", "school", "source", "named_as", "started_on", "finished_on")

    def get_readonly_fields(
        self, request: HttpRequest, obj: InductionTutor | None = None
    ) -> tuple[str, ...]:
        """The user, school and source of an appointment that is there: they never change."""
        return () if obj is None else ("user", "school", "source")

    def get_form(
        self,
        request: HttpRequest,
        obj: InductionTutor | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        """The form that nominates a tutor, or the one that changes an appointment."""
        if obj is None:
            kwargs["form"] = type(
                "NominationAdminForm", (NominationAdminForm,), {"staff": request.user}
            )
        return super().get_form(request, obj, change, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save the form; it shows a nomination refused after its own checks as an error."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RefusedChange as error:
            request.refused_because = str(error)  # type: ignore[attr-defined]  # see RecordAdmin
            return super().changeform_view(request, *args, **kwargs)

    def save_form(
        self, request: HttpRequest, form: forms.ModelForm, change: bool
    ) -> InductionTutor:
        """Nominate a new tutor, who is emailed how to sign in."""
        if change:
            return super().save_form(request, form, change)
        named = form.cleaned_data
        form.instance = nominate(
            named["school"],
            named["email"],
            named["name"],
            by=cast(User, request.user),
            day=timezone.localdate(),
        )
        form.save_m2m = lambda: None  # type: ignore[method-assign]  # admin calls it after save_form
        self._tell(request, form.instance)
        return form.instance

    def save_model(
        self, request: HttpRequest, obj: InductionTutor, form: forms.ModelForm, change: bool
    ) -> None:
        """Save a change; `save_form` has saved a nomination already."""
        if change:
            super().save_model(request, obj, form, change)

    @admin.action(description="Send the invitation again", permissions=["change"])
    def invite_again(self, request: HttpRequest, tutors: PeriodQuerySet) -> None:
        """Email the selected tutors again: those that were nominated and are tutors today."""
        today = timezone.localdate()
        nominated = tutors.on(today).filter(source=InductionTutor.Source.NOMINATION)
        for tutor in nominated:
            invite_tutor(tutor)
            self._tell(request, tutor)
        if left_out := tutors.count() - len(nominated):
            self.message_user(request, f"Left out, as they need none: {left_out}.")

    def _tell(self, request: HttpRequest, tutor: InductionTutor) -> None:
        self.message_user(request, f"We have emailed {tutor}.", messages.SUCCESS)


_OF_THE_TIME = frozenset(("teacher", "school", "started_on", "finished_on"))


class AtSchoolForm(forms.ModelForm):
    """A person's time at a school: of age, and while the school is open."""

    def clean(self) -> dict[str, Any]:
        """Refuse a time before the 18th birthday, or at a closed school."""
        entered = super().clean() or {}
        teacher, school, started_on = map(entered.get, ("teacher", "school", "started_on"))
        is_changed = not _OF_THE_TIME.isdisjoint(self.changed_data)
        if not (is_changed and teacher and school and started_on):
            return entered
        time = self._meta.model(**{name: entered.get(name) for name in _OF_THE_TIME})
        for field, check in (
            ("started_on", partial(check_of_age, "First day", teacher.date_of_birth, started_on)),
            ("school", partial(check_time, time, timezone.localdate())),
        ):
            try:
                check()
            except RefusedChange as refusal:
                self.add_error(field, str(refusal))
        return entered


class AtSchoolAdmin(WarningsMixin, SearchMixin, PeriodFormMixin, RecordAdmin):
    """The base of the admins of mentors and ECTs."""

    form = AtSchoolForm
    list_display: tuple[str, ...] = ("teacher", "school", "email", "started_on", "last_day")
    list_select_related = ("teacher", "school")
    list_filter = (("finished_on", GivenFilter),)
    found_by = FoundBy(("teacher",), ("school",), emails=("email",), ids=("public_id",))
    # Not A to Z: PostgreSQL would sort all times of the people who have a common name.
    ordering = ("-id",)
    autocomplete_fields = ("teacher", "school")
    readonly_fields: ClassVar[tuple[str, ...]] = ("public_id",)
