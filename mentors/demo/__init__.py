"""Demo data: invented people who between them show everything that the pages can show.

`schools` has the tables, one file a school; `builder.py` makes the rows of
them; docs/demo.md tells what each person's page shows. Only the demo and the tests may have them.
"""

from django.conf import settings


def is_allowed() -> bool:
    """Whether demo people may exist and be signed in as here: in the demo and in the tests."""
    return settings.ENVIRONMENT in ("demo", "test")
