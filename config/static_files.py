"""Finds the static files of GOV.UK Frontend, and stores all static files in production.

The styles of GOV.UK Frontend load their fonts and images from /assets/. So STATIC_URL is /assets/,
and the package's `assets` folder is one of STATICFILES_DIRS.
"""

from django.conf import settings
from django.contrib.staticfiles.finders import BaseStorageFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class _BuiltFiles(FileSystemStorage):
    """The built styles and script of the npm package, and none of its 1,000 other files."""

    names = tuple(f"govuk-frontend.min.{ending}" for ending in ("css", "css.map", "js", "js.map"))

    def exists(self, name: str) -> bool:
        return name in self.names and super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return [], list(self.names)


class GovukFrontendFinder(BaseStorageFinder):
    """Finds the built styles and script of GOV.UK Frontend."""

    def __init__(self) -> None:
        super().__init__(_BuiltFiles(location=settings.GOVUK_FRONTEND))


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Puts the hash of each file's content into its name, so that browsers may keep it for ever.

    The names in a script's `import` are changed too. Otherwise an old script in a browser's cache
    could run with a new GOV.UK Frontend.
    """

    support_js_module_import_aggregation = True
