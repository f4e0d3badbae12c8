"""Joins have a hash index for each id with which a temporal key begins (decision 0020)."""

_FIRST_IDS = """
    SELECT indrelid::regclass::text, attname::text
    FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid
    JOIN pg_am ON pg_am.oid = relam
    JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
    WHERE amname = %s AND atttypid = 'bigint'::regtype
"""


def test_a_join_has_a_better_index_than_a_temporal_key(connect):
    database = connect()
    temporal, of_joins = (
        set(database.execute(_FIRST_IDS, [method]).fetchall()) for method in ("gist", "hash")
    )
    assert len(temporal) > 5
    assert temporal <= of_joins
