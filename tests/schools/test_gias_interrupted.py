"""Imports in processes of their own: on a terminal, stopped, killed, and two at the same time."""

import os
import pty
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction

from config.database import database_url
from schools.management.commands.import_gias import Command
from schools.models import School
from tests.config.processes import GIVE_UP, PROJECT, Process, wait_until
from tests.databases import another_waits, others_waiting
from tests.schools.gias_files import SAMPLE

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def importing(file=SAMPLE, *, stderr=subprocess.PIPE) -> Iterator[Process]:
    """`manage.py import_gias` in a process of its own, on the test's database."""
    # Where a suite runs in the background Ctrl-C is ignored, and children would inherit that.
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
    url = urlsplit(database_url())._replace(path=f"/{connection.settings_dict['NAME']}")
    with Process(
        [sys.executable, PROJECT / "manage.py", "import_gias", file],
        env=os.environ | {"DATABASE_URL": url.geturl()},
        stdout=subprocess.PIPE,
        stderr=stderr,
    ) as process:
        try:
            yield process
        finally:
            signal.signal(signal.SIGINT, heeded)


@contextmanager
def schools_held() -> Iterator[None]:
    """Holds imports up when they have copied their rows and are about to merge them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE schools_school IN ROW EXCLUSIVE MODE")
        yield


def shown_until_closed(terminal: int) -> str:
    shown = b""
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:  # how Linux says that the other end is gone
        pass
    os.close(terminal)
    return shown.decode()


def test_a_refused_file_exits_non_zero(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "import_gias", str(tmp_path / "missing.csv")])
    assert ended.value.code == 1
    assert "The file cannot be read: No such file or directory." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        (signal.SIGINT, 130, b"CommandError: Stopped. Nothing was imported.\n"),
        pytest.param(signal.SIGKILL, -signal.SIGKILL, b"", marks=pytest.mark.proof),
    ],
)
def test_an_import_that_is_stopped_before_its_end_leaves_nothing(how, code, said):
    with importing() as process, schools_held():
        wait_until(another_waits, "the import had copied its rows")
        process.send_signal(how)
        _, errors = process.communicate(timeout=GIVE_UP)
        # Above it may stand the audit log's line that the command failed.
        assert (errors.splitlines(keepends=True)[-1:] or [b""], process.returncode) == (
            [said],
            code,
        )
    assert not School.objects.exists()


def test_two_at_the_same_time_create_each_school_once_and_one_on_a_terminal_has_a_progress_bar():
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    with importing(stderr=theirs) as one, importing() as other:
        os.close(theirs)
        with schools_held():
            wait_until(lambda: others_waiting() == 2, "both had copied their rows")
        assert "gias_sample.csv: 100%" in shown_until_closed(ours)
        ended = [process.communicate(timeout=GIVE_UP)[0] for process in (one, other)]
        said = sorted(each.split(b": ", 1)[1] for each in ended)
        assert (one.returncode, other.returncode) == (0, 0)
    assert said == [
        b"0 created, 0 updated, 99 unchanged, 0 refused\n",
        b"99 created, 0 updated, 0 unchanged, 0 refused\n",
    ]
    assert School.objects.count() == 99
