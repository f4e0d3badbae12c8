"""A service that could not serve does not start, and says why in one line."""

import os
import subprocess
import sys

import pytest

from config import start_checks
from tests.access.test_production_settings import VARIABLES
from tests.config.processes import GIVE_UP, PROJECT

SERVICE = ("-m", "gunicorn", "config.wsgi", "--bind=127.0.0.1:0")


def start(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *(arguments or SERVICE)],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"]} | VARIABLES | variables,
        capture_output=True,
        text=True,
        timeout=GIVE_UP,
    )


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"SECRET_KEY": "x" * 49}, "SECRET_KEY has 49 characters; give it 50 or more, at random"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set. Production needs it: see docs/deploying.md"),
        ({"ALLOWED_HOSTS": "a.example, b.example"}, "ALLOWED_HOSTS is 'a.example, b.example'; give"
         " host names with commas and no blanks between them"),
        ({"ALLOWED_HOSTS": "a.example,"}, "ALLOWED_HOSTS is 'a.example,'; give host names with"
         " commas and no blanks between them"),
        ({"SERVICE_URL": "service.example"}, "SERVICE_URL is 'service.example'; give it like"
         " https://service.example, with no path"),
        ({"ENVIRONMENT": "build"}, "ENVIRONMENT is build, which makes files and serves nothing"),
    ],
    ids=["short key", "no key", "a blank", "an empty name", "no scheme", "build"],
)  # fmt: skip
def test_a_setting_that_cannot_be(variables: dict[str, str], said: str) -> None:
    done = start(**variables)
    assert done.returncode == 1
    assert f"Cannot start: {said}" in done.stderr.splitlines()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "variables",
    [{"SECRET_KEY": "x" * 49}, {"ENVIRONMENT": "staging"}],
    ids=["short key", "unknown"],
)
@pytest.mark.parametrize("command", ["run_worker", "migrate"])
def test_a_command_says_it_in_one_line_too(command: str, variables: dict[str, str]) -> None:
    done = start("manage.py", command, **variables)
    assert done.returncode == 1
    assert done.stderr.startswith("Cannot start: ")
    assert done.stderr.count("\n") == 1


def test_static_files_that_were_not_collected(monkeypatch) -> None:
    monkeypatch.setattr("config.health.static_files_are_there", lambda: False)
    assert start_checks.problem() == (
        "the static files are missing. Run: manage.py collectstatic --noinput"
    )


@pytest.mark.django_db
def test_a_postgresql_that_is_too_old(monkeypatch) -> None:
    assert start_checks.problem() == ""
    monkeypatch.setattr(start_checks, "_OLDEST", 99)
    assert start_checks.problem() == "PostgreSQL 18 is too old. The service needs 99 or later"


@pytest.mark.usefixtures("database_down")
def test_a_database_that_does_not_answer_is_no_reason() -> None:
    assert start_checks.problem() == ""
