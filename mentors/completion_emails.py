"""Emails induction tutors what became of their mentors' training, once each working day.

A tutor gets one email for each school, of the completions and completions taken back that were
noticed since the last one and still hold. The notices are written with what they are about
(declarations/completing.py). A tutor can switch the emails off at a school.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from core.email_queue import send_later
from core.periods import LONDON
from core.working_days import is_working_day
from declarations.models import CompletionNotice
from mentors.emails import MentorNews, mentor_training_news
from mentors.people.explanation import what_mentor_training_is
from mentors.people.finding import current_row
from mentors.people.trained_by import training_of_many
from mentors.people.training_words import words_of_training
from mentors.status.facts import training_facts_of_many
from mentors.status.policies import policy_in_force
from mentors.status.training_status import TrainingStatus, Why, training_status
from schools.models import InductionTutor, MentorAtSchool, School

SEND_AT = time(8)  # in London


def gets_emails(user: User, school: School) -> bool:
    """Whether this tutor gets the emails about the mentors of this school."""
    off = InductionTutor.objects.filter(user=user, school=school, emails_about_training=False)
    return not off.exists()


def switch_emails(user: User, school: School, *, on: bool) -> None:
    """Switch these emails on or off, also for a later appointment of the tutor at this school."""
    InductionTutor.objects.filter(user=user, school=school).update(emails_about_training=on)


def email_completions(now: datetime) -> int:
    """Email what was noticed before 8:00 in London today; return how many emails are on their way.

    None before that time, nor on a day that is not a working day, nor a second time on a day.
    """
    local = now.astimezone(LONDON)
    today = local.date()
    begins = datetime.combine(today, SEND_AT, LONDON)
    if now < begins or not is_working_day(today):
        return 0
    untold = CompletionNotice.objects.filter(told_at=None, noticed_at__lt=begins)
    with transaction.atomic():
        # A second run waits here for the first, and then finds nothing that is untold.
        notices = list(untold.select_for_update().order_by("pk"))
        if not notices or CompletionNotice.objects.filter(told_at__gte=begins).exists():
            return 0
        sent = _email(_changed(notices, today), today)
        CompletionNotice.objects.filter(pk__in=[each.pk for each in notices]).update(told_at=now)
    return sent


def _changed(notices: Iterable[CompletionNotice], day: date) -> dict[int, TrainingStatus]:
    """The statuses, by teacher id, of the mentors with a notice that still says something new."""
    notices = list(notices)
    policy = policy_in_force(day)
    facts = training_facts_of_many({notice.teacher_id for notice in notices})
    statuses = {teacher: training_status(known, policy, day) for teacher, known in facts.items()}
    made = {each.declaration_id for each in notices if each.kind == CompletionNotice.Kind.COMPLETED}
    return {
        notice.teacher_id: statuses[notice.teacher_id]
        for notice in notices
        if _holds(notice, statuses[notice.teacher_id], made)
    }


def _holds(notice: CompletionNotice, status: TrainingStatus, made: set) -> bool:
    """Whether the mentor's page still says what this notice says, and did not before.

    `made` are the completions that schools have not been told of yet: one that was also taken back
    is no news.
    """
    if notice.kind == CompletionNotice.Kind.TAKEN_BACK:
        return status.why is Why.TAKEN_BACK and notice.declaration_id not in made
    completion = status.evidence.completion
    proof = completion.declaration if completion else None
    return proof is not None and proof.declaration_id == notice.declaration_id


def _email(statuses: Mapping[int, TrainingStatus], day: date) -> int:
    """Email the tutors of each school where these teachers are, or are to be, mentors."""
    mentors = MentorAtSchool.objects.not_over(day).filter(teacher__in=statuses)
    rows: dict[School, dict[int, list[MentorAtSchool]]] = defaultdict(lambda: defaultdict(list))
    for mentor in mentors.select_related("teacher", "school").order_by("teacher__searchable_name"):
        rows[mentor.school][mentor.teacher_id].append(mentor)
    opening, sent = what_mentor_training_is().opening, 0
    for school, of_each in rows.items():
        tutors = _tutors_to_email(school, day)
        if not tutors:
            continue
        news = _news([current_row(times, day) for times in of_each.values()], statuses, day)
        switch = f"{settings.SERVICE_URL}{reverse('tutors', args=[school.urn])}#emails"
        email = mentor_training_news(school.name, news, opening, switch)
        for tutor in tutors:
            send_later(tutor.email, email, user_id=tutor.pk)
        sent += len(tutors)
    return sent


def _news(
    mentors: Sequence[MentorAtSchool], statuses: Mapping[int, TrainingStatus], day: date
) -> list[MentorNews]:
    training = training_of_many(mentors, day, statuses)
    return [
        MentorNews(
            mentor.teacher.name,
            has_completed=statuses[mentor.teacher_id].evidence.completion is not None,
            why=words_of_training(training[mentor.teacher_id], statuses[mentor.teacher_id]).why,
            page=settings.SERVICE_URL
            + reverse("mentor", args=[mentor.school.urn, mentor.public_id]),
        )
        for mentor in mentors
    ]


def _tutors_to_email(school: School, day: date) -> list[User]:
    """The school's induction tutors on this day who can sign in and get these emails."""
    here = InductionTutor.objects.filter(school=school)
    tutors = User.objects.filter(pk__in=here.on(day).values("user"), is_active=True, is_staff=False)
    off = here.filter(emails_about_training=False).values("user")
    return list(tutors.exclude(pk__in=off).order_by("pk"))
