"""`manage.py draw_domain`: redraws the diagram in docs/domain.md after the models have changed."""

from django.conf import settings
from django.core.management.base import BaseCommand

from staff.domain_diagram import redrawn


class Command(BaseCommand):
    """Replaces the diagram in the document. A test fails while it differs from the models."""

    help = "Redraws the diagram of docs/domain.md from the models."

    def handle(self, *args: object, **options: object) -> None:
        page = settings.BASE_DIR / "docs" / "domain.md"
        page.write_text(redrawn(page.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write("docs/domain.md is drawn.")
