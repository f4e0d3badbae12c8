"""The requests that are measured: every page of a school, and every call of the API.

Each request of a case is another user's, about another school or person, chosen by chance but the
same in every run; so a page is not measured on what the request before it left in a cache.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from uuid import UUID

from django.db import connection, models
from django.urls import get_resolver
from django.utils import timezone

from benchmarks.national.loading import session_key
from benchmarks.servers import Request
from declarations.models import Declaration, LeadProvider, Participation
from declarations.tokens import make_token
from staff.history import protect_logs

SAMPLE = 300
PROBED = 6  # requests of each case that benchmarks/probe.py sends
_LOG = "declarations_declarationstatechange"
_V3 = "/api/v3"
API = f"{_V3}/participant-declarations"
# Pages with a floor and stock, by the name under which benchmarks/compared knows them.
COMPARED = {
    "mentor": "schools/<int:urn>/mentors/<uuid:public_id>",
    "mentors": "schools/<int:urn>/mentors",
    "home": "schools/<int:urn>",
    "ect": "schools/<int:urn>/ects/<uuid:public_id>",
}
_TRUST, _LARGEST = "by a tutor of 40 schools", "at a school with 300 mentors"


@dataclass(frozen=True)
class Subject:
    """The school or person that a page is about, and the user who asks for it."""

    user_id: int
    urn: int
    public_id: UUID | None = None
    appointment_id: int | None = None


@dataclass(frozen=True)
class Case:
    """What is measured together. `compared` names the page if it has a floor and stock."""

    name: str
    requests: tuple[Request, ...]
    subjects: tuple[Subject, ...] = ()
    compared: str = ""
    kind: str = "page"  # or "admin", "api"

    @property
    def is_read(self) -> bool:
        """Whether its requests change nothing, and may be sent again."""
        return all(request.method == "GET" for request in self.requests)


def pages() -> Iterator[Case]:
    """Every page of a school that answers at once, and some of them where there is much."""
    for route in sorted(_routes()):
        subjects = _subjects(route)
        compared = next((page for page, of in COMPARED.items() if of == route), "")
        yield _page(route, "", subjects, compared)
        if compared:
            yield _page(route, _TRUST, _subjects(route, "trust"))
        if compared or route.endswith(("ects", "assign", "mentor", "mentors.csv")):
            yield _page(route, _LARGEST, _subjects(route, "largest"))
    search = [("mentors", "smith"), ("ects", "1234")]
    for people, words in search:
        subjects = _subjects("schools/<int:urn>", "largest")
        yield _page(f"schools/<int:urn>/{people}", _LARGEST, subjects, query=f"?search={words}")


def _routes() -> set[str]:
    return {
        str(pattern.pattern) if prefix == "" else prefix + str(pattern.pattern)
        for prefix, pattern in _patterns(get_resolver().url_patterns)
        if str(pattern.pattern).startswith("schools/")
    }


def _patterns(patterns: Iterable, prefix: str = "") -> Iterator:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix, pattern


def _page(
    route: str, what: str, subjects: list[Subject], compared: str = "", query: str = ""
) -> Case:
    requests = tuple(
        Request(_path(route, subject) + query, cookie(subject.user_id)) for subject in subjects
    )
    name = f"/{route}{query}" + (f", {what}" if what else "")
    return Case(name, requests, tuple(subjects), compared)


def _path(route: str, subject: Subject) -> str:
    return "/" + (
        route.replace("<int:urn>", str(subject.urn))
        .replace("<uuid:public_id>", str(subject.public_id))
        .replace("<int:appointment_id>", str(subject.appointment_id))
        .replace("<slug:page>", "trn")
    )


def cookie(user_id: int) -> dict[str, str]:
    """The cookies of a browser that has shown a form before."""
    return {"Cookie": f"sessionid={session_key(user_id)}; csrftoken={'x' * 32}"}


# A hash of the row's number, so that the sample is by chance and the same each time.
_APPOINTED = """
    SELECT appointment.user_id, school.urn, {columns}
    FROM schools_inductiontutor appointment
        JOIN schools_school school ON school.id = appointment.school_id {join}
    WHERE {condition} ORDER BY hashint8extended({by}, 7) LIMIT %s
"""
_WHICH = {
    # Of those a list of at least one; see benchmarks/compared on what is not there.
    "any": """appointment.user_id = school.id AND school.id > 1 AND EXISTS (
        SELECT FROM mentors_mentorship pair
        WHERE pair.school_id = school.id AND pair.finished_on IS NULL)""",
    "trust": """(SELECT count(*) FROM schools_inductiontutor other
        WHERE other.user_id = appointment.user_id) >= 10 AND school.id > 1""",
    "largest": "school.id = 1 AND appointment.user_id = 1",
}


def _subjects(route: str, which: str = "any") -> list[Subject]:
    columns, join, by = "NULL::uuid, appointment.id", "", "appointment.id"
    if "public_id" in route:
        table = "schools_ectatschool" if "/ects/" in route else "schools_mentoratschool"
        columns, by = "person.public_id, appointment.id", "person.id"
        join = f"JOIN {table} person ON person.school_id = school.id"
    condition = _WHICH[which]
    if "/leaving" in route or route.endswith(("/assign", "/mentor", "/name", "/email")):
        condition += " AND person.finished_on IS NULL"
    sql = _APPOINTED.format(columns=columns, join=join, condition=condition, by=by)
    with connection.cursor() as cursor:
        cursor.execute(sql, [SAMPLE])
        return [Subject(*row) for row in cursor.fetchall()]


def api_calls() -> Iterator[Case]:
    """Every call, as the provider of six in ten mentors and as a smaller one."""
    largest, small = LeadProvider.objects.get(pk=1), LeadProvider.objects.get(pk=2)
    for provider, who in ((largest, "largest provider"), (small, "small provider")):
        yield from _lists(provider, who)
    yield from _calls_about_one(largest)


def _lists(provider: LeadProvider, who: str) -> Iterator[Case]:
    own = Declaration.objects.filter(lead_provider=provider)
    count, start_year = own.count(), timezone.localdate().year - 2
    of_cohort = own.filter(
        training_period__partnership__school_year__cohort__start_year=start_year
    ).count()
    partner = own.values_list("delivery_partner__public_id", flat=True).first()
    # Its own first: where it has fewer, as many are asked for all the same.
    own_first = models.Case(models.When(lead_provider=provider, then=0), default=1)
    people = Participation.objects.order_by(own_first, "participant_id")[:200]
    ids = ",".join(str(person.participant_id) for person in people)
    since = (timezone.now() - timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    cohort = f"filter[cohort]={start_year}"
    queries = {
        "page 1": "",
        "page 1, 3,000 a page": "page[per_page]=3000",
        "deep page": f"page[page]={max(count // 200, 2)}",
        "deep page, 3,000 a page": f"page[per_page]=3000&page[page]={max(count // 6000, 2)}",
        "cohort, page 1": cohort,
        "cohort, page 1, 3,000 a page": f"{cohort}&page[per_page]=3000",
        "cohort, deep page": f"{cohort}&page[page]={max(of_cohort // 200, 2)}",
        "partner, page 1": f"filter[delivery_partner_id]={partner}",
        "200 participants": f"filter[participant_id]={ids}",
        "updated since 30 days": f"filter[updated_since]={since}",
    }
    headers = _tokens(provider)
    for what, query in queries.items():
        if len(query) > 8000:
            continue
        requests = tuple(Request(f"{API}?{query}", each) for each in islice(headers, 20))
        yield Case(f"list, {what} ({who})", requests, kind="api")
    others = {
        "participants": ("", f"filter[updated_since]={since}", cohort),
        "unfunded-mentors": ("",),
        "partnerships": ("", cohort),
        "schools": (cohort,),
        "delivery-partners": ("",),
    }
    for name, of_it in others.items():
        for query in of_it:
            path = f"{_V3}/{name}?{query}"
            requests = tuple(Request(path, each) for each in islice(headers, 20))
            what = f"{name}, {query.partition('=')[0]}".removesuffix(", ")
            yield Case(f"{what} ({who})", requests, kind="api")
    first = max(count // 200, 2)
    (token,) = islice(headers, 1)
    following = tuple(
        Request(f"{API}?page[page]={number}", token) for number in range(first, first + 40)
    )
    yield Case(f"list, pages that follow a deep page ({who})", following, kind="api")


def _calls_about_one(provider: LeadProvider) -> Iterator[Case]:
    submitted = submissions(provider, SAMPLE)  # first, as this forgets declarations
    headers = _tokens(provider)
    own = Declaration.objects.filter(lead_provider=provider)
    shown = own.order_by("pk").values_list("pk", flat=True)[:SAMPLE]
    requests = tuple(Request(f"{API}/{pk}", next(headers)) for pk in shown)
    yield Case("show a declaration", requests, kind="api")
    open_for_payment = own.filter(
        state__in=["submitted", "eligible"],
        training_period__partnership__school_year__cohort__closed_for_payment=False,
    )
    voided = open_for_payment.order_by("pk").values_list("pk", flat=True)[:SAMPLE]
    requests = tuple(Request(f"{API}/{pk}/void", next(headers), "PUT") for pk in voided)
    yield Case("void a declaration", requests, kind="api")
    yield Case("submit a declaration", submitted, kind="api")


def _tokens(provider: LeadProvider) -> Iterator[dict[str, str]]:
    """Headers of 20 tokens in turn: each may ask 1,000 times in five minutes."""
    made = [make_token(provider, by="command benchmark", now=timezone.now()) for _ in range(20)]
    return cycle(
        [
            {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
            for _, secret in made
        ]
    )


def make_undeclared(trainings: int, provider_id: int | None = None) -> list[tuple[int, UUID, str]]:
    """Forget all that was declared of so many mentors in open cohorts, past the triggers.

    Returns the id of each training period, the participant and the TRN.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT training.id, participant_id, trn FROM declarations_trainingperiod training
                   JOIN schools_teacher teacher ON teacher.id = teacher_id
                   JOIN declarations_schoolpartnership agreed ON agreed.id = partnership_id
                   JOIN declarations_schoolyear year ON year.id = school_year_id
                   JOIN declarations_cohort cohort ON cohort.id = year.cohort_id
               WHERE mentor_id IS NOT NULL AND finished_on IS NULL AND NOT closed_for_payment
                   AND started_on < current_date - 400
                   AND training.lead_provider_id = coalesce(%s, training.lead_provider_id)
                   AND NOT EXISTS (SELECT FROM declarations_trainingperiod other
                       WHERE other.teacher_id = training.teacher_id AND other.id <> training.id)
                   AND EXISTS (SELECT FROM declarations_declaration declared
                       WHERE declared.training_period_id = training.id)
               ORDER BY training.id LIMIT %s""",
            [provider_id, trainings],
        )
        found = cursor.fetchall()
        ids = [[each for each, *_ in found]]
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"ALTER TABLE {_LOG} DISABLE TRIGGER USER")
        for table in (_LOG, "declarations_completionnotice"):
            cursor.execute(
                f"""DELETE FROM {table} USING declarations_declaration d
                    WHERE d.id = declaration_id AND training_period_id = ANY(%s)""",
                ids,
            )
        cursor.execute(f"ALTER TABLE {_LOG} ENABLE TRIGGER USER")
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(
            "DELETE FROM declarations_declaration WHERE training_period_id = ANY(%s)", ids
        )
    protect_logs()
    return found


def submissions(provider: LeadProvider, number: int) -> tuple[Request, ...]:
    """Submissions that are accepted, about mentors of whom nothing is declared."""
    headers = _tokens(provider)
    return tuple(
        Request(API, next(headers), "POST", _submission(participant))
        for _, participant, _ in make_undeclared(number, provider.pk)
    )


def _submission(participant: UUID) -> bytes:
    attributes = {
        "participant_id": str(participant),
        "declaration_type": "started",
        "declaration_date": f"{timezone.localdate() - timedelta(days=30)}T10:00:00Z",
        "course_identifier": "ecf-mentor",
        "evidence_held": "other",
    }
    sent = {"data": {"type": "participant-declaration", "attributes": attributes}}
    return json.dumps(sent).encode()
