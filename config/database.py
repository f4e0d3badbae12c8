"""Chooses the PostgreSQL server: the one that DATABASE_URL names, else the embedded one."""

import os
from pathlib import Path

from config import embedded_postgres
from config.environment import Environment, environment_of

BASE_DIR = Path(__file__).resolve().parent.parent


def state_directory() -> Path:
    """The folder for all files that a run makes: STATE_DIR, else `var/`, which git ignores."""
    return Path(os.environ.get("STATE_DIR") or BASE_DIR / "var").resolve()


def database_url() -> str:
    """The URL of the database: DATABASE_URL, else that of the embedded one."""
    return os.environ.get("DATABASE_URL") or embedded_postgres.database_url(
        state_directory() / "postgres"
    )


def ensure_database() -> None:
    """Run the embedded PostgreSQL for the life of this process, unless DATABASE_URL is set.

    A deployed service never starts it: its settings then say that DATABASE_URL is missing. What is
    made while an image is built needs no database.
    """
    environment = environment_of(os.environ)
    needs_none = environment.is_deployed or environment is Environment.BUILD
    if not os.environ.get("DATABASE_URL") and not needs_none:
        embedded_postgres.ensure(state_directory() / "postgres")
