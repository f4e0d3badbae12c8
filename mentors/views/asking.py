"""What the pages of every journey do: ask one question, then show the answers and act on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.forms import QuestionForm
from core.refusals import RefusedChange, refusals_in_words
from mentors.journeys import Journey, NothingToFinishError

# In the address of a question that was opened from the page that shows all answers.
CHANGE = "change"


@dataclass(frozen=True)
class Answer:
    """A row of a page to check answers; `change` is the address at which it is asked, if any."""

    question: str
    answer: str
    change: str = ""


@dataclass(frozen=True)
class Places:
    """The addresses around a page: where it leads on, and back."""

    onward: str
    back: str


@dataclass(frozen=True)
class Done:
    """What the confirmation banner says, and where it is said, when only the act knows that."""

    banner: str
    onward: str


class CheckForm(forms.Form):
    """The button that confirms; what the rules refuse stands above it and leads to the answers.

    `seen` goes with it: what the records said on the page that is confirmed.
    """

    errors_lead_to = "#answers"

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.add_input(Submit("", button))


def ask(
    request: HttpRequest,
    journey: Journey,
    form: QuestionForm,
    places: Places,
    *,
    check: str = "",
    template: str = "mentors/journeys/question.html",
    **page: Any,
) -> HttpResponse:
    """Show a page with one question; keep the answer, and go on.

    `check` is the address of the page that shows all answers, to which somebody returns who came
    from there. `page` is what the template shows beside the form: `navigation`, `caption`.
    """
    if check and CHANGE in request.GET:
        places = Places(onward=check, back=check)
    if request.method == "POST" and form.is_valid():
        journey.remember(timezone.now(), **form.cleaned_data)
        return redirect(places.onward)
    return render(request, template, {"form": form, "back_link": places.back} | page)


def confirm(
    request: HttpRequest,
    journey: Journey,
    given: dict[str, Any],
    act: Callable[[str], str | Done],
    answers: Sequence[Answer],
    places: Places,
    *,
    seen: str = "",
    **page: Any,
) -> HttpResponse:
    """Show all answers of a journey; when they are confirmed, act on them once.

    `given` is what `Journey.answers` gave, and `answers` what the page shows of it. What another
    window changed since is shown before it is acted on. `act` changes the records in the
    transaction that it is called in. Sent again after it was done, it leads on and changes nothing.
    The rest is as in `confirm_at_once`.
    """
    read = _digest(given)

    def finish(sent: str) -> str | Done:
        with journey.finishing(timezone.now()) as kept:
            read_then, _, seen_then = sent.partition(" ")
            if kept != given or read_then != read:
                raise RefusedChange(
                    "Your answers were changed, perhaps in another window. Check them, then confirm"
                )
            return act(seen_then)

    try:
        return confirm_at_once(
            request, finish, answers, places, seen=f"{read} {seen}".strip(), **page
        )
    except NothingToFinishError:
        return redirect(places.onward)


def confirm_at_once(
    request: HttpRequest,
    act: Callable[[str], str | Done],
    answers: Sequence[Answer],
    places: Places,
    *,
    button: str,
    seen: str = "",
    template: str = "mentors/journeys/check.html",
    **page: Any,
) -> HttpResponse:
    """Show what is going to be done; when it is confirmed, do it, and say so.

    `act` takes what the page showed of the records (`seen`) when it was sent; it does all or
    nothing, and returns what the confirmation banner says, or a `Done`. What it refuses, by
    RefusedChange or through the database, is said on this page.
    """
    form = CheckForm({"seen": seen}, button=button)
    if request.method == "POST":
        try:
            with refusals_in_words():
                done = act(request.POST.get("seen", ""))
        except RefusedChange as refusal:
            form.add_error(None, str(refusal))
        else:
            if isinstance(done, str):
                done = Done(done, places.onward)
            messages.success(request, done.banner)
            return redirect(done.onward)
    context = {"form": form, "back_link": places.back, "answers": answers}
    return render(request, template, context | page)


def _digest(given: dict[str, Any]) -> str:
    """What tells some answers from others; short, and without the answers themselves."""
    return sha256(repr(sorted(given.items())).encode()).hexdigest()
