"""`make bench` works: a few schools, the pages that are compared, one request of each call."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import template_database

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("", "/mentors", "/mentors/<uuid:public_id>", "/ects/<uuid:public_id>")


@pytest.mark.django_db(transaction=True)
def test_everything_is_measured_and_floor_and_stock_equal_the_service(tmp_path):
    into = tmp_path / "performance.md"
    # No session is connected to the migrated database that the suite's own are copied from.
    template = ("--template", template_database())
    subprocess.run(
        [sys.executable, "-m", "benchmarks", "0.0003", "--glance", "--into", into, *template],
        cwd=ROOT,
        check=True,
        timeout=300,
    )
    text = into.read_text()
    # It refuses to write when a page of the floor's or of stock's differs.
    assert re.search(r"^[1-9]\d* pages .* compared", text, re.MULTILINE)
    for page in PAGES:
        row = re.search(rf"^\| `/schools/<int:urn>{re.escape(page)}` \| service \|.*$", text, re.M)
        assert row
        assert "nan" not in row[0]
    for case in ("accounts.User`", "list, page 1 (largest", "show a", "submit a", "void a"):
        assert f"| `{case}" in text
    # At a glance each case is asked once at each scale, so its p50 is its p95.
    times_queries_blocks = r"\| [\d.,]+ / [\d.,]+ \| \d+ / [\d,]+ \| "
    grown = re.findall(times_queries_blocks + r"([\d.]+) \| ([\d.]+)[^|]*\|$", text, re.MULTILINE)
    assert len(grown) > 20
    assert [p50 for p50, _ in grown] == [p95 for _, p95 in grown]
    assert "| declarations again |" in text
