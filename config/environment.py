"""The environment this process runs in, and which variables it requires."""

import re
from collections.abc import Mapping
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured

_SECRET_KEY_LENGTH = 50


class Environment(StrEnum):
    """What an installation of the service is for."""

    DEMO = "demo"
    TEST = "test"
    SANDBOX = "sandbox"
    PRODUCTION = "production"
    # Used while an image is built, to make the files that production serves. It knows no secret of
    # production, and serves nothing.
    BUILD = "build"

    @property
    def is_deployed(self) -> bool:
        """Whether people outside the team use it: lead providers test against the sandbox."""
        return self in (Environment.SANDBOX, Environment.PRODUCTION)


def environment_of(variables: Mapping[str, str]) -> Environment:
    """The environment that these variables name.

    Without ENVIRONMENT it is production, so that a forgotten variable opens nothing. Without
    DATABASE_URL too it is the demo: a newcomer's checkout. Raises ImproperlyConfigured for an
    unknown environment.
    """
    name = variables.get("ENVIRONMENT", "")
    if not name:
        return Environment.PRODUCTION if variables.get("DATABASE_URL") else Environment.DEMO
    try:
        return Environment(name)
    except ValueError:
        known = ", ".join(Environment)
        raise ImproperlyConfigured(f"ENVIRONMENT is {name!r}; set it to one of {known}") from None


def required(variables: Mapping[str, str], name: str, environment: Environment) -> str:
    """The value of a variable that a deployed service must have; elsewhere a placeholder.

    The placeholder is no secret. Raises ImproperlyConfigured if a deployed service lacks it.
    """
    value = variables.get(name, "")
    if value:
        return value
    if environment.is_deployed:
        raise ImproperlyConfigured(f"{name} is not set. Production needs it: see docs/deploying.md")
    return f"not-a-secret-{name.lower().replace('_', '-')}-of-the-{environment}-environment-only"


def checked_secret_key(key: str, environment: Environment) -> str:
    """The key; raises ImproperlyConfigured if it is too short for a deployed service."""
    if environment.is_deployed and len(key) < _SECRET_KEY_LENGTH:
        raise ImproperlyConfigured(
            f"SECRET_KEY has {len(key)} characters; give it {_SECRET_KEY_LENGTH} or more, at random"
        )
    return key


def host_names(value: str) -> list[str]:
    """The names in a comma-separated list; none may be empty or have a blank in it.

    Raises ImproperlyConfigured.
    """
    names = value.split(",")
    if any(not name or re.search(r"\s", name) for name in names):
        raise ImproperlyConfigured(
            f"ALLOWED_HOSTS is {value!r}; give host names with commas and no blanks between them"
        )
    return names


def address_of_service(value: str) -> str:
    """The address; raises ImproperlyConfigured unless it is a scheme and a host, with no path."""
    if not re.fullmatch(r"https?://[^/\s]+", value):
        raise ImproperlyConfigured(
            f"SERVICE_URL is {value!r}; give it like https://service.example, with no path"
        )
    return value


def all_or_none(variables: Mapping[str, str], *names: str) -> tuple[str, ...]:
    """The values of variables that work only together; all are "" if none is set.

    Raises ImproperlyConfigured, which names the missing ones, if only some are set.
    """
    missing = [name for name in names if not variables.get(name)]
    if missing and len(missing) < len(names):
        raise ImproperlyConfigured(
            f"{' and '.join(missing)} not set. {', '.join(names)} work only together: give all or"
            " none. See docs/deploying.md"
        )
    return tuple(variables.get(name, "") for name in names)
