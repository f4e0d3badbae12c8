"""Whose account somebody's sign-in at DfE Sign-in is."""

from accounts.models import DfESignInIdentity, User
from accounts.signing_in.dfe_sign_in.person import Person
from accounts.signing_in.dfe_sign_in.refusals import (
    EMAIL_TAKEN,
    INACTIVE,
    OTHER_IDENTITY,
    STAFF,
    NotSignedInError,
)


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
