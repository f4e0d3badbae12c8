"""What production says about itself, asked of a process that runs as production does."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

VARIABLES = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789ABCDEFGHIJK",
    "ALLOWED_HOSTS": "service.example,other.example",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        env=VARIABLES | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("notify_key", ["", "team-key"])
def test_djangos_own_deployment_check_is_silent(notify_key):
    done = run("manage.py", "check", "--deploy", "--fail-level", "DEBUG", NOTIFY_API_KEY=notify_key)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert done.stderr == ""


def test_settings_and_addresses_that_only_production_has():
    done = run(
        "-c",
        """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django; django.setup()
from django.conf import settings
from django.urls import NoReverseMatch, reverse
def mounted(name):
    try: return reverse(name)
    except NoReverseMatch: return None
print(json.dumps({
    "outbox": mounted("demo-outbox"), "demo": mounted("demo-sign-in"),
    "login": reverse(settings.LOGIN_URL), "service": settings.SERVICE_URL,
    "backend": settings.EMAIL_BACKEND, "proxies": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
}))
""",
    )
    assert json.loads(done.stdout or done.stderr) == {
        "outbox": None,
        "demo": None,
        "login": "/sign-in",
        "service": "https://service.example",
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "proxies": 1,
        "secure": [True, True],
    }


DFE_SIGN_IN = {
    "DFE_SIGN_IN_ISSUER": "https://dfe.example",
    "DFE_SIGN_IN_CLIENT_ID": "mentor-training",
    "DFE_SIGN_IN_CLIENT_SECRET": "a-secret-of-ours",
}


@pytest.mark.parametrize("missing", DFE_SIGN_IN)
def test_dfe_sign_in_is_given_whole_or_not_at_all(missing):
    done = run("manage.py", "check", **DFE_SIGN_IN | {missing: ""})
    assert done.returncode != 0
    assert f"{missing} not set." in done.stderr
    assert "a-secret-of-ours" not in done.stderr


def test_dfe_sign_in_is_spoken_with_over_https():
    done = run("manage.py", "check", **DFE_SIGN_IN | {"DFE_SIGN_IN_ISSUER": "http://dfe.example"})
    assert "DFE_SIGN_IN_ISSUER must begin with https://" in done.stderr
    assert run("manage.py", "check", **DFE_SIGN_IN).returncode == 0
