"""What browsers load, keep and send: static files, security headers, cookies and uploads."""

from csp.constants import NONCE, NONE, SELF

from config.database import BASE_DIR
from config.environment import Environment
from config.settings.installation import ENVIRONMENT, IN_PRODUCTION, env

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
# The owner of the domain decides on these: they bind all its other services, for a year or longer.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
if IN_PRODUCTION:
    # What `check --deploy` would ask for.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
# Which users have signed in with this browser (accounts/signing_in/known_browsers.py).
KNOWN_BROWSER_COOKIE_NAME = "known-browser"
KNOWN_BROWSER_COOKIE_AGE = 365 * 86_400
if IN_PRODUCTION:
    # Browsers accept a cookie with this prefix only from this host. So no other service under the
    # same domain can set a session, such as one that is signed in as another user.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    KNOWN_BROWSER_COOKIE_NAME = "__Host-known-browser"
CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
