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
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from accounts.signing_in.forms import ChangePasswordForm
from accounts.signing_in.sessions import may_enter_admin

_Permissions = frozenset[str] | None


def _permissions_of(request: HttpRequest) -> _Permissions:
    """The user's permissions; None for a superuser, who has all."""
    user: Any = request.user
    return None if user.is_superuser else frozenset(user.get_all_permissions())


class StaffAdminSite(AdminSite):
    """Django's admin without its own sign-in, which knows no second factor."""

    site_header = site_title = settings.SERVICE_NAME
    index_title = "DfE staff"
    empty_value_display = "no"
    index_template = "accounts/admin_index.html"  # with a link to the user's passkeys

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # By app, or None for all, and what the user may do.
        self._app_lists: dict[tuple[str | None, _Permissions], list[Any]] = {}
        # By the address of the app or the model that the page belongs to, and what the user may do.
        self._sidebars: dict[tuple[str, _Permissions], SafeString] = {}

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Adds the sidebar, and the name of the environment, which all but production show."""
        environment = settings.ENVIRONMENT
        shown = "" if environment == "production" else str(environment.value).capitalize()
        context = super().each_context(request)
        sidebar = self._sidebar(request, context["available_apps"])
        return context | {"environment": shown, "sidebar": sidebar}

    def _sidebar(self, request: HttpRequest, apps: list[Any]) -> SafeString:
        """The apps and models beside every page; that of the page is marked.

        It is kept for all users who have the same permissions: to render it takes 5 ms.
        """
        addresses = [app["app_url"] for app in apps]
        addresses += [model["admin_url"] for app in apps for model in app["models"]]
        around = [address for address in addresses if address and address in request.path]
        current = max(around, key=len, default="")
        key = current, _permissions_of(request)
        if key not in self._sidebars:
            context = {"available_apps": apps, "current": current}
            self._sidebars[key] = render_to_string("admin/nav_sidebar.html", context)
        return self._sidebars[key]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What the user may see, kept for all users who have the same permissions.

        Django looks up two addresses and four permissions of every model for each page.
        """
        key = app_label, _permissions_of(request)
        if key not in self._app_lists:
            self._app_lists[key] = super().get_app_list(request, app_label)
        return self._app_lists[key]

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
