"""The last page of adding somebody: all answers, and the button that adds them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from core.dates import in_words
from mentors.views.adding.progress import Progress
from mentors.views.adding.roles import MENTOR
from mentors.views.asking import CHANGE, Answer, Done, Places, confirm
from schools.adding import NewTeacher, RefusedDetailsError, add_ect, add_mentor
from schools.joining import AtSchool


def check(request: HttpRequest, progress: Progress, context: dict[str, Any]) -> HttpResponse:
    """Show the answers; once they are confirmed, add the person and lead to their page."""
    adds, school = progress.adds, progress.school

    def act(_: str) -> Done:
        added = _add(progress)
        page = reverse(adds.person, args=[school.urn, added.public_id])
        return Done(f"You have added {added.teacher.name} as {adds.a_noun}", page)

    try:
        return confirm(
            request,
            progress.journey,
            progress.answers,
            act,
            _answers(progress),
            Places(
                onward=reverse(adds.section, args=[school.urn]), back=progress.back_from("check")
            ),
            button=f"Add {adds.noun}",
            template="mentors/adding/check.html",
            progress=progress,
            elsewhere=_schools_to_tell(progress),
            **context,
        )
    except RefusedDetailsError:
        return redirect(progress.address("not-added"))


def _add(progress: Progress) -> AtSchool:
    """Add whom these answers are about."""
    answers = progress.answers
    person = progress.teacher or NewTeacher(
        answers["trn"], answers["date_of_birth"], answers["name"]
    )
    given = {name: answers[name] for name in ("email", "started_on")} | {"day": progress.day}
    if progress.adds == MENTOR:
        return add_mentor(progress.school, person, **given)
    induction_started_on = answers.get("induction_started_on")
    return add_ect(progress.school, person, induction_started_on=induction_started_on, **given)


def _answers(progress: Progress) -> list[Answer]:
    answers = progress.answers
    induction = progress.times.induction_started_on or answers.get("induction_started_on")
    shown = [
        ("Name", progress.person, "name"),
        ("TRN", answers["trn"], "trn"),
        ("Date of birth", in_words(answers["date_of_birth"]), "date-of-birth"),
        ("Email address", answers["email"], "email"),
        ("Start date", in_words(answers["started_on"]), "start-date"),
    ]
    if progress.adds != MENTOR:
        shown.append(("Induction start date", in_words(induction), "induction"))
    return [
        Answer(question, answer, f"{progress.address(page)}?{CHANGE}" * (page in progress.pages))
        for question, answer, page in shown
    ]


def _schools_to_tell(progress: Progress) -> list[str]:
    """The names of the schools whose tutors will hear of it."""
    if progress.adds != MENTOR:
        return []
    elsewhere = progress.times.mentor_elsewhere(progress.school, progress.day)
    return [time.school.name for time in elsewhere]
