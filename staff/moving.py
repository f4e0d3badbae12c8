"""The steps by which support staff move a mentor or ECT, end their time, change who trains them."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from core.forms import EmailField
from core.history_words import who
from core.periods import finished_on, in_words, last_day
from core.refusals import RefusedChange, refusals_in_words
from declarations.models import LeadProvider, TrainingPeriod
from declarations.training import TrainingToCome, change_lead_provider, foresee_change
from mentors.admin import ECTAtSchoolAdmin, MentorAtSchoolAdmin
from mentors.leaving.cut_short import CutShort, cut_short_by, in_words_of
from mentors.leaving.leaving import check_last_day, check_may_leave, leave, may_leave
from mentors.leaving.moving import Destination, move, plan_move
from mentors.pairing.giving_back import without_them
from schools.admin import AtSchoolAdmin
from schools.models import MentorAtSchool, PersonAtSchool, School
from staff.steps import Review, ReviewLine, Section, StaffStep, StaffStepForm, StepsMixin, days_of

# Permission for all that the steps write.
_NEEDS = (
    "schools.change_mentoratschool",
    "schools.change_ectatschool",
    "mentors.change_mentorship",
)


def _day(label: str, required: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": f"{label} must be a real date"},
    )


def _is_not_over(person: PersonAtSchool, day: date) -> bool:
    return not person.is_over(day)


# --- End a time at a school ---


class EndForm(StaffStepForm):
    """Asks for the last day at the school."""

    last_day = _day("Last day", "Enter the last day")


def _review_end(person: PersonAtSchool, answers: dict[str, Any]) -> Review:
    day = timezone.localdate()
    check_may_leave(person, day)
    check_last_day(person, answers["last_day"], day)
    cut = cut_short_by(person, finished_on(answers["last_day"]), day)
    return Review(tuple(_cut_short(person, cut, day)), cut.key)


def _end(person: PersonAtSchool, answers: dict[str, Any], seen: str, request: HttpRequest) -> str:
    now, on = timezone.now(), answers["last_day"]
    with refusals_in_words():
        leave(person, on, seen=seen, day=timezone.localdate(), now=now)
    return f"The last day of {person} is {in_words(on)}."


def _cut_short(person: PersonAtSchool, cut: CutShort, day: date) -> Iterator[Section]:
    last = in_words(last_day(cut.finished_on))
    ending = [ReviewLine(f"{person}", person)]
    ending += [ReviewLine(in_words_of(row, person), row) for row in cut.ended]
    yield Section(f"Ends on {last}", tuple(ending))
    deleted = (
        ReviewLine(f"{in_words_of(row, person)} from {in_words(row.started_on)}", row)
        for row in cut.deleted
    )
    yield Section("Was to begin later, and is deleted", tuple(deleted))
    if isinstance(person, MentorAtSchool):
        sentences = without_them(
            cut.mentorships_deleted, day, ended=cut.mentorships_ended, finished_on=cut.finished_on
        )
        yield Section("What follows", tuple(map(ReviewLine, sentences)))


# --- Move to another school ---


class MovePersonForm(StaffStepForm):
    """Asks where the person moves to, from when, with which address, and who trains them there."""

    urn = forms.IntegerField(
        label="URN of the other school",
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"required": "Enter the URN", "invalid": "URN must be 6 digits"},
    )
    first_day = _day("First day there", "Enter the first day there")
    email = EmailField(label="Email address there")
    lead_provider = forms.ModelChoiceField(
        LeadProvider.objects.all(),
        label="Who trains them there",
        required=False,
        empty_label="They are not in training there",
        error_messages={"invalid_choice": "Choose a lead provider of the list"},
    )

    def clean_urn(self) -> School:
        """The school with this URN."""
        school = School.objects.filter(urn=self.cleaned_data["urn"]).first()
        if school is None:
            raise ValidationError("No school has this URN")
        return school


def _destination(answers: dict[str, Any]) -> Destination:
    return Destination(
        answers["urn"], answers["first_day"], answers["email"], answers.get("lead_provider")
    )


def _review_move(person: PersonAtSchool, answers: dict[str, Any]) -> Review:
    to, day = _destination(answers), timezone.localdate()
    planned = plan_move(person, to, day)
    cut = planned.cut_short
    made = [
        ReviewLine(f"{person.teacher} at {to.school}, {days_of(to.first_day, None)}, {to.email}")
    ]
    if to.lead_provider and planned.training:
        made.append(_to_come(to.lead_provider, planned.training))
    sections = (
        *(_cut_short(person, cut, day) if cut else ()),
        Section("Begins", tuple(made)),
    )
    return Review(sections, planned.key)


def _move(person: PersonAtSchool, answers: dict[str, Any], seen: str, request: HttpRequest) -> str:
    to, now = _destination(answers), timezone.now()
    there = move(person, to, seen=seen, by=who(request), now=now, day=timezone.localdate())
    return f"We have moved {person.teacher} to {there.school} from {in_words(to.first_day)}."


def _to_come(lead_provider: LeadProvider, training: TrainingToCome) -> ReviewLine:
    how = f"with {training.partnership.delivery_partner}" if training.partnership else ""
    return ReviewLine(
        f"Training with {lead_provider} for {training.cohort},"
        f" {days_of(training.started_on, None)},"
        f" {how or 'which waits for the partnership of the school with them'}"
    )


# --- Change who trains them ---


class ChangeLeadProviderForm(StaffStepForm):
    """Asks which lead provider trains the person from now on."""

    lead_provider = forms.ModelChoiceField(
        LeadProvider.objects.all(),
        error_messages={
            "required": "Choose a lead provider",
            "invalid_choice": "Choose a lead provider of the list",
        },
    )


def _training_of(person: PersonAtSchool, day: date) -> TrainingPeriod | None:
    """The training at this school that goes on, else the first to begin, else None."""
    rows = person.training_periods.not_over(day).order_by("started_on")
    return rows.select_related("lead_provider", "cohort", "teacher").first()


def _review_change(person: PersonAtSchool, answers: dict[str, Any]) -> Review:
    period, day = _trained(person), timezone.localdate()
    foreseen = foresee_change(period, answers["lead_provider"], day)
    begins = _to_come(answers["lead_provider"], foreseen)
    before = ReviewLine(f"Training with {period.lead_provider}, {_days(period)}", period)
    what = "Is changed" if foreseen.in_place else "Ends yesterday"
    sections = (Section(what, (before,)), Section("Begins", (begins,)))
    return Review(sections, f"{period.pk} {period.lead_provider_id}; {foreseen}")


def _change(
    person: PersonAtSchool, answers: dict[str, Any], seen: str, request: HttpRequest
) -> str:
    if _review_change(person, answers).key != seen:
        raise RefusedChange("Who trains them was changed while you were looking")
    period, to = _trained(person), answers["lead_provider"]
    with refusals_in_words():
        change_lead_provider(period, to, by=who(request), now=timezone.now())
    return f"{to} trains {person.teacher} now."


def _trained(person: PersonAtSchool) -> TrainingPeriod:
    period = _training_of(person, timezone.localdate())
    if period is None:
        raise RefusedChange("No training of theirs goes on at this school, or is to begin")
    return period


def _days(period: TrainingPeriod) -> str:
    return days_of(period.started_on, period.last_day)


def _is_trained(person: PersonAtSchool, day: date) -> bool:
    return _training_of(person, day) is not None


STEPS = (
    StaffStep(
        "move", "Move to another school", _NEEDS, MovePersonForm, _review_move, _move, _is_not_over
    ),
    StaffStep("end", "End their time here", _NEEDS, EndForm, _review_end, _end, may_leave),
    StaffStep(
        "change-lead-provider",
        "Change who trains them",
        _NEEDS,
        ChangeLeadProviderForm,
        _review_change,
        _change,
        _is_trained,
    ),
)


class FormerPublicIdsMixin(AtSchoolAdmin):
    """Shows the public ids of times at the school that merges of teachers joined to this one."""

    readonly_fields: ClassVar[tuple[str, ...]] = (
        *AtSchoolAdmin.readonly_fields,
        "former_public_ids",
    )

    def former_public_ids(self, person: PersonAtSchool) -> str:
        """The ids, with commas."""
        if person.pk is None:
            return "no"
        ids = person.former_public_ids.values_list("public_id", flat=True)
        return ", ".join(map(str, ids)) or "no"


class MovableMentorAdmin(StepsMixin, FormerPublicIdsMixin, MentorAtSchoolAdmin):
    """Mentors at schools, with the steps."""

    steps = STEPS


class MovableECTAdmin(StepsMixin, FormerPublicIdsMixin, ECTAtSchoolAdmin):
    """ECTs at schools, with the steps."""

    steps = STEPS
