"""That somebody leaves a school, and what that cut short."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from schools.models import ECTAtSchool, MentorAtSchool


@tracked()
class Leaving(models.Model):
    """A mentor's or an ECT's time at a school ends early, as an induction tutor told us.

    It holds what it takes to withdraw it (mentors/leaving.py): the end that their time had before,
    and the mentorships and training periods that it ended or deleted, as they were.
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
    def person(self) -> MentorAtSchool | ECTAtSchool:
        """Whose time at a school ends."""
        return self.mentor or self.ect
