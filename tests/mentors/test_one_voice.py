"""What tutors read is written in one hand: pages, refusals, banners and emails."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Files for staff alone, and for imports, are not read by tutors.
NOT_FOR_TUTORS = {"admin", "migrations", "imports", "management", "models", "gias", "importing.py"}
MODULES = [
    path
    for app in ("accounts", "mentors", "schools")
    for path in (ROOT / app).rglob("*.py")
    if not {*path.relative_to(ROOT).parts, path.stem} & {*NOT_FOR_TUTORS, "uploads"}
]
TEMPLATES = [path for path in (ROOT / "templates").rglob("*.html") if "{%" in path.read_text()]
STRAIGHT = re.compile(r"[a-z]'(?:s|t|re|ve|ll|d)?\b|s' ")


def strings_in(path: Path) -> Iterator[str]:
    """The texts of a module, without its docstrings."""
    tree = ast.parse(path.read_text())
    documenting = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        text = each.value if isinstance(each, ast.Constant) else None
        if isinstance(text, str) and id(each) not in documenting:
            yield text


def text_of(template: Path) -> str:
    """The text of a template, without its code and its HTML."""
    without_code = re.sub(r"\{[#%{].*?[#%}]\}", "", template.read_text(), flags=re.DOTALL)
    return BeautifulSoup(without_code, "html.parser").get_text()


def test_the_texts_of_modules_have_curly_apostrophes():
    wrong = {path: [text for text in strings_in(path) if STRAIGHT.search(text)] for path in MODULES}
    assert {path: texts for path, texts in wrong.items() if texts} == {}


def test_whoever_is_to_contact_us_reads_where():
    """But for reasons not to add a person, whose page says it beneath all of them."""
    paths = [*MODULES, ROOT / "declarations" / "training.py", ROOT / "declarations/year_choices.py"]
    wrong = {
        path: [text for text in strings_in(path) if re.search(r"[Cc]ontact us(?! at)", text)]
        for path in paths
        if path != ROOT / "schools" / "joining.py"
    }
    assert {path: texts for path, texts in wrong.items() if texts} == {}


def test_the_texts_of_templates_have_curly_apostrophes():
    wrong = {path: STRAIGHT.findall(text_of(path)) for path in TEMPLATES}
    assert {path: found for path, found in wrong.items() if found} == {}


def test_the_explanation_has_curly_apostrophes():
    assert not STRAIGHT.search((ROOT / "mentors" / "mentor_training.md").read_text())
