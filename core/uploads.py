"""Imports of files in admin: the first upload is a dry run, the second one imports.

The user uploads the file twice, as the service keeps no file in between. The page after the dry run
holds a signed hash of the file, the seal; the import takes only the file with this hash.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.core.signing import Signer
from django.db import DatabaseError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from core.csv_files import RefusedFile, RefusedRow, Report, refused_as_csv
from core.history_words import who
from core.refusals import is_refusal, words_of

MOST_ROWS = 5_000


class UploadForm(forms.Form):
    """Asks for the file. `seal` is from the page after a dry run, and empty before one.

    A subclass may ask more; `options` names these fields, of which `import_file` gets the answers.
    """

    options: ClassVar[tuple[str, ...]] = ()

    file = forms.FileField(
        label="CSV file",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            # Django drops a larger file before the form sees it (config/settings/browsers.py).
            "required": "Select a CSV file smaller than 2.5 MB. Split a larger one into smaller"
            " files.",
            "empty": "The CSV file is empty. Select one that has rows.",
        },
    )
    seal = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = hint


@dataclass(frozen=True)
class Outcome:
    """The result of a dry run or import: the counts, the refused rows, and the file's SHA-256."""

    report: Report
    refused: list[RefusedRow]
    sha256: str
    written: bool  # False after a dry run
    options: dict[str, Any]

    @property
    def refused_file(self) -> str:
        """The address of a CSV of the refused rows, which is in the address itself."""
        text = refused_as_csv(self.report.heading, self.refused)
        return "data:text/csv;base64," + b64encode(text.encode()).decode()


class UploadMixin(admin.ModelAdmin):
    """An admin with a link in its list to import such records from a file.

    Users with the permission to add the records may import them, even where admin has no form to
    add one. `also_adds`: the models of which the file may add records besides.
    """

    change_list_template = "admin/change_list_with_upload.html"
    upload_form: ClassVar[type[UploadForm]] = UploadForm
    import_file: ClassVar[Callable[..., None]]
    upload_hint: ClassVar[str]
    also_adds: ClassVar[tuple[type[Model], ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_upload"
        upload = path("upload/", self.admin_site.admin_view(self.upload_view), name=name)
        return [upload, *super().get_urls()]

    def has_upload_permission(self, request: HttpRequest) -> bool:
        """Whether the user may import a file."""
        return request.user.has_perms(
            f"{opts.app_label}.{get_permission_codename('add', opts)}"
            for opts in (self.opts, *(model._meta for model in self.also_adds))
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        may_upload = self.has_upload_permission(request)
        return super().changelist_view(request, {"may_upload": may_upload} | (extra_context or {}))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file; try it in a dry run; or import it, if it has the hash in the seal."""
        if not self.has_upload_permission(request):
            raise PermissionDenied
        form, outcome = self.upload_form(hint=self.upload_hint), None
        if request.method == "POST":
            form = self.upload_form(request.POST, request.FILES, hint=self.upload_hint)
            outcome = self._outcome(request, form) if form.is_valid() else None
        if outcome:
            # After a dry run with good rows the form asks for the same file again.
            can_import = outcome.report.added and not outcome.written
            seal = self._seal(request, outcome.sha256) if can_import else ""
            answered = outcome.options if can_import else {}
            form = self.upload_form(initial={"seal": seal, **answered}, hint=self.upload_hint)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Import {self.opts.verbose_name_plural} from a file",
            "opts": self.opts,
            "form": form,
            "outcome": outcome,
        }
        return TemplateResponse(request, "admin/upload.html", context)

    def _outcome(self, request: HttpRequest, form: UploadForm) -> Outcome | None:
        """The result of a dry run or import; None, and an error in the form, for a refused file."""
        content, seal = form.cleaned_data["file"].read(), form.cleaned_data["seal"]
        digest = sha256(content).hexdigest()
        if seal and not constant_time_compare(seal, self._seal(request, digest)):
            form.add_error(
                "file",
                "This CSV file is not the one you checked. Select that file, unchanged, or check"
                " this one first.",
            )
            return None
        options = {name: form.cleaned_data[name] for name in form.options}
        refused: list[RefusedRow] = []
        report = Report(on_refusal=refused.append)
        try:
            self.import_file(
                BytesIO(content),
                report,
                commit=bool(seal),
                by=who(request),
                now=timezone.now(),
                at_most=MOST_ROWS,
                **options,
            )
        except RefusedFile as refusal:
            form.add_error("file", f"The CSV file cannot be imported. {refusal}")
            return None
        except DatabaseError as error:
            if not is_refusal(error):
                raise
            form.add_error("file", f"The CSV file was not imported. {words_of(error)}")
            return None
        return Outcome(report, refused, digest, written=bool(seal), options=options)

    def _seal(self, request: HttpRequest, digest: str) -> str:
        """The hash, signed: proof that this user had a dry run of the file on this page."""
        return Signer(salt=f"upload {self.opts.label} {request.user.pk}").sign(digest)


def upload_hint(columns: tuple[str, ...], how: str, optional: tuple[str, ...] = ()) -> str:
    """What the page says of the file: its columns, and how they are filled in."""
    may = f" It may name {', '.join(optional)} too." if optional else ""
    return (
        f"In UTF-8, smaller than 2.5 MB, at most {MOST_ROWS:,} rows. The first line names the"
        f" columns, in any order: {', '.join(columns)}.{may} {how}"
    )
