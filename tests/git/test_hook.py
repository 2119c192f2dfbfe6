"""The shell shim that Git executes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.repositories import Sandbox

HOOKS = Path(__file__).parents[2] / "hooks"
SHELLS = [
    shell
    for shell in ("/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox")
    if Path(shell).exists()
]


@pytest.fixture
def told(repository: Sandbox) -> Path:
    """A stand-in for the command that writes down how it was called."""
    folder = repository.path.parent / "commands"
    folder.mkdir()
    log = repository.path.parent / "told"
    command = folder / "schemadiff"
    command.write_text(
        f'#!/bin/sh\nprintf "<%s>" "$@" >"{log}"\ncat >>"{log}"\nexit "$ANSWER"\n'
    )
    command.chmod(0o755)
    path = f"{folder}{os.pathsep}{repository.environment['PATH']}"
    repository.environment |= {"PATH": path, "ANSWER": "0"}
    return log


def test_it_may_be_executed() -> None:
    assert os.access(HOOKS / "pre-push", os.X_OK)


@pytest.mark.parametrize("answer", ["0", "1", "2"])
def test_as_hooks_path_it_passes_on_arguments_lines_and_answer(
    repository: Sandbox, told: Path, answer: str
) -> None:
    head = repository.commit()
    bare = repository.remote()
    repository.environment["ANSWER"] = answer
    repository.git("config", "core.hooksPath", str(HOOKS))
    repository.git("push", "--quiet", "origin", "main", check=False)
    zeros = "0" * len(head)
    assert told.read_text() == (
        f"<pre-push><--><origin><{bare.path}>"
        f"refs/heads/main {head} refs/heads/main {zeros}\n"
    )
    arrived = bare.git("rev-parse", "--verify", "--quiet", "main", check=False)
    assert arrived == (head if answer == "0" else "")


@pytest.mark.parametrize("shell", SHELLS)
def test_another_hook_may_call_it(repository: Sandbox, told: Path, shell: str) -> None:
    call = [shell, *(["sh"] if "busybox" in shell else [])]
    done = subprocess.run(
        [*call, "-e", HOOKS / "pre-push", "a b", "git@host:x y.git"],
        env=repository.environment,
        input="line\n",
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert told.read_text() == "<pre-push><--><a b><git@host:x y.git>line\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_where_the_command_is_not_found_one_sentence_says_so(
    repository: Sandbox, shell: str
) -> None:
    call = [shell, *(["sh"] if "busybox" in shell else [])]
    done = subprocess.run(
        [*call, "-e", HOOKS / "pre-push", "origin", "url"],
        env=repository.environment | {"PATH": "/nowhere"},
        input="line\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "schemadiff is not installed" in done.stderr


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "given",
    [
        "",
        "refs/heads/main 1 refs/heads/main 0\n",
        "a %s \\n $HOME `id` 1 refs/heads/main 0\n  b * 1 refs/heads/b 0\n",
        "".join(f"refs/tags/v{n} 1 refs/tags/v{n} 0\n" for n in range(20_000)),
    ],
)
def test_the_hook_kept_beside_it_is_told_the_same(
    repository: Sandbox, told: Path, shell: str, given: str
) -> None:
    folder = repository.path / "my hooks"
    shutil.copytree(HOOKS, folder)
    log = repository.path.parent / "kept"
    kept = folder / "pre-push.before-schemadiff"
    kept.write_text(f'#!/bin/sh\nprintf "<%s>" "$@" >"{log}"\ncat >>"{log}"\nexit 7\n')
    kept.chmod(0o755)
    call = [shell, *(["sh"] if "busybox" in shell else []), "-e"]

    def run() -> int:
        return subprocess.run(
            [*call, folder / "pre-push", "a b", "url"],
            env=repository.environment,
            input=given,
            text=True,
            check=False,
        ).returncode

    assert run() == 7
    assert told.read_text() == f"<pre-push><--><a b><url>{given}"
    assert log.read_text() == f"<a b><url>{given}"

    log.unlink()
    repository.environment["ANSWER"] = "2"
    assert run() == 2
    assert not log.exists()


def test_a_kept_hook_that_reads_nothing_is_no_trouble(
    repository: Sandbox, told: Path
) -> None:
    folder = repository.path / "hooks"
    shutil.copytree(HOOKS, folder)
    kept = folder / "pre-push.before-schemadiff"
    kept.write_text("#!/bin/sh\nexit 0\n")
    kept.chmod(0o755)
    given = "x" * 1_000_000 + "\n"
    done = subprocess.run(
        [folder / "pre-push", "origin", "url"],
        env=repository.environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert told.read_text() == f"<pre-push><--><origin><url>{given}"
