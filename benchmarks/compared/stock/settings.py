"""Django as `startproject` sets it up, with the service's models, database and users."""

import os

from config.settings import *  # noqa: F403
from config.settings import DATABASES

ROOT_URLCONF = "benchmarks.compared.stock.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth, whose sessions are used, insists
]
SESSION_ENGINE = "benchmarks.compared.stock.sessions"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(os.environ["BENCHMARK_TEMPLATES"], "stock")],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
# Django's own default is a connection for each request; the other variant keeps it.
DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("BENCHMARK_KEEP", "0"))
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
