"""A program for the tests: uses the embedded server of the state folder until its input ends."""

import sys
from pathlib import Path

from config import embedded_postgres

if __name__ == "__main__":
    embedded_postgres.ensure(Path(sys.argv[1]))
    print("up", flush=True)
    sys.stdin.read()
