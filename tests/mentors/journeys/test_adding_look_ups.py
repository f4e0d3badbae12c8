"""Looking teachers up tells nothing of those whose date of birth is not known, and is limited."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentors.journeys.adding.answers import Adding
from mentors.journeys.adding.journey import ADD_MENTOR
from mentors.journeys.adding.questions import DateOfBirthForm, TRNForm
from mentors.journeys.drafts import Draft
from schools.models import School
from tests.builders import make_school, make_teacher, make_tutor
from tests.mentors.journeys.adding_helpers import JANE, Adder, day
from tests.mentors.reading import sign_in

pytestmark = pytest.mark.django_db

TOO_MANY = (
    "You have tried too many TRNs and dates of birth. Try again tomorrow, or contact us at"
    " manage-teacher-training@education.gov.uk"
)


@pytest.fixture(autouse=True)
def at_nine(time_machine):
    time_machine.move_to("2026-01-15 09:00", tick=False)


@pytest.fixture
def school() -> School:
    return make_school()


def a_tutor_of(school: School, section: str = "mentors") -> Adder:
    """A fresh browser of another tutor of the school."""
    client = Client()
    sign_in(client, make_tutor(school))
    return Adder(client, school, section)


def birthdays() -> Iterator[date]:
    return (JANE["born"] + timedelta(days) for days in range(1, 100))


def trns() -> Iterator[str]:
    return (f"{number:07}" for number in range(1, 100))


def test_a_trn_can_be_tried_with_ten_dates_of_birth_a_day_by_all_together(school, time_machine):
    make_teacher("Jane Thomas", JANE["trn"], date_of_birth=JANE["born"])
    one, other = a_tutor_of(school), a_tutor_of(make_school())
    for born, tutor in zip(birthdays(), [one, other] * 5, strict=False):
        assert tutor.look_up(JANE["trn"], born).at == "not-found"
    for tutor in (one, other):
        assert tutor.look_up().errors() == [TOO_MANY]
        assert "Jane" not in tutor.text()
        assert tutor.look_up("7654321").at == "not-found"
    time_machine.move_to("2026-01-16 09:00:01", tick=False)
    assert a_tutor_of(school).look_up().at == "teacher"


def test_a_tutor_can_look_up_twenty_an_hour_and_the_same_one_again(school, time_machine):
    tutor = a_tutor_of(school)
    *most, last, one_more = [trn for trn, _ in zip(trns(), range(21), strict=False)]
    for trn in [*most, last]:
        assert tutor.look_up(trn).at == "not-found"
    assert tutor.look_up(last).at == "not-found"
    assert tutor.look_up(one_more).errors() == [TOO_MANY]
    time_machine.move_to("2026-01-15 10:00:01", tick=False)
    sign_in(tutor.client, school.induction_tutors.get().user)  # it idled too long
    assert tutor.look_up(one_more).at == "not-found"


def test_a_school_can_look_up_so_many_an_hour_in_both_roles(school, settings):
    assert settings.ACCOUNT_RATE_LIMITS["find_teacher"] == "20/h/user,60/d/user,40/h/key,120/d/key"
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"find_teacher": "4/h/key"}
    tutors = [a_tutor_of(school), a_tutor_of(school, "ects")] * 2
    for trn, tutor in zip(trns(), tutors, strict=False):
        assert tutor.look_up(trn).at == "not-found"
    assert a_tutor_of(school).look_up("7654321").errors() == [TOO_MANY]
    assert a_tutor_of(make_school()).look_up("7654321").at == "not-found"


def test_no_date_of_birth_is_looked_up_that_was_not_counted(school):
    """The TRN is changed after a date of birth is given: that date goes with the TRN."""
    make_teacher("Jane Thomas", JANE["trn"], date_of_birth=JANE["born"])
    tutor = a_tutor_of(school).look_up("7654321", JANE["born"])
    tutor.send("trn", trn=JANE["trn"])
    for page in ("teacher", "name", "email", "check"):
        assert tutor.open(page).at == "date-of-birth"
        assert "Jane" not in tutor.text()


def test_no_trn_or_date_of_birth_is_kept_again_beside_another_window_s(school):
    """Each form is judged by the answers read first, and keeps what it says after the other's."""
    tutor = a_tutor_of(school).look_up("7654321", JANE["born"])
    request = RequestFactory().post("/", {"trn": "7654321"} | day("date_of_birth", JANE["born"]))
    draft = Draft(school.induction_tutors.get().user, school, "add-mentor")
    answers = draft.read(timezone.now()).answers
    progress = Adding(ADD_MENTOR, request, school, draft, "trn", answers, timezone.localdate())
    forms = [TRNForm(progress, request.POST), DateOfBirthForm(progress, request.POST)]
    for trn, form in zip(["1111111", "2222222"], forms, strict=True):
        tutor.look_up(trn, date(1970, 1, 1))
        assert form.is_valid()
        assert not form.begins_anew
        kept = draft.remember(timezone.now(), form.cleaned_data)
        assert (kept["trn"], kept["date_of_birth"]) == (trn, date(1970, 1, 1))


def seen(tutor: Adder, trn: str) -> tuple[list[str], list[str]]:
    """What the pages say, and what is asked of the database, but for the TRN and the values."""
    said, asked = [], []
    with CaptureQueriesContext(connection) as captured:
        tutor.answer(name="Jane Thomas", trn=trn)
        for page in ("trn", "date-of-birth", "not-found", "name", "email", "start-date", "check"):
            response = tutor.client.get(tutor.address(page))
            said.append(
                re.sub(r'nonce="[^"]*"|value="\w{64}[^"]*"|example, \d+ \d+ \d+', "", response.text)
            )
    asked = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in captured]
    return [text.replace(trn, "TRN") for text in said], asked


def test_a_trn_with_another_date_of_birth_is_the_same_as_nobodys_in_words_and_work(school):
    make_teacher("Somebody Else", "1111111", date_of_birth=date(1970, 1, 1))
    tutor = a_tutor_of(school)
    seen(tutor, "3333333")  # from now on the school and the tutor are counted, and know their page
    somebodys = seen(tutor, "1111111")
    assert somebodys == seen(tutor, "2222222")
    assert "Somebody Else" not in "".join(somebodys[0])
    assert len(somebodys[1]) > 20
