"""Which environment this process runs in, and what that environment demands of its variables."""

from collections.abc import Mapping
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured


class Environment(StrEnum):
    """The places this service runs in."""

    DEMO = "demo"
    TEST = "test"
    SANDBOX = "sandbox"
    PRODUCTION = "production"

    @property
    def is_deployed(self) -> bool:
        """Whether others reach it: lead providers try the API against the sandbox."""
        return self in (Environment.SANDBOX, Environment.PRODUCTION)


def environment_of(variables: Mapping[str, str]) -> Environment:
    """Return the environment that these environment variables ask for.

    Unset means production, so that nothing is opened up by forgetting it, except where there is
    no DATABASE_URL either: that is a newcomer's checkout, hence the demo.

    Raises ImproperlyConfigured when ENVIRONMENT is none of the known ones.
    """
    asked = variables.get("ENVIRONMENT", "")
    if not asked:
        return Environment.PRODUCTION if variables.get("DATABASE_URL") else Environment.DEMO
    try:
        return Environment(asked)
    except ValueError:
        known = ", ".join(Environment)
        raise ImproperlyConfigured(f"ENVIRONMENT is {asked!r}; set it to one of {known}") from None


def required(variables: Mapping[str, str], name: str, environment: Environment) -> str:
    """Return a variable that production must have; elsewhere a stand-in that is no secret.

    Raises ImproperlyConfigured, naming the variable, when production does not have it.
    """
    value = variables.get(name, "")
    if value:
        return value
    if environment.is_deployed:
        raise ImproperlyConfigured(f"{name} is not set. Production needs it: see docs/deploying.md")
    return f"not-a-secret-{name.lower().replace('_', '-')}-of-the-{environment}-environment-only"


def all_or_none(variables: Mapping[str, str], *names: str) -> tuple[str, ...]:
    """Return variables that only work together; all are empty when none is given.

    Raises ImproperlyConfigured, naming the ones that are missing, when only some are given.
    """
    missing = [name for name in names if not variables.get(name)]
    if missing and len(missing) < len(names):
        raise ImproperlyConfigured(
            f"{' and '.join(missing)} not set. {', '.join(names)} work only together: give all or"
            " none. See docs/deploying.md"
        )
    return tuple(variables.get(name, "") for name in names)
