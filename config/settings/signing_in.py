"""Signing in: sessions, emailed codes, passwords and second factors, DfE Sign-in and rate limits.

docs/signing-in.md says how people sign in.
"""

import os

from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment, all_or_none
from config.settings.installation import ENVIRONMENT, IN_PRODUCTION, SERVICE_NAME, env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.signing_in.session_store.Backend"]
SESSION_ENGINE = "accounts.signing_in.session_store"
# The sign-in by emailed code; in the demo, the page to choose a demo person.
LOGIN_URL = "demo-sign-in" if ENVIRONMENT is Environment.DEMO else "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
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
    # Checks whether an email address is free. They tell whether a mentor or an ECT has it, so the
    # limits are those of searches for a teacher.
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
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
