"""The calls about schools in a cohort: list and show them."""

from datetime import datetime
from typing import Literal

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from ninja import Router
from pydantic import Field

from core.periods import london_day
from declarations.api import document
from declarations.api.answers import BadRequest, many, one
from declarations.api.callers import id_in_address, provider_of
from declarations.api.document import Exactly, parameter
from declarations.api.lists import (
    check_filter,
    filter_of,
    keys_of_page,
    page_of,
    read_year,
    updated_since_of,
)
from declarations.api.requests import judged_at
from declarations.claims import whole_seconds
from declarations.models import Cohort, SchoolYear
from declarations.paging import Columns
from declarations.shown.schools import SchoolInCohort, changed_since, read_schools, with_last_change
from declarations.visibility import schools

PATH = "/v3/schools"
KIND = "school"
router = Router()
# The programme as the contract calls it.
_CHOICES = {
    SchoolYear.Programme.PROVIDER_LED: "provider_led",
    SchoolYear.Programme.SCHOOL_LED: "school_led",
    SchoolYear.Programme.NOT_DECIDED: "not_yet_known",
}


class SchoolAttributes(Exactly):
    """What is said of a school in a cohort."""

    name: str
    urn: str
    cohort: str = Field(description="The year that the cohort starts")
    in_partnership: bool = Field(description="With any provider, in the cohort")
    induction_programme_choice: Literal["provider_led", "school_led", "not_yet_known"]
    expression_of_interest: bool = Field(description="In training with this provider")
    induction_tutor_name: str | None
    induction_tutor_email: str | None
    created_at: datetime
    updated_at: datetime = Field(description="When what is said of it here last changed")


One, Many = document.shapes_of(KIND, SchoolAttributes)
_COHORT = parameter("filter[cohort]", "The year that the cohort starts") | {"required": True}


@router.get(
    PATH,
    summary="List schools",
    response=document.list_answers(Many),
    openapi_extra=document.sorted_list(
        _COHORT, parameter("filter[urn]", "The school’s URN"), document.UPDATED_SINCE
    ),
)
def list_schools(request: HttpRequest) -> HttpResponse:
    """The schools that are eligible now, and those with any partnership in the cohort."""
    cohort = _cohort(request)
    if cohort is None:
        page_of(request.GET)  # a page of the wrong form is refused all the same
        return many([])
    condition, asked = _filtered(request.GET, cohort)
    rows = with_last_change(schools(cohort), cohort).filter(condition)
    columns = Columns(updated_at="changed_at")
    keys = keys_of_page(request, rows, KIND, cohort.start_year, asked, columns=columns)
    return many(_resources(request, keys, cohort))


def _filtered(query: QueryDict, cohort: Cohort) -> tuple[Q, object]:
    """The condition on schools that the filters are, and what distinguishes them."""
    urn, since, condition = filter_of(query, "urn"), updated_since_of(query), Q()
    if urn is not None:
        condition &= Q(urn=_number(urn))
    if since is not None:
        condition &= changed_since(since, cohort)
    return condition, (urn, since)


_LONGEST_URN = 6


def _number(text: str) -> int:
    """The number with which a text begins, as the live service reads it; 0 for one of no URN."""
    digits = text[: len(text) - len(text.lstrip("0123456789"))].lstrip("0")
    return int(digits) if digits and len(digits) <= _LONGEST_URN else 0


@router.get(
    f"{PATH}/{{school_id}}",
    summary="Show a school",
    response=document.show_answers(One),
    openapi_extra=document.CALL | {"parameters": [_COHORT]},
)
def show_school(request: HttpRequest, school_id: str) -> HttpResponse:
    """One that would be listed in the cohort."""
    cohort, wanted = _cohort(request), id_in_address(school_id)
    if cohort is None:
        raise Http404
    keys = schools(cohort).filter(public_id=wanted).values_list("pk", flat=True)
    return one(_resources(request, list(keys), cohort))


def _cohort(request: HttpRequest) -> Cohort | None:
    """The cohort that is asked for; None if there is no such one. Raises BadRequest without it."""
    check_filter(request.GET)
    if "filter[cohort]" not in request.GET:
        detail = "The filter '#/cohort' must be included in your request"
        raise BadRequest(detail, title="Bad parameter")
    year = read_year(filter_of(request.GET, "cohort") or "")
    return Cohort.objects.filter(start_year=year).first() if year else None


def _resources(request: HttpRequest, keys: list[int], cohort: Cohort) -> list[dict]:
    day = london_day(judged_at(request))
    found = read_schools(keys, cohort, provider_of(request), day)
    return [_resource(each, cohort) for each in found]


def _resource(shown: SchoolInCohort, cohort: Cohort) -> dict:
    school, tutor = shown.school, shown.tutor
    return {
        "id": school.public_id,
        "type": KIND,
        "attributes": {
            "name": school.name,
            "urn": str(school.urn),
            "cohort": str(cohort.start_year),
            "in_partnership": shown.in_partnership,
            "induction_programme_choice": _CHOICES[shown.programme],
            "expression_of_interest": shown.is_interested,
            "induction_tutor_name": tutor.shown_name if tutor else None,
            "induction_tutor_email": tutor.user.email if tutor else None,
            "created_at": whole_seconds(school.created_at),
            "updated_at": whole_seconds(shown.updated_at),
        },
    }
