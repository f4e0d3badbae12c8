"""Sends 16 declarations at the same moment, round after round, and checks that one stands.

Run: `.venv/bin/python -m benchmarks.declarations_at_once [rounds]`: 200 rounds each of the same
claim 16 times, of two that differ, and of two providers, against four processes of the service on
a test database of their own. It ends at the first round in which two stand, or an answer is wrong.
"""

import sys
import time

from benchmarks.ground import migrated_database, own_database


def main(rounds: int) -> None:
    """Play the rounds."""
    from tests.declarations.at_once import ROUNDS  # Django has to be set up before models are there
    from tests.declarations.server import serving

    with serving() as server:
        for play in ROUNDS:
            started = time.perf_counter()
            for _ in range(rounds):
                play(server)
            each = (time.perf_counter() - started) / rounds * 1000
            print(f"{rounds} rounds, {each:.0f} ms each, one stood each time: {play.__doc__}")


if __name__ == "__main__":
    with migrated_database() as template, own_database(template):
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
