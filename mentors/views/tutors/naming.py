"""A school's induction tutors: who they are, and naming another one."""

from datetime import date
from typing import Any

from allauth.core import ratelimit
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.forms import at_its_field
from core.refusals import RefusedChange
from mentors.views.navigation import shell
from schools.access import schools_of, tutors_of
from schools.forms import NominationFields
from schools.models import InductionTutor, School
from schools.tutors import (
    check_nomination,
    invite,
    nominate,
    tutors_at,
    why_no_last_day,
    why_no_nomination,
)

TOO_MANY = "You have sent too many invitations. Wait an hour, then try again"


class NominationForm(NominationFields):
    """Asks a tutor whom to name, and says at once why that cannot be."""

    def __init__(
        self, *args: Any, school: School, by: User, day: date, initial: dict[str, str] | None
    ) -> None:
        super().__init__(*args, initial=initial)
        self._asked = {"school": school, "by": by, "day": day}
        self.helper = FormHelper(self)
        self.helper.form_action = reverse("add-tutor", args=[school.urn])
        self.helper.add_input(Submit("", "Continue"))

    def clean_email(self) -> str:
        """Return the address, if its owner can be named."""
        email = self.cleaned_data["email"]
        with at_its_field():
            check_nomination(email=email, **self._asked)
        return email


@require_safe
def tutors(request: HttpRequest, urn: int) -> HttpResponse:
    """The school's induction tutors now."""
    today = timezone.localdate()
    school = get_object_or_404(schools_of(request.user, today), urn=urn)
    # Whoever comes here has given up naming somebody, or has done it.
    request.session.pop(_answers(urn), None)
    found = tutors_at(school, today)
    context = {
        **shell(school, "school-home"),
        "school": school,
        "tutors": found,
        "no_last_day": {tutor.pk: why_no_last_day(tutor) for tutor in found},
        "no_nomination": why_no_nomination(school),
    }
    return render(request, "mentors/tutors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_tutor(request: HttpRequest, urn: int) -> HttpResponse:
    """Whom to name: name and email address."""
    school = get_object_or_404(schools_of(request.user, timezone.localdate()), urn=urn)
    if why_no_nomination(school):
        return redirect("tutors", urn)
    form = _form(request, school, request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[_answers(urn)] = form.cleaned_data
        return redirect("check-tutor", urn)
    return _ask(request, school, form)


@require_http_methods(["GET", "HEAD", "POST"])
def check_tutor(request: HttpRequest, urn: int) -> HttpResponse:
    """The answers once more; then the nomination, and its email."""
    school = get_object_or_404(schools_of(request.user, timezone.localdate()), urn=urn)
    answers = request.session.get(_answers(urn))
    if answers is None:
        return redirect("add-tutor", urn)
    form = _form(request, school, answers)
    if not form.is_valid() or (request.method == "POST" and not _nominate(request, school, form)):
        return _ask(request, school, form)
    if request.method == "POST":
        del request.session[_answers(urn)]
        return redirect("tutors", urn)
    context = {**shell(school, "school-home"), "school": school, "answers": answers}
    return render(request, "mentors/check_tutor.html", context)


@require_POST
def invite_tutor_again(request: HttpRequest, urn: int, appointment_id: int) -> HttpResponse:
    """Send the email of a nomination again."""
    mine = tutors_of(request.user, timezone.localdate()).filter(school__urn=urn)
    nominated = mine.filter(source=InductionTutor.Source.NOMINATION)
    tutor = get_object_or_404(nominated, pk=appointment_id)
    if ratelimit.consume(request, action="nominate"):
        invite(tutor)
        messages.success(request, f"We have emailed {tutor.shown_name} again")
    else:
        messages.error(request, TOO_MANY)
    return redirect("tutors", urn)


def _answers(urn: int) -> str:
    """Where the answers lie until they are sent: personal data is in no address."""
    return f"nomination at {urn}"


def _form(request: HttpRequest, school: School, data: dict[str, str] | None) -> NominationForm:
    initial = request.session.get(_answers(school.urn))
    day = timezone.localdate()
    return NominationForm(data, school=school, by=request.user, day=day, initial=initial)


def _ask(request: HttpRequest, school: School, form: NominationForm) -> HttpResponse:
    context = {**shell(school, "school-home"), "school": school, "form": form}
    return render(request, "mentors/add_tutor.html", context)


def _nominate(request: HttpRequest, school: School, form: NominationForm) -> bool:
    """Whether they were named; if not, the form says why."""
    email, name = form.cleaned_data["email"], form.cleaned_data["name"]
    if not ratelimit.consume(request, action="nominate"):
        form.add_error("email", TOO_MANY)
        return False
    try:
        nominate(school, email, name, by=request.user, day=timezone.localdate())
    except RefusedChange as error:
        form.add_error("email", str(error))
        return False
    messages.success(
        request,
        f"You have named {name} as an induction tutor. We have emailed them how to sign in",
    )
    return True
