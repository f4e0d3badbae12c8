"""The documents name what there is: every variable, every command, each other."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from core.notify import _MEANINGS

ROOT = Path(settings.BASE_DIR)
DECISIONS = sorted((ROOT / "docs/decisions").glob("0*.md"))
DOCUMENTS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "docs/decisions/README.md"]
BESIDE_THE_README = [ROOT / f"{name}.md" for name in ("CONTRIBUTING", "SECURITY", "CHANGELOG")]
ALL = [ROOT / "README.md", *DOCUMENTS, *DECISIONS, *BESIDE_THE_README]
OURS = {"core", "accounts", "schools", "declarations", "mentors", "staff", "demo", "sandbox"}
PRODUCT = [path for app in (*OURS, "config") for path in (ROOT / app).rglob("*.py")]
CODE = [ROOT / "README.md", *PRODUCT, *(ROOT / "tests").rglob("*.py")]


def text_of_documents() -> str:
    return "\n".join(path.read_text() for path in ALL)


def test_deploying_lists_every_variable_that_the_settings_read():
    read = re.findall(
        r'(?:env\.\w+\(\s*|required\(os\.environ, |all_or_none\(\s*os\.environ, )"([A-Z_]+)"',
        "".join(path.read_text() for path in (ROOT / "config/settings").glob("*.py")),
    )
    assert len(read) > 15
    listed = (ROOT / "docs/deploying.md").read_text()
    assert [name for name in {"ENVIRONMENT", *read} if f"`{name}`" not in listed] == []


def test_every_command_of_ours_is_in_a_document():
    commands = [name for name, app in get_commands().items() if app in OURS]
    said = text_of_documents()
    assert [name for name in commands if not re.search(rf"\b{name}\b", said)] == []


def test_the_runbook_says_how_each_email_is_sent_again_and_what_each_reason_means():
    runbook = (ROOT / "docs/runbook.md").read_text()
    words = [path.read_text() for path in ROOT.glob("*/emails.py")]
    kinds = re.findall(r'make_email\(\s*"(.+?)"', "".join(words))
    reasons = [meaning for _, _, meaning in _MEANINGS]
    assert len(set(kinds)) > 5
    assert [name for name in (*kinds, *reasons) if name not in runbook] == []


def test_the_runbook_names_metrics_that_there_are():
    runbook = (ROOT / "docs/runbook.md").read_text()
    shown = "".join((ROOT / f"config/metrics{end}.py").read_text() for end in ("", "_server"))
    named = re.findall(r"`([a-z]+(?:_[a-z]+)+)(?:\{|`)", runbook.partition("## Release")[0])
    of_the_name = {name.removesuffix("_total") for name in named}
    assert len(of_the_name) > 10
    assert [name for name in of_the_name if f'"{name}"' not in shown] == []


def test_the_readme_leads_to_every_document():
    readme = (ROOT / "README.md").read_text()
    names = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
    assert [name for name in names if name not in readme] == []


def test_the_index_of_decisions_leads_to_each():
    index = (ROOT / "docs/decisions/README.md").read_text()
    assert [path.name for path in DECISIONS if f"]({path.name})" not in index] == []


def test_a_document_names_the_internal_modules_of_allauth_and_its_release_is_exact():
    page = (ROOT / "docs/decisions/0008-allauth-s-internal-modules.md").read_text()
    used = {
        name
        for path in PRODUCT
        for name in re.findall(r"from (allauth\.[\w.]*internal[\w.]*) import", path.read_text())
    }
    assert used
    assert {name for name in used if f"`{name}" not in page} == set()
    assert "django-allauth[mfa]==" in (ROOT / "requirements/production.in").read_text()


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(path):
    text = path.read_text()
    links = re.findall(r"\]\((?!http)([^)#]+)", text)
    named = re.findall(
        r"(?<![\w/-])"
        r"(?:docs|tests|benchmarks|templates|core|accounts|schools|declarations|mentors|staff|demo|sandbox|config)"
        r"/[\w/-]*(?:\.(?:py|md|html|csv|png))?(?![\w-])",
        text,
    )
    missing = [link for link in links if not (path.parent / link).exists()]
    # A template may be named as code names it, below templates/.
    roots = (ROOT, ROOT / "templates")
    missing += [name for name in named if not any((root / name).exists() for root in roots)]
    assert missing == []


def test_the_tests_that_documents_name_are_there():
    named = set(re.findall(r"(tests/[\w/]+\.py)::(\w+)", text_of_documents()))
    assert len(named) > 50
    lost = [(f, n) for f, n in named if not re.search(rf"^def {n}\(", (ROOT / f).read_text(), re.M)]
    assert lost == []


def test_the_documents_that_code_names_are_there():
    named = {name for path in CODE for name in re.findall(r"docs/[\w/-]+\.md", path.read_text())}
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_headings_that_links_lead_to_are_there():
    for target, anchor in re.findall(r"\]\(([\w-]+\.md)#([\w-]+)\)", text_of_documents()):
        headings = re.findall(r"^#+ (.+)$", (ROOT / "docs" / target).read_text(), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}
