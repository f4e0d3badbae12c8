"""The admin of schools, with the step that moves a closed school's people to its successor."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from core.periods import last_day
from core.refusals import RefusedChange
from mentors.taking_over import plan_take_over, take_over
from schools.admin import SchoolAdmin
from schools.models import School

# All that the step writes.
_NEEDS = (
    "schools.change_school",
    "schools.change_mentoratschool",
    "schools.change_ectatschool",
    "schools.change_inductiontutor",
    "mentors.change_mentorship",
)


class SuccessorForm(forms.Form):
    """Asks which successor takes over. `seen` is the key of the plan that the page showed."""

    successor = forms.ModelChoiceField(
        School.objects.none(),
        error_messages={"required": "Choose a successor", "invalid_choice": "Choose a successor"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, school: School, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successors = School.objects.filter(predecessions__school=school)
        self.fields["successor"].queryset = successors  # type: ignore[attr-defined]


class ClosingSchoolAdmin(SchoolAdmin):
    """Schools; the page of a closed one with successors leads to the step that moves its people."""

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the step."""
        step = self.admin_site.admin_view(self.take_over_view)
        return [
            path("<int:pk>/take-over/", step, name="schools_school_take_over"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Adds the link to the step."""
        school = context.get("original")
        if school and school.is_closed(timezone.localdate()) and _may_take_over(request):
            context["take_over"] = reverse("admin:schools_school_take_over", args=[school.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def take_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose a successor, review what moves and what does not, and move it."""
        if not _may_take_over(request):
            raise PermissionDenied
        school, today = get_object_or_404(School, pk=pk), timezone.localdate()
        back = reverse("admin:schools_school_change", args=[pk])
        form = SuccessorForm(school, request.POST or request.GET or None)
        context: dict[str, Any] = {"title": "Move everybody to the successor", "school": school}
        if form.is_valid():
            successor = form.cleaned_data["successor"]
            try:
                if request.method == "POST":
                    seen = form.cleaned_data["seen"]
                    moved = take_over(school, successor, seen=seen, day=today)
                    done = f"People moved to {successor}: {len(moved.people)}."
                    self.message_user(request, done, messages.SUCCESS)
                    return redirect(back)
                planned = plan_take_over(school, successor, today)
                context |= {"plan": planned, "last_day": last_day(planned.first_day)}
            except RefusedChange as refusal:
                self.message_user(request, f"Nothing was moved. {refusal}.", messages.ERROR)
                return redirect(back)
        context |= {"form": form, "back": back, "opts": School._meta}
        shared = self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/schools/school/take_over.html", shared | context)


def _may_take_over(request: HttpRequest) -> bool:
    return request.user.has_perms(_NEEDS)
