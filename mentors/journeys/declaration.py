"""What a journey is declared with: its pages in their order, and the page that confirms it.

The engine (`mentors/journeys/engine.py`) serves what is declared so. docs/journeys.md shows how to
declare a journey, and how to add a question to one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar, cast
from urllib.parse import urlencode

from django.urls import reverse

from accounts.signing_in.sessions import SignedInRequest
from core.periods import in_words
from declarations.models import SchoolYear
from mentors.journeys.drafts import Draft
from mentors.journeys.forms import StepForm
from mentors.roles import Role
from schools.models import InductionTutor, PersonAtSchool, School

Subject = School | PersonAtSchool | InductionTutor | SchoolYear
P = TypeVar("P", bound="Progress")

CHECK = "check"
# How the address of a question says that it was opened from the check page, or from the next page.
CHANGE, BACK = "change", "back"
# In a route: the pages of the journey share it, and this is the page.
SLUG = "<slug:page>"


def always(_: "Progress") -> bool:
    """For a page that applies whatever was answered."""
    return True


@dataclass(frozen=True)
class Step(Generic[P]):
    """A page that asks a question.

    `applies` says whether it is asked, given the answers so far. `answered` says whether it has an
    answer; without it, the step is answered when each of the form's fields has one.
    """

    slug: str
    form: type[StepForm]
    applies: Callable[[P], bool] = always
    answered: Callable[[P], bool] | None = None
    template: str = "mentors/journeys/question.html"


@dataclass(frozen=True)
class Notice(Generic[P]):
    """A page that says something and asks nothing.

    `leads_to` is the slug of the question after it: the notice is due until that is answered.
    Without it the journey ends here. A notice in a journey's `notices` is `beside` a page: it may
    be opened as soon as that page may.
    """

    slug: str
    template: str
    applies: Callable[[P], bool] = always
    leads_to: str = ""
    beside: str = ""


@dataclass(frozen=True)
class AnswerRow:
    """A row of the check page; `change` is the address of the question, if it may be changed."""

    question: str
    answer: str
    change: str = ""


@dataclass(frozen=True)
class Done:
    """What the confirmation banner says, and the address that shows it.

    Without an address it is shown where the journey ends. `next_steps`, if any, stand below it.
    """

    banner: str
    onward: str = ""
    next_steps: str = ""


def answered_rows(progress: "Progress") -> list[AnswerRow]:
    """The rows of all questions that apply, in their order, as their forms name them."""
    return [
        AnswerRow(
            row, _in_words(step.form, name, progress.answers[name]), progress.change(step.slug)
        )
        for step in progress.pages
        if isinstance(step, Step)
        for row, name in zip(step.form.rows, step.form.base_fields, strict=False)
    ]


def _in_words(form: type[StepForm], name: str, answer: Any) -> str:
    if isinstance(answer, date):
        return in_words(answer)
    return str(dict(getattr(form.base_fields[name], "choices", ())).get(answer, answer))


@dataclass(frozen=True)
class CheckPage(Generic[P]):
    """The last page: it lists the answers, and its button acts on them.

    `act` changes the records, all or nothing, and says what was done. It is called in a transaction
    with what `shown` gave when the page was made: what the page showed of the records, so that the
    act can refuse when they have changed. It refuses with RefusedChange, or through the database.
    `rows` gives what is listed. `ask_again` gives the slug of a question to which the records do
    not allow the answer any more, or "".
    """

    act: Callable[[P, str], Done]
    button: str
    rows: Callable[[P], list[AnswerRow]] = answered_rows
    shown: Callable[[P], str] = lambda _: ""
    ask_again: Callable[[P], str] = lambda _: ""
    slug: str = CHECK
    title: str = "Check your answers"
    template: str = "mentors/journeys/check.html"


@dataclass(frozen=True)
class Journey(Generic[P]):
    """A journey: its pages, from the first question to the page that confirms.

    `name` is what its answers are kept under, and the beginning of the URL names: page "start-date"
    of the journey "assign" is at its `route` + "/start-date" and named "assign-start-date", but for
    the `names` given here. `progress` is the class that holds the answers. `end` gives the address
    that it starts from and returns to.

    `role` is that of the people it is about, if any. `closed` says why the journey cannot be made
    now, and is None when it can; with "" the page it ends on says why. `caption` stands above the
    heading of each page. `led_away` has, by the class of an exception, the slug of the notice that
    is shown when the act raised it. `resumes`: a user who begins again finds their last answers.
    """

    name: str
    route: str
    progress: type[P]
    check: CheckPage[P]
    end: Callable[[P], str]
    steps: tuple[Step[P] | Notice[P], ...] = ()
    notices: tuple[Notice[P], ...] = ()
    role: Role | None = None
    closed: Callable[[P], str | None] = lambda _: None
    caption: Callable[[P], str] = lambda _: ""
    names: Mapping[str, str] = field(default_factory=dict)
    led_away: Mapping[type[Exception], str] = field(default_factory=dict)
    resumes: bool = False

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of all its pages, each once."""
        pages = (*self.steps, *self.notices, self.check)
        return tuple(dict.fromkeys(page.slug for page in pages))

    def url_name(self, slug: str) -> str:
        """The URL name of a page."""
        return self.names.get(slug) or "-".join(filter(None, (self.name, slug)))


@dataclass(frozen=True)
class Progress:
    """One user's progress in a journey, as one request finds it.

    `subject` is the school, the person, the tutor's appointment or the academic year that the
    address names; `page` the slug of the page that is asked for; `day` today. Journeys add what
    follows from their answers in a subclass. Templates have it as `progress`.
    """

    journey: Journey[Any]
    request: SignedInRequest
    subject: Subject
    draft: Draft
    page: str
    answers: dict[str, Any]
    day: date

    @property
    def school(self) -> School:
        """The school that the journey is about, or at which its person or year is."""
        return self.subject if isinstance(self.subject, School) else self.subject.school

    @property
    def role(self) -> Role:
        """The role of the people that the journey is about."""
        return cast(Role, self.journey.role)

    @property
    def end(self) -> str:
        """The address that the journey returns to."""
        return self.journey.end(self)

    @property
    def query(self) -> dict[str, str]:
        """What every address of the journey carries along in its query."""
        return {}

    @cached_property
    def pages(self) -> tuple[Step[Any] | Notice[Any], ...]:
        """The pages that apply, in their order, without the check page."""
        return tuple(page for page in self.journey.steps if page.applies(self))

    @property
    def due(self) -> str:
        """The slug of the first page that is not done; of the check page when all are."""
        undone = (page.slug for page in self.pages if not self._is_done(page))
        return next(undone, self.journey.check.slug)

    def reached(self, slug: str) -> Step[Any] | Notice[Any] | None:
        """The page with this slug, if every question before it is answered; else None."""
        for notice in self.journey.notices:
            if notice.slug == slug:
                return notice if self._reaches(notice.beside) else None
        for page in self.pages:
            if page.slug == slug:
                return page
            if not self._is_done(page) and not getattr(page, "leads_to", ""):
                return None
        return None

    def address(self, slug: str, *marks: str) -> str:
        """The address of a page, with marks such as CHANGE in its query."""
        journey = self.journey
        args: list[Any] = [self.school.urn]
        if isinstance(self.subject, PersonAtSchool):
            args.append(self.subject.public_id)
        elif isinstance(self.subject, InductionTutor):
            args.append(self.subject.pk)
        elif isinstance(self.subject, SchoolYear):
            args.append(self.subject.cohort.start_year)
        if journey.route.endswith(SLUG):
            address = reverse(f"{journey.name}-page", args=[*args, slug])
        else:
            address = reverse(journey.url_name(slug), args=args)
        query = urlencode(self.query | dict.fromkeys(marks, "1"))
        return f"{address}?{query}" if query else address

    def address_within(self, slug: str) -> str:
        """The address at which a user returns to a page: the first page then keeps the answers."""
        return self.address(slug, BACK) if self._begins_at(slug) else self.address(slug)

    def change(self, slug: str) -> str:
        """The address at which an answer is changed from the check page; "" if it is not asked."""
        return self.address(slug, CHANGE) if slug in [page.slug for page in self.pages] else ""

    @property
    def begins(self) -> bool:
        """Whether this page begins the journey, so that earlier answers count for nothing."""
        return self._begins_at(self.page) and not {CHANGE, BACK} & set(self.request.GET)

    @property
    def back(self) -> str:
        """The address of the page before this one; before the first, where the journey ends."""
        if CHANGE in self.request.GET:
            return self.address(self.journey.check.slug)
        for notice in self.journey.notices:
            if notice.slug == self.page:
                return self.address(notice.beside)
        slugs = [page.slug for page in self.pages] + [self.journey.check.slug]
        before = slugs[: slugs.index(self.page)]
        return self.address_within(before[-1]) if before else self.end

    def _begins_at(self, slug: str) -> bool:
        """Whether opening this page from outside begins the journey anew."""
        steps = self.journey.steps
        return bool(steps) and slug == steps[0].slug and not self.journey.resumes

    def _reaches(self, slug: str) -> bool:
        return slug == self.due or self.reached(slug) is not None

    def _is_done(self, page: Step[Any] | Notice[Any]) -> bool:
        """Whether a question is answered; for a notice, whether the one that it leads to is."""
        if isinstance(page, Notice):
            leads_to = (step for step in self.pages if page.leads_to and step.slug == page.leads_to)
            return any(self._is_done(step) for step in leads_to)
        if page.answered:
            return page.answered(self)
        return all(self.answers.get(name) is not None for name in page.form.base_fields)
