from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Tell the audit log and the session what the signals of signing in report."""
        from django.contrib.auth.signals import user_logged_in

        from accounts.signing_in import audit, sessions

        audit.listen()
        user_logged_in.connect(sessions.note_sign_in, dispatch_uid="sessions")


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with our site."""

    default = False
    default_site = "accounts.admin_site.StaffAdminSite"
