"""Finding and sorting people and schools by name, as people type names.

`Łukasz Ørsted-Weiß` is found by "lukasz", "orsted" and "weiss", and `Seán O’Malley` by "omalley"
with any apostrophe or none. Capitals, accents, apostrophes, hyphens and full stops make no
difference: `searchable`, a function of the database, leaves them out. A model keeps what it returns
in a column, by which rows are sorted and searched, on pages and in admin:

    searchable_name = searchable("name")

    Teacher.objects.filter(searchable_name__has_words="sean o'malley").order_by("searchable_name")
"""

import re
from typing import Any

from django.db.models import F, Func, GeneratedField, Lookup, TextField

# A name of two parts is found however they are joined, so a search is taken apart at hyphens too;
# and at what stands around or between names elsewhere, as in "Smith, Jane" or "(Jane)".
_BETWEEN_WORDS = re.compile(
    r"[\s\-\u00ad\u02d7\u05be\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d,;()\[\]\"\u201c\u201d/]+"
)


def searchable(field: str) -> GeneratedField:
    """A column that PostgreSQL fills with the searchable text of another column of the row.

    On an instance it is stale from save() to refresh_from_db().
    """
    return GeneratedField(
        expression=Func(F(field), function="searchable", output_field=TextField()),
        output_field=TextField(),
        db_persist=True,
    )


def words_in(search: str) -> list[str]:
    """The words of a search, which are parted by spaces and hyphens."""
    return [word for word in _BETWEEN_WORDS.split(search) if word]


@TextField.register_lookup
class HasWords(Lookup):
    """Whether a searchable text has each word of a search in it, whole or as a part of a word.

    A search without words finds every text.
    """

    lookup_name = "has_words"
    patterns: tuple[str, ...] = ("'%%' || {} || '%%'",)

    def get_prep_lookup(self) -> list[str]:
        return words_in(str(self.rhs))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        text, params = self.process_lhs(compiler, connection)
        words = self.rhs
        # What stands for other characters in LIKE is searched as it is.
        escaped = r"regexp_replace(searchable(%s), '([\\%%_])', '\\\1', 'g')"
        one_of = " OR ".join(f"{text} LIKE {like.format(escaped)}" for like in self.patterns)
        every = " AND ".join([f"({one_of})"] * len(words)) or "TRUE"
        given = (param for word in words for _ in self.patterns for param in (*params, word))
        return f"({every})", tuple(given)


@TextField.register_lookup
class HasBeginnings(HasWords):
    """Whether each word of a search is the beginning of a word of a searchable text."""

    lookup_name = "has_beginnings"
    patterns = ("{} || '%%'", "'%% ' || {} || '%%'")
