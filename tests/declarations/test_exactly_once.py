"""One declaration, however many send it at once."""

import pytest

from tests.declarations.at_once import ROUNDS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("play", ROUNDS)
def test_of_sixteen_at_once_one_stands(play, server):
    play(server)
