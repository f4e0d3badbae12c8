"""The table of valid codes, one for each browser: at once, by several workers, over time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import SignInCode
from accounts.signing_in import codes
from accounts.signing_in.codes import CodeOutcome

EMAIL, BROWSER = "tutor@school.example", "the browser of the tutor"
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(do, times: int) -> list:
    """Call `do` with 0, 1, 2 ... in as many threads, each with its own connection."""

    def call(number: int):
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(call, range(times)))


def test_no_try_goes_uncounted():
    now = timezone.now()
    codes.save_code(EMAIL, BROWSER, "123456", now)
    answers = at_once(lambda _: codes.try_code(EMAIL, BROWSER, "000000", now), 8)
    assert answers.count(CodeOutcome.WRONG) == 4
    assert answers.count(CodeOutcome.OVER) == 4
    assert codes.try_code(EMAIL, BROWSER, "123456", now) == CodeOutcome.OVER


def test_the_right_code_lets_in_once():
    now = timezone.now()
    codes.save_code(EMAIL, BROWSER, "123456", now)
    answers = at_once(lambda _: codes.try_code(EMAIL, BROWSER, "123456", now), 6)
    assert sorted(answer.value for answer in answers) == ["over"] * 5 + ["right"]


def test_of_codes_asked_for_at_once_in_one_browser_one_is_valid():
    now = timezone.now()
    at_once(lambda number: codes.save_code(EMAIL, BROWSER, f"00000{number}", now), 6)
    assert SignInCode.objects.count() == 1


@pytest.mark.parametrize(("seconds", "answer"), [(599, CodeOutcome.RIGHT), (600, CodeOutcome.OVER)])
def test_a_code_is_valid_for_ten_minutes_whatever_the_browser_remembers(seconds, answer):
    now = timezone.now()
    codes.save_code(EMAIL, BROWSER, "123456", now)
    assert codes.try_code(EMAIL, BROWSER, "123456", now + timedelta(seconds=seconds)) == answer


def test_codes_of_yesterday_are_forgotten():
    now = timezone.now()
    codes.save_code("yesterday@school.example", BROWSER, "123456", now - timedelta(hours=25))
    codes.save_code("today@school.example", BROWSER, "123456", now - timedelta(hours=23))
    codes.save_code(EMAIL, BROWSER, "123456", now)
    assert SignInCode.objects.count() == 2


def test_neither_address_nor_code_is_kept_in_the_clear():
    codes.save_code(EMAIL, BROWSER, "123456", timezone.now())
    kept = str(SignInCode.objects.values().get())
    assert "tutor" not in kept
    assert "123456" not in kept


def test_each_browser_has_a_code_and_tries_of_its_own():
    now = timezone.now()
    codes.save_code(EMAIL, BROWSER, "123456", now)
    codes.save_code(EMAIL, "another", "654321", now)
    for _ in range(5):
        codes.try_code(EMAIL, "another", "000000", now)
    assert codes.try_code(EMAIL, "another", "123456", now) == CodeOutcome.OVER
    assert codes.try_code("other@school.example", BROWSER, "123456", now) == CodeOutcome.OVER
    assert codes.try_code(EMAIL, BROWSER, "654321", now) == CodeOutcome.WRONG
    assert codes.try_code(EMAIL, BROWSER, "123456", now) == CodeOutcome.RIGHT
