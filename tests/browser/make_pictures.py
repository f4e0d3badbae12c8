"""Makes pictures of the running service, to be looked at: `make pictures`.

Each situation under each policy, and the other pages, at the widths of a desktop computer and of a
phone, go to var/pictures; those that README and docs show also to docs/pictures. Not collected with
the suite, as its name says: a picture is made, not tested.
"""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from mentors.models import StatusPolicy
from schools.models import ECTAtSchool, MentorAtSchool
from tests.browser.answering import fill_day, go_on, main_link
from tests.browser.checks import DESKTOP, PHONE
from tests.mentors.reading import address

IN_DOCS = Path(settings.BASE_DIR) / "docs" / "pictures"
PICTURES = Path(settings.BASE_DIR) / "var" / "pictures"
POLICIES = {
    "completed-only": {"policy": StatusPolicy.Policy.COMPLETED_ONLY},
    "three-statuses": {"policy": StatusPolicy.Policy.THREE_STATUSES},
    "time-limit": {"policy": StatusPolicy.Policy.TIME_LIMIT, "months": 36},
}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
# A mentor of docs/demo.md for each situation.
SITUATIONS = {
    "training": (999001, "Jane Thomas"),
    "completed": (999001, "Elvis Welch"),
    "completed-with-another": (100011, "Nora Fielding"),
    "completed-elsewhere": (100011, "Irene Castle"),
    "early-roll-out": (100013, "Oscar Bright"),
    "never-paired": (999001, "Julie Carver"),
    "not-reported": (100008, "Fatima Zahra"),
    "waiting": (100008, "Hana Novak"),
    "not-completed-and-withdrawn": (100013, "Paula Greene"),
    "deferred": (100013, "Rosa Delgado"),
    "ended": (100011, "Liam Docherty"),
    "trained-elsewhere": (100014, "Victor Amis"),
    "school-led": (100015, "Tara Bloom"),
}
SHOWN_IN_DOCS = {f"{policy}-training": f"mentor-{policy}" for policy in POLICIES} | {
    "completed-only-completed": "mentor-training-completed"
}


def sign_in(page: Page, urn: int) -> None:
    """Give the browser a session of a tutor of this school, without the pages of signing in."""
    client = Client()
    client.force_login(User.objects.filter(appointments__school__urn=urn).first())
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": session.key, "value": session.value, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])


def take(page: Page, path: str, name: str) -> None:
    """Open this address, and keep a picture of the whole page at each size."""
    page.goto(path, timeout=60_000)
    keep(page, name)


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page that is open, at each size."""
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        picture = page.screenshot(path=PICTURES / f"{name}-{size}.png", full_page=True)
        if name in SHOWN_IN_DOCS:
            (IN_DOCS / f"{SHOWN_IN_DOCS[name]}-{size}.png").write_bytes(picture)


@pytest.mark.parametrize("policy", POLICIES)
def test_each_situation(page: Page, policy: str, demo):
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), **POLICIES[policy])
    for situation, (urn, name) in SITUATIONS.items():
        mentor = MentorAtSchool.objects.get(school__urn=urn, teacher__name=name)
        sign_in(page, urn)
        take(page, address("mentor", urn, mentor.public_id), f"{policy}-{situation}")


def test_the_other_pages(page: Page, demo):
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), **POLICIES["three-statuses"])
    jane = MentorAtSchool.objects.get(school__urn=999001, teacher__name="Jane Thomas")
    ect = ECTAtSchool.objects.get(school__urn=999001, teacher__name="Violet Brown")
    sign_in(page, 100018)
    take(page, "/", "choose-school")
    sign_in(page, 999001)
    for name, path in {
        "home": address("school-home", 999001),
        "mentors": address("mentors", 999001),
        "ects": address("ects", 999001),
        "ect": address("ect", 999001, ect.public_id),
        "tutors": address("tutors", 999001),
        "pairing": address("assign", 999001, jane.public_id),
        "what-is-it": address("mentor-training", 999001),
    }.items():
        take(page, path, name)


def test_check_pages_and_errors(page: Page, demo):
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), **POLICIES["three-statuses"])
    sign_in(page, 999001)
    jane, julie = (
        MentorAtSchool.objects.get(school__urn=999001, teacher__name=name)
        for name in ("Jane Thomas", "Julie Carver")
    )
    take(page, address("mentor-leaving", 999001, jane.public_id), "leaving")
    go_on(page)
    keep(page, "leaving-error")
    fill_day(page, date(2027, 7, 20))
    go_on(page)
    keep(page, "leaving-check")
    page.goto(address("mentor-lead-provider", 999001, julie.public_id))
    go_on(page)
    keep(page, "lead-provider-error")
    page.get_by_label("Teach First").check()
    go_on(page)
    keep(page, "lead-provider-check")
    go_on(page, "Confirm this lead provider")
    keep(page, "lead-provider-changed")
    page.goto(address("assign", 999001, julie.public_id))
    page.get_by_label("Jonathan Paul").check()
    go_on(page)
    fill_day(page, date(2026, 3, 2))
    go_on(page)
    keep(page, "pairing-check")
    page.goto(address("add-mentor-page", 999001, "trn"))
    page.get_by_role("textbox").fill("0123456")
    go_on(page)
    fill_day(page, date(1990, 1, 1))
    go_on(page)
    keep(page, "adding-not-found")
    page.get_by_role("button", name="Enter their name").click()
    page.get_by_role("textbox").fill("Ada Byron")
    go_on(page)
    page.get_by_role("textbox").fill("ada.byron.of.lovelace@plymouth-primary.sch.uk")
    go_on(page)
    fill_day(page, date(2026, 9, 1))
    go_on(page)
    keep(page, "adding-check")
    go_on(page, "Add mentor")
    keep(page, "adding-done")
    main_link(page, "Tell us if Ada Byron was added by mistake").click()
    keep(page, "undoing-check")
    page.goto(address("add-tutor", 999001))
    page.get_by_label("Full name").fill("Nell Named")
    page.get_by_label("Email address").fill("nell.named@plymouth-primary.sch.uk")
    go_on(page)
    keep(page, "tutor-check")
    take(page, "/schools/999001/mentors/none", "not-found")
