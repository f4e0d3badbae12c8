"""The embedded PostgreSQL's life: who starts it, what it is, and that it ends with its users."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config import embedded_postgres
from config.embedded_postgres import server
from tests.config.processes import (
    GIVE_UP,
    PROJECT,
    Process,
    finish,
    holder,
    is_up,
    kill_all,
    nothing_left_of,
    postmasters,
    processes_of,
    supervisors,
    wait_until,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of a server that was made and has ended."""
    state = tmp_path_factory.mktemp("made") / "postgres"
    with holder(state) as user:
        assert is_up(user)
        assert finish(user) == 0
    return state


@pytest.fixture
def new_state(tmp_path: Path) -> Iterator[Path]:
    """The state folder of a server that has yet to be made, which takes a second."""
    yield tmp_path / "postgres"
    kill_all(processes_of(tmp_path))


@pytest.fixture
def state(new_state: Path, made: Path) -> Path:
    """That of a server that is made, and does not run."""
    new_state.mkdir(mode=0o700)
    subprocess.run(["cp", "-a", made / "data", new_state / "data"], check=True)
    return new_state


def connect(state: Path):
    return psycopg.connect(embedded_postgres.database_url(state), autocommit=True)


def answers(state: Path) -> bool:
    try:
        with connect(state) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def socket_folder(state: Path) -> Path:
    return Path(psycopg.conninfo.conninfo_to_dict(embedded_postgres.database_url(state))["host"])


def test_one_server_serves_many_that_start_at_once_and_ends_with_the_last(new_state: Path):
    state = new_state
    with contextlib.ExitStack() as stack:
        starters = [stack.enter_context(holder(state)) for _ in range(4)]
        assert all(is_up(starter) for starter in starters)
        assert len(postmasters(state)) == 1
        assert [finish(starter) for starter in starters] == [0] * 4
        # The last to end waited for the server, so there is nothing to wait for here.
        assert processes_of(state) == []


def test_the_server_is_what_production_has_and_has_no_tcp_port(state: Path):
    with holder(state) as user:
        assert is_up(user)
        with connect(state) as connection:
            described = connection.execute(
                "SELECT current_setting('server_version_num')::int >= 180000,"
                " pg_encoding_to_char(encoding), datlocprovider, datlocale, datcollate,"
                " current_setting('synchronous_commit'), current_setting('fsync')"
                " FROM pg_database WHERE datname = current_database()"
            ).fetchone()
        assert described == (True, "UTF8", "b", "C.UTF-8", "C", "on", "on")
        [postmaster] = postmasters(state)
        assert postmaster.net_connections("inet") == []
        assert finish(user) == 0


def test_ctrl_c_on_one_user_leaves_the_server_to_the_other(state: Path):
    with holder(state) as interrupted, holder(state) as other:
        assert is_up(interrupted)
        assert is_up(other)
        os.killpg(interrupted.pid, signal.SIGINT)
        assert interrupted.wait(GIVE_UP) != 0
        with connect(state) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert finish(other) == 0
        assert processes_of(state) == []


def test_the_server_ends_when_its_user_is_killed(state: Path):
    with holder(state) as user:
        assert is_up(user)
        user.kill()
        wait_until(lambda: nothing_left_of(state), "the server had gone")


def test_what_was_committed_is_there_after_a_kill_of_everything_and_an_immediate_start(
    state: Path,
):
    with holder(state) as user:
        assert is_up(user)
        with connect(state) as connection, contextlib.suppress(psycopg.OperationalError):
            connection.execute("CREATE TABLE entered (number integer)")
            for number in range(2000):
                connection.execute("INSERT INTO entered VALUES (%s)", [number])
                committed = number + 1
                if committed == 200:
                    kill_all([*supervisors(state), *postmasters(state), psutil.Process(user.pid)])
    with holder(state) as next_user:
        assert is_up(next_user)
        with connect(state) as connection:
            [count] = connection.execute("SELECT count(*) FROM entered").fetchone()
        assert count >= committed >= 200
        assert finish(next_user) == 0


def test_a_server_that_was_frozen_for_a_moment_ends_with_its_user(state: Path):
    """The supervisor is told of it, as it is of the server's end."""
    with holder(state) as user:
        assert is_up(user)
        [postmaster] = postmasters(state)
        postmaster.suspend()
        wait_until(lambda: postmaster.status() == psutil.STATUS_STOPPED, "it is frozen")
        postmaster.resume()
        assert answers(state)
        assert finish(user) == 0
        assert processes_of(state) == []


def test_a_server_that_is_killed_under_its_user_is_started_again(state: Path):
    with holder(state) as user:
        assert is_up(user)
        with connect(state) as connection:
            connection.execute("CREATE TABLE entered (number integer)")
        for _ in range(3):
            [first] = postmasters(state)
            kill_all([first])
            wait_until(lambda: answers(state), "another server answers")
            [again] = postmasters(state)
            assert again != first
        with connect(state) as connection:
            assert connection.execute("SELECT count(*) FROM entered").fetchone() == (0,)
        assert finish(user) == 0
    assert processes_of(state) == []


def test_a_data_folder_that_others_may_open_is_closed_again(state: Path):
    for _ in range(2):
        with holder(state) as user:
            assert is_up(user)
            assert (state / "data").stat().st_mode & 0o777 == 0o700
            assert finish(user) == 0
        (state / "data").chmod(0o755)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root opens what is closed to all others")
def test_root_makes_a_server_of_programs_in_a_folder_that_only_root_can_open(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = server.binaries().parents[1]
    for folder in (package, package.with_suffix(".libs")):
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from config.embedded_postgres import server\n"
        "from config.embedded_postgres.paths import ServerFiles\n"
        "files = ServerFiles.of(Path(sys.argv[1]))\n"
        "files.create()\n"
        "with open(sys.argv[2], 'wb') as log:\n"
        "    server.make_data_directory(files, log)\n"
        "print(server.binaries())\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(closed / "postgres"), str(tmp_path / "log")],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": f"{closed}:{PROJECT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.startswith(str(closed)), ran.stderr + (tmp_path / "log").read_text()


def test_a_stale_pid_file_that_names_a_living_process_is_no_obstacle(state: Path):
    with holder(state) as user:
        assert is_up(user)
        [postmaster] = postmasters(state)
        account = postmaster.uids().real
        kill_all(processes_of(state))
    pid_file = state / "data" / "postmaster.pid"
    with Process(["sleep", "60"], user=account) as living:
        stale = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(living.pid), *stale[1:]]) + "\n")
        with holder(state) as next_user:
            assert is_up(next_user)
            assert living.poll() is None
            assert finish(next_user) == 0


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param("x" * 200, id="200 characters"),
        pytest.param("a folder, with #1 'odd' \"name\" & 100%", id="odd characters"),
    ],
)
def test_any_path_will_do(tmp_path: Path, folder: str):
    state = tmp_path / folder / "postgres"
    sockets = socket_folder(state)
    with holder(state) as user:
        assert is_up(user)
        with connect(state) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert sockets.is_dir()
        assert finish(user) == 0
    assert processes_of(state) == []
    if not sockets.is_relative_to(tmp_path):
        sockets.rmdir()


def test_a_short_folder_that_is_not_this_accounts_own_is_refused(tmp_path: Path):
    state = tmp_path / ("x" * 200) / "postgres"
    sockets = socket_folder(state)
    sockets.symlink_to(tmp_path)
    try:
        with pytest.raises(embedded_postgres.EmbeddedPostgresError, match="own"):
            embedded_postgres.ensure(state)
    finally:
        sockets.unlink()


def test_without_the_binaries_there_is_an_address_and_a_clear_refusal(tmp_path: Path):
    program = (
        "from pathlib import Path\n"
        "from config import embedded_postgres\n"
        f"state = Path({str(tmp_path)!r})\n"
        "print(embedded_postgres.database_url(state))\n"
        "embedded_postgres.ensure(state)\n"
    )
    # -S: without the packages of this environment, as where the package is not installed.
    ran = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.startswith("postgresql://postgres@")
    assert ran.stderr.splitlines()[-1].endswith(
        "set DATABASE_URL, or install requirements/development.txt"
    )
    assert ran.returncode == 1
