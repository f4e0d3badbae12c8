"""The requests of admin that are measured: lists, filters, searches, forms and autocompletes.

All are a superuser's, who sees most. What is searched for and opened is chosen by chance, but is
the same in every run.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import connection
from django.db.models import Model
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from benchmarks.cases import Case, cookie
from benchmarks.servers import Request
from schools.search_admin import SearchMixin

_STAFF = 0  # the key of the user who is a superuser
_OF_EACH = 20
_OPENED = ("schools.School", "schools.Teacher", "schools.MentorAtSchool", "mentors.Mentorship",
    "declarations.TrainingPeriod", "declarations.Declaration")  # fmt: skip
# What staff search for, by the kind of word: the values of a column, by chance.
_WORDS_OF_LISTS = ("a surname", "a misspelt name", "a TRN", "a URN")
_WORDS = {
    "a surname": "SELECT split_part(name, ' ', 2) FROM schools_teacher",
    "a whole name": "SELECT name FROM schools_teacher",
    "a misspelt name": "SELECT name || 'zx' FROM schools_teacher",
    "a TRN": "SELECT trn FROM schools_teacher WHERE trn IS NOT NULL",
    "a URN": "SELECT urn::text FROM schools_school",
    "an email address": "SELECT email FROM schools_mentoratschool WHERE email <> ''",
    "a participant": "SELECT participant_id::text FROM schools_teacher",
}


def all_of_admin() -> Iterator[Case]:
    """Every case of admin, but for pages that this data has none of."""
    for model in sorted(admin.site._registry, key=lambda each: each._meta.label):
        yield from _of_list(admin.site._registry[model])
    for words in _WORDS:
        yield _case(f"first page, {words}", _searches(reverse("admin:find"), words))
    for label in _OPENED:
        yield from _forms(label)
    for owner in admin.site._registry.values():
        yield from _autocompletes(owner)


def _case(name: str, paths: Iterable[str]) -> Case:
    return Case(name, tuple(Request(path, cookie(_STAFF)) for path in paths), kind="admin")


def _of_list(owner: ModelAdmin) -> Iterator[Case]:
    """A list's first page; with what is searched also that of each filter, and its searches."""
    name, options = owner.model._meta.label, owner.model._meta
    try:
        path = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    except NoReverseMatch:
        return
    yield _case(name, [path])
    if isinstance(owner, SearchMixin):
        for title, query in _filters(owner):
            yield _case(f"{name}, filtered by {title}", [path + query])
        for words in _WORDS_OF_LISTS:
            yield _case(f"{name}, {words}", _searches(path, words))


def _filters(owner: ModelAdmin) -> Iterator[tuple[str, str]]:
    """The title of each filter, and the query of its first choice but "All"."""
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=_STAFF)
    shown = owner.get_changelist_instance(request)
    for spec in shown.filter_specs:
        choices = list(spec.choices(shown))
        if len(choices) > 1 and "query_string" in choices[1]:
            yield str(spec.title), choices[1]["query_string"]


def _searches(path: str, words: str) -> list[str]:
    return [f"{path}?{urlencode({'q': word})}" for word in _by_chance(_WORDS[words])]


def _forms(label: str) -> Iterator[Case]:
    model: type[Model] = next(each for each in admin.site._registry if each._meta.label == label)
    where = f"admin:{label.lower().replace('.', '_')}_change"
    keys = _by_chance(f"SELECT {model._meta.pk.column}::text FROM {model._meta.db_table}")
    yield _case(f"{label}, a form", [reverse(where, args=[key]) for key in keys])
    if label == "schools.School":
        yield _case(f"{label}, the form of the largest", [reverse(where, args=["1"])])


def _autocompletes(owner: ModelAdmin) -> Iterator[Case]:
    options = owner.model._meta
    names = list(_by_chance(_WORDS["a surname"]))
    for field in owner.autocomplete_fields:
        asked = {"app_label": options.app_label, "model_name": options.model_name}
        paths = [
            f"{reverse('admin:autocomplete')}?"
            + urlencode(asked | {"field_name": field, "term": name})
            for name in names
        ]
        yield _case(f"{options.label}, choosing {field}", paths)


def _by_chance(sql: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM ({sql}) AS all_of_them (word)"
            " ORDER BY hashtextextended(word, 7), word LIMIT %s",
            [_OF_EACH],
        )
        yield from (word for (word,) in cursor.fetchall())
