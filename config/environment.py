"""The environment this process runs in, and which variables it requires."""

from collections.abc import Mapping
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured


class Environment(StrEnum):
    """What an installation of the service is for."""

    DEMO = "demo"
    TEST = "test"
    SANDBOX = "sandbox"
    PRODUCTION = "production"

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
