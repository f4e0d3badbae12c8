"""The settings. All that differs between installations comes from the environment.

docs/deploying.md lists the variables.
"""

import logging
import os
from dataclasses import asdict

from config.database import BASE_DIR, database_url
from config.environment import Environment, required
from config.logs import logging_settings
from config.settings.browsers import *
from config.settings.installation import *
from config.settings.installation import ENVIRONMENT, IN_PRODUCTION, SUPPORT_EMAIL, env
from config.settings.signing_in import *
from core.postgresql.deadlines import NO_DEADLINES, Deadlines

INSTALLED_APPS = [
    "pghistory.admin",
    "accounts.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",  # for `clearsessions`; the rows are those of accounts.Session
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "core.apps.HistoryConfig",
    "crispy_forms",
    "csp",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "core",
    "accounts",
    "schools",
    "declarations",
    "mentors",
    "staff",
]
if ENVIRONMENT in (Environment.DEMO, Environment.TEST):
    # Invented people, and a page to sign in as one of them: never in a deployed service.
    INSTALLED_APPS.append("demo")
if ENVIRONMENT in (Environment.SANDBOX, Environment.TEST):
    # Invented schools and people for lead providers to try the API on: never in production.
    INSTALLED_APPS.append("sandbox")

MIDDLEWARE = [
    "config.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.SecurityHeadersMiddleware",
    "config.middleware.HealthMiddleware",
    "config.middleware.ReadableRequestMiddleware",
    "config.middleware.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.signing_in.sessions.IdleSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Outside the audit log, which would take the row of a look for a change of a record.
    "staff.looks.middleware.LookMiddleware",
    "core.audit_log.middleware.AuditLogMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Templates: pages are Jinja2 on the GOV.UK macros; Django's own engine serves admin. ---
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "config.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # What stands here comes before admin's own templates.
        "DIRS": [BASE_DIR / "staff" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False
CSRF_FAILURE_VIEW = "config.pages.csrf_failure"
# In the session, so that the service sets only the cookies that the cookies page lists.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Database ---
if IN_PRODUCTION:
    required(os.environ, "DATABASE_URL", ENVIRONMENT)
DATABASES = {
    # Connections are kept between requests: opening one costs more than a page's queries.
    "default": env.dj_db_url(
        "DATABASE_URL",
        default=database_url(),
        engine="core.postgresql",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
_OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
# In seconds: DATABASE_SILENCE_TIMEOUT and so on. The suite's own transactions hold locks for long.
_USUAL = NO_DEADLINES if ENVIRONMENT is Environment.TEST else Deadlines()
_OPTIONS["deadlines"] = Deadlines(
    **{
        name: env.float(f"DATABASE_{name.upper()}_TIMEOUT", usual)
        for name, usual in asdict(_USUAL).items()
    }
)
# Only what asks for it is prepared (core/compiled_queries.py): the threshold is never reached.
_OPTIONS["prepare_threshold"] = 2**31 if env.bool("DATABASE_PREPARE", True) else None
if ENVIRONMENT is Environment.TEST:
    # Only the suite may empty the append-only tables (see core/history.py).
    _OPTIONS["options"] = "-c app.allow_truncate=on"
    # A name of its own for each run of the suite, so that two can run at the same time.
    DATABASES["default"]["TEST"] = {"NAME": f"test_mentor_training_{os.getpid()}"}

# --- Cache: one for all workers, so that a rate limit holds on each. ---
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",  # made by the migration of core
        # With the default of 300 entries, rate limits that still hold would be dropped.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Emails: by GOV.UK Notify if its key is set, else by SMTP; the demo has an outbox instead.
# A worker sends them: core/email_queue.py. ---
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", SUPPORT_EMAIL)
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", "")
NOTIFY_API_URL = "https://api.notifications.service.gov.uk"
NOTIFY_TEMPLATE_ID = env.str("NOTIFY_TEMPLATE_ID", "")
OUTBOX_DIRECTORY = BASE_DIR / "var" / "outbox"
EMAIL_HOST = env.str("SMTP_HOST", "localhost")
EMAIL_PORT = env.int("SMTP_PORT", 25)
EMAIL_HOST_USER = env.str("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.str("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.bool("SMTP_TLS", IN_PRODUCTION)
EMAIL_TIMEOUT = 10
if NOTIFY_API_KEY:
    EMAIL_BACKEND = "core.notify.NotifyBackend"
elif ENVIRONMENT is Environment.DEMO:
    EMAIL_BACKEND = "demo.outbox.OutboxBackend"

# --- The queue, and what the worker (`manage.py run_worker`) does regularly ---
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["config.schedule"]
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 4,
    # It hears of a new email at once, but must look for one that is due again; and behind a pooler
    # in transaction mode it hears of none.
    "fetch_job_polling_interval": 1.0,
    "delete_jobs": "always",  # what became of an email is in OutgoingEmail, a fault in the log
    "shutdown_graceful_timeout": 25.0,
}
# Seconds after which a regular run that was missed is not made up for.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 86_400}

# --- Language and time: a day is the London day of a moment. ---
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = "config.formats"

# --- History: the user is looked up only for methods that change records, as it costs a query. ---
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_ADMIN_ALL_EVENTS = False

# --- Logs, metrics and reports of faults (docs/runbook.md) ---
LOGGING = logging_settings(
    env.log_level("LOG_LEVEL", default=logging.WARNING),
    access=env.bool("ACCESS_LOG", IN_PRODUCTION),
)
# The port and address at which gunicorn.conf.py shows the metrics; without a port, none are kept.
METRICS_PORT = env.int("METRICS_PORT", 0)
METRICS_HOST = env.str("METRICS_HOST", "0.0.0.0")  # noqa: S104 - for the platform's own network
SENTRY_DSN = env.str("SENTRY_DSN", "")
if SENTRY_DSN:
    from config import error_reports

    error_reports.start(SENTRY_DSN, ENVIRONMENT, env.str("RELEASE", ""))

# Where people who find a vulnerability read how to report it.
SECURITY_TXT_URL = env.str(
    "SECURITY_TXT_URL", "https://vdp.security.education.gov.uk/.well-known/security.txt"
)
