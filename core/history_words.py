"""The history of records in words: who changed what, from what to what, when, on which page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import DateField, Field, ForeignKey, JSONField, Model, Q
from django.http import HttpRequest
from pghistory.core import event_models

from core.compiled_queries import CompiledQuery
from core.periods import in_words, last_day

NOTHING = "nothing"
# The name of each row that a foreign key leads to, by model and primary key.
Names = dict[tuple[type[Model], Any], str]
_DID = {"insert": "added", "update": "changed", "delete": "deleted"}


@dataclass(frozen=True)
class Told:
    """One change of a record. `who` is a user, a token or a command; `where` is a page, or ""."""

    at: datetime
    what: str
    who: str
    where: str


def is_tracked(model: type[Model]) -> bool:
    """Whether the changes of this model are kept."""
    return bool(event_models(tracks_model=model))


def history_of(record: Model) -> list[Told]:
    """The changes of one record, the newest first; none for a model that is not tracked."""
    of_record = Q(pgh_obj_id=record.pk)
    models = event_models(tracks_model=type(record))
    return _told([event for model in models for event in _events(model, of_record)])[::-1]


class History:
    """The changes of the records that a condition on the history of their model picks.

    The conditions have slots, for which `told` takes the values.
    """

    def __init__(self, conditions: dict[type[Model], Any]) -> None:
        self._conditions = conditions

    @cached_property
    def _queries(self) -> list[CompiledQuery]:
        return [
            CompiledQuery(partial(_events, event_model, condition))
            for model, condition in self._conditions.items()
            for event_model in event_models(tracks_model=model)
        ]

    def told(self, **values: Any) -> list[Told]:
        """The changes, in order: a query for each model, and for each that a changed field has."""
        return _told([event for query in self._queries for event in query.all(**values)])


def _events(event_model: Any, condition: Any) -> Any:
    events = event_model._default_manager.filter(condition).select_related("pgh_context")
    return events.order_by("pgh_obj_id", "pgh_id")


def _told(events: list[Any]) -> list[Told]:
    """These events in words and in order; those of a record follow one another, in order."""
    names = _names_of_rows(events)
    users = names_of_users(user_of(event) for event in events)
    told = [
        Told(event.pgh_created_at, what, _who(event, users), _context(event).get("url", ""))
        for event, what in _in_words(events, names)
    ]
    return sorted(told, key=lambda each: each.at)


def names_of_users(ids: Iterable[int | None]) -> dict[int, str]:
    """The name of each user with the id, such as "Dee Effie (user 12)"."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    users: Any = get_user_model()._default_manager
    found = users.filter(pk__in=wanted).values_list("pk", "name")
    return {pk: f"{name} (user {pk})" for pk, name in found}


def names_in_logs(logged: Iterable[str]) -> dict[str, str]:
    """The name of each user in these entries of logs: "Dee Effie (user 12)" of "user 12"."""
    ids = {by: user_in(by) for by in logged}
    names = names_of_users(ids.values())
    return {by: names[pk] for by, pk in ids.items() if pk in names}


def who(request: HttpRequest) -> str:
    """The user who makes this request, as the logs name them: "user 12"."""
    return f"user {request.user.pk}"


def user_in(by: str) -> int | None:
    """The id of the user in "user 12", as the logs name a user; None for a token or a command."""
    kind, _, number = by.partition(" ")
    return int(number) if kind == "user" and number.isdecimal() else None


def _in_words(events: list[Any], names: Names) -> Iterator[tuple[Any, str]]:
    """Each event with its words: an update is compared with the event of the record before it."""
    before: Any = None
    for event in events:
        model = event.pgh_tracked_model
        follows = before is not None and (type(before), before.pgh_obj_id) == (
            type(event),
            event.pgh_obj_id,
        )
        words = _changed_from_to if event.pgh_label == "update" else _as_added
        changes = [words(*each) for each in _changed(event, before if follows else None, names)]
        before = event
        kind = model._meta.verbose_name
        if event.pgh_label == "update":
            if changes:
                yield event, f"{kind}: changed {', '.join(changes)}"
        else:
            what = _DID[event.pgh_label]
            yield event, f"{kind}: {what}" + (f" ({', '.join(changes)})" if changes else "")


def _changed_from_to(label: str, old: str, new: str) -> str:
    if label.endswith(" from"):  # such as "eligible for mentor funding from"
        return f"{label}: {old} before, now {new}"
    return f"the {label} from {old} to {new}"


def _as_added(label: str, _: str, new: str) -> str:
    return f"{label} {new}"


def _changed(event: Any, before: Any, names: Names) -> Iterator[tuple[str, str, str]]:
    """The label of each field, and its values before and after, where they differ."""
    for field in _shown_fields(event):
        old = getattr(before, field.attname) if before else None
        new = getattr(event, field.attname)
        if old != new and not (old in (None, "") and new in (None, "")):
            yield (
                label_of(field),
                value_in_words(field, old, names),
                value_in_words(field, new, names),
            )


def _shown_fields(event: Any) -> Iterator[Field]:
    """The fields that users fill in: not identifiers, copies and stamps."""
    kept = {field.name for field in event._meta.concrete_fields}
    for field in event.pgh_tracked_model._meta.concrete_fields:
        is_shown = field.editable and not field.primary_key and not isinstance(field, JSONField)
        if is_shown and field.name in kept:
            yield field


def label_of(field: Field) -> str:
    """The name of a field as forms show it: a period is shown by its last day."""
    if field.name.endswith("finished_on"):
        return str(field.verbose_name).replace("finished on", "last day")
    return str(field.verbose_name)


def value_in_words(field: Field, value: Any, names: Names) -> str:
    """The value of a field as forms show it; `names` has the row that a foreign key leads to."""
    if value is None or value == "":
        return NOTHING
    if isinstance(field, ForeignKey):
        model = field.related_model
        return names.get((model, value), f"one that is gone ({value})")
    if field.choices:
        return f"“{dict(field.flatchoices).get(value, value)}”"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, DateField) and isinstance(value, date):
        day = last_day(value) if field.name.endswith("finished_on") else value
        return in_words(day)
    return f"“{value}”"


def _names_of_rows(events: list[Any]) -> Names:
    """The name of each row that a shown field leads to: one query for each model."""
    ids: dict[type[Model], set[Any]] = {}
    for event in events:
        for field in _shown_fields(event):
            if isinstance(field, ForeignKey) and getattr(event, field.attname) is not None:
                model = field.related_model
                ids.setdefault(model, set()).add(getattr(event, field.attname))
    return {
        (model, row.pk): str(row)
        for model, keys in ids.items()
        for row in model._default_manager.filter(pk__in=keys).select_related()
    }


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def user_of(event: Any) -> int | None:
    """The id of the user who made the change of a row of history; None for a token or a command."""
    context = _context(event)
    return context.get("user") or user_in(context.get("by", ""))


def _who(event: Any, users: dict[int, str]) -> str:
    context, user = _context(event), user_of(event)
    if user:
        return users.get(user, f"user {user}")
    return context.get("by") or (f"command {context['command']}" if "command" in context else "")
