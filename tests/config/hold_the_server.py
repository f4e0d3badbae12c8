"""A program for the tests: uses the embedded server of the state folder until its input ends."""

import signal
import sys
from pathlib import Path

from config import embedded_postgres

if __name__ == "__main__":
    # Of tests that run in the background it would inherit that Ctrl-C is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    embedded_postgres.ensure(Path(sys.argv[1]))
    print("up", flush=True)
    sys.stdin.read()
