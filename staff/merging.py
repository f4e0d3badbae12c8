"""The step by which staff merge two records of one teacher, and the records of merges."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html_join

from core.admin_bases import ReadOnlyAdmin, RecordAdmin
from core.forms import TextField
from core.hand_made import can_be_id
from core.history_words import who
from core.periods import in_words, last_day
from core.text import read_uuid
from mentors.merging.merging import merge
from mentors.merging.periods import Joined
from mentors.merging.planning import (
    Induction,
    Merge,
    induction_of,
    inductions_differ,
    plan_merge,
)
from schools.finding import known_by, present_teacher_id
from schools.models import Teacher, TeacherMerge
from schools.search_admin import SearchMixin
from schools.search_words import FoundBy
from schools.trn import as_searched
from staff.steps import Review, ReviewLine, Section, StaffStep, StaffStepForm, days_of, line_about

_KEPT, _OTHER = "kept", "other"


class MergeForm(StaffStepForm):
    """Asks for the record that goes, and for the right induction where they differ.

    Cleans `other` to a Teacher, and `right` to the one with the right induction, or None.
    """

    other = TextField(
        label="TRN or participant id of the record that goes",
        max_length=50,
        error_messages={"required": "Enter the TRN or participant id of the other record"},
    )

    def __init__(self, record: Teacher, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        other = _teacher(str(self.data.get("other", ""))) if self.is_bound else None
        if other and inductions_differ(record, other):
            self.fields["right"] = forms.ChoiceField(
                label="Right induction",
                required=False,
                widget=forms.RadioSelect,
                choices=[
                    (name, f"{_induction_in_words(induction_of(of))}, as {of} has it")
                    for name, of in ((_KEPT, record), (_OTHER, other))
                ],
            )

    def clean_other(self) -> Teacher:
        """The teacher with this TRN or participant id; refuses one that no teacher has."""
        other = _teacher(self.cleaned_data["other"])
        if other is None:
            raise ValidationError("No record has this TRN or participant id")
        return other

    def clean(self) -> dict[str, Any]:
        """Turn the choice of the right induction into the teacher who has it, or None."""
        super().clean()
        cleaned = self.cleaned_data
        of = {_KEPT: self.record, _OTHER: cleaned.get("other")}
        cleaned["right"] = of.get(cleaned.get("right", ""))
        return cleaned


def _teacher(entry: str) -> Teacher | None:
    sought = as_searched(entry)
    identifier: str | UUID | None = read_uuid(sought)
    if identifier is None:
        return known_by(trn=sought).first()
    return known_by(participant_id=identifier).first()


def _review(kept: Teacher, answers: dict[str, Any]) -> Review:
    planned = plan_merge(kept, answers["other"], answers["right"])
    in_the_way = tuple(
        line
        for each in planned.in_the_way
        for line in (ReviewLine(f"{each.why}."), *map(line_about, each.rows))
    )
    sections = (
        Section("In the way", in_the_way),
        Section("The record that stays", tuple(_what_stays(planned))),
        Section("Becomes one", tuple(map(_joined, (*planned.times, *planned.mentorships)))),
        Section(
            "Is voided",
            tuple(
                line_about(each.voided, f"the one that is {each.stays.get_state_display()} stays")
                for each in planned.declarations
            ),
        ),
        Section("Is deleted", tuple(map(line_about, planned.deleted))),
        Section(f"Moves to {kept}", tuple(map(line_about, planned.moving))),
    )
    return Review(sections, planned.key, stopped=bool(planned.in_the_way))


def _what_stays(planned: Merge) -> list[ReviewLine]:
    """What the record that stays will have; where the other record differs, also what that has."""
    kept, other = planned.kept, planned.other
    lines = [
        ReviewLine(f"TRN {kept.trn}. TRN {other.trn} leads to it from now on", kept),
        ReviewLine(f"Participant id {kept.participant_id}. Lead providers read that it was two"),
        _either("Name", kept.name, other.name),
        _either("Date of birth", in_words(kept.date_of_birth), in_words(other.date_of_birth)),
    ]
    if planned.induction and planned.induction.started_on:
        lines.append(ReviewLine(_induction_in_words(planned.induction)))
    if funded := planned.funding_eligible_from:
        lines.append(ReviewLine(f"Eligible for mentor funding from {in_words(funded)}"))
    return lines


def _either(what: str, of_kept: str, of_other: str) -> ReviewLine:
    if of_kept == of_other:
        return ReviewLine(f"{what}: {of_kept}")
    return ReviewLine(f"{what}: {of_kept}. The other record says {of_other}, which is lost")


def _induction_in_words(induction: Induction) -> str:
    if induction.started_on is None:
        return "No induction"
    return f"Induction {days_of(induction.started_on, last_day(induction.finished_on))}"


def _joined(joined: Joined[Any]) -> ReviewLine:
    days = days_of(joined.started_on, last_day(joined.finished_on))
    gone = " and ".join(days_of(row.started_on, row.last_day) for row in joined.gone)
    line = line_about(joined.into)
    email = getattr(joined.into, "email", "")
    kept = f", email address {email}" if email else ""
    return ReviewLine(f"{line.text}, and {gone}: one, {days}{kept}", joined.into)


def _act(kept: Teacher, answers: dict[str, Any], seen: str, request: HttpRequest) -> str:
    other, right = answers["other"], answers["right"]
    name = str(other)
    merge(kept, other, right, seen=seen, by=who(request), now=timezone.now())
    return f"We have merged {name} into {kept}."


MERGE = StaffStep(
    "merge",
    "Merge another record into this one",
    ("schools.add_teachermerge",),
    MergeForm,
    _review,
    _act,
)


class MergedTeachersMixin(RecordAdmin):
    """An admin of teachers, in which the address of a merged record leads to the one that stays."""

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponseRedirect:
        if can_be_id(Teacher, object_id) and (present := present_teacher_id(int(object_id))):
            return redirect("admin:schools_teacher_change", present)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]


@admin.register(TeacherMerge)
class TeacherMergeAdmin(SearchMixin, ReadOnlyAdmin):
    """Which records of teachers were merged, by which user and when, and each row that moved."""

    list_display = ("name", "trn", "teacher", "merged_at", "by")
    list_select_related = ("teacher",)
    found_by = FoundBy(("teacher",))
    fields = (
        "teacher",
        "name",
        "trn",
        "date_of_birth",
        "participant_id",
        "into_participant_id",
        "mentor_training_record_id",
        "merged_at",
        "by",
        "changed_rows",
    )
    readonly_fields = ("changed_rows",)

    def changed_rows(self, merged: TeacherMerge) -> str:
        """A line for each row that the merge changed."""
        rows = ((row["model"], row["id"], row["what"]) for row in merged.rows)
        return format_html_join("", "<div>{} {}: {}</div>", rows) or "no"
