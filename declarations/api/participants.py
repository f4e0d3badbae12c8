"""The calls about participants: list and show them, withdraw, defer and resume."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from ninja import Router
from pydantic import Field

from core.periods import london_day
from core.text import read_uuid
from declarations.api import document
from declarations.api.answers import many, one
from declarations.api.callers import by, id_in_address, provider_of
from declarations.api.document import Exactly, parameter, text
from declarations.api.lists import (
    check_filter,
    cohorts_of,
    filter_of,
    keys_of_page,
    updated_since_of,
)
from declarations.api.requests import attributes_of, judged_at
from declarations.claims import whole_seconds
from declarations.models import Cohort, LeadProvider, TrainingPeriod
from declarations.paging import Columns
from declarations.shown.participants import (
    Participant,
    ParticipantStatus,
    ProviderTrainingStatus,
    Stopped,
    has_training_status,
    read_participants,
    schedule_identifier,
)
from declarations.visibility import participants
from declarations.withdrawal import Stop, defer, resume, withdraw

PATH = "/v3/participants"
KIND = "participant"
router = Router()


class Stopping(Exactly):
    """Why and when the provider withdrew or deferred a participant."""

    reason: str
    date: datetime


class ParticipantIdChange(Exactly):
    """A participant's id that became another one, as two records were of one person."""

    from_participant_id: UUID
    to_participant_id: UUID
    changed_at: datetime


class Enrolment(Exactly):
    """A participant's latest training with the provider."""

    training_record_id: UUID
    email: str
    mentor_id: None
    school_urn: str
    participant_type: Literal["mentor"]
    cohort: str = Field(description="The year that the cohort starts")
    training_status: Literal[tuple(ProviderTrainingStatus)]  # type: ignore[valid-type]
    participant_status: Literal[tuple(ParticipantStatus)]  # type: ignore[valid-type]
    eligible_for_funding: bool | None
    pupil_premium_uplift: Literal[False]
    sparsity_uplift: Literal[False]
    schedule_identifier: str
    delivery_partner_id: UUID
    withdrawal: Stopping | None
    deferral: Stopping | None
    created_at: datetime
    working_pattern: None
    induction_end_date: None
    most_recent_induction_period_end_date: None
    overall_induction_start_date: None
    mentor_funding_end_date: date | None
    mentor_ineligible_for_funding_reason: (
        Literal[
            "completed_declaration_received",
            "completed_during_early_roll_out",
            "started_not_completed",
        ]
        | None
    )
    cohort_changed_after_payments_frozen: Literal[False]


class ParticipantAttributes(Exactly):
    """What is said of a participant."""

    full_name: str
    teacher_reference_number: str | None
    updated_at: datetime = Field(description="When what is said of them here last changed")
    ecf_enrolments: list[Enrolment] = Field(min_length=1, max_length=1)
    participant_id_changes: list[ParticipantIdChange]


One, Many = document.shapes_of(KIND, ParticipantAttributes)


@router.get(
    PATH,
    summary="List participants",
    response=document.list_answers(Many),
    openapi_extra=document.sorted_list(
        document.COHORTS,
        document.UPDATED_SINCE,
        parameter("filter[training_status]", "One of them", enum=[*ProviderTrainingStatus]),
        parameter("filter[from_participant_id]", "An id that they had before", format="uuid"),
    ),
)
def list_participants(request: HttpRequest) -> HttpResponse:
    """The mentors that the provider ever trained, or is to train, in a partnership."""
    check_filter(request.GET)
    condition, asked = _filtered(request.GET)
    rows = participants(provider_of(request)).filter(condition)
    keys = keys_of_page(request, rows, KIND, asked, columns=_COLUMNS)
    day = london_day(judged_at(request))
    return many(_resource(each, day) for each in read_participants(keys))


_COLUMNS = Columns(updated_at="teacher__updated_at", id="participant_id")


def _filtered(query: QueryDict) -> tuple[Q, object]:
    """The condition on participations that the filters are, and what distinguishes them."""
    cohorts, since = cohorts_of(query), updated_since_of(query)
    status, former_id = (filter_of(query, n) for n in ("training_status", "from_participant_id"))
    condition = Q()
    if cohorts is not None:
        # By their keys, so that PostgreSQL reads one cohort's in order from an index.
        keys = Cohort.objects.filter(start_year__in=cohorts).values_list("pk", flat=True)
        condition &= Q(cohort__in=list(keys))
    if since is not None:
        condition &= Q(teacher__updated_at__gte=since)
    if status is not None:
        condition &= has_training_status(status)
    if former_id is not None:
        former = read_uuid(former_id)
        condition &= Q(teacher__merges__participant_id=former) if former else Q(pk__in=[])
    return condition, (cohorts, since, status, former_id)


@router.get(
    f"{PATH}/{{participant_id}}",
    summary="Show a participant",
    response=document.show_answers(One),
    openapi_extra=document.CALL,
)
def show_participant(request: HttpRequest, participant_id: str) -> HttpResponse:
    """A participant that the provider sees."""
    check_filter(request.GET)
    return _one_participant(request, id_in_address(participant_id))


def _stopping(what: str, reasons: list[str]) -> dict:
    return document.body(
        f"participant-{what}",
        ("course_identifier", "reason"),
        {"course_identifier": text(enum=["ecf-mentor"]), "reason": text(enum=reasons)},
    )


@router.put(
    f"{PATH}/{{participant_id}}/withdraw",
    summary="Withdraw a participant",
    response=document.change_answers(One),
    openapi_extra=_stopping("withdraw", TrainingPeriod.WithdrawalReason.values),
)
def withdraw_participant(request: HttpRequest, participant_id: str) -> HttpResponse:
    """Their training with the provider ends today, if it goes on."""
    return _change(request, participant_id, withdraw, "course_identifier", "reason")


@router.put(
    f"{PATH}/{{participant_id}}/defer",
    summary="Defer a participant",
    response=document.change_answers(One),
    openapi_extra=_stopping("defer", TrainingPeriod.DeferralReason.values),
)
def defer_participant(request: HttpRequest, participant_id: str) -> HttpResponse:
    """Their training with the provider ends today, if it goes on, until it is resumed."""
    return _change(request, participant_id, defer, "course_identifier", "reason")


@router.put(
    f"{PATH}/{{participant_id}}/resume",
    summary="Resume a participant",
    response=document.change_answers(One),
    openapi_extra=document.body(
        "participant-resume",
        ("course_identifier",),
        {"course_identifier": text(enum=["ecf-mentor"])},
    ),
)
def resume_participant(request: HttpRequest, participant_id: str) -> HttpResponse:
    """Their training with the provider goes on, in a new period from today."""
    return _change(request, participant_id, resume, "course_identifier")


def _change(
    request: HttpRequest, participant_id: str, call: Callable[..., object], *names: str
) -> HttpResponse:
    check_filter(request.GET)
    stop, now = Stop(**attributes_of(request, names)), judged_at(request)
    wanted = id_in_address(participant_id)
    call(provider_of(request), wanted, stop, by=by(request), now=now)
    return _one_participant(request, wanted)


def _one_participant(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """The participant as the provider sees them. Raises Http404 when it does not."""
    key = _find(provider_of(request), participant_id)
    if key is None:
        raise Http404
    day = london_day(judged_at(request))
    return one(_resource(each, day) for each in read_participants([key]))


def _find(provider: LeadProvider, participant_id: UUID) -> int | None:
    """The provider's latest training of the participant with this id, now or before a merge."""
    seen = participants(provider)
    found = seen.filter(participant_id=participant_id).values_list("pk", flat=True).first()
    if found is not None:
        return found
    merged = seen.filter(teacher__merges__participant_id=participant_id)
    return merged.values_list("pk", flat=True).first()


def _resource(participant: Participant, day: date) -> dict:
    teacher = participant.period.teacher
    return {
        "id": teacher.participant_id,
        "type": KIND,
        "attributes": {
            "full_name": teacher.name,
            "teacher_reference_number": teacher.trn,
            "updated_at": whole_seconds(teacher.updated_at),
            "ecf_enrolments": [_enrolment(participant, day)],
            "participant_id_changes": [
                {
                    "from_participant_id": merge.participant_id,
                    "to_participant_id": merge.into_participant_id,
                    "changed_at": whole_seconds(merge.merged_at),
                }
                for merge in participant.former_ids
            ],
        },
    }


def _enrolment(participant: Participant, day: date) -> dict:
    period, end = participant.period, participant.funding_end
    partnership = period.partnership
    assert partnership is not None  # noqa: S101 - no provider sees training that waits for one
    return {
        "training_record_id": period.teacher.mentor_training_record_id,
        "email": period.person.email,
        "mentor_id": None,
        "school_urn": str(period.school.urn),
        "participant_type": "mentor",
        "cohort": str(period.cohort.start_year),
        "training_status": participant.training_status,
        "participant_status": participant.participant_status(day),
        "eligible_for_funding": participant.eligible_for_funding,
        "pupil_premium_uplift": False,
        "sparsity_uplift": False,
        "schedule_identifier": schedule_identifier(period.started_on),
        "delivery_partner_id": partnership.delivery_partner.public_id,
        "withdrawal": _stopped(participant.withdrawal),
        "deferral": _stopped(participant.deferral),
        "created_at": whole_seconds(participant.registered_at),
        "working_pattern": None,
        "induction_end_date": None,
        "most_recent_induction_period_end_date": None,
        "overall_induction_start_date": None,
        "mentor_funding_end_date": end.on.isoformat() if end else None,
        "mentor_ineligible_for_funding_reason": end.reason.value if end else None,
        "cohort_changed_after_payments_frozen": False,
    }


def _stopped(stopped: Stopped | None) -> dict | None:
    return {"reason": stopped.reason, "date": whole_seconds(stopped.at)} if stopped else None
