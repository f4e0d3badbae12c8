"""Generic views, the plain ORM, related rows prefetched, the rules in Python."""

import secrets
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from benchmarks.compared import facts
from benchmarks.compared.facts import Chunk, NamesAndEmail, Person, Year
from declarations.models import (
    Declaration,
    DeclarationStateChange,
    RecordedCompletion,
    SchoolPartnership,
    SchoolYear,
    TrainingPeriod,
)
from mentors.models import Mentorship, StatusPolicy
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School

AtSchool = MentorAtSchool | ECTAtSchool


class SchoolView(LoginRequiredMixin, TemplateView):
    """A page of one of the user's schools."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.day = timezone.localdate()
        mine = InductionTutor.objects.on(self.day).filter(user=self.request.user)
        self.school = get_object_or_404(
            School.objects.filter(induction_tutors__in=mine), urn=kwargs["urn"]
        )
        shown = facts.School(
            self.school.name, self.school.urn, mine.exclude(school=self.school).exists()
        )
        context = super().get_context_data(**kwargs)
        return context | {"chunks": self.chunks(shown), "csp_nonce": secrets.token_urlsafe(16)}

    def chunks(self, school: facts.School) -> list[Chunk]:
        raise NotImplementedError

    def not_over(self) -> Q:
        return Q(finished_on__isnull=True) | Q(finished_on__gt=self.day)

    def is_over(self, there: AtSchool) -> bool:
        return there.finished_on is not None and there.finished_on <= self.day

    def current(self, times: list[AtSchool]) -> AtSchool:
        """Of a person's times at the school, the first that is not over, else the latest."""
        going_on = [each for each in times if not self.is_over(each)]
        if going_on:
            return min(going_on, key=lambda each: each.started_on)
        return max(times, key=lambda each: each.started_on)

    def of_each(self, people: QuerySet) -> list[AtSchool]:
        of_teachers: dict[int, list[AtSchool]] = {}
        for there in people:
            of_teachers.setdefault(there.teacher_id, []).append(there)
        return [self.current(times) for times in of_teachers.values()]

    def completed(self) -> QuerySet[Declaration]:
        tomorrow = timezone.make_aware(datetime.combine(self.day + timedelta(days=1), time()))
        return (
            Declaration.objects.final()
            .filter(training_period__mentor__isnull=False, declaration_date__lt=tomorrow)
            .select_related("lead_provider", "delivery_partner")
            .order_by("-declaration_date")
        )


class PersonView(SchoolView):
    """A page of a person at the school."""

    model: type[AtSchool]

    def person(self) -> AtSchool:
        asked = get_object_or_404(
            self.model, school=self.school, public_id=self.kwargs["public_id"]
        )
        times = self.model.objects.filter(school=self.school, teacher=asked.teacher_id)
        return self.current(list(times.select_related("teacher")))

    def training(self, there: AtSchool, role: str) -> facts.Training:
        periods = TrainingPeriod.objects.filter(
            **{f"{role}__isnull": False}, teacher=there.teacher
        ).select_related("lead_provider", "partnership__delivery_partner", "school")
        begun_first = sorted(
            periods, key=lambda each: (each.started_on <= self.day, each.started_on), reverse=True
        )
        here = [each for each in begun_first if each.school_id == self.school.pk]
        now = [each for each in begun_first if each.includes(self.day)]
        return facts.Training(
            here=_named(here[0]) if here else None,
            is_over=role == "mentor" and bool(here) and here[0].is_over(self.day),
            elsewhere=now[0].school.name if now else None,
        )

    def may_be_undone(self, there: AtSchool) -> bool:
        begun = there.mentorships.filter(started_on__lte=self.day)
        training = there.training_periods.filter(partnership__isnull=False)
        if isinstance(there, MentorAtSchool):
            return not begun.exists() and not training.exists()
        declared = Declaration.objects.filter(training_period__ect=there)
        seen = there.started_on <= self.day and training.exists()
        return not begun.exists() and not declared.exists() and not seen

    def is_school_led(self) -> bool:
        programmes = {year.programme for year in self.school.school_years.all()}
        return (
            SchoolYear.Programme.SCHOOL_LED in programmes
            and SchoolYear.Programme.PROVIDER_LED not in programmes
        )


class MentorView(PersonView):
    template_name = "mentor.html"
    model = MentorAtSchool

    def chunks(self, school: facts.School) -> list[Chunk]:
        mentor = self.person()
        school.is_school_led = self.is_school_led()
        policy = StatusPolicy.objects.filter(in_force_from__lte=self.day).first()
        if policy and policy.policy != StatusPolicy.Policy.COMPLETED_ONLY:
            raise Http404
        elsewhere = (
            MentorAtSchool.objects.filter(self.not_over(), teacher=mentor.teacher)
            .exclude(school=self.school)
            .select_related("school")
            .order_by("school__searchable_name")
        )
        ects = [
            (pair.ect.public_id, pair.ect.teacher.name, pair.ect.teacher.induction_started_on)
            for pair in Mentorship.objects.on(self.day)
            .filter(mentor_teacher=mentor.teacher, school=self.school)
            .select_related("ect__teacher")
            .order_by("ect__teacher__searchable_name", "started_on")
        ]
        others = MentorAtSchool.objects.filter(self.not_over(), school=self.school).exclude(
            teacher=mentor.teacher
        )
        mine = Mentorship.objects.on(self.day).filter(mentor_teacher=mentor.teacher)
        in_training = ECTAtSchool.objects.filter(
            self.not_over(),
            Q(teacher__induction_finished_on__isnull=True)
            | Q(teacher__induction_finished_on__gt=self.day),
            school=self.school,
            period__overlap=(mentor.started_on, mentor.finished_on),
        ).exclude(teacher__in=mine.values("ect_teacher"))
        training = self.training(mentor, "mentor")
        if final := self.completed().filter(teacher=mentor.teacher).first():
            provider = final.lead_provider
            training.completed_with = [provider.name, final.delivery_partner.name, provider.email]
        training.is_early = mentor.teacher.recorded_completions.filter(
            kind="early_roll_out"
        ).exists()
        training.taken_back_by = self.taken_back_by(mentor)
        training.paired = Mentorship.objects.filter(
            mentor_teacher=mentor.teacher, started_on__lte=self.day
        ).exists()
        return facts.mentor(
            school,
            _shown(mentor),
            list(dict.fromkeys(other.school.name for other in elsewhere)),
            ects,
            changeable=others.exists(),
            assignable=in_training.exclude(teacher=mentor.teacher).exists(),
            may_be_undone=self.may_be_undone(mentor),
            training=training,
            day=self.day,
        )

    def taken_back_by(self, mentor: MentorAtSchool) -> str | None:
        changes = DeclarationStateChange.objects.filter(
            declaration__in=Declaration.objects.filter(
                teacher=mentor.teacher, declaration_type="completed", course_identifier="ecf-mentor"
            ),
            to_state__in=["voided", "awaiting_clawback"],
            changed_at__date__lte=self.day,
            changed_at__date__gt=self.day - timedelta(days=90),
        ).select_related("declaration__lead_provider")
        latest = changes.order_by("-changed_at").first()
        if latest is None:
            return None
        by_provider = latest.by.startswith("token ")
        return latest.declaration.lead_provider.name if by_provider else "DfE"


class ECTView(PersonView):
    template_name = "ect.html"
    model = ECTAtSchool

    def chunks(self, school: facts.School) -> list[Chunk]:
        ect = self.person()
        school.is_school_led = self.is_school_led()
        pair = (
            Mentorship.objects.on(self.day)
            .filter(ect_teacher=ect.teacher, school=self.school)
            .select_related("mentor__teacher")
            .first()
        )
        others = MentorAtSchool.objects.filter(
            self.not_over(),
            school=self.school,
            period__overlap=(ect.started_on, ect.finished_on),
        ).exclude(teacher=ect.teacher)
        if pair:
            others = others.exclude(teacher=pair.mentor.teacher)
        ended = ect.teacher.induction_last_day
        in_training = TrainingPeriod.objects.on(self.day).filter(
            ect__isnull=False, teacher=ect.teacher, school=self.school
        )
        return facts.ect(
            school,
            _shown(ect),
            pair and (pair.mentor.public_id, pair.mentor.teacher.name),
            (ect.teacher.induction_started_on, ended if ended and ended < self.day else None),
            can_be_given_a_mentor=others.exists(),
            may_be_undone=self.may_be_undone(ect),
            in_training=in_training.exists(),
            training=self.training(ect, "ect"),
            day=self.day,
        )


class MentorsView(SchoolView):
    template_name = "mentors.html"

    def chunks(self, school: facts.School) -> list[Chunk]:
        people = MentorAtSchool.objects.filter(school=self.school).select_related("teacher")
        people = people.order_by("teacher__searchable_name", "teacher__trn")
        mentors = self.of_each(people)
        pairs: dict[int, list[Mentorship]] = {}
        for pair in (
            Mentorship.objects.on(self.day)
            .filter(school=self.school)
            .select_related("ect__teacher")
            .order_by("ect__teacher__searchable_name", "started_on")
        ):
            pairs.setdefault(pair.mentor_teacher_id, []).append(pair)
        here = [each for each in mentors if not self.is_over(each)]
        mentoring = [each for each in here if each.teacher_id in pairs]
        teachers = [each.teacher_id for each in mentoring]
        completed = {each.teacher_id for each in self.completed().filter(teacher__in=teachers)}
        completed |= {
            each.teacher_id
            for each in RecordedCompletion.objects.filter(
                teacher__in=teachers, kind="early_roll_out"
            )
        }
        return facts.mentors(
            school,
            (len(mentoring), len(here) - len(mentoring), len(mentors) - len(here)),
            [
                (
                    each.public_id,
                    each.teacher.name,
                    each.teacher_id in completed,
                    [
                        (pair.ect.teacher.name, pair.ect.teacher.induction_started_on)
                        for pair in pairs[each.teacher_id]
                    ],
                )
                for each in mentoring[:50]
            ],
        )


class HomeView(SchoolView):
    template_name = "home.html"

    def chunks(self, school: facts.School) -> list[Chunk]:
        tutors = InductionTutor.objects.on(self.day).filter(school=self.school)
        names = {each.user_id: each.shown_name for each in tutors.select_related("user")}
        mentors = MentorAtSchool.objects.filter(self.not_over(), school=self.school)
        ects = self.of_each(
            ECTAtSchool.objects.filter(school=self.school).select_related("teacher")
        )
        mentored = set(
            Mentorship.objects.on(self.day)
            .filter(school=self.school)
            .values_list("ect_teacher", flat=True)
        )
        alone = [
            each
            for each in ects
            if not self.is_over(each)
            and not each.teacher.has_completed_induction(self.day)
            and each.teacher_id not in mentored
        ]
        ordered = SchoolPartnership.objects.select_related(
            "lead_provider", "delivery_partner"
        ).order_by("lead_provider__name", "delivery_partner__name")
        years = (
            self.school.school_years.select_related("cohort")
            .prefetch_related(Prefetch("partnerships", ordered))
            .order_by("-cohort__start_year")
        )
        return facts.home(
            school,
            sorted(names.values(), key=str.casefold),
            (mentors.values("teacher").distinct().count(), len(ects), len(alone)),
            [
                Year(
                    year.cohort.start_year,
                    year.programme,
                    year.appropriate_body,
                    [
                        (each.lead_provider.name, each.delivery_partner.name)
                        for each in year.partnerships.all()
                    ],
                )
                for year in years
            ],
            self.day,
        )


def _shown(there: AtSchool) -> Person:
    teacher = there.teacher
    return Person(
        teacher.name,
        teacher.trn,
        teacher.date_of_birth,
        there.email,
        there.public_id,
        there.finished_on,
        there.last_day,
    )


def _named(period: TrainingPeriod) -> NamesAndEmail:
    provider = period.lead_provider
    return provider.name, period.partnership.delivery_partner.name, provider.email
