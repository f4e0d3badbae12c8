"""The one settings module. All that differs between installations comes from the environment.

docs/deploying.md lists the variables.
"""

import logging
import os
from dataclasses import asdict

import environs
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.database import BASE_DIR, database_url
from config.environment import (
    Environment,
    address_of_service,
    all_or_none,
    checked_secret_key,
    environment_of,
    host_names,
    required,
)
from config.logs import logging_settings
from core.postgresql.deadlines import NO_DEADLINES, Deadlines

env = environs.Env()

ENVIRONMENT = environment_of(os.environ)
IN_PRODUCTION = ENVIRONMENT.is_deployed
# Where lead providers may set the date on which the API judges a request.
SANDBOX = ENVIRONMENT in (Environment.DEMO, Environment.SANDBOX)
SERVICE_NAME = "Manage training for early career teachers"
# For users who need help; every page shows it.
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", "manage-teacher-training@education.gov.uk")
# During maintenance every page but the health check answers 503.
MAINTENANCE = env.bool("MAINTENANCE", False)

DEBUG = False
SECRET_KEY = checked_secret_key(required(os.environ, "SECRET_KEY", ENVIRONMENT), ENVIRONMENT)
# Earlier keys: what they signed, and the secrets of apps that they encrypted, are still valid.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = (
    host_names(required(os.environ, "ALLOWED_HOSTS", ENVIRONMENT))
    if IN_PRODUCTION
    else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)

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
    # Around the audit log, which would take what it writes for a change of a record.
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

# --- Signing in (docs/signing-in.md) ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.signing_in.session_store.Backend"]
SESSION_ENGINE = "accounts.signing_in.session_store"
# The sign-in by emailed code; in the demo, the page to choose a demo person.
LOGIN_URL = "demo-sign-in" if ENVIRONMENT is Environment.DEMO else "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
# The address of the service, for links in emails.
SERVICE_URL = address_of_service(
    env.str(
        "SERVICE_URL", f"https://{ALLOWED_HOSTS[0]}" if IN_PRODUCTION else "http://localhost:8000"
    )
)
ACCOUNT_ADAPTER = "accounts.signing_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# The cookie of staff ends with the browser; SESSION_COOKIE_AGE says when an idle session ends.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# By network address ("ip") and by account ("key"), counted in the shared cache. With five tries for
# each of 30 codes a day, an attacker who guesses has a chance of one in 6,700 a day.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/15m/ip,30/d/key",
    "login": "",  # not by allauth, which counts known browsers too
    "staff_sign_in": "30/15m/ip",
    "password_failed": "20/15m/ip,5/15m/key",
    "login_failed": "5/15m/key",  # wrong codes of an app, after the right password
    # The same, for each browser that the user has signed in with before, wherever it is.
    "known_browser_code": "30/d/key",
    "known_browser_password_failed": "5/15m/key",
    "known_browser_dfe_sign_in": "60/15m/key",
    # The old password, when staff change theirs.
    "change_password": "5/15m/user",
    # Emails to the people that an induction tutor names as tutors.
    "nominate": "10/h/user,30/d/user",
    # Searches for a teacher by TRN and date of birth: by tutor, by school, and for each TRN.
    "find_teacher": "20/h/user,60/d/user,40/h/key,120/d/key",
    "find_teacher_by_trn": "10/d/key",
    # Whether an email address is free, which says whether a mentor or an ECT has it: as look-ups.
    "find_email": "20/h/user,60/d/user,40/h/key,120/d/key",
    "dfe_sign_in": "60/15m/ip",  # each makes requests to DfE Sign-in
}
# How many of our proxies add an address to X-Forwarded-For. A client can forge all before those.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if IN_PRODUCTION else 0)
MFA_ADAPTER = "accounts.signing_in.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_TOTP_ISSUER = SERVICE_NAME
# DfE Sign-in: a second way in for induction tutors, offered if these are set.
DFE_SIGN_IN_ISSUER, DFE_SIGN_IN_CLIENT_ID, DFE_SIGN_IN_CLIENT_SECRET = all_or_none(
    os.environ, "DFE_SIGN_IN_ISSUER", "DFE_SIGN_IN_CLIENT_ID", "DFE_SIGN_IN_CLIENT_SECRET"
)
if IN_PRODUCTION and DFE_SIGN_IN_ISSUER and not DFE_SIGN_IN_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("DFE_SIGN_IN_ISSUER must begin with https://")
# DfE staff are invited only at addresses of these domains. Those of demo and tests are invented.
STAFF_EMAIL_DOMAINS: list[str] = env.list(
    "STAFF_EMAIL_DOMAINS",
    ["education.gov.uk"]
    if IN_PRODUCTION
    else ["education.gov.uk", "education.example", "dfe.example"],
)
# How long the link of an invitation works, in seconds.
PASSWORD_RESET_TIMEOUT = 3 * 86_400
# 30 minutes after the last use, and at most 12 hours: see accounts/signing_in/session_store.py.
SESSION_COOKIE_AGE = 1800
# Which users have signed in with this browser (accounts/signing_in/known_browsers.py).
KNOWN_BROWSER_COOKIE_NAME = "known-browser"
KNOWN_BROWSER_COOKIE_AGE = 365 * 86_400
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]

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

# --- Static files: the styles of GOV.UK Frontend load fonts and images from /assets/. ---
GOVUK_FRONTEND = BASE_DIR / "node_modules/govuk-frontend/dist/govuk"
STATIC_URL = "/assets/"
STATICFILES_DIRS = [BASE_DIR / "static", GOVUK_FRONTEND / "assets"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.static_files.GovukFrontendFinder",
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
_COLLECTED = IN_PRODUCTION or ENVIRONMENT is Environment.BUILD
if _COLLECTED:
    STATIC_ROOT = BASE_DIR / "var" / "static"
else:
    # From their source folders, so that `make run` needs no collectstatic.
    WHITENOISE_USE_FINDERS = True
    # The suite makes a client for each test, and each client would list all files at its start.
    WHITENOISE_AUTOREFRESH = ENVIRONMENT is Environment.TEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.HashedFiles"
        if _COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- What a browser may load and run: only our own files, and GOV.UK Frontend's one inline script,
# which carries the response's nonce. ---
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"

# --- Uploads: in memory while the request lasts. Of a request of more than
# FILE_UPLOAD_MAX_MEMORY_SIZE (2.5 MB) no file is kept, in memory or on disk. ---
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# --- Transport: only HTTPS in production, and cookies that no script and no other site can use. ---
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = ["^health(/live)?$"]  # the platform requests them over plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IN_PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUCTION else 0
# For the owner of the domain to say: they bind all of its other services, for a year and longer.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
if IN_PRODUCTION:
    # What `check --deploy` would ask for.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
if IN_PRODUCTION:
    # Browsers accept a cookie with this prefix only from this host. So no other service under the
    # same domain can set a session, such as one that is signed in as another user.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    KNOWN_BROWSER_COOKIE_NAME = "__Host-known-browser"
CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_HTTPONLY = True

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
