"""Each group of DfE staff reads stories, writes notes, and finds who looked, in a browser."""

from playwright.sync_api import Page, expect

from schools.models import School, StaffNote, Teacher
from tests.browser.checks import check_admin_page
from tests.browser.people import open_julie, sign_in
from tests.browser.test_steps_of_staff import enter


def test_support_writes_a_note_reads_it_and_withdraws_it(page: Page, demo):
    teacher = Teacher.objects.get(name="Julie Carver")
    enter(page, "support")
    page.goto(f"/admin/schools/teacher/{teacher.pk}/change/")
    check_admin_page(page)
    page.get_by_role("link", name="Add a note").click()
    check_admin_page(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("This field is required")
    page.get_by_label("Text").fill("Called on Monday: <b>her name</b> is to be put right.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("We have added your note.")
    page.get_by_role("link", name="Note: Called on Monday: <b>her name</b>").click()
    check_admin_page(page)
    page.get_by_label("Withdraw").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/admin/schools/teacher/{teacher.pk}/change/")
    expect(page.get_by_role("main")).to_contain_text("Note, which its writer withdrew")
    expect(page.get_by_role("main")).not_to_contain_text("her name")
    assert StaffNote.objects.get().withdrawn_at


def test_finance_finds_who_looked_at_a_teacher(page: Page, new_context, live_server, demo):
    teacher = Teacher.objects.get(name="Julie Carver")
    of_school = new_context(base_url=live_server.url).new_page()
    sign_in(of_school, "Sarah Philips")
    open_julie(of_school)
    enter(page, "finance")
    page.goto(f"/admin/schools/teacher/{teacher.pk}/change/")
    expect(page.get_by_role("region", name="Who looked")).to_contain_text("Sarah Philips")
    page.get_by_role("link", name="See all who looked at Julie Carver").click()
    check_admin_page(page)
    expect(page.locator("#result_list")).to_contain_text("Sarah Philips")
    page.get_by_role("textbox", name="Search").fill(f"{teacher.trn} user 0")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("main")).to_contain_text("0 looks at teachers")


def test_policy_reads_the_story_of_a_school(page: Page, demo):
    school = School.objects.get(urn=999001)
    enter(page, "policy")
    page.goto(f"/admin/schools/school/?q={school.urn}")
    page.get_by_role("link", name=school.name).click()
    check_admin_page(page)
    expect(page.get_by_role("heading", name="Academic years and partnerships")).to_be_visible()
    page.get_by_role("link", name="Julie Carver").first.click()
    expect(page.get_by_role("heading", name="The whole story")).to_be_visible()


def test_support_is_asked_about_a_second_person_and_undoes_the_addition(page: Page, demo):
    teacher = Teacher.objects.get(name="Julie Carver")
    enter(page, "support")
    page.goto("/admin/schools/teacher/add/")
    page.get_by_label("TRN").fill("7654321")
    page.get_by_label("Name").fill("julie carver")
    page.get_by_label("Date of birth").fill(teacher.date_of_birth.isoformat())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name=str(teacher))).to_be_visible()
    check_admin_page(page)
    page.get_by_label("This is another person").check()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_role("main")).to_contain_text("was added successfully")
    page.get_by_role("link", name="Delete").click()
    check_admin_page(page)
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.get_by_role("main")).to_contain_text("was deleted successfully")
    assert Teacher.objects.filter(trn="7654321").count() == 0
