"""Makes the pictures of the README and docs from the running service: `make pictures`.

Not collected with the suite, as its name says: a picture is made, not tested.
"""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from mentors.models import StatusPolicy
from tests.browser.checks import DESKTOP, PHONE
from tests.browser.people import open_mentor, sign_in

PICTURES = Path(settings.BASE_DIR) / "docs" / "pictures"
POLICIES = {
    "completed-only": {"policy": StatusPolicy.Policy.COMPLETED_ONLY},
    "three-statuses": {"policy": StatusPolicy.Policy.THREE_STATUSES},
    "time-limit": {"policy": StatusPolicy.Policy.TIME_LIMIT, "months": 36},
}


SIZES = {"desktop": DESKTOP, "phone": PHONE}


def take(page, mentor: str, size: str, name: str) -> None:
    """Open a mentor's page as Sarah Philips, and keep a picture of the whole of it."""
    sign_in(page, "Sarah Philips")
    open_mentor(page, mentor)
    page.set_viewport_size(SIZES[size])
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{size}.png", full_page=True)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("policy", POLICIES)
def test_each_policy(page, policy, size, demo):
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), **POLICIES[policy])
    take(page, "Jane Thomas", size, f"mentor-{policy}")


@pytest.mark.parametrize("size", SIZES)
def test_training_completed(page, size, demo):
    take(page, "Elvis Welch", size, "mentor-training-completed")
