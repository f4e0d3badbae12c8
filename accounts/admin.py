"""People who sign in, as DfE staff keep them."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm

from accounts.models import User
from accounts.record_admin import RecordAdmin


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
    """Search by name or email; filter by what they may do."""

    form = UserForm
    add_form = NewUserForm
    list_display = ("name", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("name", "email")
    ordering = ("name", "email")
    readonly_fields = ("date_joined", "last_login")
    filter_horizontal = ("groups",)
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("When", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )
