"""The admin site, which only a session with a second factor enters."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from accounts.signing_in.forms import ChangePasswordForm
from accounts.signing_in.sessions import may_enter_admin


class StaffAdminSite(AdminSite):
    """Django's admin without its own sign-in, which knows no second factor."""

    site_header = site_title = settings.SERVICE_NAME
    index_title = "DfE staff"
    empty_value_display = "no"
    index_template = "accounts/admin_index.html"  # with a link to the user's passkeys

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # By app, or None for all, and permissions; None for a superuser, who has all.
        self._app_lists: dict[tuple[str | None, frozenset[str] | None], list[Any]] = {}

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Adds the name of the environment, which all but production show."""
        environment = settings.ENVIRONMENT
        shown = "" if environment == "production" else str(environment.value).capitalize()
        return super().each_context(request) | {"environment": shown}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What the user may see, kept for all users who have the same permissions.

        Django looks up two addresses and four permissions of every model for each page.
        """
        user = request.user
        may = None if user.is_superuser else frozenset(user.get_all_permissions())
        if (app_label, may) not in self._app_lists:
            self._app_lists[app_label, may] = super().get_app_list(request, app_label)
        return self._app_lists[app_label, may]

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter_admin(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # Without "view on site": no record has such a page.
        return [p for p in super().get_urls() if getattr(p, "name", None) != "view_on_site"]

    def password_change(self, request: HttpRequest, extra_context: object = None) -> Any:
        """Django's page, but for the number of tries."""
        view = PasswordChangeView.as_view(
            form_class=ChangePasswordForm,
            success_url=reverse("admin:password_change_done"),
            template_name="registration/password_change_form.html",
            extra_context=self.each_context(request),
        )
        return view(request)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Redirect to the sign-in page of staff; 403 for a signed-in user who may not enter."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        wanted = request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index"))
        return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")
