"""Files of records, uploaded in admin: a check that writes nothing, and then the import.

The file is sent twice, as nothing is kept in between. The page of the check carries a seal of the
file; the import takes no other file than the sealed one.
"""

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
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from core.admin_bases import who
from core.refusals import is_refusal, words_of
from declarations.imports import RefusedFile, RefusedRow, Report, completions, declarations

MOST_ROWS = 5_000


class UploadForm(forms.Form):
    """Asks for the file; `seal` is that of the file that was checked, or empty for a check."""

    file = forms.FileField(
        label="CSV file",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            # Of a larger one nothing arrives: config/settings.py, "Uploads".
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
    """What came of a file: how many rows, which were refused, and its hash for people to see."""

    report: Report
    refused: list[RefusedRow]
    sha256: str
    written: bool


class UploadMixin(admin.ModelAdmin):
    """An admin whose list links to an upload of a file with such records.

    Whoever may add the records may upload them, also where admin has no form to add one.
    """

    change_list_template = "admin/declarations/change_list_with_upload.html"
    import_file: ClassVar[Callable[..., None]]
    upload_hint: ClassVar[str]

    def get_urls(self) -> list[URLPattern]:
        """The addresses of this admin, and the upload's."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_upload"
        upload = path("upload/", self.admin_site.admin_view(self.upload_view), name=name)
        return [upload, *super().get_urls()]

    def has_upload_permission(self, request: HttpRequest) -> bool:
        """Whether they may upload a file."""
        codename = get_permission_codename("add", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """The list, with the link for those who may upload."""
        may_upload = self.has_upload_permission(request)
        return super().changelist_view(request, {"may_upload": may_upload} | (extra_context or {}))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file; check it; or import it, if it is the one that was checked."""
        if not self.has_upload_permission(request):
            raise PermissionDenied
        form, outcome = UploadForm(hint=self.upload_hint), None
        if request.method == "POST":
            form = UploadForm(request.POST, request.FILES, hint=self.upload_hint)
            outcome = self._outcome(request, form) if form.is_valid() else None
        if outcome:
            # The next file: after a check the same one again, if there is something to import.
            again = outcome.report.added and not outcome.written
            seal = self._seal(request, outcome.sha256) if again else ""
            form = UploadForm(initial={"seal": seal}, hint=self.upload_hint)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Import {self.opts.verbose_name_plural} from a file",
            "opts": self.opts,
            "form": form,
            "outcome": outcome,
        }
        return TemplateResponse(request, "admin/declarations/upload.html", context)

    def _outcome(self, request: HttpRequest, form: UploadForm) -> Outcome | None:
        """Check or import the file; None, with an error in the form, if it is not taken."""
        content, seal = form.cleaned_data["file"].read(), form.cleaned_data["seal"]
        digest = sha256(content).hexdigest()
        if seal and not constant_time_compare(seal, self._seal(request, digest)):
            form.add_error(
                "file",
                "This CSV file is not the one you checked. Select that file, unchanged, or check"
                " this one first.",
            )
            return None
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
            )
        except RefusedFile as refusal:
            form.add_error("file", f"The CSV file cannot be imported. {refusal}")
            return None
        except DatabaseError as error:
            if not is_refusal(error):
                raise
            form.add_error("file", f"The CSV file was not imported. {words_of(error)}")
            return None
        return Outcome(report, refused, digest, written=bool(seal))

    def _seal(self, request: HttpRequest, digest: str) -> str:
        """What shows that this person checked the file with this hash here."""
        return Signer(salt=f"upload {self.opts.label} {request.user.pk}").sign(digest)


def _hint(columns: tuple[str, ...], how: str) -> str:
    return (
        f"In UTF-8, smaller than 2.5 MB, at most {MOST_ROWS:,} rows. The first line names the"
        f" columns, in any order: {', '.join(columns)}. {how}"
    )


class DeclarationUpload(UploadMixin):
    """Declarations of any providers, judged as if they submitted them now."""

    import_file = staticmethod(declarations.import_declarations)
    upload_hint = _hint(
        declarations.COLUMNS,
        "provider is the name of a lead provider. Leave participant_id empty to give trn instead.",
    )


class CompletionUpload(UploadMixin):
    """Early roll-out completions, and mentors who started and did not complete."""

    import_file = staticmethod(completions.import_completions)
    upload_hint = _hint(completions.COLUMNS, "kind is early_roll_out or started_not_completed.")
