"""Makes the pictures of the README and docs from the running service: `make pictures`.

Not collected with the suite, as its name says: a picture is made, not tested.
"""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from mentors.models import StatusPolicy
from tests.browser.checks import DESKTOP, PHONE
from tests.browser.people import open_mentor, sign_in

PICTURES = Path(settings.BASE_DIR) / "docs" / "pictures"
POLICIES = {
    "completed-only": {"policy": StatusPolicy.Policy.COMPLETED_ONLY},
    "three-statuses": {"policy": StatusPolicy.Policy.THREE_STATUSES},
    "time-limit": {"policy": StatusPolicy.Policy.TIME_LIMIT, "months": 36},
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("policy", POLICIES)
def test_make(page, policy, size, request):
    call_command("load_demo")
    StatusPolicy.objects.create(in_force_from=date(2021, 9, 1), **POLICIES[policy])
    page.set_viewport_size(size)
    sign_in(page, "Sarah Philips")
    open_mentor(page, "Jane Thomas")
    PICTURES.mkdir(exist_ok=True)
    name = "desktop" if size is DESKTOP else "phone"
    page.screenshot(path=PICTURES / f"mentor-{policy}-{name}.png", full_page=True)
