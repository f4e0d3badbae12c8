"""Adding a mentor or an ECT: what is made, what is refused, and who hears of it."""

from datetime import date
from email import message_from_bytes, policy

import pytest

from core.models import OutgoingEmail
from core.refusals import RefusedChange
from schools.adding import NewTeacher, RefusedDetailsError, add_ect, add_mentor
from schools.models import ECTAtSchool, MentorAtSchool, Teacher
from tests.builders import make_ect, make_mentor, make_school, make_teacher, make_tutor
from tests.core.smtp_sink import smtp_sink
from tests.core.worker import run_waiting_jobs

DAY = date(2026, 1, 15)
BORN = date(1990, 5, 17)
RAY = NewTeacher("0123456", BORN, "Ray Kirby")
GIVEN = {"email": "Ray@School.example", "started_on": date(2026, 1, 5), "day": DAY}


@pytest.mark.django_db
def test_somebody_new_is_made_with_their_time_at_the_school():
    school = make_school()
    added = add_mentor(school, RAY, **GIVEN)
    teacher = Teacher.objects.get()
    assert (teacher.trn, teacher.date_of_birth, teacher.name) == ("0123456", BORN, "Ray Kirby")
    assert (added.teacher, added.school, added.email) == (teacher, school, "ray@school.example")
    assert (added.started_on, added.finished_on) == (date(2026, 1, 5), None)


@pytest.mark.django_db
def test_an_ect_needs_a_start_of_induction_unless_it_is_known():
    with pytest.raises(RefusedChange, match="Enter the induction start date"):
        add_ect(make_school(), RAY, induction_started_on=None, **GIVEN)
    assert not Teacher.objects.exists()
    before = make_ect(started_on=date(2024, 9, 1), finished_on=date(2025, 9, 1))
    added = add_ect(make_school(), before.teacher, induction_started_on=date(2025, 9, 1), **GIVEN)
    assert added.teacher.induction_started_on == date(2024, 9, 1)


@pytest.mark.django_db
def test_who_left_comes_back_for_a_new_time():
    before = make_mentor(started_on=date(2021, 9, 1), finished_on=date(2024, 9, 1))
    again = add_mentor(before.school, before.teacher, **GIVEN)
    assert again.pk != before.pk
    assert before.teacher.mentoratschools.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lay", "changed", "why"),
    [
        (lambda teacher, school: make_mentor(teacher, school), {}, "is already a mentor at"),
        (lambda teacher, school: make_ect(teacher), {}, "has not completed induction"),
        (lambda *_: make_mentor(email="ray@school.example"), {}, "Another person has this email"),
        (lambda *_: None, {"started_on": date(2001, 1, 1)}, "Start date must be"),
    ],
)
def test_what_is_refused_changes_nothing(lay, changed, why):
    teacher, school = make_teacher(), make_school()
    lay(teacher, school)
    before = MentorAtSchool.objects.count()
    with pytest.raises(RefusedChange, match=why):
        add_mentor(school, teacher, **GIVEN | changed)
    assert MentorAtSchool.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("held", "refusal"),
    [
        (date(1990, 5, 18), RefusedDetailsError),
        (BORN, RefusedChange),  # found by now: it has to be seen who it is
    ],
)
def test_a_trn_that_is_somebodys_makes_nobody_new(held, refusal):
    known = make_teacher("Rachel Kirby", RAY.trn, date_of_birth=held)
    with pytest.raises(refusal) as raised:
        add_mentor(make_school(), RAY, **GIVEN)
    assert ("Rachel" in str(raised.value)) == (held == BORN)
    assert Teacher.objects.get() == known
    assert not MentorAtSchool.objects.exists()


@pytest.mark.django_db
def test_a_teacher_who_is_gone_meanwhile_is_refused():
    teacher = make_teacher()
    Teacher.objects.all().delete()
    with pytest.raises(RefusedChange, match="Their record has just changed"):
        add_mentor(make_school(), teacher, **GIVEN)


@pytest.mark.django_db(transaction=True)
def test_tutors_of_the_other_schools_are_told_by_email():
    jane = make_teacher("Jane Thomas", date_of_birth=date(1989, 11, 13))
    argyle = make_school("Argyle Primary School")
    make_mentor(jane, argyle)
    make_mentor(jane, make_school(), finished_on=date(2025, 1, 1))
    left = make_tutor(argyle, finished_on=date(2025, 1, 1))
    gone = make_tutor(argyle)
    gone.is_active = False
    gone.save()
    # Appointed by mistake, or before they came to the DfE: they are no tutor to the service.
    staff = make_tutor(argyle, "dee@education.example")
    staff.is_staff = True
    staff.save()
    told = {make_tutor(argyle).email for _ in range(2)}
    new = make_school("Plymouth Primary School")
    make_tutor(new)
    with smtp_sink() as sink:
        add_mentor(new, jane, **GIVEN)
        run_waiting_jobs()
    assert {to for recipients, _ in sink.kept for to in recipients} == told
    assert told.isdisjoint({left.email, gone.email, staff.email})
    assert len(sink.kept) == 2
    message = message_from_bytes(sink.kept[0][1], policy=policy.default)
    assert message["subject"].startswith("Jane Thomas is also a mentor at another school")
    text = " ".join(message.get_content().split())
    assert "Plymouth Primary School has added Jane Thomas as a mentor" in text
    assert "Their start date there is 5 January 2026" in text
    assert "Nothing has changed at Argyle Primary School" in text
    assert jane.trn not in text
    assert "1989" not in text


@pytest.mark.django_db(transaction=True)
def test_an_email_that_does_not_go_out_undoes_nothing(settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    elsewhere = make_mentor()
    tutor = make_tutor(elsewhere.school)
    add_mentor(make_school(), elsewhere.teacher, **GIVEN)
    run_waiting_jobs()
    assert elsewhere.teacher.mentoratschools.count() == 2
    assert "(mentor added elsewhere) did not go out" in caplog.text
    assert tutor.email not in caplog.text


@pytest.mark.django_db
def test_nobody_is_told_of_an_ect():
    before = make_ect(finished_on=date(2025, 9, 1))
    make_tutor(before.school)
    add_ect(make_school(), before.teacher, induction_started_on=None, **GIVEN)
    assert not OutgoingEmail.objects.exists()
    assert ECTAtSchool.objects.count() == 2


@pytest.mark.django_db
def test_a_last_day_elsewhere_ends_nothing_there_and_is_kept():
    there = make_mentor(school=make_school("Argyle Primary School"))
    school, last_day = make_school(), date(2026, 7, 21)
    add_mentor(school, there.teacher, **GIVEN, last_days={there.pk: last_day})
    there.refresh_from_db()
    assert there.finished_on is None
    assert (there.reported_finished_on, there.reported_by) == (date(2026, 7, 22), school)


@pytest.mark.django_db
def test_a_last_day_elsewhere_that_is_known_is_not_reported_again():
    there = make_mentor(finished_on=date(2026, 5, 1))
    add_mentor(make_school(), there.teacher, **GIVEN, last_days={there.pk: date(2026, 7, 21)})
    there.refresh_from_db()
    assert (there.finished_on, there.reported_by) == (date(2026, 5, 1), None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("last_day", "why"),
    [
        (date(2021, 8, 31), "Last day at Argyle must be on or after the day they started there"),
        (date(2027, 1, 16), "Last day at Argyle must be on or before 15 January 2027, a year"),
    ],
)
def test_days_that_cannot_be_the_last_one_elsewhere(last_day, why):
    there = make_mentor(school=make_school("Argyle"))
    with pytest.raises(RefusedChange, match=why):
        add_mentor(make_school(), there.teacher, **GIVEN, last_days={there.pk: last_day})
    assert MentorAtSchool.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_tutors_of_a_school_that_the_mentor_is_said_to_leave_are_asked_to_tell_us():
    there = make_mentor(make_teacher("Jane Thomas"), make_school("Argyle Primary School"))
    tutor = make_tutor(there.school)
    new = make_school("Plymouth Primary School")
    with smtp_sink() as sink:
        add_mentor(new, there.teacher, **GIVEN, last_days={there.pk: date(2026, 7, 21)})
        run_waiting_jobs()
    ((recipients, content),) = sink.kept
    assert list(recipients) == [tutor.email]
    message = message_from_bytes(content, policy=policy.default)
    assert message["subject"].startswith("Tell us if Jane Thomas is leaving Argyle Primary School")
    text = " ".join(message.get_content().split())
    assert "their last day at Argyle Primary School is 21 July 2026" in text
    assert "only you can tell us that Jane Thomas is leaving" in text
