"""A form that is sent over a change made meanwhile: which fields changed, from what to what."""

from collections.abc import Iterable
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Field, ForeignKey, Model

from core.history_words import Names, label_of, value_in_words

# What was seen is signed: what was made by hand is not read.
_SIGNER = Signer(salt="seen values")


def seen_values(record: Model, names: Iterable[str]) -> str:
    """The values of these fields as the form that is shown has them, for it to send along."""
    fields = _fields(record, names)
    return _SIGNER.sign_object({field.name: field.value_to_string(record) for field in fields})


def changed_meanwhile(record: Model, names: Iterable[str], seen: str) -> str:
    """Which of these fields the record has other values of than were seen, in words; "" for none.

    `seen` is what `seen_values` gave; other text counts as nothing seen.
    """
    try:
        before = _SIGNER.unsign_object(seen)
    except BadSignature:
        return ""
    sentences = [
        f"{label_of(field)} was {_in_words(field, before[field.name])} when you opened this page"
        f" and is {_in_words(field, field.value_to_string(record))} now"
        for field in _fields(record, names)
        if field.name in before and before[field.name] != field.value_to_string(record)
    ]
    return "; ".join(sentences)


def _fields(record: Model, names: Iterable[str]) -> list[Field]:
    wanted = set(names)
    return [field for field in record._meta.concrete_fields if field.name in wanted]


def _in_words(field: Field, kept: Any) -> str:
    """A value in words; `kept` is as `value_to_string` wrote it."""
    value = None if kept in ("None", "") else field.to_python(kept)
    names: Names = {}
    if isinstance(field, ForeignKey) and value is not None:
        model = field.related_model
        names = {(model, row.pk): str(row) for row in model._default_manager.filter(pk=value)}
    return value_in_words(field, value, names)
