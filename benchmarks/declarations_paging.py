"""Measures pages of a provider's list of 900,000 of 1.5 million declarations, first to last.

Run: `.venv/bin/python benchmarks/declarations_paging.py [teachers]`. Makes the declarations in a
test database of its own, five for each teacher. Each figure is the median of five.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

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
    from declarations.models import Declaration, LeadProvider

    fill(teachers, declarations=True)
    recently = Filters(updated_since=datetime(2026, 1, 1, tzinfo=UTC))
    for name in ("Provider 1", "Provider 2"):
        provider = LeadProvider.objects.get(name=name)
        own = Declaration.objects.filter(lead_provider=provider).count()
        print(f"{name}: {own:,} of {Declaration.objects.count():,} declarations")
        for what, filters in (("all", Filters()), ("updated since", recently)):
            listing = Listing(provider, filters, timezone.localdate())
            for size in (100, 3000):
                last = max(2, own // size - 1)
                first = listing.page(1, size)
                deep = listing.page(last, size)
                line = f"  {what:14} {size:5} a page"
                print(line, f"first {milliseconds(listing.page, 1, size):7.1f} ms", end="")
                if len(first) == size:
                    place = first[-1].place
                    taken = milliseconds(listing.page, 2, size, place)
                    print(f"  next {taken:7.1f} ms", end="")
                taken = milliseconds(listing.page, last, size)
                print(f"  page {last:5} {taken:7.1f} ms", end="")
                if deep:
                    place = deep[-1].place
                    taken = milliseconds(listing.page, last + 1, size, place)
                    print(f"  and its next {taken:7.1f} ms", end="")
                print(flush=True)


if __name__ == "__main__":
    with own_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
