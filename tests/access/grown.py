"""A service with so many of everything, about one school, one person and one provider."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.contrib.auth.models import Group

from accounts.models import DfESignInIdentity, SignInCode, User
from core.models import EmailState, Look, OutgoingEmail
from declarations.models import LeadProvider, RecordedCompletion
from declarations.state_moves import plan_ids
from declarations.states import State
from declarations.tokens import make_token
from mentors.models import DraftAnswers, Leaving, StatusPolicy
from schools.models import ECTAtSchool, StaffNote, TeacherMerge
from tests import builders
from tests.declarations.trained import bring_to, declare, make_trained

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
START = date(2022, 9, 1)


class Grown:
    """What the pages are about, which `grow` adds rows to.

    The mentor mentors, and can be assigned, more and more ECTs; the ECT had more and more mentors
    and can be given others; the teacher was at more and more schools.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.school = builders.make_school()
        self.tutor = builders.make_tutor(self.school)
        self.colleague = builders.make_tutor(self.school, name="Colin League")
        self.mentor = builders.make_mentor(name="Mo Entor", school=self.school, started_on=START)
        self.ect = builders.make_ect(name="Elle Seaty", school=self.school, started_on=START)
        self.teacher = self.mentor.teacher
        self.leavers = [
            make(name=f"Leah Ver {make.__name__}", school=self.school, started_on=START)
            for make in (builders.make_mentor, builders.make_ect)
        ]
        self.training = make_trained(mentor=self.mentor, started_on=START)
        self.declaration = declare(self.training)
        self.mentorship = builders.make_mentorship(self.mentor, self._ect("First"))

    def grow(self, rows: int) -> None:
        """Have so many of everything."""
        for number in range(self.rows, rows):
            self._people(number)
            self._elsewhere(number)
            self._kept_by_staff(number)
        self.rows = rows

    def _ect(self, name: str) -> ECTAtSchool:
        return builders.make_ect(name=name, school=self.school, started_on=START)

    def _people(self, number: int) -> None:
        mentored = self._ect(f"Ect {number:02}")
        builders.make_mentorship(self.mentor, mentored, started_on=START)
        builders.make_training_period(mentored)
        self._ect(f"Alone {number:02}")
        done = builders.make_ect(
            name=f"Done {number:02}", school=self.school, induction_finished_on=date(2024, 9, 1)
        )
        builders.make_mentorship(self.mentor, done, started_on=START, finished_on=date(2024, 9, 1))
        other = builders.make_mentor(name=f"Mentor {number:02}", school=self.school)
        day = START + timedelta(days=10 * number)
        builders.make_mentorship(
            other, self.ect, started_on=day, finished_on=day + timedelta(days=10)
        )
        for leaver in self.leavers:
            pair = (leaver, self._ect("X")) if leaver is self.leavers[0] else (other, leaver)
            begun = {} if leaver is self.leavers[0] else {"started_on": day}
            end = {} if leaver is self.leavers[0] else {"finished_on": day + timedelta(days=10)}
            builders.make_mentorship(*pair, **begun, **end)
        declare(make_trained(mentor=other))
        builders.make_tutor(self.school, name=f"Tutor {number:02}")

    def _elsewhere(self, number: int) -> None:
        school = builders.make_school(f"School {number:02}")
        there = builders.make_mentor(self.teacher, school)
        builders.make_ect(
            self.teacher,
            school,
            started_on=date(2010, 1, 1) + timedelta(days=10 * number),
            finished_on=date(2010, 1, 10) + timedelta(days=10 * number),
        )
        training = make_trained(2021, mentor=there)
        builders.make_tutor(school, self.tutor.email)
        # One of a type counts: the ones before it are voided.
        claim = declare(training, "retained-1")
        bring_to(claim, State.VOIDED)

    def _kept_by_staff(self, number: int) -> None:
        name = f"Number {number:02}"
        LeadProvider.objects.create(name=name)
        builders.make_partnership(self.school, 2023, name, name)
        builders.make_cohort(2030 + number)
        make_token(self.training.lead_provider, by="test", now=NOW)
        declare(make_trained(2022), "completed")
        user = User.objects.create_user(f"staff{number}@education.example", name, is_staff=True)
        Group.objects.create(name=name)
        DfESignInIdentity.objects.create(user=user, issuer="https://dfe.example", subject=name)
        SignInCode.objects.create(browser=name, digest="", issued_at=NOW)
        OutgoingEmail.objects.create(
            kind="sign-in code",
            state=EmailState.SENT,
            queued_at=NOW,
            send_before=NOW,
            next_try_at=NOW,
            finished_at=NOW,
        )
        mentor = builders.make_mentor(school=builders.make_school(), finished_on=date(2030, 1, 1))
        Leaving.objects.create(mentor=mentor, finished_on=mentor.finished_on, told_at=NOW)
        DraftAnswers.objects.create(
            user=user, school=self.school, name="assign", answers={}, touched_at=NOW
        )
        StatusPolicy.objects.create(
            in_force_from=START + timedelta(days=number), policy="three_statuses"
        )
        RecordedCompletion.objects.create(
            teacher=builders.make_teacher(name), kind="early_roll_out"
        )
        claims = [self.declaration.pk]
        plan_ids(claims, State.ELIGIBLE, by="user 1", why="statement", now=NOW)
        at = {"day": START, "page": "mentor", "request": name}
        Look.objects.create(user_id=user.pk, teacher_id=self.teacher.pk, **at)
        token = self.training.lead_provider.api_tokens.latest("pk").pk
        ids = [self.teacher.participant_id]
        Look.objects.create(token_id=token, participant_ids=ids, **at)
        for about in ({"teacher": self.teacher}, {"school": self.school}):
            StaffNote.objects.create(**about, text=name, by=f"user {user.pk}", written_at=NOW)
        TeacherMerge.objects.create(
            teacher=self.teacher,
            former_id=1_000_000 + number,
            participant_id=uuid4(),
            into_participant_id=self.teacher.participant_id,
            mentor_training_record_id=uuid4(),
            trn=f"{9_000_000 + number}",
            name=name,
            date_of_birth=self.teacher.date_of_birth,
            merged_at=NOW,
            by="user 1",
            rows=[],
        )
