"""Makes the database rows of the demo, through the service's own models and rules."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pghistory
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from core.periods import finished_on
from core.refusals import RefusedChange
from declarations.claims import RefusedCall
from declarations.models import (
    Cohort,
    CompletionNotice,
    Course,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    RecordedCompletion,
    SchoolYear,
    TrainingPeriod,
)
from declarations.school_years import open_partnership
from declarations.states import State, way
from declarations.submission import Claim, RefusedDeclaration, submit
from declarations.training import begin_training
from declarations.transitions import change_state
from declarations.withdrawal import Stop, defer, withdraw
from demo.people import PEOPLE
from demo.schools import PLYMOUTH, SCHOOLS
from demo.schools.this_year import WORKING_TOGETHER
from demo.tables import (
    DemoDeclaration,
    DemoECT,
    DemoMentor,
    DemoMentorship,
    DemoPartnership,
    DemoSchool,
    DemoTeacher,
    DemoTraining,
    DemoUser,
    DemoYear,
)
from mentors.models import Mentorship
from schools import gias
from schools.models import (
    ECTAtSchool,
    InductionTutor,
    MentorAtSchool,
    PersonAtSchool,
    School,
    SchoolSuccession,
    Teacher,
)

_REGISTER = Path(settings.BASE_DIR) / "demo" / "data" / "gias_sample.csv"
_BY = "command load_demo"
_WHY = "Demo data"
_NAMESPACE = UUID("6f6d8a0e-4a0c-5d2b-9a55-0d6f5b1f7c11")
# The cohort with an ended funding contract, for which nothing more can be declared.
_CLOSED_COHORT = 2021
_APPOINTED_ON = date(2021, 9, 1)
_JOINED_AT = datetime(2021, 9, 1, 8, 0, tzinfo=UTC)
_REGISTERED_AT = time(9)
_RECORDED_AT = datetime(2024, 1, 15, 10, 0, tzinfo=UTC)


class DemoRefusedError(Exception):
    """The demo data cannot be loaded, for the reason in the text."""


def is_loaded() -> bool:
    """Whether the database has the demo data. It has all of it or none."""
    return School.objects.filter(urn=PLYMOUTH.urn).exists()


def load() -> None:
    """Load the sample of the register and all demo data.

    Every load makes the same rows, except for the ids of schools, partnerships, training and
    declarations, and the moments at which the rows are written. Raises DemoRefusedError, and
    loads nothing, when rows that exist already conflict with them.
    """
    try:
        with transaction.atomic(), pghistory.context(command="load_demo"):
            gias.load(_REGISTER)
            _Builder().build()
    except (IntegrityError, RefusedCall, RefusedChange, RefusedDeclaration) as error:
        raise DemoRefusedError(f"Other rows stand in the way of the demo's: {error}") from error


def _id(kind: str, *names: object) -> UUID:
    """A public id made from these names, so that it is the same in every demo."""
    return uuid5(_NAMESPACE, " ".join(map(str, (kind, *names))))


class _Builder:
    """Makes all rows, and keeps those that later rows refer to, by their values in the tables."""

    def __init__(self) -> None:
        self.cohorts: dict[int, Cohort] = {}
        self.teachers: dict[DemoTeacher, Teacher] = {}
        self.declared: list[tuple[TrainingPeriod, DemoDeclaration]] = []

    def build(self) -> None:
        for pair in WORKING_TOGETHER:
            self._pair(pair)
        for school in SCHOOLS:
            self._school(school)
        # After all training: a mentor who has completed cannot begin training at another school.
        for period, declared in self.declared:
            _declare(period, declared)
        # The completions are years old, so no tutor of the demo is to get an email about them.
        notices = CompletionNotice.objects.filter(teacher__in=self.teachers.values())
        notices.update(told_at=F("noticed_at"))
        for teacher, record in self.teachers.items():
            if teacher.recorded:
                RecordedCompletion.objects.create(
                    teacher=record, kind=teacher.recorded, recorded_at=_RECORDED_AT
                )
        for school in SCHOOLS:
            if school.successor:
                one, other = (School.objects.get(urn=n) for n in (school.urn, school.successor))
                SchoolSuccession.objects.create(school=one, successor=other)
        for person in PEOPLE:
            self._user(person)

    def _school(self, demo: DemoSchool) -> None:
        if demo.invented:
            status = School.Status.CLOSED if demo.closed_on else School.Status.OPEN
            school = School.objects.create(
                urn=demo.urn, name=demo.invented, status=status, closed_on=demo.closed_on
            )
        else:
            school = School.objects.get(urn=demo.urn)
        for year in demo.years:
            self._year(school, year)
        mentors = {row.teacher.name: (row, self._mentor(school, demo, row)) for row in demo.mentors}
        for row in demo.ects:
            ect = self._ect(school, demo, row)
            for pairing in row.mentors:
                mentor_row, mentor = mentors[pairing.mentor]
                last_day, why = _end_of(pairing, row, mentor_row)
                Mentorship.objects.create(
                    mentor=mentor,
                    ect=ect,
                    started_on=pairing.started_on,
                    finished_on=finished_on(last_day),
                    end_reason=why,
                )

    def _year(self, school: School, year: DemoYear) -> None:
        chosen = LeadProvider.objects.filter(name=year.lead_provider)
        school_year = SchoolYear.objects.create(
            school=school,
            cohort=self._cohort(year.start),
            programme=year.programme,
            appropriate_body=year.appropriate_body,
            lead_provider=chosen.first(),
        )
        for partnership in year.partnerships:
            open_partnership(school_year, *self._pair(partnership))

    def _cohort(self, year: int) -> Cohort:
        if year not in self.cohorts:
            closed = {"closed_for_payment": year == _CLOSED_COHORT}
            cohort, _ = Cohort.objects.get_or_create(start_year=year, defaults=closed)
            self.cohorts[year] = cohort
        return self.cohorts[year]

    def _pair(self, partnership: DemoPartnership) -> tuple[LeadProvider, DeliveryPartner]:
        """The provider and partner of a partnership; records that they work together that year."""
        partner, _ = DeliveryPartner.objects.get_or_create(
            name=partnership.delivery_partner,
            defaults={"public_id": _id("delivery partner", partnership.delivery_partner)},
        )
        provider, _ = LeadProvider.objects.get_or_create(name=partnership.lead_provider)
        LeadProviderDeliveryPartnership.objects.get_or_create(
            lead_provider=provider,
            delivery_partner=partner,
            cohort=self._cohort(partnership.year),
        )
        return provider, partner

    def _teacher(self, teacher: DemoTeacher) -> Teacher:
        if teacher not in self.teachers:
            record = Teacher.objects.create(
                participant_id=_id("teacher", teacher.trn),
                mentor_training_record_id=_id("training record", teacher.trn),
                trn=teacher.trn,
                name=teacher.name,
                date_of_birth=teacher.born,
                mentor_funding_eligible_from=teacher.eligible_from,
            )
            self.teachers[teacher] = record
        return self.teachers[teacher]

    def _mentor(self, school: School, demo: DemoSchool, row: DemoMentor) -> MentorAtSchool:
        mentor = MentorAtSchool.objects.create(
            public_id=_id("mentor", school.urn, row.teacher.trn),
            teacher=self._teacher(row.teacher),
            school=school,
            email=row.email or _email(row.teacher, demo),
            started_on=row.started_on,
            finished_on=finished_on(row.last_day),
        )
        for training in row.training:
            period = self._training(mentor, training)
            self.declared += [(period, declared) for declared in training.declared]
        return mentor

    def _ect(self, school: School, demo: DemoSchool, row: DemoECT) -> ECTAtSchool:
        teacher = self._teacher(row.teacher)
        teacher.induction_started_on = row.induction_started_on
        teacher.induction_finished_on = finished_on(row.induction_last_day)
        teacher.save()
        ect = ECTAtSchool.objects.create(
            public_id=_id("ECT", school.urn, row.teacher.trn),
            teacher=teacher,
            school=school,
            email=_email(row.teacher, demo),
            started_on=row.first_day,
            finished_on=finished_on(row.last_day),
        )
        if row.trained_by:
            period = self._training(ect, DemoTraining(row.trained_by, row.first_day))
            period.finished_on = finished_on(row.last_day_as_ect)
            period.save()
        return ect

    def _training(self, person: PersonAtSchool, training: DemoTraining) -> TrainingPeriod:
        named = training.partnership
        period = begin_training(
            person,
            LeadProvider.objects.get(name=named.lead_provider),
            self._cohort(named.year),
            training.started_on,
            by=_BY,
            now=datetime.combine(training.started_on, _REGISTERED_AT, UTC),
        )
        reason = TrainingPeriod.WithdrawalReason.OTHER  # deferrals have a reason of this value too
        stop = Stop(Course.MENTOR, reason)
        for act, moment in ((withdraw, training.withdrawn), (defer, training.deferred)):
            if moment:
                participant_id = period.teacher.participant_id
                return act(period.lead_provider, participant_id, stop, by=_BY, now=moment)
        return period

    def _user(self, person: DemoUser) -> None:
        user = User.objects.create_user(
            person.email,
            person.name,
            is_staff=person.is_staff,
            is_superuser=person.is_staff,
            date_joined=_JOINED_AT,
        )
        for urn in person.urns:
            InductionTutor.objects.create(
                user=user, school=School.objects.get(urn=urn), started_on=_APPOINTED_ON
            )


def _email(teacher: DemoTeacher, demo: DemoSchool) -> str:
    return f"{teacher.name.lower().replace(' ', '.')}@{demo.email_domain}"


def _end_of(pairing: DemoMentorship, ect: DemoECT, mentor: DemoMentor) -> tuple[date | None, str]:
    """The last day of a mentorship and the reason for its end; None and "" while it goes on."""
    reasons = Mentorship.EndReason
    if pairing.last_day:
        mentor_left = pairing.last_day == mentor.last_day
        return pairing.last_day, reasons.MENTOR_LEFT if mentor_left else reasons.CHANGED
    if ect.last_day_as_ect is None:
        return None, ""
    completed = ect.induction_last_day is not None
    return ect.last_day_as_ect, reasons.INDUCTION_COMPLETED if completed else reasons.ECT_LEFT


def _declare(period: TrainingPeriod, declared: DemoDeclaration) -> None:
    """Submit a declaration as the provider of the training period, and move it to its state."""
    now = declared.at + timedelta(days=2)
    claim = Claim(
        participant_id=str(period.teacher.participant_id),
        declaration_type=str(declared.type),
        declaration_date=declared.at.isoformat(),
        course_identifier="ecf-mentor",
        evidence_held=str(declared.evidence),
    )
    declaration = submit(period.lead_provider, claim, by=_BY, now=now)
    for state in way(State(declaration.state), declared.state):
        now += timedelta(days=30)
        change_state(declaration, state, by=_BY, why=_WHY, now=now)
