"""A small provider's client that keeps a copy of what it reads: docs/lead-provider-api.md."""

from datetime import datetime, timedelta

from django.utils import timezone

from declarations.models import LeadProvider
from tests.declarations.client import V3, Provider

PAGE = 5
LISTS = {
    "participants": {},
    "partnerships": {},
    "schools": {"filter[cohort]": "2025"},
    "participant-declarations": {},
    "delivery-partners": {},
    "unfunded-mentors": {},
}
# This is counted each night, and moves nothing in between.
NIGHTLY = "participants_currently_training"


class Copy:
    """The rows of each list by id. `overlap`: how far each reading goes back before the last one.

    The document asks for a minute; less of it makes a sharper test. Each reading has a token of its
    own, as a quick machine would use up the requests of one.
    """

    def __init__(self, provider: LeadProvider, overlap: timedelta = timedelta(minutes=1)) -> None:
        self.rows: dict[str, dict[str, dict]] = {name: {} for name in LISTS}
        self._lead_provider = provider
        self._provider = Provider(provider)
        self._overlap = overlap
        self._since: datetime | None = None

    def sync(self) -> None:
        """Read what has changed since the start of the last reading, less the overlap."""
        begun = timezone.now()
        self._provider = Provider(self._lead_provider)
        query = {}
        if self._since:
            query = {"filter[updated_since]": (self._since - self._overlap).isoformat()}
        for name in LISTS:
            self.rows[name].update(self.read(name, **query))
        self._since = begun

    def read(self, name: str, **query: str) -> dict[str, dict]:
        """A list, page by page; no row may be on two pages."""
        found: dict[str, dict] = {}
        number, page = 1, [{}]
        while page:
            pages = {"page[page]": number, "page[per_page]": PAGE}
            status, answer = self._provider.get(f"{V3}/{name}", **pages, **LISTS[name], **query)
            assert status == 200, answer
            page = answer["data"]
            for row in page:
                assert row["id"] not in found, f"{name}: {row['id']} came twice"
                row["attributes"].pop(NIGHTLY, None)
                found[row["id"]] = row
            number += 1
        return found

    def missed(self) -> dict[str, list[str]]:
        """By list, the ids of rows that are other than in the copy, or not in it."""
        return {
            name: [key for key, row in self.read(name).items() if self.rows[name].get(key) != row]
            for name in LISTS
        }


NOTHING = {name: [] for name in LISTS}
