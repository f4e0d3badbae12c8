"""Which browser the tests drive: one found on the machine, else Playwright's own.

Run by `make test` before the tests, to install one when there is none.
"""

import functools
import os
import shutil
import subprocess
import sys

# The one that has no window takes a third less time than a whole Chromium that hides its own.
_NAMES = (
    *("chromium-headless-shell", "chrome-headless-shell"),
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)


@functools.cache
def chromium_executable() -> str | None:
    """The path of a Chromium of this machine that works, or None for Playwright's own.

    $CHROMIUM, if set, is the only candidate.
    """
    given = os.environ.get("CHROMIUM")
    for name in [given] if given else _NAMES:
        path = shutil.which(name)
        # Ubuntu's `chromium-browser` may be a stub that only tells to install something else.
        if path and _runs(path, "--version"):
            return path
    return None


def main() -> int:
    """Make sure that there is a browser; return an exit code."""
    if chromium_executable():
        return 0
    if given := os.environ.get("CHROMIUM"):
        return _fail(f"CHROMIUM is {given}, which is not a Chromium that runs.")
    if _playwrights_own_starts() or _installed_by_apt_get() or _installed_by_playwright():
        return 0
    return _fail(
        "The browser tests need Chromium, and none could be found or installed: install it, or set"
        " CHROMIUM to its path."
    )


def _fail(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


def _installed_by_apt_get() -> bool:
    """Install Chromium where apt-get may be used without a password."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (as_root and not _runs(*as_root, "true")):
        return False
    print("Installing Chromium by apt-get", flush=True)
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    _runs(*apt_get, "update")  # old lists may do, should the new ones not be had
    for package in ("chromium-headless-shell", "chromium"):  # Debian has both, others the second
        _runs(*apt_get, "install", "--no-install-recommends", package)
        chromium_executable.cache_clear()
        if chromium_executable():
            return True
    return False


def _installed_by_playwright() -> bool:
    print("Installing Playwright's Chromium", flush=True)
    return _runs(sys.executable, "-m", "playwright", "install", "chromium") and (
        _playwrights_own_starts()
    )


def _playwrights_own_starts() -> bool:
    """Whether Playwright's Chromium is installed, with the libraries that it needs."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch(chromium_sandbox=False).close()
        except Error:
            return False
    return True


def _runs(*command: str) -> bool:
    """Whether the command is there and ends well. What it says goes nowhere."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
