"""The search of admin's lists of people, schools and what belongs to them."""

from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from core.exporting import is_export
from core.refusals import RefusedChange
from schools.search_words import FoundBy, matching


class SearchMixin(admin.ModelAdmin):
    """Makes the search of an admin look for each word as what it is: see `search_words`.

    Its list has one order, since an index serves one.
    """

    found_by: ClassVar[FoundBy]
    search_fields = ("pk",)  # with none, Django shows no search box
    search_help_text = (
        "Search by a person's name, TRN, email address or participant id, or by a school's name,"
        " town, URN or postcode"
    )
    sortable_by: ClassVar[tuple[str, ...]] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """The matching rows, and False: none of them is there twice.

        Raises RefusedChange, in an export, for too many: the list says so.
        """
        try:
            rows, nearly = matching(queryset, search_term, self.found_by)
        except RefusedChange as refusal:
            if is_export(request):
                raise
            self._say(request, f"{refusal}.")
            return queryset.none(), False
        if nearly:
            self._say(request, "Nothing has these words. What is nearest to them is shown.")
        return rows, False

    def _say(self, request: HttpRequest, sentence: str) -> None:
        # The answer to an autocomplete shows no message, nor does a file: the next page would.
        match = request.resolver_match
        if match and match.view_name != "admin:autocomplete" and not is_export(request):
            messages.warning(request, sentence)
