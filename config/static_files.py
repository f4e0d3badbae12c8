"""Where static files come from, and how production stores them.

GOV.UK Frontend's styles ask for their fonts and images under /assets/, which is why STATIC_URL is
/assets/ and its `assets` folder is one of STATICFILES_DIRS.
"""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.staticfiles.finders import BaseStorageFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GovukFrontendFinder(BaseStorageFinder):
    """Finds the built styles and script of the npm package, and nothing else of its 1,000 files."""

    files = tuple(f"govuk-frontend.min.{ending}" for ending in ("css", "css.map", "js", "js.map"))

    def __init__(self) -> None:
        super().__init__(FileSystemStorage(location=settings.GOVUK_FRONTEND))

    def find(self, path: str, find_all: bool = False) -> str | list[str]:
        """Return the place of one of the files: [] for any other, a list when asked for all."""
        return super().find(path, find_all=find_all) if path in self.files else []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield each file with the storage it lies in."""
        for name in self.files:
            yield name, self.storage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Production's files: the hash of the content in each name, so that browsers keep them.

    Names inside a script's `import` are hashed too, or a new GOV.UK Frontend would meet an old
    script in a browser's cache.
    """

    support_js_module_import_aggregation = True
