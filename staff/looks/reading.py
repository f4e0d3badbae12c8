"""Finds who looked at which teacher, and names them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Func, IntegerField, Q, QuerySet

from accounts.models import User
from core.history_words import names_of_users
from core.models import Look
from declarations.models import ApiToken
from schools.finding import known_by
from schools.models import Teacher

T = TypeVar("T")
# The most looks that a search finds: the latest ones.
MOST = 1_001
_WORD = re.compile(r"(user|token) ([0-9]{1,18})\b|(\S+)", re.ASCII)
_TRN = re.compile(r"[0-9]{7}", re.ASCII)


@dataclass(frozen=True)
class Named:
    """A look, with the name of `who` looked, a user or a lead provider's token.

    `teacher` is whom a user looked at; None for an answer of the API, or if the record is gone.
    """

    look: Look
    who: str
    teacher: Teacher | None

    @property
    def seen(self) -> str:
        """The teacher that the page told of, or how many participants were in the answer."""
        if self.teacher:
            return str(self.teacher)
        told_of = self.look.participants  # type: ignore[attr-defined]  # of `counted`
        if told_of is None:
            return f"a record that is gone ({self.look.teacher_id})"
        return "1 participant" if told_of == 1 else f"{told_of} participants"


def looks_at(teacher: Teacher, at_most: int) -> list[Named]:
    """The latest looks at a teacher, and at the records that were merged into theirs."""
    return named(_latest(counted(Look.objects.filter(_of_teacher(teacher))))[:at_most])


def counted(looks: QuerySet[Look]) -> QuerySet[Look]:
    """These looks with `participants`, the number of those in an answer. Their ids are not read."""
    number = Func(F("participant_ids"), function="cardinality", output_field=IntegerField())
    return looks.annotate(participants=number).defer("participant_ids")


def matching_looks(looks: QuerySet[Look], search: str) -> QuerySet[Look]:
    """The latest of these looks that every word of a search is about; a word is one of these:

    a TRN or participant id, an email address or its beginning, "user 12" or "token 3", a day such
    as 2026-05-01, or the id of a request.
    """
    found = Look.objects.filter(*(_about(*word) for word in _WORD.findall(search)))
    # The ids are read first. In one query PostgreSQL would walk backwards through the whole table
    # until it had found a page of matches.
    return looks.filter(pk__in=list(_latest(found).values_list("pk", flat=True)[:MOST]))


def named(looks: Iterable[Look]) -> list[Named]:
    """The looks with the names of their users, tokens and teachers, in three queries at most.

    They come from `counted`.
    """
    rows = list(looks)
    users = names_of_users({row.user_id for row in rows})
    ids = {row.token_id for row in rows if row.token_id}
    tokens = ApiToken.objects.select_related("lead_provider").in_bulk(ids)
    teachers = Teacher.objects.in_bulk({row.teacher_id for row in rows if row.teacher_id})
    return [
        Named(
            row,
            users.get(row.user_id, f"user {row.user_id}")
            if row.user_id
            else str(tokens.get(row.token_id or 0, f"token {row.token_id}")),
            teachers.get(row.teacher_id or 0),
        )
        for row in rows
    ]


def _latest(looks: QuerySet[Look]) -> QuerySet[Look]:
    # Adding 0 keeps PostgreSQL off the index of ids, where it would pass many other looks first.
    return looks.order_by((F("id") + 0).desc())


def _of_teacher(teacher: Teacher) -> Q:
    merges = teacher.merges.values_list("former_id", "participant_id")
    former = [*merges, (teacher.pk, teacher.participant_id)]
    return Q(teacher_id__in=[pk for pk, _ in former]) | Q(
        user_id=None, participant_ids__overlap=[participant_id for _, participant_id in former]
    )


def _about(kind: str, number: str, word: str) -> Q:
    """What one word of a search asks for."""
    if kind:
        return Q(**{f"{kind}_id": int(number)})
    if "@" in word:
        users = User.objects.filter(email__startswith=word.lower()).order_by().values_list("pk")
        return Q(user_id__in=[pk for (pk,) in users[:MOST]])
    if day := _read(date.fromisoformat, word):
        return Q(day=day)
    participant_id = _read(UUID, word)
    known = {"participant_id": participant_id} if participant_id else {"trn": word}
    teacher = known_by(**known).first() if participant_id or _TRN.fullmatch(word) else None
    of_request = Q(request=word)
    return _of_teacher(teacher) | of_request if teacher else of_request


def _read(read: Callable[[str], T], word: str) -> T | None:
    try:
        return read(word)
    except ValueError:
        return None
