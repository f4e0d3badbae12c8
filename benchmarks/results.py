"""The results that docs/performance.md is written from."""

from dataclasses import dataclass

from benchmarks.growth import Growth
from benchmarks.measuring import Measured
from benchmarks.servers import SERVICE
from benchmarks.writing import Imported, Submitted


@dataclass(frozen=True)
class AtScale:
    """What was measured at one scale."""

    scale: float
    counts: dict[str, int]  # rows, by table
    equal: int  # pages that were compared
    measured: list[Measured]
    sums: float  # milliseconds of the machine for the same sums
    submitted: Submitted
    imported: list[Imported]
    grown: dict[str, Growth]  # against the smallest scale, by case

    def of(self, page: str, server: str) -> Measured | None:
        """One of the four pages on one of the servers."""
        found = (m for m in self.measured if m.compared == page and m.server == server)
        return next(found, None)

    def case(self, name: str) -> Measured | None:
        """A case on the service."""
        found = (m for m in self.measured if m.case == name and m.server == SERVICE)
        return next(found, None)

    @property
    def name(self) -> str:
        """The scale in per cent of England."""
        return f"{self.scale * 100:g} %"
