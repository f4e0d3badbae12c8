"""People, schools and partnerships for tests: real rows, with what a test does not care about
filled in. A test states only what it is about."""

from datetime import date
from itertools import count

from accounts.models import User
from declarations.models import (
    Cohort,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    SchoolPartnership,
    SchoolYear,
    TrainingPeriod,
)
from mentors.models import Mentorship
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School, Teacher

_numbers = count(1)
LONG_AGO = date(2021, 9, 1)


def make_school(name: str = "Priory Primary School", urn: int | None = None, **fields) -> School:
    return School.objects.create(name=name, urn=urn or 100000 + next(_numbers), **fields)


def make_teacher(name: str = "Ashley Teacher", trn: str | None = None, **fields) -> Teacher:
    return Teacher.objects.create(
        name=name,
        trn=trn or f"{1000000 + next(_numbers)}",
        **{"date_of_birth": date(1990, 5, 17)} | fields,
    )


def make_mentor(
    teacher: Teacher | None = None,
    school: School | None = None,
    *,
    name: str = "Morgan Mentor",
    started_on: date = LONG_AGO,
    finished_on: date | None = None,
    email: str | None = None,
) -> MentorAtSchool:
    return MentorAtSchool.objects.create(
        teacher=teacher or make_teacher(name),
        school=school or make_school(),
        email=email or f"mentor{next(_numbers)}@school.example",
        started_on=started_on,
        finished_on=finished_on,
    )


def make_ect(
    teacher: Teacher | None = None,
    school: School | None = None,
    *,
    name: str = "Ellis Newcomer",
    started_on: date = LONG_AGO,
    finished_on: date | None = None,
    email: str | None = None,
    induction_started_on: date | None = None,
    induction_finished_on: date | None = None,
) -> ECTAtSchool:
    teacher = teacher or make_teacher(name)
    if induction_started_on or teacher.induction_started_on is None:
        teacher.induction_started_on = induction_started_on or started_on
    teacher.induction_finished_on = induction_finished_on or teacher.induction_finished_on
    teacher.save()
    return ECTAtSchool.objects.create(
        teacher=teacher,
        school=school or make_school(),
        email=email or f"ect{next(_numbers)}@school.example",
        started_on=started_on,
        finished_on=finished_on,
    )


def make_mentorship(
    mentor: MentorAtSchool,
    ect: ECTAtSchool,
    *,
    started_on: date | None = None,
    finished_on: date | None = None,
    end_reason: str | None = None,
) -> Mentorship:
    if end_reason is None:
        end_reason = Mentorship.EndReason.CHANGED if finished_on else ""
    return Mentorship.objects.create(
        mentor=mentor,
        ect=ect,
        started_on=started_on or max(mentor.started_on, ect.started_on),
        finished_on=finished_on,
        end_reason=end_reason,
    )


def make_cohort(year: int = 2023, **fields) -> Cohort:
    return Cohort.objects.get_or_create(start_year=year, defaults=fields)[0]


def make_pair(
    lead_provider: str = "Ambition Institute",
    delivery_partner: str = "Selby Teaching School Hub",
    year: int = 2023,
) -> LeadProviderDeliveryPartnership:
    return LeadProviderDeliveryPartnership.objects.get_or_create(
        lead_provider=LeadProvider.objects.get_or_create(name=lead_provider)[0],
        delivery_partner=DeliveryPartner.objects.get_or_create(name=delivery_partner)[0],
        cohort=make_cohort(year),
    )[0]


def make_partnership(
    school: School,
    year: int = 2023,
    lead_provider: str = "Ambition Institute",
    delivery_partner: str = "Selby Teaching School Hub",
) -> SchoolPartnership:
    pair = make_pair(lead_provider, delivery_partner, year)
    school_year, _ = SchoolYear.objects.get_or_create(
        school=school,
        cohort=make_cohort(year),
        defaults={"programme": SchoolYear.Programme.PROVIDER_LED},
    )
    return SchoolPartnership.objects.get_or_create(
        school_year=school_year,
        lead_provider=pair.lead_provider,
        delivery_partner=pair.delivery_partner,
    )[0]


def make_training_period(
    person: MentorAtSchool | ECTAtSchool,
    partnership: SchoolPartnership | None = None,
    *,
    started_on: date | None = None,
    finished_on: date | None = None,
    **fields,
) -> TrainingPeriod:
    role = "mentor" if isinstance(person, MentorAtSchool) else "ect"
    partnership = partnership or make_partnership(person.school)
    return TrainingPeriod.objects.create(
        **{role: person},
        lead_provider=partnership.lead_provider,
        cohort=partnership.cohort,
        partnership=partnership,
        started_on=started_on or person.started_on,
        finished_on=finished_on,
        **fields,
    )


def make_waiting(
    person: MentorAtSchool | ECTAtSchool,
    lead_provider: str = "Ambition Institute",
    year: int = 2023,
    **fields,
) -> TrainingPeriod:
    """Training that waits for the school's partnership with the provider."""
    role = "mentor" if isinstance(person, MentorAtSchool) else "ect"
    return TrainingPeriod.objects.create(
        **{role: person, "started_on": person.started_on} | fields,
        lead_provider=LeadProvider.objects.get_or_create(name=lead_provider)[0],
        cohort=make_cohort(year),
    )


def make_tutor(
    school: School,
    email: str | None = None,
    *,
    name: str = "Sarah Philips",
    started_on: date = LONG_AGO,
    finished_on: date | None = None,
) -> User:
    email = email or f"tutor{next(_numbers)}@school.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name)
    InductionTutor.objects.create(
        user=user, school=school, started_on=started_on, finished_on=finished_on
    )
    return user
