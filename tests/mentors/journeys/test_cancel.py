"""Every page of every journey has a way out of it."""

from pathlib import Path

import pytest
from django.conf import settings

JOURNEYS = Path(settings.BASE_DIR) / "templates" / "mentors" / "journeys"
PAGES = [page for page in JOURNEYS.rglob("*.html") if page.name != "macros.html"]
# They have a link out of the journey already; a page that fills in the rest of them has it too.
SHELLS = ("mentors/journeys/question.html", "mentors/journeys/check.html")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(JOURNEYS).as_posix())
def test_it_leads_back_to_where_the_journey_began(page: Path):
    text = page.read_text()
    in_a_shell = any(f'extends "{shell}"' in text for shell in SHELLS)
    assert "progress.end" in text or (in_a_shell and "block body" not in text)
