"""The search of admin's first page, over schools, teachers, induction tutors and declarations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from core.refusals import RefusedChange
from declarations.models import Declaration
from schools.models import InductionTutor, School, Teacher
from schools.search_words import matching, words_by_kind

_SHOWN = 10  # of each kind


@dataclass(frozen=True)
class Found:
    """The first records of a kind that match a search, each with the address of its page.

    `all_of_them` is the address of the list with this search. `nearly`: no record of the kind
    matches, and these have the nearest names.
    """

    kind: str
    records: tuple[tuple[str, Model], ...]
    all_of_them: str
    nearly: bool


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What matches `q`, of the kinds that the user may see; the nearest names if nothing does.

    403 for a user who may not see teachers.
    """
    if not admin.site.get_model_admin(Teacher).has_view_permission(request):
        raise PermissionDenied
    search = request.GET.get("q", "")
    refusal, found = "", []
    try:
        found = list(_found(request, search)) if search.strip() else []
    except RefusedChange as error:
        refusal = str(error)
    # Near matches of one kind are of no use beside exact matches of another.
    if not all(each.nearly for each in found):
        found = [each for each in found if not each.nearly]
    context = {
        "title": "Search",
        "search": search,
        "found": found,
        "refusal": refusal,
        "listed": [record for each in found for _, record in each.records],
    }
    return TemplateResponse(request, "admin/find.html", admin.site.each_context(request) | context)


def _found(request: HttpRequest, search: str) -> Iterator[Found]:
    kinds: list[type[Model]] = [School, Teacher, InductionTutor]
    if words_by_kind(search).ids:
        kinds.append(Declaration)
    for model in kinds:
        of_model: Any = admin.site.get_model_admin(model)
        if not of_model.has_view_permission(request):
            continue
        rows, nearly = matching(of_model.get_queryset(request), search, of_model.found_by)
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages = ((reverse(f"{address}_change", args=[each.pk]), each) for each in rows[:_SHOWN])
        if records := tuple(pages):
            all_of_them = f"{reverse(f'{address}_changelist')}?{urlencode({'q': search})}"
            yield Found(
                capfirst(str(model._meta.verbose_name_plural)), records, all_of_them, nearly
            )
