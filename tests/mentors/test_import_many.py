"""Files of 100,000 rows: people and all that is recorded of them, each under a minute."""

import csv
import time
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO

import pytest
from django.db import connection

from core.csv_files import Report
from declarations.imports import (
    import_completions,
    import_declarations,
    import_delivery_partners,
    import_school_years,
    import_training,
)
from declarations.models import LeadProvider
from mentors.importing import import_mentorships
from schools.imports import import_people, import_tutors
from schools.models import School
from tests.builders import make_cohort
from tests.importing import NOW

pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]
SCHOOLS, EACH = 25_000, 2  # mentors at each school, and as many ECTs
FIRST_URN = 100_000
PAIR = {"lead_provider": "Ambition Institute", "delivery_partner": "Selby Hub", "cohort": 2024}


def in_letters(number: int) -> str:
    """A name of its own for each number: a name has no more than two numbers."""
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


def people() -> Iterator[dict]:
    for number in range(SCHOOLS * EACH):
        person = {"urn": FIRST_URN + number % SCHOOLS, "date_of_birth": "1990-05-17"}
        yield person | {
            "trn": f"{1_000_000 + number}",
            "name": f"Morgan {in_letters(number)}",
            "role": "mentor",
            "email": f"mentor{number}@school.example",
            "started_on": "2023-09-01",
            "induction_started_on": "",
        }
        yield person | {
            "trn": f"{2_000_000 + number}",
            "name": f"Ellis {in_letters(number)}",
            "role": "ect",
            "email": f"ect{number}@school.example",
            "started_on": "2024-09-01",
            "induction_started_on": "2024-09-01",
        }


def mentorships() -> Iterator[dict]:
    """Of each ECT one that is over and one that goes on, with the other mentor of the school."""
    for number in range(SCHOOLS * EACH):
        row = {"ect_trn": 2_000_000 + number, "urn": FIRST_URN + number % SCHOOLS}
        other = (number + SCHOOLS) % (SCHOOLS * EACH)
        yield row | {
            "mentor_trn": 1_000_000 + number,
            "started_on": "2024-09-01",
            "last_day": "2025-08-31",
        }
        yield row | {"mentor_trn": 1_000_000 + other, "started_on": "2025-09-01", "last_day": ""}


def training() -> Iterator[dict]:
    for number in range(SCHOOLS * EACH):
        for first, role in ((1_000_000, "mentor"), (2_000_000, "ect")):
            yield {
                "trn": first + number,
                "role": role,
                "urn": FIRST_URN + number % SCHOOLS,
                "lead_provider": PAIR["lead_provider"],
                "cohort": 2024,
                "started_on": "2024-09-01",
            }


def declarations() -> Iterator[dict]:
    for number in range(SCHOOLS * EACH):
        row = {
            "provider": PAIR["lead_provider"],
            "participant_id": "",
            "trn": 1_000_000 + number,
            "course_identifier": "ecf-mentor",
            "evidence_held": "training-event-attended",
        }
        yield row | {"declaration_type": "started", "declaration_date": "2024-10-01T10:00:00Z"}
        yield row | {"declaration_type": "completed", "declaration_date": "2025-07-01T10:00:00Z"}


def completions() -> Iterator[dict]:
    for number in range(SCHOOLS * EACH):
        for kind in ("early_roll_out", "started_not_completed"):
            yield {"trn": 1_000_000 + number, "kind": kind}


def tutors() -> Iterator[dict]:
    for number in range(SCHOOLS * EACH * 2):
        yield {
            "urn": FIRST_URN + number % SCHOOLS,
            "email": f"tutor{number}@school.example",
            "name": f"Tutor {in_letters(number)}",
        }


def years() -> Iterator[dict]:
    for number in range(SCHOOLS):
        yield PAIR | {"urn": FIRST_URN + number, "programme": "provider_led"}


def seconds(do: Callable[..., None], rows: Iterator[dict], *, added: bool = True) -> float:
    """The seconds in which it imports the rows, and commits."""
    text = StringIO()
    first = next(rows)
    writer = csv.DictWriter(text, list(first))
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(rows)
    file = BytesIO(text.getvalue().encode())
    refused: list = []
    report = Report(on_refusal=refused.append)
    started = time.monotonic()
    do(file, report, commit=True, by="command x", now=NOW)
    took = time.monotonic() - started
    assert not refused[:3]
    counts = f"{report.added:,} added, {report.repeated:,} there"
    print(f"{do.__name__}: {counts}: {took:.1f} s", flush=True)
    assert bool(report.added) is added
    return took


def test_a_hundred_thousand_rows_in_a_minute():
    School.objects.bulk_create(
        School(name=f"School {number}", urn=FIRST_URN + number) for number in range(SCHOOLS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE schools_school")
    LeadProvider.objects.create(name=PAIR["lead_provider"])
    make_cohort(2024)
    seconds(import_delivery_partners, iter([PAIR]))
    seconds(import_school_years, years())
    took = {}
    for do, rows in (
        (import_people, people),
        (import_mentorships, mentorships),
        (import_training, training),
        (import_declarations, declarations),
        (import_completions, completions),
        (import_tutors, tutors),
    ):
        took[do.__name__] = seconds(do, rows())
        took[f"{do.__name__} again"] = seconds(do, rows(), added=False)
    # Asked at the end, so that the times of all are printed.
    assert not {name: each for name, each in took.items() if each >= 60}
