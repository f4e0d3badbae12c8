"""The journeys that add a mentor or an ECT: one list of steps for both roles."""

from django.urls import reverse

from core.periods import in_words
from mentors.journeys.adding.answers import Adding
from mentors.journeys.adding.other_schools import (
    LastDayThereForm,
    OtherSchoolForm,
    rows_of_other_schools,
)
from mentors.journeys.adding.questions import (
    DateOfBirthForm,
    EmailForm,
    FoundTeacherForm,
    InductionForm,
    NameForm,
    SamePersonForm,
    StartForm,
    TRNForm,
)
from mentors.journeys.declaration import (
    CHECK,
    SLUG,
    AnswerRow,
    CheckPage,
    Done,
    Journey,
    Notice,
    Step,
    answered_rows,
)
from mentors.journeys.training import (
    ECTTrainingForm,
    MentorTrainingForm,
    begin_chosen,
    lock_training,
)
from mentors.roles import ECT, MENTOR, Role
from schools.adding import NewTeacher, RefusedDetailsError, add_ect, add_mentor
from schools.closing import why_no_joining
from schools.models import PersonAtSchool


def _asks_who_trains(adding: Adding) -> bool:
    return adding.can_ask_who_trains and adding.training.is_asked


def _has_chosen(adding: Adding) -> bool:
    return adding.has_chosen


_PAGES = "mentors/journeys/adding"
STEPS: tuple[Step[Adding] | Notice[Adding], ...] = (
    Step("trn", TRNForm, template=f"{_PAGES}/trn.html"),
    Step("date-of-birth", DateOfBirthForm),
    Notice("not-possible", f"{_PAGES}/not_possible.html", lambda adding: bool(adding.obstacle)),
    Step("teacher", FoundTeacherForm, lambda adding: adding.teacher is not None),
    Notice("not-found", f"{_PAGES}/not_found.html", lambda adding: adding.is_unknown, "name"),
    Step("name", NameForm, lambda adding: adding.is_unknown),
    Step("same-person", SamePersonForm, lambda adding: bool(adding.likely_same)),
    Step("email", EmailForm),
    Step("start-date", StartForm),
    Step(
        "other-school",
        OtherSchoolForm,
        lambda adding: bool(adding.elsewhere),
        answered=lambda adding: adding.has_said_where_they_go_on,
    ),
    Step(
        "last-day-there",
        LastDayThereForm,
        lambda adding: bool(adding.left),
        answered=lambda adding: len(adding.last_days) == len(adding.left),
    ),
    Step("induction", InductionForm, lambda adding: adding.starts_induction),
    Step(
        "lead-provider",
        MentorTrainingForm,
        lambda adding: adding.role is MENTOR and _asks_who_trains(adding),
        answered=_has_chosen,
    ),
    Step(
        "lead-provider",
        ECTTrainingForm,
        lambda adding: adding.role is ECT and _asks_who_trains(adding),
        answered=_has_chosen,
    ),
)
NOTICES: tuple[Notice[Adding], ...] = (
    Notice("no-trn", f"{_PAGES}/no_trn.html", beside="trn"),
    Notice("not-added", f"{_PAGES}/not_added.html", beside=CHECK),
)


def _rows(adding: Adding) -> list[AnswerRow]:
    """The rows, the name first. A start of induction that we know is shown, though not asked."""
    rows = [AnswerRow("Name", adding.name, adding.change("name")), *answered_rows(adding)]
    started_on = adding.times.induction_started_on
    if adding.role is ECT and started_on:
        rows.append(AnswerRow("Induction start date", in_words(started_on)))
    # Other schools stand where they are asked about: before who trains them, if that is asked.
    trained_by = [rows.pop()] if adding.training.is_asked else []
    return [*rows, *rows_of_other_schools(adding), *trained_by]


def _add(adding: Adding, shown: str) -> Done:
    answers, role = adding.answers, adding.role
    lock_training(adding, shown)
    person = adding.teacher or NewTeacher(answers["trn"], answers["date_of_birth"], answers["name"])
    given = {"email": answers["email"], "started_on": answers["started_on"], "day": adding.day}
    added: PersonAtSchool
    if role is MENTOR:
        added = add_mentor(adding.school, person, **given, last_days=adding.last_days)
    else:
        given["induction_started_on"] = answers.get("induction_started_on")
        added = add_ect(adding.school, person, **given)
    page = reverse(role.page, args=[adding.school.urn, added.public_id])
    done = f"You have added {added.teacher.name} as {role.a_noun}."
    return Done(done, page, begin_chosen(adding, added))


def _adding(role: Role) -> Journey[Adding]:
    return Journey(
        name=f"add-{role.page}",
        route=f"schools/<int:urn>/{role.section}/add/{SLUG}",
        progress=Adding,
        role=role,
        steps=STEPS,
        notices=NOTICES,
        check=CheckPage(
            _add,
            f"Add {role.noun}",
            rows=_rows,
            shown=lambda adding: adding.training.key,
            template=f"{_PAGES}/check.html",
        ),
        end=lambda adding: reverse(role.section, args=[adding.school.urn]),
        caption=lambda _: f"Add {role.a_noun}",
        # Every page of the school says why.
        closed=lambda adding: "" if why_no_joining(adding.school, adding.day) else None,
        led_away={RefusedDetailsError: "not-added"},
        resumes=True,
    )


ADD_MENTOR, ADD_ECT = _adding(MENTOR), _adding(ECT)
