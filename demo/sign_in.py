"""The page that signs a user of the demo in by choosing them, without a password."""

from collections.abc import Sequence
from typing import Any, cast

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
from accounts.signing_in.known_browsers import remember_in_browser
from core.forms import ChoiceLabel, Question
from demo.people import people_here
from demo.tables import DemoUser


class DemoSignInForm(forms.Form):
    """Asks as which user of the demo to sign in."""

    person = forms.ChoiceField(
        label="Who would you like to be?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who you would like to be"},
    )

    def __init__(self, people: Sequence[DemoUser], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["person"]).choices = [
            (person.email, ChoiceLabel(person.name, person.shows)) for person in people
        ]
        self.helper = FormHelper(self)
        self.helper.layout = Layout(Question("person", size="m", heading=False))
        self.helper.add_input(Submit("", "Sign in"))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign the chosen user in, and redirect to the page that was asked for."""
    people = people_here()
    form = DemoSignInForm(people, request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = User.objects.get(email=form.cleaned_data["person"])
        login(request, user)
        if user.is_staff:
            # Admin lets in only a session that records a second factor.
            record_authentication(request, user, method="mfa", type="demo")
        response = redirect(_page_after(request, user))
        remember_in_browser(request, response, user)
        return response
    return render(request, "demo/sign_in.html", {"form": form, "people": people})


def _page_after(request: HttpRequest, user: User) -> str:
    """The page that the address asks for, if it is one of ours; else the user's first page."""
    asked_for = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        asked_for, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return asked_for
    return reverse("admin:index") if user.is_staff else "/"
