"""The people who sign in: induction tutors and DfE staff."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GistIndex, OpClass
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from core.history import tracked
from core.model_fields import AddressModelField, LineModelField, validate_name
from core.periods import moment_in_words
from core.search_text import searchable
from core.text import cleaned, email_of


class UserManager(BaseUserManager["User"]):
    """Makes and finds users by their email address."""

    def create_user(
        self, email: str, name: str, password: str | None = None, **fields: object
    ) -> "User":
        """Make a user. Without a password they can sign in only in other ways."""
        user = self.model(email=email_of(email), name=cleaned(name), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, name: str, password: str | None = None, **fields: object
    ) -> "User":
        """Make a member of DfE staff who may do everything in admin."""
        return self.create_user(email, name, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        """The user with this email address, in upper or lower case; raises User.DoesNotExist."""
        return self.get(email=email_of(email or ""))


@tracked(exclude=("password", "last_login", "invitations", "searchable_name"))
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may see follows from their appointments and groups."""

    LONGEST_EMAIL = 254
    LONGEST_NAME = 200

    email = AddressModelField("email address", unique=True, max_length=LONGEST_EMAIL)
    name = LineModelField(max_length=LONGEST_NAME)
    searchable_name = searchable("name")
    is_staff = models.BooleanField("DfE staff", default=False, help_text="May enter admin.")
    is_active = models.BooleanField(
        "active", default=True, help_text="Take this away to keep the user out."
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    invitations = models.PositiveIntegerField(
        default=0, editable=False, help_text="How many were sent; the newest one works."
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("searchable_name", "email")
        # The names that are nearest to a misspelt one, as for teachers.
        indexes = (
            GistIndex(
                OpClass(Lower("searchable_name"), name="gist_trgm_ops(siglen=32)"),
                name="user_nearest_name",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_lower_case",
                violation_error_message="Enter the email address in lower case.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    def clean(self) -> None:
        """Refuse what can be no name. The address stands for the name until there is one."""
        super().clean()
        if self.name and self.name != self.email:
            try:
                validate_name(self.name)
            except ValidationError as refusal:
                raise ValidationError({"name": refusal}) from None

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Session(AbstractBaseSession):
    """A browser's session, as Django keeps them, and the user who is signed in with it, if any."""

    user = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.CASCADE, related_name="sessions"
    )

    class Meta(AbstractBaseSession.Meta):
        ordering = ("-expire_date",)


class SignInCode(models.Model):
    """The code that is valid for an address in a browser (see accounts/signing_in/codes.py)."""

    browser = models.CharField(
        max_length=64, unique=True, help_text="A keyed hash of the browser and the address."
    )
    digest = models.CharField(max_length=64, help_text="A keyed hash of the code.")
    issued_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="Wrong codes entered so far.")

    class Meta:
        verbose_name = "sign-in code"
        ordering = ("-issued_at",)

    def __str__(self) -> str:
        return f"Issued {moment_in_words(self.issued_at)}"


@tracked()
class DfESignInIdentity(models.Model):
    """A user's account at DfE Sign-in. Its subject stays; its email address there may change."""

    LONGEST_SUBJECT = 255

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="dfe_sign_in_identities")
    issuer = models.CharField(max_length=200, help_text="The address of the DfE Sign-in.")
    subject = models.CharField(
        max_length=LONGEST_SUBJECT, help_text="How that DfE Sign-in knows the person."
    )

    class Meta:
        verbose_name = "DfE Sign-in identity"
        verbose_name_plural = "DfE Sign-in identities"
        ordering = ("user__searchable_name",)
        constraints = (
            models.UniqueConstraint(
                fields=("issuer", "subject"), name="dfesigninidentity_one_user_each"
            ),
            models.UniqueConstraint(
                fields=("issuer", "user"), name="dfesigninidentity_one_for_each_user"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"
