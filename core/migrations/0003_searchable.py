"""`searchable(text)`: a name as it is searched and sorted, whatever the letters and marks in it.

Lower case without accents, and with Ł as l, ß as ss; apostrophes, hyphens and full stops are left out. An
index and a generated column need a function that is IMMUTABLE. PostgreSQL's `unaccent` is not, as an
administrator could give it other rules; after that, the column and the indexes are to be made again.
"""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

# Written as escapes, since many look alike: what keyboards, phones and word processors type for an
# apostrophe (with the marks for glottal stops) and for a hyphen (with dashes and the soft hyphen).
APOSTROPHES = (
    r"''`\00B4\2018\2019\201A\201B\2032\2035\02B9\02BB\02BC\02BD\02BE\02BF\02C8\02CA\02CB"
    r"\055A\05F3\A78B\A78C\FF07"
)
HYPHENS = r"-\00AD\02D7\05BE\2010\2011\2012\2013\2014\2015\2027\2043\2212\FE58\FE63\FF0D"

# Normalised first, so that `unaccent`, which takes accents away, finds each as a character of its own.
CREATE = rf"""
CREATE FUNCTION searchable(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN casefold(
    unaccent('unaccent', normalize(translate(value, U&'.{APOSTROPHES}{HYPHENS}', ''), NFKD))
    COLLATE pg_unicode_fast
)
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_extensions_cache_history")]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(CREATE, "DROP FUNCTION searchable(text)"),
    ]
