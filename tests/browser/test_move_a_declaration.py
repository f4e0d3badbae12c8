"""A member of DfE staff voids a declaration in admin, with a reason."""

from playwright.sync_api import Page, expect

from declarations.models import Declaration
from tests.browser.people import sign_in


def test_staff_void_a_declaration(page: Page, demo):
    declaration = Declaration.objects.get(teacher__trn="9900203", state="payable")
    sign_in(page, "Dana Field")
    page.goto("/admin/declarations/declaration/")
    page.get_by_role("link", name="Clara Jennings (9900203)").click()
    page.get_by_role("link", name="Void").click()
    expect(page.get_by_role("main")).to_contain_text("Schools read “Training completed”")

    page.get_by_role("button", name="Void").click()
    expect(page.get_by_label("Why")).to_have_accessible_description(
        "It stays in the state log for good, so name no person. Enter why"
    )
    page.get_by_label("Why").fill("Declared in error")
    page.get_by_role("button", name="Void").click()
    expect(page.get_by_role("main")).to_contain_text("The declaration is Voided now.")
    row = page.get_by_role("row").filter(has_text="Declared in error")
    expect(row.get_by_role("link", name="Dana Field")).to_be_visible()
    declaration.refresh_from_db()
    assert declaration.state == "voided"
