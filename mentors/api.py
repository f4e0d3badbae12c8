"""The calls of the lead provider API about unfunded mentors: list and show them."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from core.periods import london_day
from declarations.api import document
from declarations.api.answers import many, one
from declarations.api.callers import id_in_address, provider_of
from declarations.api.document import Exactly
from declarations.api.lists import check_filter, keys_of_page, updated_since_of
from declarations.api.requests import judged_at
from declarations.claims import whole_seconds
from declarations.paging import Columns
from mentors.pairing.unfunded import UnfundedMentor, read_unfunded_mentors, unfunded_mentors
from schools.finding import present_participant_ids

PATH = "/v3/unfunded-mentors"
KIND = "unfunded-mentor"
router = Router()


class UnfundedMentorAttributes(Exactly):
    """What is said of an unfunded mentor."""

    full_name: str
    email: str
    teacher_reference_number: str
    created_at: datetime
    updated_at: datetime = Field(description="When what is said of them here last changed")


One, Many = document.shapes_of(KIND, UnfundedMentorAttributes)
_COLUMNS = Columns(
    key="mentor_teacher",
    updated_at="mentor_teacher__unfunded_mentor_updated_at",
    id="participant_id",
)


@router.get(
    PATH,
    summary="List unfunded mentors",
    response=document.list_answers(Many),
    openapi_extra=document.sorted_list(document.UPDATED_SINCE),
)
def list_unfunded_mentors(request: HttpRequest) -> HttpResponse:
    """The mentors of the provider's ECTs that it never trained."""
    check_filter(request.GET)
    since, provider, day = updated_since_of(request.GET), provider_of(request), _day(request)
    rows = unfunded_mentors(provider, day)
    if since is not None:
        rows = rows.filter(mentor_teacher__unfunded_mentor_updated_at__gte=since)
    keys = keys_of_page(request, rows, KIND, since, columns=_COLUMNS)
    return many(map(_resource, read_unfunded_mentors(keys, provider, day)))


@router.get(
    f"{PATH}/{{unfunded_mentor_id}}",
    summary="Show an unfunded mentor",
    response=document.show_answers(One),
    openapi_extra=document.CALL,
)
def show_unfunded_mentor(request: HttpRequest, unfunded_mentor_id: str) -> HttpResponse:
    """A mentor that the list has."""
    check_filter(request.GET)
    provider, wanted = provider_of(request), id_in_address(unfunded_mentor_id)
    present = present_participant_ids([wanted])
    rows = unfunded_mentors(provider, _day(request)).filter(participant_id__in=present)
    keys = list(rows.values_list("mentor_teacher", flat=True))
    return one(map(_resource, read_unfunded_mentors(keys, provider, _day(request))))


def _day(request: HttpRequest) -> date:
    return london_day(judged_at(request))


def _resource(mentor: UnfundedMentor) -> dict:
    teacher = mentor.teacher
    return {
        "id": teacher.participant_id,
        "type": KIND,
        "attributes": {
            "full_name": teacher.name,
            "email": mentor.email,
            "teacher_reference_number": teacher.trn,
            "created_at": whole_seconds(teacher.created_at),
            "updated_at": whole_seconds(teacher.unfunded_mentor_updated_at),
        },
    }
