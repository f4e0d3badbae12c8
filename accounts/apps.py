from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Write what the signals of signing in report to the audit log."""
        from accounts.signing_in import audit

        audit.listen()


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with our site."""

    default = False
    default_site = "accounts.admin_site.StaffAdminSite"
