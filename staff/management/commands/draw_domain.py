"""`manage.py draw_domain`: draws the diagram in docs/domain.md again, after models changed."""

from django.conf import settings
from django.core.management.base import BaseCommand

from staff.domain_diagram import redrawn


class Command(BaseCommand):
    """Writes the page anew; a test fails while the page shows other models than there are."""

    help = "Draws the diagram of docs/domain.md again from the models."

    def handle(self, *args: object, **options: object) -> None:
        """Replace the page's Mermaid block."""
        page = settings.BASE_DIR / "docs" / "domain.md"
        page.write_text(redrawn(page.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write("docs/domain.md is drawn.")
