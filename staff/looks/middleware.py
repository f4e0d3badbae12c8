"""Notes which teacher a page or an answer of the API told of, so that no view has to do it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils import timezone

from staff.looks.writing import note_answer, note_look


class LookMiddleware:
    """Notes each answered request about one teacher, and each answer of the API with participants.

    Lists are no looks: what staff saw in a list is in the audit log's lines only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or response.status_code != 200:
            return response
        if participants := getattr(response, "participant_ids", None):
            token = request.auth  # type: ignore[attr-defined]  # set by django-ninja
            note_answer(token.pk, participants, match.view_name, timezone.localdate())
        elif (record := _record_of(match)) and request.user.is_authenticated:
            note_look(request.user.pk, *record, match.view_name, timezone.localdate())
        return response


def _record_of(match: ResolverMatch) -> tuple[str, object] | None:
    """What kind of record a page is about, and its id; None if the address has no such id.

    Admin names its pages after the model, as in "schools_teacher_change".
    """
    ids = match.kwargs
    if "public_id" in ids:
        return "mentor" if "mentors/" in match.route else "ect", ids["public_id"]
    record = ids.get("object_id", ids.get("pk"))
    if record is None:
        return None
    return "_".join((match.url_name or "").split("_")[:2]), record
