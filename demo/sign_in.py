"""The page on which one signs in as a demo person by choosing them. It exists in the demo only."""

from collections.abc import Sequence

from allauth.account.internal.flows.login import record_authentication
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.forms import ChoiceLabel, Question
from demo.people import people_here
from demo.tables import DemoUser


class DemoSignInForm(forms.Form):
    """Asks who to be."""

    person = forms.ChoiceField(
        label="Who would you like to be?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who you would like to be"},
    )

    def __init__(self, people: Sequence[DemoUser], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [
            (person.email, ChoiceLabel(person.name, person.shows)) for person in people
        ]
        self.helper = FormHelper(self)
        self.helper.layout = Layout(Question("person", size="m", heading=False))
        self.helper.add_input(Submit("", "Sign in"))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign the chosen person in, and lead to the page they came for."""
    people = people_here()
    form = DemoSignInForm(people, request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = User.objects.get(email=form.cleaned_data["person"])
        login(request, user)
        if user.is_staff:
            # Admin lets in only a session that records a second factor.
            record_authentication(request, user, method="mfa", type="demo")
        return redirect(_page_after(request, user))
    return render(request, "demo/sign_in.html", {"form": form, "people": people})


def _page_after(request: HttpRequest, user: User) -> str:
    """The page of this service that was asked for; else where this person begins."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("admin:index") if user.is_staff else "/"
