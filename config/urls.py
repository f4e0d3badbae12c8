"""Every address of the service."""

from django.contrib import admin
from django.urls import include, path

from config import pages

urlpatterns = [
    path("", include("mentors.urls")),
    path("admin/", admin.site.urls),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("cookies", pages.cookies, name="cookies"),
    path("privacy", pages.privacy, name="privacy"),
    path("health", pages.health, name="health"),
]

handler403 = "config.pages.forbidden"
handler404 = "config.pages.not_found"
handler500 = "config.pages.server_error"
