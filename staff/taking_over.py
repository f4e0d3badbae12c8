"""The admin of schools, with the step that moves a closed school's people to its successor."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from core.periods import in_words, last_day
from mentors.taking_over.moving import take_over
from mentors.taking_over.planning import plan_take_over
from schools.admin import SchoolAdmin
from schools.models import School
from staff.steps import Review, ReviewLine, Section, StaffStep, StaffStepForm, StepsMixin


class SuccessorForm(StaffStepForm):
    """Asks which successor takes over."""

    successor = forms.ModelChoiceField(
        School.objects.none(),
        error_messages={"required": "Choose a successor", "invalid_choice": "Choose a successor"},
    )

    def __init__(self, record: School, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        successors = School.objects.filter(predecessions__school=record)
        self.fields["successor"].queryset = successors  # type: ignore[attr-defined]


def _review(school: School, answers: dict[str, Any]) -> Review:
    planned = plan_take_over(school, answers["successor"], timezone.localdate())
    moving = [
        *(ReviewLine(str(person), person) for person in planned.people),
        *(ReviewLine(str(mentorship), mentorship) for mentorship in planned.mentorships),
        *(
            ReviewLine(
                f"{training.teacher}: training, {partnership or 'which waits for a partnership'}"
            )
            for training, partnership in planned.trainings
        ),
        *(ReviewLine(f"{tutor.user}, induction tutor") for tutor in planned.tutors),
    ]
    left = tuple(ReviewLine(f"{each.what}. {each.why}.") for each in planned.left)
    there = f"Goes on at {planned.successor} from {in_words(planned.first_day)}"
    ends = f"Their last day at {school} is {in_words(last_day(planned.first_day))}"
    sections = (
        Section(there, (ReviewLine(ends), *moving)),
        Section("What does not move", left or (ReviewLine("Nothing."),)),
    )
    return Review(sections, planned.key)


def _act(school: School, answers: dict[str, Any], seen: str, request: HttpRequest) -> str:
    moved = take_over(school, answers["successor"], seen=seen, day=timezone.localdate())
    return f"People moved to {moved.successor}: {len(moved.people)}."


TAKE_OVER = StaffStep(
    "take-over",
    "Move everybody to the successor",
    # All that the step writes.
    (
        "schools.change_school",
        "schools.change_mentoratschool",
        "schools.change_ectatschool",
        "schools.change_inductiontutor",
        "mentors.change_mentorship",
    ),
    SuccessorForm,
    _review,
    _act,
    School.is_closed,
)


class ClosingSchoolAdmin(StepsMixin, SchoolAdmin):
    """Schools; the page of a closed one with successors leads to the step that moves its people."""

    steps = (TAKE_OVER,)
