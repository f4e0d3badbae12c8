"""The person that DfE Sign-in describes, and the user that they are here."""

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
from core.text import cleaned, email_of, why_no_name


@dataclass(frozen=True)
class DfESignInPerson:
    """A person who signed in at DfE Sign-in for one of their organisations.

    `issuer` and `subject` identify them and never change. `email`, in lower case, may change there.
    `urn` is that of the organisation; None if it has none.
    """

    issuer: str
    subject: str
    email: str
    name: str
    urn: int | None


def person_from_claims(claims: dict[str, Any], issuer: str) -> DfESignInPerson:
    """The person that these verified claims describe.

    Raises NotSignedInError for a subject that cannot be kept, and without a checked email address.
    """
    subject = claims["sub"]
    if len(subject) > DfESignInIdentity.LONGEST_SUBJECT or not subject.isprintable():
        raise NotSignedInError(NOT_BELIEVED)
    email = _email(claims)
    return DfESignInPerson(
        issuer, subject, email, _name(claims) or email, _urn(claims.get("organisation"))
    )


def _email(claims: dict[str, Any]) -> str:
    email = email_of(str(claims.get("email") or ""))
    # DfE Sign-in checks every address by a code. One that it calls unverified proves nothing.
    unchecked = claims.get("email_verified", True) is not True
    try:
        validate_email(email)
    except ValidationError:
        raise NotSignedInError(NO_EMAIL) from None
    if unchecked or len(email) > User.LONGEST_EMAIL:
        raise NotSignedInError(NO_EMAIL)
    return email


def _name(claims: dict[str, Any]) -> str:
    """The name, shortened to fit; empty where there is none, or a text that can be no name."""
    parts = [claims.get("given_name"), claims.get("family_name")]
    name = " ".join(str(part) for part in parts if part) or str(claims.get("name") or "")
    name = cleaned(cleaned(name)[: User.LONGEST_NAME])
    return "" if why_no_name(name) else name


def _urn(organisation: object) -> int | None:
    """The URN, which DfE Sign-in gives as text or null."""
    urn = str(organisation.get("urn")) if isinstance(organisation, dict) else ""
    return int(urn) if re.fullmatch(r"[0-9]{6}", urn) else None


def find_user(person: DfESignInPerson) -> User | None:
    """This person's user, locked until the transaction ends; None if they have none yet.

    The first time, the user is found by their email address, which DfE Sign-in has checked; later
    by issuer and subject alone. Raises NotSignedInError for DfE staff, for an inactive user, and
    where the person would get another person's account: accounts are never merged.
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
    # This subject is not another one: the person's own first sign-in, in another browser, may have
    # been committed since we looked for `known`.
    others = user.dfe_sign_in_identities.filter(issuer=person.issuer)
    if not known and others.exclude(subject=person.subject).exists():
        raise NotSignedInError(OTHER_IDENTITY, user.pk)
    return user


def save_user(user: User | None, person: DfESignInPerson) -> User:
    """Save the person's identity and email address to their user, and return that user.

    `user` comes from `find_user`; for None one is made. The email address becomes the one at DfE
    Sign-in; the name stays.
    """
    if user is None:
        user = User.objects.create_user(person.email, person.name)
    elif user.email != person.email:
        user.email = person.email
        user.save(update_fields=["email"])
    DfESignInIdentity.objects.get_or_create(issuer=person.issuer, subject=person.subject, user=user)
    return user
