"""Notes of staff on a teacher or a school: written, shown in the story, and withdrawn."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from core.admin_addresses import address_of_page
from core.admin_bases import RecordAdmin
from core.history_words import names_in_logs, who
from core.periods import london_day
from schools.models import StaffNote
from schools.search_admin import SearchMixin
from schools.search_words import FoundBy
from staff.story.lines import StoryLine


def lines_of_notes(notes: Iterable[StaffNote]) -> Iterator[StoryLine]:
    """A line of the story for each note. For a withdrawn one it says only that there was a note."""
    rows = list(notes)
    users = names_in_logs(note.by for note in rows)
    for note in rows:
        writer = users.get(note.by, note.by)
        what = "Note, which its writer withdrew" if note.withdrawn_at else f"Note: {note.text}"
        yield StoryLine(london_day(note.written_at), what, note, note.written_at, writer)


class NoteForm(forms.ModelForm):
    """Asks for a note, and the teacher or school that it is on."""

    class Meta:
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}  # noqa: RUF012


class WithdrawForm(forms.ModelForm):
    """Asks the writer of a note whether to withdraw it."""

    withdraw = forms.BooleanField(
        required=False, help_text="The story then shows that there was a note, without its text."
    )


@admin.register(StaffNote)
class StaffNoteAdmin(SearchMixin, RecordAdmin):
    """Notes of staff. None is changed or deleted; its writer may withdraw it."""

    list_display = ("written_at", "teacher", "school", "shown_text", "by", "withdrawn_at")
    list_select_related = ("teacher", "school")
    found_by = FoundBy(("teacher",), ("school",))
    ordering = ("-id",)
    autocomplete_fields = ("teacher", "school")

    def get_fields(self, request: HttpRequest, obj: StaffNote | None = None) -> tuple[str, ...]:
        if obj is None:
            # The link on a teacher's or a school's page has that record in its address. The form
            # then has its field, filled in, and no field for the other kind.
            asked = [name for name in ("teacher", "school") if name in request.GET]
            return (*(asked or ("teacher", "school")), "text")
        fields = ("teacher", "school", "text", "by", "written_at", "withdrawn_at")
        return (*fields, "withdraw") if self.has_change_permission(request, obj) else fields

    def get_readonly_fields(
        self, request: HttpRequest, obj: StaffNote | None = None
    ) -> tuple[str, ...]:
        """All fields of a note that is saved, none of a new one."""
        if obj is None:
            return ()
        return ("teacher", "school", "text", "by", "written_at", "withdrawn_at")

    def get_form(
        self,
        request: HttpRequest,
        obj: StaffNote | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        """The form that writes a note, or the one that withdraws it."""
        kwargs["form"] = WithdrawForm if obj else NoteForm
        form = super().get_form(request, obj, change, **kwargs)
        asked: dict[str, Any] = form.base_fields
        for name in {"teacher", "school"} & {*asked}:
            # A note is on a record that exists: the form has no links to add or change records.
            widget = asked[name].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        if {"teacher", "school"} <= {*asked}:
            asked["school"].help_text = "Choose a teacher or a school, and not both."
        return form

    def has_change_permission(self, request: HttpRequest, obj: StaffNote | None = None) -> bool:
        """Whether the user may withdraw the note: their own one, once."""
        is_own = obj is None or (obj.by == who(request) and obj.withdrawn_at is None)
        return is_own and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: StaffNote | None = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: StaffNote, form: forms.ModelForm, change: bool
    ) -> None:
        """Keep a new note with its writer, or withdraw one."""
        if not change:
            obj.by, obj.written_at = who(request), timezone.now()
            obj.save()
        elif form.cleaned_data["withdraw"]:
            obj.withdrawn_at = timezone.now()
            obj.save(update_fields=["withdrawn_at"])

    def response_add(
        self, request: HttpRequest, obj: StaffNote, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Back to the record that the note is on, if the user may see it."""
        about = obj.teacher or obj.school
        page = address_of_page(about, request) if about else ""
        if not page:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, "We have added your note.", messages.SUCCESS)
        return HttpResponseRedirect(page)

    @admin.display(description="text")
    def shown_text(self, note: StaffNote) -> str:
        """The text, unless the note is withdrawn."""
        return "withdrawn" if note.withdrawn_at else note.text
