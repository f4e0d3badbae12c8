"""The export of a list of admin: all rows that its filters and its search find, as a CSV file."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import (
    display_for_field,
    display_for_value,
    label_for_field,
    lookup_field,
)
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from core.audit_log.recording import one_request_id, record, request_id
from core.csv_files import csv_parts
from core.postgresql.deadlines import Deadlines, waiting
from core.refusals import RefusedChange

# PostgreSQL may sort all rows before it gives the first, and the user's network may be slow.
_PATIENT = Deadlines(silence=0, statement=60, idle_in_transaction=300)
# So many rows are in memory at once.
_CHUNK = 2000
_END = "_export"
_MEANINGLESS = "Nothing was exported: this list has no such filter. Filter it again."


def is_export(request: HttpRequest) -> bool:
    """Whether this request is for the export of a list."""
    return bool(request.resolver_match and request.resolver_match.view_name.endswith(_END))


class ExportMixin(admin.ModelAdmin):
    """Lets users who may see a list and have the permission to export it do so.

    The file has the columns of the list, and each row that its filters and its search find, also
    those beyond its last page. A search that the list refuses exports nothing.
    """

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the export."""
        export = self.admin_site.admin_view(require_safe(self.export_view))
        return [path("export/", export, name=self._address(_END)), *super().get_urls()]

    def prepare(self, rows: Sequence[Any]) -> None:
        """Read what the list shows besides the rows' own fields, for these rows at once."""

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whether the user may export this list, which they must also be allowed to see."""
        codename = get_permission_codename("export", self.opts)
        may_export = request.user.has_perm(f"{self.opts.app_label}.{codename}")
        return may_export and self.has_view_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Leads to the export."""
        context = {"may_export": self.has_export_permission(request)} | (extra_context or {})
        return super().changelist_view(request, context)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """The file; back to the list, which says why, where its address or its search is refused.

        The audit log has a line with the number of rows that were sent.
        """
        if not self.has_export_permission(request):
            raise PermissionDenied
        back = reverse(f"admin:{self._address('_changelist')}")
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            self.message_user(request, _MEANINGLESS, messages.ERROR)
            return HttpResponseRedirect(f"{back}?{ERROR_FLAG}=1")
        except RefusedChange:
            return HttpResponseRedirect(f"{back}?{request.GET.urlencode()}")
        columns = self.get_list_display(request)
        name = f"{self.opts.verbose_name_plural}-{timezone.localdate()}.csv".replace(" ", "-")
        return StreamingHttpResponse(
            self._exported(columns, rows, request.user.pk, request_id() or ""),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _exported(
        self, columns: Iterable[Any], rows: Any, user: int | None, of_request: str
    ) -> Iterator[str]:
        """The parts of the file. They are read when the middleware has written its line."""
        sent, complete = 0, False

        def lines() -> Iterator[list[str]]:
            nonlocal sent
            yield [capfirst(str(label_for_field(each, self.model, self))) for each in columns]
            left = rows.iterator(_CHUNK)
            while chunk := list(islice(left, _CHUNK)):
                self.prepare(chunk)
                for row in chunk:
                    sent += 1
                    yield [self._cell(each, row) for each in columns]

        try:
            # In a transaction a pooler gives each part of the cursor's rows by one connection.
            with waiting(_PATIENT), transaction.atomic():
                yield from csv_parts(lines())
            complete = True
        finally:
            page = f"admin:{self._address(_END)}"
            with one_request_id(of_request):
                record("exported", user=user, page=page, rows=sent, complete=complete)

    def _cell(self, column: str, row: Model) -> str:
        """The cell as the list shows it; empty where the list says "no" for a missing value."""
        try:
            field, _, value = lookup_field(column, row, self)
        except ObjectDoesNotExist:
            return ""
        if isinstance(field, ForeignKey):
            value = getattr(row, field.name)
        if isinstance(value, bool):
            return "yes" if value else "no"
        shown = (
            display_for_field(value, field, "")
            if field and not isinstance(field, ForeignKey)
            else display_for_value(value, "")
        )
        return str(shown)

    def _address(self, end: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}{end}"
