"""What somebody has answered so far of a journey of several pages."""

import json
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from schools.models import School

_DATE = "date"


class AnswersEncoder(DjangoJSONEncoder):
    """Writes a date so that `AnswersDecoder` reads it as one."""

    def default(self, o: Any) -> Any:
        """Return what stands for an object that JSON has no form for."""
        return {_DATE: o.isoformat()} if isinstance(o, date) else super().default(o)


class AnswersDecoder(json.JSONDecoder):
    """Reads what `AnswersEncoder` wrote."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(object_hook=_read, **kwargs)


def _read(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found[_DATE]) if set(found) == {_DATE} else found


class DraftAnswers(models.Model):
    """A user's answers in one journey at one school; about nobody in particular, or about somebody.

    No record: it goes when the journey ends, and within a day when it is abandoned
    (mentors/journeys.py), so it has no history.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=30, help_text="Which journey.")
    about = models.UUIDField(
        null=True, help_text="The public id of the person whose record it changes, if any."
    )
    answers = models.JSONField(encoder=AnswersEncoder, decoder=AnswersDecoder)
    touched_at = models.DateTimeField(db_index=True, help_text="When the last answer was given.")

    class Meta:
        verbose_name = "half-done journey"
        ordering = ("-touched_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("user", "school", "name", "about"),
                name="draftanswers_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.touched_at:%d %B %Y %H:%M} UTC"
