"""The preview for DfE staff: a mentor's page as the school would read it under another policy.

It changes nothing: schools read the page under the policy in force.
"""

from typing import Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.forms import DateField
from mentors.models import StatusPolicy
from mentors.pages.mentor import mentor_page
from mentors.people.finding import person_at
from mentors.status.policies import Policy, policy_in_force, policy_of
from schools.models import MentorAtSchool

TIME_LIMIT = StatusPolicy.Policy.TIME_LIMIT


class PreviewForm(forms.Form):
    """Asks for a policy and a day. `cleaned_data["chosen"]` is the Policy."""

    policy = forms.ChoiceField(choices=StatusPolicy.Policy)
    months = forms.IntegerField(
        label="Months to complete",
        help_text="For the policy with a time limit",
        required=False,
        min_value=1,
        max_value=240,
        error_messages={
            "invalid": "Months to complete must be a whole number",
            "min_value": "Months to complete must be 1 or more",
            "max_value": "Months to complete must be 240 or fewer",
        },
    )
    day = DateField(label="Day", help_text="For example, 27 3 2026")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_method = "get"
        self.helper.add_input(Submit("", "Show the page", css_class="govuk-button--secondary"))

    def clean(self) -> dict[str, Any]:
        """Check that a time limit has its months, and add the policy."""
        super().clean()
        cleaned = self.cleaned_data
        kind, months = cleaned.get("policy"), cleaned.get("months")
        if kind == TIME_LIMIT and months is None:
            if "months" not in self.errors:
                self.add_error("months", "Enter the months to complete")
        elif kind:
            cleaned["chosen"] = policy_of(kind, months if kind == TIME_LIMIT else None)
        return cleaned


@require_safe
def preview_mentor(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The mentor's page under the chosen policy and day; at first the policy in force, and today.

    Admin serves this view, so that only staff with a second factor reach it.
    """
    if not request.user.has_perm("schools.view_teacher"):
        raise PermissionDenied
    mentors = MentorAtSchool.objects.select_related("teacher", "school")
    urn = get_object_or_404(mentors, public_id=public_id).school.urn
    today = timezone.localdate()
    in_force = policy_in_force(today)
    form = PreviewForm(request.GET or None, initial=_initial(in_force) | {"day": today})
    policy, day = in_force, today
    if form.is_valid():
        policy, day = form.cleaned_data["chosen"], form.cleaned_data["day"]
    # The same row that the school's own page shows on that day.
    mentor = person_at(MentorAtSchool, urn, public_id, day)
    if mentor is None:
        raise Http404
    page = mentor_page(mentor, policy, day)
    return render(
        request,
        "staff/preview_mentor.html",
        {"page": page, "form": form, "policy": policy, "day": day},
    )


def _initial(policy: Policy) -> dict[str, object]:
    return {"policy": policy.kind, "months": policy.months_to_complete}
