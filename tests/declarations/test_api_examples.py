"""The examples of docs/lead-provider-api.md, run word for word against the service as it runs."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.builders import make_school
from tests.declarations.client import V3, Provider
from tests.declarations.trained import make_trained

_DOCUMENT = Path(__file__).resolve().parents[2] / "docs/lead-provider-api.md"
_EXAMPLE = re.compile(r"```sh example\n(.+?)```\n\n```json\n(.+?)```", re.DOTALL)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OWN = re.compile(r'"(teacher_reference_number|school_urn|urn|email)": "[^"]+"')
_NOW = re.compile(r'"(created|updated)_at": "[0-9TZ:-]+"')


def same_for_all(answer: str) -> str:
    """An answer without what differs from one run to the next, and on one line."""
    marked = _NOW.sub(r'"\1_at": NOW', _OWN.sub(r'"\1": OWN', _ID.sub("ID", answer)))
    return " ".join(marked.split()).replace("{ ", "{")


@pytest.mark.django_db(transaction=True)
def test_the_examples_are_answered_as_the_document_says(server):
    training = make_trained(2023)
    other = make_school()
    other.refresh_from_db()
    variables = {
        "API": f"{server.url}{V3}",
        "TOKEN": Provider(training.lead_provider).secret,
        "PARTICIPANT": str(training.teacher.participant_id),
        "SCHOOL": str(other.public_id),
        "PARTNER": str(training.partnership.delivery_partner.public_id),
    }
    examples = _EXAMPLE.findall(_DOCUMENT.read_text())
    assert len(examples) == 12
    for command, answer in examples:
        run = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            env=os.environ | variables, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (run.returncode, run.stderr) == (0, "")
        assert same_for_all(run.stdout) == same_for_all(answer)


def test_the_document_sets_every_variable_that_its_examples_use():
    text = _DOCUMENT.read_text()
    used = set(re.findall(r"\$([A-Z]+)", " ".join(c for c, _ in _EXAMPLE.findall(text))))
    exported = set(re.findall(r"^export ([A-Z]+)=", text, re.MULTILINE))
    assert used - {"DECLARATION", "PARTNERSHIP"} == exported
