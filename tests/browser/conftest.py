"""What every browser test has: a Chromium, a page that fails on what a person should never meet."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.find_chromium import chromium_executable

# Playwright's own event loop runs in this thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Without them Chromium calls out to its maker, and waits for answers that a closed network refuses.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A third less work for each page that is opened.
    "--renderer-process-limit=1",
    "--in-process-gpu",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m "not browser"` runs the rest alone."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {
        **browser_type_launch_args,
        "executable_path": chromium_executable(),
        "args": list(QUIET),
    }


@pytest.fixture(autouse=True)
def lasting_app_codes(settings) -> None:
    """An authenticator's code lasts for a day: it is right still when it has been typed."""
    settings.MFA_TOTP_PERIOD = 24 * 60 * 60


@pytest.fixture
def new_context(new_context):
    """Contexts that never speak to another host, and that tell of errors when they close."""
    faults: list[str] = []

    def make(**kwargs: object) -> BrowserContext:
        context = new_context(**kwargs)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        return context

    yield make
    assert not faults, faults


@pytest.fixture
def page(new_context, live_server) -> Iterator[Page]:
    """A page of a fresh browser whose relative addresses are those of the service under test."""
    made = new_context(base_url=live_server.url).new_page()
    made.set_default_timeout(10_000)
    return made
