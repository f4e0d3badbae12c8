"""Who signs in."""

from tests.domain.refusals import Case
from tests.domain.rows import both, insert

CASES = [
    Case(
        "accounts_user_email_key",
        insert("user", email="tutor@school.example"),
        insert("user", email="tutor2@school.example"),
    ),
    Case(
        "user_email_lower_case",
        insert("user", email="Jo@school.example"),
        insert("user", email="jo@school.example"),
    ),
    Case(
        "accounts_user_invitations_check",
        insert("user", invitations=-1),
        insert("user", invitations=1),
    ),
    Case(
        "accounts_signincode_browser_key",
        both(insert("signincode", id=1), insert("signincode")),
        both(insert("signincode", id=1), insert("signincode", browser="c" * 64)),
    ),
    Case(
        "accounts_signincode_tries_check",
        insert("signincode", tries=-1),
        insert("signincode", tries=0),
    ),
    Case(
        "dfesigninidentity_one_user_each",
        insert("dfesigninidentity", subject="first"),
        insert("dfesigninidentity", subject="second"),
    ),
    Case(
        "dfesigninidentity_one_for_each_user",
        insert("dfesigninidentity", user_id=1),
        insert("dfesigninidentity", user_id=2),
    ),
]
