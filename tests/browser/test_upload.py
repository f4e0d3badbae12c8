"""A member of DfE staff imports a file of recorded completions: checks it, and sends it again."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.checks import PHONE
from tests.browser.people import sign_in


def test_a_file_is_checked_and_then_imported(page: Page, tmp_path: Path, demo):
    file = tmp_path / "completions.csv"
    file.write_text("trn,kind\n0836472,started_not_completed\n9999999,early_roll_out\n")
    sign_in(page, "Dana Field")
    page.set_viewport_size(PHONE)
    page.goto("/admin/declarations/recordedcompletion/")
    page.get_by_role("link", name="Import from a file").click()
    for button, said in (
        ("Check the file", "The file was checked: nothing is imported yet"),
        ("Import the good rows", "The file was imported"),
    ):
        page.get_by_label("CSV file").set_input_files(file)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        expect(page.get_by_role("row", name="3 trn: No teacher has this TRN.")).to_be_visible()
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{overflow} px too wide"
    page.goto("/admin/declarations/recordedcompletion/?q=0836472")
    expect(page.get_by_role("link", name="Jane Thomas")).to_be_visible()
