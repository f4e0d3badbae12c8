"""What every page owes its readers, checked in one line: `check_page(page)`."""

import os
import re
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, expect

PHONE, DESKTOP = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
_AXE = (Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js").read_text()
_WCAG_2_2_AA = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
# Asking axe is half of what a browser test costs. Where a page lies otherwise on a phone, these
# rules look; `make product` asks all of them at both widths.
_OF_THE_LAYOUT = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
EVERY_RULE = bool(os.environ.get("EVERY_RULE"))
_AT_PHONE_WIDTH = _WCAG_2_2_AA if EVERY_RULE else _OF_THE_LAYOUT
_OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
# Without `preload` axe puts no styles into the page, which the strict policy refuses.
_FOUND_BY_AXE = """(await axe.run(document, {
    runOnly: rules, resultTypes: ["violations"], elementRef: false, preload: false,
})).violations"""

# What two rows of a table may differ in and be alike to axe; as may what their texts say.
_WORDS_OF_A_ROW = [
    *("href", "value", "id", "for", "name", "title", "aria-label", "aria-describedby")
]


def check_page(page: Page) -> None:
    """Check this page at phone and desktop width: one h1, a title, nothing cut off, axe silent."""
    # Waits: after a click the new page is there before its title has been read.
    expect(page).to_have_title(re.compile(r" - GOV\.UK$"))
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_count(1)
    _load_axe(page)
    for size, rules in ((PHONE, _AT_PHONE_WIDTH), (DESKTOP, _WCAG_2_2_AA)):
        page.set_viewport_size(size)
        pixels, found = page.evaluate(f"async rules => [{_OVERFLOW}, {_FOUND_BY_AXE}]", rules)
        assert pixels <= 0, f"{page.url} is {pixels} px too wide at {size['width']} px"
        said = [
            f"{rule['id']}: {rule['help']}: {[node['html'] for node in rule['nodes']]}"
            for rule in found
        ]
        assert not said, f"axe at {size['width']} px on {page.url}:\n" + "\n".join(said)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window, if above 0."""
    return page.evaluate(_OVERFLOW)


def check_admin_page(page: Page) -> None:
    """Check this page of Django's admin at desktop width: one h1, and nothing serious for axe."""
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_count(1)
    said = [
        f"{rule['help']}: {[node['html'] for node in rule['nodes']]}"
        for rule in serious(found_by_axe(page))
    ]
    assert not said, f"axe on {page.url}:\n" + "\n".join(said)


def serious(found: list[dict]) -> list[dict]:
    """What axe finds serious or critical among this."""
    return [rule for rule in found if rule["impact"] in ("serious", "critical")]


def found_by_axe(page: Page, rules: dict[str, object] = _WCAG_2_2_AA) -> list[dict]:
    """What axe finds against these rules; only that is fetched."""
    _load_axe(page)
    return page.evaluate(f"async rules => {_FOUND_BY_AXE}", rules)


def _load_axe(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)


def leave_out_rows_alike(page: Page) -> None:
    """Take out of tables each row that differs only in words from two rows that stay."""
    page.evaluate(
        """words => {
          const kindOf = node => node.nodeType === Node.TEXT_NODE
            ? (node.data.trim() ? "text" : "")
            : [node.nodeName,
               ...[...(node.attributes || [])].filter(each => !words.includes(each.name))
                 .map(each => `${each.name}=${each.value}`),
               ...[...node.childNodes].map(kindOf), "end"].join(" ");
          for (const body of document.querySelectorAll("tbody")) {
            const seen = {};
            for (const row of [...body.children]) {
              const kind = kindOf(row);
              seen[kind] = (seen[kind] || 0) + 1;
              if (seen[kind] > 2) row.remove();
            }
          }
        }""",
        _WORDS_OF_A_ROW,
    )


def check_error(page: Page, message: str) -> None:
    """Check the page says this error in its title, its summary and at the field it links to."""
    expect(page).to_have_title(re.compile(r"^Error: "))
    link = page.locator(".govuk-error-summary").get_by_role("link", name=message, exact=True)
    link.click()
    field = page.locator(":focus")
    described_by = (field.get_attribute("aria-describedby") or "").split()
    group = field.locator("xpath=ancestor::*[contains(@class,'govuk-form-group--error')][1]")
    expect(group.locator(".govuk-error-message").first).to_contain_text(message)
    assert described_by or group.locator("fieldset[aria-describedby]").count(), (
        "the field does not name its error"
    )
