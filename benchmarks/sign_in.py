"""Measures whether signing in takes longer for an address that has an account.

Run: `.venv/bin/python -m benchmarks.sign_in [rounds]`. Each round asks for a code and fails with
one, for a known, an unknown and a staff address in turn, through the whole of Django, on the demo's
embedded PostgreSQL, in a transaction that is rolled back. Prints medians and quartiles in ms.
"""

import random
import statistics
import sys
import time

from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from benchmarks.ground import set_up

ADDRESSES = {
    "known": "tutor@bench.example",
    "unknown": "nobody@bench.example",
    "staff": "staff@bench.example",
}


def one(email: str) -> float:
    """Ask for a code and fail with one; return the milliseconds it took."""
    browser = Client(REMOTE_ADDR=f"10.{random.randrange(256)}.{random.randrange(256)}.1")
    start = time.perf_counter()
    browser.post("/sign-in", {"email": email})
    browser.post("/sign-in/code", {"code": "000000"})
    return (time.perf_counter() - start) * 1000


def main(rounds: int) -> None:
    """Measure and print."""
    from accounts.models import User  # Django has to be set up before models are there

    taken: dict[str, list[float]] = {kind: [] for kind in ADDRESSES}
    User.objects.create_user(ADDRESSES["known"], "Bench Tutor")
    User.objects.create_user(ADDRESSES["staff"], "Bench Staff", is_staff=True)
    for number in range(rounds + 5):
        for kind in random.sample(list(ADDRESSES), len(ADDRESSES)):
            took = one(ADDRESSES[kind])
            if number >= 5:
                taken[kind].append(took)
    for kind, times in taken.items():
        low, middle, high = statistics.quantiles(times, n=4)
        print(f"{kind:8} median {middle:6.2f} ms, quartiles {low:6.2f} and {high:6.2f}")


if __name__ == "__main__":
    set_up()
    quiet = override_settings(
        ACCOUNT_RATE_LIMITS={"request_login_code": "100000/m/ip,100000/m/key"},
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        LOGGING_CONFIG=None,
    )
    with quiet, transaction.atomic():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
        transaction.set_rollback(True)
