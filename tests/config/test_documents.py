"""The documents name what there is: every variable, every command, each other."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
OURS = {"accounts", "schools", "declarations", "mentors", "staff"}
CODE = [
    ROOT / "README.md",
    *(path for app in (*OURS, "config", "tests") for path in (ROOT / app).rglob("*.py")),
]


def text_of_documents() -> str:
    return "\n".join(path.read_text() for path in [ROOT / "README.md", *DOCUMENTS])


def test_deploying_lists_every_variable_that_the_settings_read():
    read = re.findall(
        r'(?:env\.\w+\(\s*|required\(os\.environ, |all_or_none\(\s*os\.environ, )"([A-Z_]+)"',
        (ROOT / "config/settings.py").read_text(),
    )
    assert len(read) > 15
    listed = (ROOT / "docs/deploying.md").read_text()
    assert [name for name in {"ENVIRONMENT", *read} if f"`{name}`" not in listed] == []


def test_every_command_of_ours_is_in_a_document():
    commands = [name for name, app in get_commands().items() if app in OURS]
    said = text_of_documents()
    assert [name for name in commands if not re.search(rf"\b{name}\b", said)] == []


def test_the_readme_leads_to_every_document():
    readme = (ROOT / "README.md").read_text()
    assert [path.name for path in DOCUMENTS if f"docs/{path.name}" not in readme] == []


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCUMENTS], ids=lambda path: path.name)
def test_what_a_document_names_is_there(path):
    text = path.read_text()
    links = re.findall(r"\]\((?!http)([^)#]+)", text)
    named = re.findall(
        r"(?<![\w/-])(?:docs|tests|benchmarks|templates|accounts|schools|declarations|mentors|staff|config)"
        r"/[\w/-]*(?:\.(?:py|md|html|csv|png))?(?![\w-])",
        text,
    )
    missing = [link for link in links if not (path.parent / link).exists()]
    assert missing + [name for name in named if not (ROOT / name).exists()] == []


def test_the_documents_that_code_names_are_there():
    named = {name for path in CODE for name in re.findall(r"docs/[\w-]+\.md", path.read_text())}
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_headings_that_links_lead_to_are_there():
    for target, anchor in re.findall(r"\]\(([\w-]+\.md)#([\w-]+)\)", text_of_documents()):
        headings = re.findall(r"^#+ (.+)$", (ROOT / "docs" / target).read_text(), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}
