"""Killed at any moment, or run several times at once: nothing is left behind."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.install.conftest import BLOCKED, Project

_LONGEST = 60  # seconds, for what takes far less


class Elsewhere:
    """The project, with a home and a folder for temporary files of its own."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.folders = [folder / "temporary", folder / "home"]
        for each in self.folders:
            each.mkdir()
        temporary, home = map(str, self.folders)
        self.environment = project.environment | {
            "TMPDIR": temporary,
            "HOME": home,
            "XDG_CACHE_HOME": f"{home}/cache",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        remote, url, lines = project.handed_over("origin", "main")
        self._given = "".join(f"{line}\n" for line in lines)
        self.commands = [
            ["schemadiff", "pre-push", remote, url],
            ["schemadiff", "check"],
            ["schemadiff", "check", "--head", "WORKTREE"],
        ]

    def start(self, command: list[str]) -> subprocess.Popen[str]:
        started = subprocess.Popen(
            command,
            cwd=self.project.path,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert started.stdin
        started.stdin.write(self._given)
        started.stdin.close()
        started.stdin = None
        return started

    def state(self) -> list[dict[str, bytes]]:
        """Return every file of the project and of the folders beside it."""
        found = [self.project.state()]
        for folder in self.folders:
            files = [path for path in folder.rglob("*") if path.is_file()]
            found.append({str(path): path.read_bytes() for path in files})
        return found


@pytest.fixture
def elsewhere(project: Project, tmp_path: Path) -> Elsewhere:
    return Elsewhere(project, tmp_path)


@pytest.fixture
def ended() -> Callable[[int], bool]:
    """Tell whether every process of a group ends soon."""

    def ends(group: int) -> bool:
        waiting = f"while kill -0 -- -{group} 2>/dev/null; do :; done"
        done = subprocess.run(["sh", "-c", waiting], timeout=_LONGEST, check=False)
        return done.returncode == 0

    return ends


@pytest.mark.parametrize("which", range(3))
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_killed_at_any_moment_it_leaves_nothing(
    elsewhere: Elsewhere, ended: Callable[[int], bool], which: int
) -> None:
    dice = random.Random(which)  # noqa: S311 - the same moments in every run
    before = elsewhere.state()
    whole = elsewhere.start(elsewhere.commands[which])
    out, _ = whole.communicate(timeout=_LONGEST)
    assert whole.returncode == 1
    assert BLOCKED in out
    for _ in range(5):
        running = elsewhere.start(elsewhere.commands[which])
        try:
            running.communicate(timeout=dice.random() * 0.4)
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate(timeout=_LONGEST)
            assert running.returncode in (-signal.SIGKILL, 1)
        assert ended(running.pid)
        assert elsewhere.state() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_interrupted_it_ends_with_130_and_no_word(elsewhere: Elsewhere) -> None:
    program = (
        "import os, signal, sys\n"
        "from schemadiff.git import repository\n"
        "from schemadiff.cli import main\n"
        "interrupt = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "repository.Repository.tree_of = interrupt\n"
        "sys.exit(main(['check']))\n"
    )
    before = elsewhere.state()
    running = elsewhere.start([sys.executable, "-c", program])
    out, _ = running.communicate(timeout=_LONGEST)
    assert (running.returncode, out) == (130, "")
    assert elsewhere.state() == before


def test_several_at_once_do_not_disturb_each_other(elsewhere: Elsewhere) -> None:
    before = elsewhere.state()
    running = [elsewhere.start(command) for command in elsewhere.commands * 2]
    for each in running:
        out, _ = each.communicate(timeout=_LONGEST)
        assert each.returncode == 1
        assert out.count(BLOCKED) == 1
    assert elsewhere.state() == before


def test_two_pushes_at_once_are_each_judged(project: Project) -> None:
    project.run("schemadiff", "install")
    project.remote("heroku")
    project.git("push", "--quiet", "--no-verify", "heroku", "main~1:refs/heads/main")
    started = [
        subprocess.Popen(
            ["git", "push", remote, "main"],
            cwd=project.path,
            env=project.environment | {"GIT_FLUSH": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for remote in ("origin", "heroku")
    ]
    for each, remote in zip(started, ("origin", "heroku"), strict=True):
        out, _ = each.communicate(timeout=_LONGEST)
        assert each.returncode == 1
        assert out.count(BLOCKED) == 1
        assert f"HEAD compared with {remote}/main" in out


@pytest.fixture
def read_only(elsewhere: Elsewhere) -> Iterator[list[str]]:
    """Let nothing be written; the words that have to stand before a command.

    Permissions do not stop root, so there it takes a mount of its own.
    """
    places = [elsewhere.project.path, *elsewhere.folders]
    if os.geteuid() == 0:
        mounts = "".join(
            f'mount --bind "{each}" "{each}"; mount -o remount,ro,bind "{each}"; '
            for each in places
        )
        before = ["unshare", "--mount", "sh", "-ec", f'{mounts} exec "$0" "$@"']
        probe = [*before, "touch", str(places[0] / "x")]
        said = subprocess.run(probe, capture_output=True, text=True, check=False)
        if "Read-only file system" not in said.stderr:
            pytest.skip("this machine lets nobody mount")
        yield before
        return
    inside = [path for each in places for path in (each, *each.rglob("*"))]
    for each in inside:
        each.chmod(0o555 if each.is_dir() else 0o444)
    yield []
    for each in inside:
        each.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_read_only_project_is_judged_by_every_command(
    elsewhere: Elsewhere, read_only: list[str]
) -> None:
    for command in elsewhere.commands:
        running = elsewhere.start([*read_only, *command])
        out, _ = running.communicate(timeout=_LONGEST)
        assert running.returncode == 1, out
        assert BLOCKED in out
        assert "ead-only" not in out
        assert "denied" not in out
