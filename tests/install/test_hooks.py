"""What Git would run before a push, and folders that Git is told to look in."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from schemadiff.install.hook import hook_at
from schemadiff.install.hooks import Hooks, Reach
from schemadiff.install.words import Owner
from tests.install.conftest import BLOCKED, LOSS, Command, Project

RECORDED = Path(__file__).parents[1] / "cases" / "hooks"
SHIM = Path(__file__).parents[2] / "hooks" / "pre-push"
Found = Callable[[], Hooks]


def test_a_fresh_repository_has_none(project: Project, hooks: Found) -> None:
    found = hooks()
    assert found.directory == found.own == project.hooks
    assert (found.scope, found.reach, found.committed) == (None, Reach.OWN, False)
    assert found.push.owner is found.legacy.owner is Owner.ABSENT
    assert (found.running, found.judging, found.tools) == ((), None, ())


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("husky-9/pre-push", Owner.HUSKY),
        ("husky-4", Owner.HUSKY),
        ("lefthook", Owner.LEFTHOOK),
        ("simple-git-hooks", Owner.SIMPLE_GIT_HOOKS),
    ],
)
def test_hooks_that_tools_wrote_are_theirs(name: str, owner: Owner) -> None:
    assert hook_at(RECORDED / name).owner is owner


@pytest.mark.parametrize("tool", ["pre-commit", "prek"])
def test_hooks_of_pre_commit_and_prek_are_theirs(
    project: Project, hooks: Found, tool: str
) -> None:
    project.write({".pre-commit-config.yaml": "repos: []\n"})
    project.hook("#!/bin/sh\n")
    project.run(tool, "install", "--hook-type", "pre-push")
    found = hooks()
    assert found.push.owner is Owner(tool)
    assert found.running == (found.legacy, found.push)
    assert (found.legacy.owner, found.judging) == (Owner.OTHER, None)


def test_the_order_in_which_hooks_run(project: Project, hooks: Found) -> None:
    project.hook(SHIM.read_text())
    project.hook("#!/bin/sh\n", "pre-push.before-schemadiff")
    project.hook("#!/bin/sh\n", "pre-push.legacy")
    found = hooks()
    assert found.running == (found.push, found.kept)
    assert found.judging == found.push


def test_a_hook_that_is_not_executable_does_not_run(
    project: Project, hooks: Found
) -> None:
    project.hook(SHIM.read_text(), mode=0o644)
    found = hooks()
    assert found.push.owner is Owner.SCHEMADIFF
    assert (found.push.runs, found.running, found.judging) == (False, (), None)


@pytest.mark.parametrize("committed", [True, False])
def test_a_folder_of_the_project(
    project: Project, hooks: Found, command: Command, *, committed: bool
) -> None:
    project.git("config", "core.hooksPath", "tools/git hooks")
    if committed:
        project.commit({"tools/git hooks/pre-commit": "#!/bin/sh\n"})
    found = hooks()
    assert found.directory == project.path / "tools" / "git hooks"
    assert (found.scope, found.written) == ("local", "tools/git hooks")
    assert (found.reach, found.committed) == (Reach.WORK_TREE, committed)

    done = command("install")
    assert done.code == 1
    assert "which the project keeps among its files" in done.out
    assert not (found.directory / "pre-push").exists()
    assert project.in_hooks() == {}


def test_force_writes_into_a_folder_of_the_project(
    project: Project, command: Command
) -> None:
    project.git("config", "core.hooksPath", ".githooks")
    folder = project.path / ".githooks"
    folder.mkdir()
    mine = folder / "pre-push"
    mine.write_text("#!/bin/sh\necho mine\n")
    mine.chmod(0o755)
    done = command("install", "--force")
    assert done.out.startswith("schemadiff: installed as .githooks/pre-push\n")
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)
    assert command("install").code == 0

    done = command("uninstall")
    assert (done.code, "`schemadiff uninstall --force`" in done.out) == (1, True)
    assert command("uninstall", "--force") == (
        0,
        "schemadiff: .githooks/pre-push is what it was before\n",
    )
    assert mine.read_text() == "#!/bin/sh\necho mine\n"
    assert [each.name for each in folder.iterdir()] == ["pre-push"]


@pytest.mark.parametrize("there", [True, False])
def test_the_lines_for_a_hook_of_ones_own_work(
    project: Project, command: Command, *, there: bool
) -> None:
    project.git("config", "core.hooksPath", ".githooks")
    hook = project.path / ".githooks" / "pre-push"
    hook.parent.mkdir()
    if there:
        hook.write_text("#!/bin/sh\ntrue\n")
        hook.chmod(0o755)
    blocks = [
        "\n".join(line[4:] for line in block.splitlines())
        for block in command("install").out.split("\n\n")
        if block.startswith("    ")
    ]
    if there:
        hook.write_text(f"#!/bin/sh\n{blocks[0]}\ntrue\n")
    else:
        hook.write_text(blocks[0] + "\n")
        assert project.run("sh", "-c", blocks[1]).code == 0
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)


def shared(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make Git take hooks from one folder for all repositories of this person."""
    folder = project.path.parent / "all my hooks"
    folder.mkdir()
    config = project.path.parent / "gitconfig"
    config.write_text(f'[core]\n\thooksPath = "{folder}"\n')
    project.environment["GIT_CONFIG_GLOBAL"] = str(config)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    return folder


def test_a_folder_of_all_repositories_is_not_touched_unasked(
    project: Project,
    hooks: Found,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = shared(project, monkeypatch)
    found = hooks()
    assert (found.directory, found.reach) == (folder, Reach.OUTSIDE)
    assert (found.scope, found.written) == ("global", str(folder))
    done = command("install")
    assert done.code == 1
    assert "other repositories may use too" in done.out
    assert "set in Git's global configuration" in done.out
    assert list(folder.iterdir()) == []

    assert command("install", "--force").code == 0
    project.commit(LOSS)
    assert project.push().code == 1
    assert command("uninstall").code == 1
    assert (folder / "pre-push").exists()
    assert command("uninstall", "--force").code == 0
    assert list(folder.iterdir()) == []


def test_the_line_for_hooks_of_its_own_works(
    project: Project, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared(project, monkeypatch)
    (line,) = [
        each.strip()
        for each in command("install").out.splitlines()
        if "git config --local" in each
    ]
    assert project.run("sh", "-c", line).code == 0
    assert command("install") == (0, "schemadiff: installed as .git/hooks/pre-push\n")
    project.commit(LOSS)
    assert project.push().code == 1


def test_the_shipped_folder_as_hooks_path_is_installed_already(
    project: Project, command: Command
) -> None:
    content = SHIM.read_bytes()
    project.git("config", "core.hooksPath", str(SHIM.parent))
    done = command("install")
    assert (done.code, "judges pushes already" in done.out) == (0, True)
    assert command("uninstall").code == 1
    assert SHIM.read_bytes() == content


@pytest.mark.parametrize("value", [os.devnull, "schema.ts"])
def test_hooks_that_are_switched_off_are_an_error(
    project: Project, command: Command, value: str
) -> None:
    project.git("config", "core.hooksPath", value)
    done = command("install")
    assert (done.code, "Git runs no hooks here" in done.out) == (2, True)
    assert command("uninstall").code == 0


def test_a_hooks_folder_that_is_a_link_into_the_project_is_the_projects(
    project: Project, hooks: Found, command: Command
) -> None:
    project.hooks.rename(project.path / "githooks")
    project.hooks.symlink_to("../githooks")
    assert hooks().reach is Reach.WORK_TREE
    done = command("install")
    assert done.code == 1
    assert not (project.path / "githooks" / "pre-push").exists()


def test_looking_changes_nothing(project: Project, hooks: Found) -> None:
    project.hook(SHIM.read_text())
    before = project.state()
    hooks()
    assert project.state() == before
