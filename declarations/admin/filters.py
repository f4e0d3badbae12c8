"""Filters of the list of declarations."""

from datetime import datetime

from django.contrib import admin
from django.http import HttpRequest

from declarations.claims import LONDON
from declarations.models import Cohort
from declarations.models.declaration import DeclarationQuerySet

_SEPTEMBER = 9


class DeclaredInFilter(admin.SimpleListFilter):
    """The academic year of the declaration's date.

    In the place of admin's hierarchy of dates, which reads every declaration to draw itself: over
    a second at 1.5 million of them.
    """

    title = "academic year declared for"
    parameter_name = "declared_in"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """The academic years there are, newest first."""
        return [(str(cohort.start_year), str(cohort)) for cohort in Cohort.objects.all()]

    def queryset(
        self, request: HttpRequest, queryset: DeclarationQuerySet
    ) -> DeclarationQuerySet | None:
        """Those dated from 1 September to 31 August, in London; all, when no such year is there."""
        chosen = self.value()
        if chosen not in dict(self.lookup_choices):
            return None
        first, after = (
            datetime(year, _SEPTEMBER, 1, tzinfo=LONDON) for year in (int(chosen), int(chosen) + 1)
        )
        return queryset.filter(declaration_date__gte=first, declaration_date__lt=after)
