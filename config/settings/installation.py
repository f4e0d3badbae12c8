"""Which installation this is: its environment, its secret, its names and its address."""

import os

import environs

from config.environment import (
    Environment,
    address_of_service,
    checked_secret_key,
    environment_of,
    host_names,
    required,
)

env = environs.Env()

ENVIRONMENT = environment_of(os.environ)
IN_PRODUCTION = ENVIRONMENT.is_deployed
# Where lead providers may set the date on which the API judges a request.
SANDBOX = ENVIRONMENT in (Environment.DEMO, Environment.SANDBOX)

DEBUG = False
SECRET_KEY = checked_secret_key(required(os.environ, "SECRET_KEY", ENVIRONMENT), ENVIRONMENT)
# Earlier keys: what they signed, and the secrets of apps that they encrypted, are still valid.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = (
    host_names(required(os.environ, "ALLOWED_HOSTS", ENVIRONMENT))
    if IN_PRODUCTION
    else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
# The address of the service, for links in emails.
SERVICE_URL = address_of_service(
    env.str(
        "SERVICE_URL", f"https://{ALLOWED_HOSTS[0]}" if IN_PRODUCTION else "http://localhost:8000"
    )
)

SERVICE_NAME = "Manage training for early career teachers"
# For users who need help; every page shows it.
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", "manage-teacher-training@education.gov.uk")
# During maintenance every page but the health check answers 503.
MAINTENANCE = env.bool("MAINTENANCE", False)
