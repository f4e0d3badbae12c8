"""How admin's lists stay quick at national scale: rows and orders are limited."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from core.admin_addresses import ANY_ID, address_of_view
from core.admin_filters import filters_of
from core.admin_rows import rows_of
from core.compiled_queries import CompiledQuery, any_of
from core.history_words import label_of


class CappedPaginator(Paginator):
    """Counts one row more than are shown, at most: counting and skipping rows reads them all.

    A list shows `most` rows, on all of its pages. Users search or filter for others.
    """

    most = 1_000

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet, self.object_list)
        return rows.order_by()[: self.most + 1].count()

    @cached_property
    def num_pages(self) -> int:
        """The pages of the rows that are shown."""
        return -(-min(self.count, self.most) // self.per_page) or 1


class NamedValuesFilter(admin.AllValuesFieldListFilter):
    """Filters by each value that there is; "no" is the name of the empty one."""

    def choices(self, changelist: ChangeList) -> Any:
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or self.empty_value_display}


class GivenFilter(admin.EmptyFieldListFilter):
    """Filters by whether a field has a value: "no" or "yes", under the name that forms give it."""

    def __init__(self, field: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, *args, **kwargs)
        self.title = label_of(field)

    def choices(self, changelist: ChangeList) -> Any:
        names = ("All", "no", "yes")
        for choice, name in zip(super().choices(changelist), names, strict=True):
            yield choice | {"display": name}


class OneOrder(ChangeList):
    """A list that is sorted by no other columns than its headings offer, whatever is asked for.

    Its admin prepares its rows. The address of a row's page is looked up once for all rows.
    """

    _page: tuple[str, str]  # the address before the id, and after it

    def get_ordering_field(self, field_name: Any) -> Any:
        is_offered = field_name in (self.sortable_by or ())
        return super().get_ordering_field(field_name) if is_offered else None

    def get_results(self, request: HttpRequest) -> None:
        owner: Any = self.model_admin
        if owner.names_by_keys:  # `prepare` reads them; what acts on selected rows joins them
            self.queryset = self.queryset.select_related(None)
        super().get_results(request)
        owner.prepare(self.result_list)
        filters: Any = {"opts": self.opts, "preserved_filters": self.preserved_filters}
        of_any = add_preserved_filters(filters, address_of_view(self.model, "change"))
        before, _, after = of_any.partition(ANY_ID)
        self._page = before, after
        self.preserved_filters = ""  # Django would add them to the address of each row again

    def url_for_result(self, result: Model) -> str:
        before, after = self._page
        return f"{before}{quote(getattr(result, self.pk_attname))}{after}"

    @cached_property
    def headers(self) -> list[dict[str, Any]]:
        """The headings of the columns, as Django describes them."""
        return list(result_headers(self))

    def rows(self) -> SafeString:
        """The rows of the page as HTML."""
        return rows_of(self)

    def filters(self) -> SafeString:
        """The filters beside the rows as HTML."""
        return filters_of(self)


def read_by_keys(rows: Sequence[Any], names: Iterable[str]) -> None:
    """Read the related rows with these names of all rows, by one query for each model.

    Thousands of rows may lead to the same one, which is then one instance.
    """
    fields = [rows[0]._meta.get_field(name) for name in names] if rows else []
    keys: dict[type[Model], set[Any]] = defaultdict(set)
    for field in fields:
        keys[field.related_model].update(getattr(row, field.attname) for row in rows)
    related = {
        model: {each.pk: each for each in _by_keys(model).all(keys=list(of_model - {None}))}
        for model, of_model in keys.items()
    }
    for field in fields:
        found = related[field.related_model]
        for row in rows:
            field.set_cached_value(row, found.get(getattr(row, field.attname)))


@cache
def _by_keys(model: type[Model]) -> CompiledQuery[Any]:
    return CompiledQuery(lambda: model._base_manager.filter(any_of("pk", "keys")))
