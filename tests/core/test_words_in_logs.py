"""No log holds a word of a query or a form, and the audit log none of an address either.

Every address of the service is asked, as each kind of user, with a word wherever one may stand.
"""

import json
import re

import pytest

from tests.access.roles import SITE, browsers_of_roles, filled
from tests.core.audit_lines import caught

IN_ADDRESS, IN_QUERY, IN_FORM = "zebedee-addressed", "zebedee-asked", "Zebedee Entered"
NAMES = ("name", "email", "trn", "search", "login", "code", "password", "person", "answer", "q",
         "why", "term", "teacher", "mentor", "ect", "next")  # fmt: skip


def with_words(address: str) -> str:
    """The address with a word wherever any text may stand; numbers and UUIDs stay ids."""
    return filled(re.sub(r"<(?:(?:str|slug|path):)?\w+>", IN_ADDRESS, address))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["nobody", "tutor", "superuser", "token"])
def test_no_word_of_what_is_asked_is_in_a_log(role):
    open_browser = browsers_of_roles()[role]
    query = dict.fromkeys(NAMES, IN_QUERY)
    form = dict.fromkeys(NAMES, IN_FORM)
    with caught() as audit, caught(None) as everything_else:
        for address in SITE:
            for filled_in in {with_words(address), filled(address)}:
                browser = open_browser()
                browser.get(filled_in, query)
                browser.post(filled_in, form, query_params=query)
                if address.startswith("/api/"):
                    browser.post(filled_in, json.dumps(form), content_type="application/json")
    assert audit.text or role in ("nobody", "token")
    for word in (IN_ADDRESS, IN_QUERY, IN_FORM):
        assert [line for line in audit.text if word in line] == []
    for word in (IN_QUERY, IN_FORM):
        assert [line for line in everything_else.text if word in line] == []
