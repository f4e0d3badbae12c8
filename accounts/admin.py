"""People who sign in, as DfE staff keep them."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import DfESignInIdentity, SignInCode, User
from accounts.signing_in import audit, invitations
from core.admin_bases import ReadOnlyAdmin, RecordAdmin

# A user's address is on the user, and a second factor's secret is nobody's to read.
admin.site.unregister((EmailAddress, Authenticator))


class NewUserForm(AdminUserCreationForm):
    """Makes a user, with a password only if they are to have one."""

    class Meta:
        model = User
        fields = ("email", "name")

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return self.cleaned_data["email"].lower()


class UserForm(forms.ModelForm):
    """Changes a user."""

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups")

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(RecordAdmin, DjangoUserAdmin):
    """Search by name or email; filter by what they may do.

    Only superusers make somebody staff, put them in groups, or change those who are staff:
    otherwise whoever may edit tutors could give themselves every permission.
    """

    form = UserForm
    add_form = NewUserForm
    list_display = ("name", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("name", "email")
    ordering = ("name", "email")
    readonly_fields = ("date_joined", "last_login")
    filter_horizontal = ("groups",)
    actions = ("invite",)
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("When", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    @admin.action(description="Invite to set up their sign-in", permissions=["invite"])
    def invite(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Email the chosen members of staff a link; tutors need none."""
        staff = users.filter(is_staff=True, is_active=True)
        for user in staff:
            invitations.invite(user, by=request.user)
        left_out = users.count() - len(staff)
        note = f" {left_out} not active members of staff were left out." if left_out else ""
        self.message_user(request, f"Invited: {len(staff)}.{note}", messages.SUCCESS)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: list, change: bool
    ) -> None:
        """Save groups too; which ones were changed is in the audit."""
        before = audit.groups_of(form.instance)
        super().save_related(request, form, formsets, change)
        audit.groups_changed(form.instance, before, audit.groups_of(form.instance), by=request.user)

    def has_invite_permission(self, request: HttpRequest) -> bool:
        """Superusers invite."""
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Staff are changed by superusers only."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (request.user.is_superuser or obj is None or not obj.is_staff)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """What gives power is for superusers to change."""
        power = () if request.user.is_superuser else ("is_staff", "is_superuser", "groups")
        return (*super().get_readonly_fields(request, obj), *power)


@admin.register(SignInCode)
class SignInCodeAdmin(ReadOnlyAdmin):
    """When codes were asked for and how often wrong ones were tried; neither whose nor which."""

    list_display = ("issued_at", "tries")
    fields = ("issued_at", "tries")


@admin.register(DfESignInIdentity)
class DfESignInIdentityAdmin(ReadOnlyAdmin):
    """Who is bound to which account at DfE Sign-in.

    A superuser deletes the one of somebody who has got a new account there: signing in by their
    email address then binds the new one.
    """

    list_display = ("user", "issuer", "subject")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email", "=subject")
    fields = ("user", "issuer", "subject")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Superusers do."""
        return request.user.is_superuser
