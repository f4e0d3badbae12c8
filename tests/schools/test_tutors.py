"""Who can be named as induction tutor, what they are told, and when an appointment ends."""

from datetime import date
from functools import partial

import pytest
from django.core import mail

from accounts.models import User
from core.refusals import RefusedChange
from schools.access import schools_of
from schools.models import InductionTutor, School
from schools.tutors import end_appointment, invite_tutor, is_last_tutor, nominate, tutors_at
from tests.accounts.signing_in import make_staff
from tests.at_once import refused_at_once
from tests.builders import make_school, make_tutor
from tests.core.worker import run_waiting_jobs

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 15)
NEW = "new.tutor@school.example"


@pytest.fixture
def school() -> School:
    return make_school("All Saints")


@pytest.fixture
def tutor(school: School) -> User:
    return make_tutor(school, "tutor@school.example")


def name(school: School, by: User, email: str = NEW) -> InductionTutor:
    return nominate(school, email, "Nell Named", by=by, day=DAY)


def test_somebody_new_gets_a_user_without_a_password_and_sees_the_school_from_today(school, tutor):
    made = name(school, tutor, " New.Tutor@School.Example ")
    assert (made.user.email, made.user.name, made.started_on) == (NEW, "Nell Named", DAY)
    assert not made.user.has_usable_password()
    assert not made.user.is_staff
    assert list(schools_of(made.user, DAY)) == [school]


def test_somebody_known_is_taken_as_they_are_and_keeps_their_name_and_schools(school, tutor):
    other = make_school("Zion")
    known = make_tutor(other, NEW, name="Eleanor Named")
    made = name(school, tutor)
    known.refresh_from_db()
    assert (made.user, known.name, made.shown_name) == (known, "Eleanor Named", "Nell Named")
    assert list(schools_of(known, DAY)) == [school, other]


def appointed(school: School, **fields) -> None:
    make_tutor(school, NEW, **fields)


def through_dfe_sign_in(school: School) -> None:
    make_tutor(school, NEW, finished_on=date(2025, 1, 1))
    InductionTutor.objects.create(
        user=User.objects.get(email=NEW), school=school, started_on=DAY, source="dfe_sign_in"
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (appointed, "This person is already an induction tutor of this school"),
        (through_dfe_sign_in, "This person is already an induction tutor of this school"),
        (
            lambda school: appointed(school, started_on=date(2026, 2, 1)),
            "This person is already an induction tutor of this school",
        ),
        (
            lambda school: appointed(school, finished_on=date(2026, 1, 16)),
            "This person is an induction tutor of this school until their last day. You can name"
            " them again after it",
        ),
        (
            lambda school: School.objects.filter(pk=school.pk).update(status=2),
            "All Saints is closed. No induction tutor can be named for it",
        ),
    ],
    ids=["is one", "through DfE Sign-in", "will be one", "leaves today", "closed"],
)
@pytest.mark.parametrize("by_staff", [True, False])
def test_what_everybody_hears(school, tutor, given, words, by_staff):
    given(school)
    before = InductionTutor.objects.count()
    with pytest.raises(RefusedChange) as refused:
        name(school, make_staff() if by_staff else tutor)
    assert str(refused.value) == words
    assert InductionTutor.objects.count() == before


@pytest.mark.parametrize(
    "given",
    [
        lambda school: appointed(school, finished_on=DAY),
        lambda school: appointed(make_school()),
        lambda school: School.objects.filter(pk=school.pk).update(status=3),
    ],
    ids=["left yesterday", "tutor elsewhere", "proposed to close"],
)
def test_what_is_in_nobodys_way(school, tutor, given):
    given(school)
    assert school in schools_of(name(school, tutor).user, DAY)


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        ({"is_staff": True}, "email address of a member of DfE staff"),
        ({"is_active": False}, "account is not active"),
    ],
    ids=["staff", "not active"],
)
def test_only_staff_hear_whose_an_address_is(school, tutor, owner, words):
    User.objects.create_user(NEW, "Secret Name", **owner)
    with pytest.raises(RefusedChange, match=words):
        name(school, make_staff())
    made = name(school, tutor)
    assert made.shown_name == "Nell Named"
    assert [one.shown_name for one in tutors_at(school, DAY)] == ["Nell Named", "Sarah Philips"]


def test_a_member_of_staff_named_by_a_tutor_sees_no_school(school, tutor):
    make_staff(NEW)
    assert not schools_of(name(school, tutor).user, DAY)


def test_the_email_says_for_whom_which_school_and_how_to_sign_in(school, tutor, settings):
    make_tutor(make_school(), NEW, name="Secret Name")
    name(school, tutor)
    assert not mail.outbox
    run_waiting_jobs()
    (sent,) = mail.outbox
    assert sent.to == [NEW]
    assert sent.subject.startswith("You have been named as an induction tutor - ")
    assert "This email is for Nell Named." in sent.body
    assert "an induction tutor of All Saints." in sent.body
    assert f"{settings.SERVICE_URL}/sign-in\n" in sent.body
    assert "Secret Name" not in sent.body


@pytest.mark.parametrize("owner", [{"is_staff": True}, {"is_active": False}])
def test_who_cannot_sign_in_as_a_tutor_is_told_so(school, tutor, owner):
    User.objects.create_user(NEW, "Secret Name", **owner)
    name(school, tutor)
    run_waiting_jobs()
    (sent,) = mail.outbox
    assert "you cannot sign in as an induction tutor" in sent.body
    assert "/sign-in" not in sent.body


def test_an_email_that_does_not_go_out_leaves_the_nomination_and_no_address_in_the_log(
    school, tutor, settings, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    name(school, tutor)
    run_waiting_jobs()
    assert schools_of(User.objects.get(email=NEW), DAY)
    assert "(named as a tutor) did not go out: ConnectionRefusedError" in caplog.text
    assert NEW not in caplog.text


def test_an_invitation_is_sent_again(school, tutor):
    invite_tutor(name(school, tutor))
    run_waiting_jobs()
    assert [sent.to for sent in mail.outbox] == [[NEW], [NEW]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_school", [True, False])
def test_two_at_the_same_moment(same_school):
    """At one school one stands, and one is told so; at two schools both do, for one user."""
    first, second = make_school("One"), make_school("Two")
    by = make_tutor(first, "tutor@school.example")
    schools = (first, first if same_school else second)
    refused = sorted(refused_at_once(*[partial(name, school, by) for school in schools]))
    told = "This person is already an induction tutor of this school"
    assert refused == ["", told if same_school else ""]
    appointments = InductionTutor.objects.filter(user__email=NEW)
    assert appointments.count() == (1 if same_school else 2)
    assert User.objects.filter(email=NEW).count() == 1


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2026, 1, 14), "Last day must be on or after 15 January 2026, today"),
        (DAY, ""),
        (date(2027, 1, 15), ""),
        (date(2027, 1, 16), "Last day must be on or before 15 January 2027"),
        (date.max, "Last day must be on or before 15 January 2027"),
    ],
)
def test_which_last_days_can_be(school, tutor, last_day, words):
    appointment = InductionTutor.objects.get(user=tutor)
    said = ""
    try:
        end_appointment(appointment, last_day, day=DAY)
    except RefusedChange as error:
        said = str(error)
    appointment.refresh_from_db()
    assert (said, appointment.last_day) == (words, None if words else last_day)


def test_access_ends_with_the_last_day_which_can_be_changed_until_then(school, tutor):
    appointment = InductionTutor.objects.get(user=tutor)
    end_appointment(appointment, date(2026, 1, 20), day=DAY)
    end_appointment(appointment, DAY, day=DAY)
    assert schools_of(tutor, DAY)
    assert not schools_of(tutor, date(2026, 1, 16))
    with pytest.raises(RefusedChange, match="no longer an induction tutor"):
        end_appointment(appointment, date(2026, 1, 16), day=date(2026, 1, 16))


def test_an_appointment_of_dfe_sign_in_ends_there(school, tutor):
    InductionTutor.objects.update(source="dfe_sign_in")
    with pytest.raises(RefusedChange, match="through DfE Sign-in"):
        end_appointment(InductionTutor.objects.get(), DAY, day=DAY)


def test_a_last_day_that_meets_another_appointment_is_refused_in_words(school, tutor):
    appointment = InductionTutor.objects.get(user=tutor)
    end_appointment(appointment, date(2026, 1, 20), day=DAY)
    make_tutor(school, tutor.email, started_on=date(2026, 2, 1))
    words = "This person is an induction tutor at this school then"
    with pytest.raises(RefusedChange, match=words):
        end_appointment(appointment, date(2026, 3, 1), day=DAY)


@pytest.mark.parametrize(
    ("other", "nobody"),
    [
        (None, True),
        ({}, False),
        ({"finished_on": date(2026, 3, 1)}, True),
        ({"started_on": date(2026, 1, 16)}, True),
    ],
    ids=["alone", "another", "another who leaves", "one to come"],
)
def test_whether_anybody_stays(school, tutor, other, nobody):
    make_tutor(make_school())
    if other is not None:
        make_tutor(school, **other)
    assert is_last_tutor(InductionTutor.objects.get(user=tutor), DAY) is nobody
