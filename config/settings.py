"""The one settings module. Everything that differs between places comes from the environment.

docs/deploying.md lists the variables.
"""

import os

import environs
from csp.constants import NONCE, NONE, SELF

from config.database import BASE_DIR, database_url
from config.environment import Environment, environment_of, required

env = environs.Env()

ENVIRONMENT = environment_of(os.environ)
IN_PRODUCTION = ENVIRONMENT is Environment.PRODUCTION
SERVICE_NAME = "Manage training for early career teachers"
# Where the people who use the service write to; every page shows it.
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", "manage-teacher-training@education.gov.uk")
# Shut for maintenance: every page but the health check says so.
MAINTENANCE = env.bool("MAINTENANCE", False)

DEBUG = False
SECRET_KEY = required(os.environ, "SECRET_KEY", ENVIRONMENT)
ALLOWED_HOSTS = (
    required(os.environ, "ALLOWED_HOSTS", ENVIRONMENT).split(",")
    if IN_PRODUCTION
    else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)

INSTALLED_APPS = [
    "pghistory.admin",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "csp",
    "accounts",
    "schools",
    "declarations",
    "mentors",
    "staff",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.maintenance.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
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
# In the session, not in a cookie of their own: the cookies page lists two cookies.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Database ---
if IN_PRODUCTION:
    required(os.environ, "DATABASE_URL", ENVIRONMENT)
DATABASES = {
    # A connection is kept between requests: opening one costs more than a page's queries.
    "default": env.dj_db_url(
        "DATABASE_URL", default=database_url(), conn_max_age=600, conn_health_checks=True
    )
}
if ENVIRONMENT is Environment.TEST:
    # Only the suite may empty the append-only tables (see accounts/history.py).
    DATABASES["default"]["OPTIONS"] = {"options": "-c app.allow_truncate=on"}
    # Two runs of the suite side by side do not meet.
    DATABASES["default"]["TEST"] = {"NAME": f"test_mentor_training_{os.getpid()}"}

# --- Signing in ---
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Language and time: a day is the London day of a moment. ---
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

# --- Files: GOV.UK Frontend's styles ask for their fonts and images under /assets/. ---
GOVUK_FRONTEND = BASE_DIR / "node_modules/govuk-frontend/dist/govuk"
STATIC_URL = "/assets/"
STATICFILES_DIRS = [BASE_DIR / "static", GOVUK_FRONTEND / "assets"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.static_files.GovukFrontendFinder",
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
if IN_PRODUCTION:
    STATIC_ROOT = BASE_DIR / "var" / "static"
else:
    # Straight from where they lie, so that `make run` needs no collectstatic.
    WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.HashedFiles"
        if IN_PRODUCTION
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

# --- Over the wire: HTTPS only in production, cookies that no script and no other site can use. ---
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = ["^health$"]  # asked by the platform itself, over plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IN_PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SECURE_HSTS_PRELOAD = IN_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_HTTPONLY = True

# --- History: who is asked only where something can change, as it costs a query. ---
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_ADMIN_ALL_EVENTS = False

# --- Logs: to standard error, which the platform keeps. ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL", default="WARNING")},
    # The root's handler is enough: no mails to admins, no second line on the console.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
