"""What every browser test has: a Chromium, a page that fails on what a person should never meet."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    TimeoutError,
    WebError,
)

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


@pytest.fixture(scope="session")
def kept_contexts(browser: Browser) -> dict[str, list[BrowserContext]]:
    """Contexts that no test uses at the moment, by what they were made with."""
    return defaultdict(list)


@pytest.fixture
def new_context(
    browser, browser_context_args, kept_contexts, live_server, _artifacts_recorder
) -> Iterator[Callable[..., BrowserContext]]:
    """Contexts that never speak to another host, and that tell of errors when the test ends.

    A new one costs a new process, which fetches and compiles all styles and scripts again. So they
    are kept for the next test, without pages, cookies and what else a site can store.
    """
    faults: list[str] = []
    lent: list[tuple[str, BrowserContext]] = []

    def note_error(error: WebError) -> None:
        faults.append(str(error.error))

    def note_refusal(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    def make(**kwargs: object) -> BrowserContext:
        kind = repr(kwargs)
        kept = kept_contexts[kind]
        context = kept.pop() if kept else browser.new_context(**browser_context_args, **kwargs)
        if not context.pages:
            context.new_page()  # stays open, and with it the process
        _artifacts_recorder.on_did_create_browser_context(context)  # for --tracing and the like
        context.on("weberror", note_error)
        context.on("console", note_refusal)
        lent.append((kind, context))
        return context

    yield make
    for kind, context in lent:
        _artifacts_recorder.on_will_close_browser_context(context)
        for page in context.pages[1:]:
            close(page)
        context.remove_listener("weberror", note_error)
        context.remove_listener("console", note_refusal)
        context.clear_cookies()
        devtools = context.new_cdp_session(context.pages[0])
        devtools.send(
            "Storage.clearDataForOrigin", {"origin": live_server.url, "storageTypes": "all"}
        )
        devtools.detach()
        kept_contexts[kind].append(context)
    assert not faults, faults


def close(page: Page) -> None:
    """Close the page, asking again for ten seconds while it stays open.

    Chromium forgets that it was asked where the page's next document comes at that moment. Then
    `page.close()` alone waits for ever: https://github.com/microsoft/playwright/issues/42068.
    """
    for _ in range(20):
        with suppress(TimeoutError), page.expect_event("close", timeout=500):
            page.close(run_before_unload=True)  # which asks, and does not wait
        if page.is_closed():
            return
    pytest.fail(f"{page.url} did not close")


@pytest.fixture
def page(new_context, live_server) -> Iterator[Page]:
    """A page of a fresh browser whose relative addresses are those of the service under test."""
    made = new_context(base_url=live_server.url).new_page()
    made.set_default_timeout(10_000)
    return made
