"""Recording that an induction tutor leaves: their last day, then to check it."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.dates import in_words
from core.forms import DateField, Question, at_its_field
from core.refusals import RefusedChange
from mentors.views.navigation import shell
from schools.access import tutors_of
from schools.models import InductionTutor
from schools.tutors import check_last_day, end_appointment, leaves_nobody, why_no_last_day


class LastDayForm(forms.Form):
    """Asks for the last day, and says at once why it cannot be."""

    last_day = DateField(label="Last day", help_text="For example, 27 3 2026")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._day = day
        self.helper = FormHelper(self)
        self.helper.layout = Layout(Question("last_day", size="m", heading=False))
        self.helper.add_input(Submit("", "Continue"))

    def clean_last_day(self) -> date:
        """Return the day, if it can be a last day."""
        last_day = self.cleaned_data["last_day"]
        with at_its_field():
            check_last_day(last_day, day=self._day)
        return last_day


@require_http_methods(["GET", "HEAD", "POST"])
def tutor_last_day(request: HttpRequest, urn: int, appointment_id: int) -> HttpResponse:
    """When they leave."""
    today = timezone.localdate()
    tutor = _tutor(request, urn, appointment_id, today)
    if reason := why_no_last_day(tutor):
        messages.error(request, reason)
        return redirect("tutors", urn)
    form = LastDayForm(request.POST or None, day=today, initial={"last_day": tutor.last_day})
    if request.method == "POST" and form.is_valid():
        request.session[_answer(tutor)] = form.cleaned_data["last_day"].isoformat()
        return redirect("check-tutor-last-day", urn, appointment_id)
    return render(request, "mentors/tutor_last_day.html", _shown(request, tutor) | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def check_tutor_last_day(request: HttpRequest, urn: int, appointment_id: int) -> HttpResponse:
    """The last day once more; then it is recorded."""
    today = timezone.localdate()
    tutor = _tutor(request, urn, appointment_id, today)
    answer = request.session.get(_answer(tutor))
    if answer is None:
        return redirect("tutor-last-day", urn, appointment_id)
    last_day = date.fromisoformat(answer)
    if request.method != "POST":
        context = _shown(request, tutor) | {"last_day": last_day}
        return render(request, "mentors/check_tutor_last_day.html", context)
    del request.session[_answer(tutor)]
    try:
        end_appointment(tutor, last_day, day=today)
    except RefusedChange as error:
        messages.error(request, str(error))
    else:
        on = in_words(last_day)
        messages.success(request, f"{tutor.shown_name} is an induction tutor until {on}")
    return redirect("tutors", urn)


def _tutor(request: HttpRequest, urn: int, appointment_id: int, day: date) -> InductionTutor:
    mine = tutors_of(request.user, day).filter(school__urn=urn)
    return get_object_or_404(mine, pk=appointment_id)


def _answer(tutor: InductionTutor) -> str:
    """Where the answer lies until it is confirmed."""
    return f"last day of {tutor.pk}"


def _shown(request: HttpRequest, tutor: InductionTutor) -> dict[str, object]:
    return {
        **shell(tutor, "school-home"),
        "tutor": tutor,
        "leaves_nobody": leaves_nobody(tutor, timezone.localdate()),
    }
