"""Mentorships, and leavings, which end them."""

from typing import Any, ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import HashIndex
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from core.history import tracked
from core.periods import Period
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool, School, Teacher


class MentorshipEndReason(models.TextChoices):
    """Why a mentorship ended."""

    CHANGED = "changed", "The ECT's mentor changed"
    MENTOR_LEFT = "mentor_left", "The mentor left the school"
    ECT_LEFT = "ect_left", "The ECT left the school"
    INDUCTION_COMPLETED = "induction_completed", "The ECT completed induction"
    SCHOOL_CLOSED = "school_closed", "The school closed"


@tracked(exclude=("period",))
class Mentorship(Period):
    """One mentor mentors one ECT, for a period of days."""

    EndReason = MentorshipEndReason

    mentor = models.ForeignKey(MentorAtSchool, on_delete=models.PROTECT, related_name="mentorships")
    ect = models.ForeignKey(
        ECTAtSchool, on_delete=models.PROTECT, related_name="mentorships", verbose_name="ECT"
    )
    end_reason = models.CharField(max_length=30, choices=MentorshipEndReason, blank=True)
    # Copies from the mentor's and the ECT's rows; foreign keys keep them equal.
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", editable=False)
    mentor_teacher = models.ForeignKey(
        Teacher,
        on_delete=models.PROTECT,
        related_name="mentorships_as_mentor",
        editable=False,
        db_index=False,  # an index begins with it
    )
    ect_teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="mentorships_as_ect", editable=False
    )

    class Meta(Period.Meta):
        ordering = ("started_on", "id")
        indexes: ClassVar[list[models.Index]] = [
            # The ECTs of a mentor, read from the index alone.
            models.Index(
                fields=["mentor_teacher"],
                include=["ect", "finished_on"],
                name="mentorship_of_mentor",
            ),
            # For the filter by reason in the list of staff.
            models.Index(
                fields=["end_reason", "id"], condition=~Q(end_reason=""), name="mentorship_ended"
            ),
            # Joins would take the GiST index: docs/decisions/0020-hash-indexes-for-joins.md.
            HashIndex(fields=["ect"], name="mentorship_by_ect"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(mentor_teacher=F("ect_teacher")), name="mentorship_of_two_people"
            ),
            ExclusionConstraint(
                name="mentorship_one_mentor_on_any_day",
                expressions=[("ect", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message="This ECT has a mentor at that time already.",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True, end_reason="")
                | Q(finished_on__isnull=False, end_reason__in=MentorshipEndReason.values),
                name="mentorship_ended_with_reason",
                violation_error_message="A mentorship that ends says why, and only then.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor.teacher} mentors {self.ect.teacher}"

    def clean(self) -> None:
        """Refuse what the database's keys would refuse, with the message at the right field."""
        super().clean()
        if self.mentor_id is None or self.ect_id is None or self.started_on is None:
            return
        if self.mentor.teacher_id == self.ect.teacher_id:
            raise ValidationError({"ect": "A mentor cannot mentor themself."})
        if self.mentor.school_id != self.ect.school_id:
            raise ValidationError({"ect": f"Choose an ECT at {self.mentor.school}."})
        for person in (self.mentor, self.ect):
            if self.started_on < person.started_on:
                raise ValidationError({"started_on": f"{person} only from {person.started_on}."})
            if person.finished_on and (
                self.finished_on is None or self.finished_on > person.finished_on
            ):
                raise ValidationError(
                    {"finished_on": f"{person} only until {person.last_day} (the last day)."}
                )
        teacher = self.ect.teacher
        induction_ends = teacher.induction_finished_on
        if induction_ends and (self.finished_on is None or self.finished_on > induction_ends):
            raise ValidationError(
                {
                    "finished_on": f"{teacher} only until {teacher.induction_last_day} (the last"
                    " day of induction)."
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Copy the school and the teachers from the mentor's and the ECT's rows, and save."""
        self.school_id = self.mentor.school_id
        self.mentor_teacher_id = self.mentor.teacher_id
        self.ect_teacher_id = self.ect.teacher_id
        super().save(*args, **kwargs)


@tracked()
class Leaving(models.Model):
    """A mentor's or an ECT's last day at a school, as an induction tutor recorded it.

    It keeps what is needed to withdraw it (mentors/leaving): the former end of the person's time at
    the school, and the mentorships and training periods that it ended or deleted.
    """

    mentor = models.OneToOneField(
        MentorAtSchool, on_delete=models.PROTECT, null=True, blank=True, related_name="leaving"
    )
    ect = models.OneToOneField(
        ECTAtSchool,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leaving",
        verbose_name="ECT",
    )
    finished_on = models.DateField(help_text="The day after their last day.")
    finished_on_before = models.DateField(
        null=True, blank=True, help_text="The end that their time at the school had before, if any."
    )
    cut_short = models.JSONField(
        encoder=DjangoJSONEncoder,
        default=list,
        blank=True,
        help_text="The mentorships and training periods that it ended or deleted, as they were.",
    )
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("-told_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(mentor__isnull=True, ect__isnull=False)
                | Q(mentor__isnull=False, ect__isnull=True),
                name="leaving_of_mentor_or_ect",
            ),
            models.CheckConstraint(
                condition=Q(finished_on_before__isnull=True)
                | ~Q(finished_on_before=F("finished_on")),
                name="leaving_changes_the_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} leaves"

    @property
    def person(self) -> PersonAtSchool:
        """The mentor or the ECT who leaves."""
        return self.mentor or cast(ECTAtSchool, self.ect)
