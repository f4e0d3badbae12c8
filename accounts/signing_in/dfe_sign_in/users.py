"""A person as DfE Sign-in describes them, and the account here that is theirs."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.models import DfESignInIdentity, User
from accounts.signing_in.dfe_sign_in.refusals import (
    EMAIL_TAKEN,
    INACTIVE,
    NO_EMAIL,
    NOT_BELIEVED,
    OTHER_IDENTITY,
    STAFF,
    NotSignedInError,
)


@dataclass(frozen=True)
class Person:
    """Who signed in at DfE Sign-in, and for which organisation.

    The subject stays theirs at this issuer. The email address, in lower case, is theirs today. The
    URN is the organisation's they chose to sign in for; None if it has none.
    """

    issuer: str
    subject: str
    email: str
    name: str
    urn: int | None


def person_of(claims: dict[str, Any], issuer: str) -> Person:
    """Return the person whom these claims, already verified, are about.

    Raises NotSignedInError when the subject or the email address is not one.
    """
    subject = claims["sub"]
    if len(subject) > _longest(DfESignInIdentity, "subject") or not subject.isprintable():
        raise NotSignedInError(NOT_BELIEVED)
    email = _email(claims)
    return Person(issuer, subject, email, _name(claims) or email, _urn(claims.get("organisation")))


def _email(claims: dict[str, Any]) -> str:
    email = str(claims.get("email") or "").strip().lower()
    # DfE Sign-in checks every address by a code; should it say that it has not, it is no proof.
    unchecked = claims.get("email_verified", True) is not True
    try:
        validate_email(email)
    except ValidationError:
        raise NotSignedInError(NO_EMAIL) from None
    if unchecked or len(email) > _longest(User, "email"):
        raise NotSignedInError(NO_EMAIL)
    return email


def _name(claims: dict[str, Any]) -> str:
    """The name, without what no name has; it may be empty."""
    parts = [claims.get("given_name"), claims.get("family_name")]
    said = " ".join(str(part) for part in parts if part) or str(claims.get("name") or "")
    kept = "".join(letter for letter in " ".join(said.split()) if letter.isprintable())
    return kept[: _longest(User, "name")].strip()


def _urn(organisation: object) -> int | None:
    """The URN, which DfE Sign-in gives as a string or null."""
    urn = str(organisation.get("urn")) if isinstance(organisation, dict) else ""
    return int(urn) if re.fullmatch(r"[0-9]{6}", urn) else None


def _longest(model: type[User | DfESignInIdentity], field: str) -> int:
    return model._meta.get_field(field).max_length


def find(person: Person) -> User | None:
    """Return this person's user, locked until the transaction ends; None if they have none yet.

    Known once, they are found by their subject alone. The first time they are found by their email
    address, which DfE Sign-in has checked. Two accounts are never made one. Raises NotSignedInError
    for DfE staff, for who is kept out, and where that would take somebody else's account.
    """
    users = User.objects.select_for_update(of=("self",))
    known = users.filter(
        dfe_sign_in_identities__issuer=person.issuer,
        dfe_sign_in_identities__subject=person.subject,
    ).first()
    has_email = users.filter(email=person.email).first()
    user = known or has_email
    if user is None:
        return None
    if user.is_staff:
        raise NotSignedInError(STAFF, user.pk)
    if not user.is_active:
        raise NotSignedInError(INACTIVE, user.pk)
    if known and has_email not in (None, known):
        raise NotSignedInError(EMAIL_TAKEN, user.pk)
    if not known and user.dfe_sign_in_identities.filter(issuer=person.issuer).exists():
        raise NotSignedInError(OTHER_IDENTITY, user.pk)
    return user


def keep(user: User | None, person: Person) -> User:
    """Return the person's user, whom `find` found or who is made now, known by their subject.

    Their email address here follows the one they have at DfE Sign-in; their name stays.
    """
    if user is None:
        user = User.objects.create_user(person.email, person.name)
    elif user.email != person.email:
        user.email = person.email
        user.save(update_fields=["email"])
    DfESignInIdentity.objects.get_or_create(issuer=person.issuer, subject=person.subject, user=user)
    return user
