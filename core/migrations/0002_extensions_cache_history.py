"""What the database needs beside the models' tables: extensions, the cache's table, and the rule
that keeps the history's contexts (who made a change) append-only."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

# As `createcachetable` makes it, so that a release is one command. Rate limits are counted in it
# for all workers together.
CREATE_CACHE = """
CREATE TABLE cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX cache_expires ON cache (expires);
"""
DROP_CACHE = "DROP TABLE cache"

# Who made a change is as append-only as the change itself, and `pghistory_context` says who.
# django-pghistory's own triggers add to the row of a request that is still under way, such as its
# user at the moment of signing in. They may add keys and fill in what was null; a plain UPDATE, a
# DELETE and a TRUNCATE are refused. core/history.py does the same for the history itself.
PROTECT_CONTEXTS = """
CREATE FUNCTION refuse_to_rewrite_context() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('app.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    ELSIF TG_OP = 'UPDATE' THEN
        -- Within another trigger's work, that is, and not long after the row was made.
        IF pg_trigger_depth() > 1
            AND NEW.id = OLD.id
            AND NEW.created_at = OLD.created_at
            AND OLD.created_at > now() - interval '1 day'
            AND NEW.metadata @> jsonb_strip_nulls(OLD.metadata)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER context_append_only BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_context();
CREATE TRIGGER context_refuse_truncate BEFORE TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_context();
"""
UNPROTECT_CONTEXTS = """
DROP TRIGGER context_append_only ON pghistory_context;
DROP TRIGGER context_refuse_truncate ON pghistory_context;
DROP FUNCTION refuse_to_rewrite_context();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        # Constraints on periods compare ids and texts in an index of ranges, which needs btree_gist.
        BtreeGistExtension(),
        # For searching parts of words by an index.
        TrigramExtension(),
        migrations.RunSQL(CREATE_CACHE, DROP_CACHE),
        migrations.RunSQL(PROTECT_CONTEXTS, UNPROTECT_CONTEXTS),
    ]
