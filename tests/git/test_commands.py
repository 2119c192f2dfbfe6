"""Commands that are started before anybody waits for them."""

from pathlib import Path

import pytest

from schemadiff.errors import SchemadiffError
from schemadiff.git.commands import Commands
from schemadiff.git.repository import Repository
from tests.repositories import Sandbox

KEY = "schemadiff.allow"


def running_below(folder: Path) -> list[str]:
    """Return the commands of every process that runs in `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append((process / "cmdline").read_text())
        except OSError:  # it has ended meanwhile, or is not ours
            continue
    return found


def test_a_command_begun_ahead_answers_as_one_that_is_waited_for(
    repository: Sandbox,
) -> None:
    repository.commit({"a.txt": "a" * 200_000})
    commands = Commands(repository.path)
    for arguments in (
        ("cat-file", "blob", "HEAD:a.txt"),  # more than a pipe holds
        ("rev-parse", "HEAD", "--show-toplevel"),
        ("cat-file", "blob", "HEAD:b.txt"),  # fails, and says why
        ("config", "--get-all", KEY),  # fails, and says nothing
    ):
        waited = commands.run(*arguments, accept=(0, 1, 128))
        commands.ahead(*arguments)
        assert commands.run(*arguments, accept=(0, 1, 128)) == waited


def test_a_command_begun_ahead_answers_once(repository: Sandbox) -> None:
    repository.commit({"a.txt": "a"})
    commands = Commands(repository.path)
    commands.ahead("rev-parse", "HEAD")
    first = commands.run("rev-parse", "HEAD").text
    repository.commit({"a.txt": "b"})
    assert commands.run("rev-parse", "HEAD").text != first


def test_a_refusal_is_the_same_error_ahead_or_not(tmp_path: Path) -> None:
    for ahead in (False, True):
        commands = Commands(tmp_path)
        if ahead:
            commands.ahead("rev-parse", "HEAD")
        with pytest.raises(SchemadiffError, match="is not a Git repository"):
            commands.run("rev-parse", "HEAD")


def test_what_nobody_asks_for_is_ended_with_the_rest(repository: Sandbox) -> None:
    repository.commit({"a.txt": "a"})
    opened = Repository.begin(repository.path, config=KEY, place=True)
    opened.close()
    assert running_below(repository.path) == []
    opened = Repository.begin(repository.path, config=KEY, place=True)
    opened.opened()
    assert opened.config_values(KEY) == []
    assert opened.work_tree == repository.path
    opened.close()
    assert running_below(repository.path) == []


def test_a_repository_that_is_not_there_is_told_when_it_is_asked(
    tmp_path: Path,
) -> None:
    begun = Repository.begin(tmp_path, config=KEY, place=True)
    with pytest.raises(SchemadiffError, match="is not a Git repository"):
        begun.opened()
    begun.close()
