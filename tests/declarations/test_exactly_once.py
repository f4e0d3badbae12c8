"""One declaration, however many send it at once."""

import pytest

from tests.declarations.at_once import ROUNDS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("play", ROUNDS)
def test_of_sixteen_at_once_one_stands(play, server):
    play(server)


@pytest.mark.proof
@pytest.mark.parametrize("play", ROUNDS)
def test_of_sixteen_at_once_one_stands_each_time(play, server):
    for _ in range(20):
        play(server)
