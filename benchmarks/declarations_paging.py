"""Measures pages of a provider's list of 870,000 of 1.5 million declarations, first to last.

Run: `.venv/bin/python benchmarks/declarations_paging.py [teachers]`. Makes the declarations in a
test database of its own, five for each teacher. Each figure is the median of five; "last" is the
page that the list ends on, which a filter may have to look for among all that follow.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from ground import own_database


def milliseconds(read: Callable[..., object], *what: object) -> float:
    """How long one reading takes, in the middle of five."""
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        read(*what)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def main(teachers: int) -> None:
    """Fill, read and print."""
    from benchmarks.declarations_data import fill  # Django has to be set up before models are there
    from declarations.listing import Filters, Listing
    from declarations.models import Declaration, DeliveryPartner, LeadProvider

    fill(teachers, declarations=True)
    recently = datetime(2026, 1, 1, tzinfo=UTC)
    for name in ("Provider 1", "Provider 2"):
        provider = LeadProvider.objects.get(name=name)
        own = Declaration.objects.filter(lead_provider=provider)
        print(f"{name}: {own.count():,} of {Declaration.objects.count():,} declarations")
        partner = DeliveryPartner.objects.values_list("public_id", flat=True)[0]
        participants = tuple(own.values_list("teacher__participant_id", flat=True)[:200])
        for what, filters in {
            "all": Filters(),
            "cohort": Filters(cohorts=(2022,)),
            "three cohorts": Filters(cohorts=(2021, 2022, 2024)),
            "no such cohort": Filters(cohorts=(2031,)),
            "200 participants": Filters(participant_ids=participants),
            "partner": Filters(delivery_partner_ids=(partner,)),
            "updated since": Filters(updated_since=recently),
            "cohort, partner": Filters(cohorts=(2022,), delivery_partner_ids=(partner,)),
            "cohort, since": Filters(cohorts=(2024,), updated_since=recently),
        }.items():
            listing = Listing(provider, filters, timezone.localdate())
            for size in (100, 3000):
                pages = own.filter(filters.condition()).count() // size
                print(f"  {what:16} {size:5} a page {measured(listing, size, pages)}", flush=True)


def measured(listing: Any, size: int, pages: int) -> str:
    """The first page and its next, a deep one and its next, and the last, in milliseconds."""
    line = f"first {milliseconds(listing.page, 1, size):7.1f}"
    number = max(pages - 1, 2)
    first, deep = listing.page(1, size), listing.page(number, size)
    if len(first) == size:
        line += f"  next {milliseconds(listing.page, 2, size, first[-1].position):7.1f}"
        line += f"  page {number:5} {milliseconds(listing.page, number, size):7.1f}"
    if len(deep) == size:
        place = deep[-1].position
        line += f"  and its next {milliseconds(listing.page, number + 1, size, place):7.1f}"
        while len(following := listing.page(number + 1, size, place)) == size:
            place = following[-1].position
        line += f"  last {milliseconds(listing.page, number + 1, size, place):7.1f}"
    return line


if __name__ == "__main__":
    with own_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
