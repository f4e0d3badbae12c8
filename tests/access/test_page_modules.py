"""Every query of a school's page starts in `schools/access.py`: checked in the syntax of the pages.

`test_every_address.py` shows that today's pages refuse another school's tutor. This test is for the
page that is written next: it fails on a page module that reaches for a model's manager by
another way, on a page with a school in its address that never asks access, and on a rule that is
handed an identifier out of the address without anything that access gave.
"""

import ast
import inspect
from pathlib import Path

import pytest
from django.conf import settings

from mentors.urls import urlpatterns
from tests.access.page_modules import PageModule, reaches, starting_at_access, unguarded

MODULES = [
    PageModule.read(path)
    for folder in ("views", "journeys")
    for path in sorted((Path(settings.BASE_DIR) / "mentors" / folder).rglob("*.py"))
    # It keeps a user's own answers, by the user.
    if path.name != "drafts.py"
]
ASKING = starting_at_access(MODULES)
# Each page with what its address holds.
PAGES = {
    inspect.unwrap(page.callback): set(page.pattern.converters)
    for page in urlpatterns
    if page.pattern.converters
}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.path.stem)
def test_a_page_module_reaches_for_no_manager(module):
    assert reaches(module) == []


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_a_page_asks_access_and_hands_its_rules_what_that_gave(view):
    module = next(m for m in MODULES if m.path == Path(inspect.getsourcefile(view)))
    function = next(f for f in module.functions() if f.name == view.__name__)
    assert view.__name__ in ASKING
    assert unguarded(function, module, ASKING, PAGES[view]) == []


def planted(code: str) -> PageModule:
    return PageModule(Path("planted.py"), ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "schools = School.objects.all()",
        "schools = models.School.objects.filter(urn=urn)",
        "schools = School._default_manager.all()",
        "schools = School._base_manager.all()",
        'schools = getattr(School, "objects").all()',
        "schools = School.declarations.raw(sql)",
        'School = apps.get_model("schools", "School")',
        "with connection.cursor() as c: pass",
        'with connections["default"].cursor() as c: pass',
        "from django.db import connection as c\nwith c.cursor() as k: pass",
        "schools = QuerySet(School)",
        "school = get_object_or_404(School, urn=urn)",
        "school = shortcuts.get_object_or_404(models.School, urn=urn)",
        "mentors = get_list_or_404(MentorAtSchool, school=1)",
        "class Page(DetailView):\n    model = School",
        "class Form(ModelForm):\n    class Meta:\n        model = School",
        'School = import_string("schools.models.School")',
    ],
)
def test_a_planted_way_round_is_found(code):
    assert reaches(planted(code))


@pytest.mark.parametrize(
    "code",
    [
        "school = get_object_or_404(schools_of(request.user, today), urn=urn)",
        "mentor = get_object_or_404(found, public_id=public_id)",
        "try:\n    pass\nexcept MentorAtSchool.DoesNotExist:\n    pass",
        'query.filter(name="x").order_by("name")',
    ],
)
def test_what_pages_may_do_is_let_be(code):
    assert reaches(planted(code)) == []


HEAD = "from schools.access import schools_of\nfrom mentors.people import find\n"


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ("return schools_of(request.user, today)", True),
        ("return helper(request, urn)", True),
        ("return schools_of(somebody, today)", False),
        ("return find(urn)", False),
    ],
)
def test_a_planted_page_that_does_not_ask_is_found(body, asks):
    helper = "def helper(request, urn):\n    return schools_of(request.user, urn)\n"
    module = planted(f"{HEAD}{helper}def page(request, urn):\n    {body}")
    assert ("page" in starting_at_access([module])) is asks


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("found = schools_of(request.user, 1); return find(found, urn)", 0),
        ("return find(schools_of(request.user, 1), urn)", 0),
        ("found = schools_of(request.user, 1); return find(urn)", 1),
        ("found = schools_of(request.user, 1); return find(key=urn)", 1),
        ("found = schools_of(request.user, 1); return find(str(urn), found)", 1),
    ],
)
def test_a_planted_rule_that_gets_only_the_address_is_found(body, found):
    module = planted(f"{HEAD}def page(request, urn):\n    {body}")
    (page,) = module.functions()
    assert len(unguarded(page, module, set(), {"urn"})) == found
