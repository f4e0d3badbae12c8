"""Every address of the service."""

from django.apps import apps
from django.contrib import admin
from django.urls import include, path

from config import pages

urlpatterns = [
    path("", include("mentors.urls")),
    path("", include("accounts.signing_in.urls")),
    path("", include("schools.dfe_sign_in")),
    path("admin/", admin.site.urls),
    path(pages.API, include("config.api")),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("cookies", pages.cookies, name="cookies"),
    path("privacy", pages.privacy, name="privacy"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path(".well-known/security.txt", pages.security_txt, name="security-txt"),
]

if apps.is_installed("demo"):
    urlpatterns.append(path("demo/", include("demo.urls")))

handler400 = "config.pages.bad_request"
handler403 = "config.pages.forbidden"
handler404 = "config.pages.not_found"
handler500 = "config.pages.server_error"
handler429 = "accounts.signing_in.views.too_many_requests"  # asked for by allauth's rate limits
