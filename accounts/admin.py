"""The admin of users, of sign-in codes and of identities at DfE Sign-in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import DfESignInIdentity, SignInCode, User
from accounts.signing_in import audit, invitations
from accounts.signing_in.sessions import signed_in_user
from core.admin_bases import ReadOnlyAdmin, RecordAdmin

# User has the address, and no member of staff may read the secret of a second factor.
admin.site.unregister((EmailAddress, Authenticator, Group))


class NewUserForm(AdminUserCreationForm):
    """Makes a user, with or without a password."""

    class Meta:
        model = User
        fields = ("email", "name")


class UserForm(forms.ModelForm):
    """Changes a user."""

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups")


@admin.register(User)
class UserAdmin(RecordAdmin, DjangoUserAdmin):
    """Users, searched by name or email address.

    Only superusers make a user staff, put them in groups, or change a user who is staff. Otherwise
    staff who may edit induction tutors could give themselves every permission.
    """

    form = UserForm
    add_form = NewUserForm
    list_display = ("name", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("searchable_name__has_words", "email")
    ordering = ("searchable_name", "email")
    filter_horizontal = ()
    readonly_fields = ("date_joined", "last_login")
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
        """Email the chosen members of staff a link to set up their sign-in."""
        active = users.filter(is_staff=True, is_active=True)
        staff = [user for user in active if invitations.is_staff_address(user.email)]
        inviter = signed_in_user(request)
        for user in staff:
            invitations.invite(user, by=inviter)
        left_out = users.count() - len(staff)
        reason = "not active members of staff, or without an address of staff"
        note = f" {left_out} were left out: {reason}." if left_out else ""
        self.message_user(request, f"Invited: {len(staff)}.{note}", messages.SUCCESS)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: list, change: bool
    ) -> None:
        before = audit.groups_of(form.instance)
        super().save_related(request, form, formsets, change)
        after = audit.groups_of(form.instance)
        audit.groups_changed(form.instance, before, after, by=signed_in_user(request))

    def has_invite_permission(self, request: HttpRequest) -> bool:
        """Whether the user may use the action `invite`: superusers may."""
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (request.user.is_superuser or obj is None or not obj.is_staff)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        for_superusers = ("is_staff", "is_superuser", "groups")
        more = () if request.user.is_superuser else for_superusers
        return (*super().get_readonly_fields(request, obj), *more)


@admin.register(Group)
class GroupAdmin(RecordAdmin, DjangoGroupAdmin):
    """Groups of DfE staff. Every migration sets the permissions of ours again."""

    filter_horizontal = ()  # two lists with a script, in which axe finds icons without a role


@admin.register(SignInCode)
class SignInCodeAdmin(ReadOnlyAdmin):
    """When each code was asked for, and how many wrong ones were tried: no address, no code."""

    list_display = ("issued_at", "tries")
    fields = ("issued_at", "tries")


@admin.register(DfESignInIdentity)
class DfESignInIdentityAdmin(ReadOnlyAdmin):
    """Which account at DfE Sign-in each user has.

    When a user has a new account there, a superuser deletes the old row. The next sign-in with the
    same email address then makes a row for the new account.
    """

    list_display = ("user", "issuer", "subject")
    list_select_related = ("user",)
    search_fields = ("user__searchable_name__has_words", "user__email", "=subject")
    fields = ("user", "issuer", "subject")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_superuser
