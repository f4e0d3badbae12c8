"""What production says about itself, asked of a process that runs as production does."""

import json
import subprocess
import sys
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.environment import all_or_none

VARIABLES = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789ABCDEFGHIJK",
    "ALLOWED_HOSTS": "service.example,other.example",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
}

DFE_SIGN_IN = {
    "DFE_SIGN_IN_ISSUER": "https://dfe.example",
    "DFE_SIGN_IN_CLIENT_ID": "mentor-training",
    "DFE_SIGN_IN_CLIENT_SECRET": "a-secret-of-ours",
}
NOTIFY = {"NOTIFY_API_KEY": f"live-{uuid4()}-{uuid4()}", "NOTIFY_TEMPLATE_ID": str(uuid4())}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        env=VARIABLES | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_djangos_own_deployment_check_is_silent():
    done = run("manage.py", "check", "--deploy", "--fail-level", "DEBUG", **NOTIFY | DFE_SIGN_IN)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert done.stderr == ""


def test_settings_and_addresses_that_only_production_has_and_its_check_is_silent_too():
    done = run(
        "-c",
        """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
call_command("check", deploy=True, fail_level="DEBUG")
def mounted(name):
    try: return reverse(name)
    except NoReverseMatch: return None
def is_there(path):
    try: return bool(resolve(path))
    except Resolver404: return False
print(json.dumps({
    "outbox": mounted("demo-outbox"), "demo": mounted("demo-sign-in"),
    "addresses of the demo": is_there("/demo/sign-in"),
    "login": reverse(settings.LOGIN_URL), "service": settings.SERVICE_URL,
    "backend": settings.EMAIL_BACKEND, "proxies": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
    "https": [settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS],
    "cookies": [
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.KNOWN_BROWSER_COOKIE_NAME,
    ],
    "where": [settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN,
              settings.CSRF_COOKIE_PATH, settings.CSRF_COOKIE_DOMAIN],
}))
""",
    )
    assert done.stderr == ""
    checked, found = done.stdout.splitlines()
    assert "no issues" in checked
    assert json.loads(found) == {
        "outbox": None,
        "demo": None,
        "addresses of the demo": False,
        "login": "/sign-in",
        "service": "https://service.example",
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "proxies": 1,
        "secure": [True, True],
        "https": [True, 31_536_000],
        "cookies": ["__Host-sessionid", "__Host-csrftoken", "__Host-known-browser"],
        "where": ["/", None, "/", None],
    }


@pytest.mark.parametrize("missing", DFE_SIGN_IN)
def test_dfe_sign_in_is_given_whole_or_not_at_all(missing):
    with pytest.raises(ImproperlyConfigured, match=f"^{missing} not set.") as refused:
        all_or_none(DFE_SIGN_IN | {missing: ""}, *DFE_SIGN_IN)
    assert "a-secret-of-ours" not in str(refused.value)
    assert all_or_none({}, *DFE_SIGN_IN) == ("", "", "")
    assert all_or_none(DFE_SIGN_IN, *DFE_SIGN_IN) == tuple(DFE_SIGN_IN.values())


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DFE_SIGN_IN_CLIENT_SECRET": ""}, "DFE_SIGN_IN_CLIENT_SECRET not set."),
        ({"DFE_SIGN_IN_ISSUER": "http://dfe.example"}, "must begin with https://"),
    ],
)
def test_production_refuses_to_start_with_dfe_sign_in_half_given(variables, said):
    done = run("manage.py", "check", **DFE_SIGN_IN | variables)
    assert done.returncode != 0
    assert said in done.stderr
