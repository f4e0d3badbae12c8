"""The page of a school's induction tutors, and its buttons: send again, and switch emails."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.signing_in.sessions import SignedInRequest
from mentors.completion_emails import gets_emails, switch_emails
from mentors.views.navigation import school_or_404, shell
from schools.access import tutors_of
from schools.models import InductionTutor
from schools.tutors import invite_tutor, tutors_at, why_no_last_day, why_no_nomination

TOO_MANY_INVITATIONS = "You have sent too many invitations. Wait an hour, then try again"


@require_safe
def tutors(request: SignedInRequest, urn: int) -> HttpResponse:
    """The school's induction tutors today."""
    today = timezone.localdate()
    school = school_or_404(request, urn, today)
    appointments = tutors_at(school, today)
    context = {
        **shell(school, "school-home"),
        "school": school,
        "tutors": appointments,
        "no_last_day": {tutor.pk: why_no_last_day(tutor) for tutor in appointments},
        "no_nomination": why_no_nomination(school, today),
        "gets_emails": gets_emails(request.user, school),
    }
    return render(request, "mentors/tutors.html", context)


@require_POST
def invite_tutor_again(request: SignedInRequest, urn: int, appointment_id: int) -> HttpResponse:
    """Send the email of a nomination again."""
    appointments = tutors_of(request.user, timezone.localdate()).filter(school__urn=urn)
    nominated = appointments.filter(source=InductionTutor.Source.NOMINATION)
    tutor = get_object_or_404(nominated, pk=appointment_id)
    if ratelimit.consume(request, action="nominate"):
        invite_tutor(tutor)
        messages.success(request, f"We have emailed {tutor.shown_name} again.")
    else:
        messages.error(request, f"{TOO_MANY_INVITATIONS}.")
    return redirect("tutors", urn)


@require_POST
def switch_training_emails(request: SignedInRequest, urn: int, *, on: bool) -> HttpResponse:
    """Switch the user's own emails about mentor training at a school on or off."""
    school = school_or_404(request, urn, timezone.localdate())
    switch_emails(request.user, school, on=on)
    said = "We will email you" if on else "We will not email you"
    messages.success(request, f"{said} about mentor training at {school.name}.")
    return redirect("tutors", urn)
