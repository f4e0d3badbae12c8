"""The page that explains the domain shows the models that there are."""

from django.conf import settings
from django.core.management import call_command

from staff.domain_diagram import diagram, redrawn

PAGE = settings.BASE_DIR / "docs" / "domain.md"


def test_the_page_shows_the_models_that_there_are():
    page = PAGE.read_text(encoding="utf-8")
    assert f"```mermaid\n{diagram()}```\n" in page, "run `manage.py draw_domain`"


def test_the_command_draws_an_old_page_anew_and_leaves_the_words(settings, tmp_path):
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "domain.md"
    page.write_text("Before\n```mermaid\nerDiagram\n    Old\n```\nAfter ```x```\n")
    settings.BASE_DIR = tmp_path
    call_command("draw_domain", verbosity=0)
    assert page.read_text() == f"Before\n```mermaid\n{diagram()}```\nAfter ```x```\n"


def test_a_diagram_says_what_a_record_holds_and_what_it_belongs_to():
    drawn = diagram()
    assert '    SchoolYear ||--o{ SchoolPartnership : "school_year"\n' in drawn
    assert '    MentorAtSchool |o--o{ TrainingPeriod : "mentor"\n' in drawn
    assert '        text programme "provider_led; school_led; not_decided"\n' in drawn
    assert "        text trn UK\n" in drawn


def test_a_diagram_has_no_copies_secrets_or_history():
    drawn = diagram()
    for left_out in ("mentor_teacher", "password", "Event", "SignInCode"):
        assert left_out not in drawn
    assert redrawn(redrawn("```mermaid\n```\n")) == f"```mermaid\n{drawn}```\n"
