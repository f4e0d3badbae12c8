"""Moves the clock of each Python process by the hours that a file says, as they change.

Python imports this at its start where PYTHONPATH has this folder. How long something takes is not
moved, as no correction of a machine's clock moves it.
"""

import datetime
import os
import threading
import time
from pathlib import Path

import time_machine

_FILE = Path(os.environ["MOVED_CLOCK"])
_clock = time_machine.travel(datetime.datetime.now(datetime.UTC), tick=True).start()
_moved_by = 0


def _follow() -> None:
    global _moved_by
    while True:
        wanted = int(_FILE.read_text() or _moved_by)
        _clock.shift(datetime.timedelta(hours=wanted - _moved_by))
        _moved_by = wanted
        time.sleep(0.05)


def _start() -> None:
    threading.Thread(target=_follow, daemon=True).start()


_start()
os.register_at_fork(after_in_child=_start)
