"""What a user has answered so far in a journey of several pages."""

import json
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from core.periods import moment_in_words
from schools.models import School

_DATE = "date"


class AnswersEncoder(DjangoJSONEncoder):
    """Writes a date so that `AnswersDecoder` reads it as a date."""

    def default(self, o: Any) -> Any:
        """Return what stands for an object that JSON has no form for."""
        return {_DATE: o.isoformat()} if isinstance(o, date) else super().default(o)


class AnswersDecoder(json.JSONDecoder):
    """Reads what `AnswersEncoder` wrote."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(object_hook=_read, **kwargs)


def _read(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value[_DATE]) if set(value) == {_DATE} else value


class DraftAnswers(models.Model):
    """A user's answers in one journey at one school, about one person if the journey is about one.

    It is deleted when the journey ends, and within a day when it is abandoned
    (mentors/journeys/drafts.py). So it is no record, and has no history.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=30, help_text="Which journey.")
    about = models.UUIDField(
        null=True, help_text="The public id of the person that the journey is about, if any."
    )
    answers = models.JSONField(encoder=AnswersEncoder, decoder=AnswersDecoder)
    refused = models.JSONField(
        null=True,
        help_text="What the user's last page refused, until that page has shown it. No answer.",
    )
    touched_at = models.DateTimeField(db_index=True, help_text="When the last answer was given.")

    class Meta:
        verbose_name = verbose_name_plural = "draft answers"
        ordering = ("-touched_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("user", "school", "name", "about"),
                name="draftanswers_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {moment_in_words(self.touched_at)}"
