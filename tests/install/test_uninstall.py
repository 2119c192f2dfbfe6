"""What is left after `schemadiff uninstall` is what was there before."""

from pathlib import Path

import pytest

from tests.install.conftest import Command, Project

NOTHING = "schemadiff: there is no hook of schemadiff here: nothing to do\n"


def test_nothing_is_left_where_nothing_was(project: Project, command: Command) -> None:
    before = project.state()
    command("install")
    done = command("uninstall")
    assert done == (0, "schemadiff: removed .git/hooks/pre-push\n")
    assert project.state() == before
    assert command("uninstall") == (0, NOTHING)
    assert project.state() == before


@pytest.mark.parametrize("mode", [0o755, 0o700, 0o644, 0o600, 0o777])
def test_the_hook_that_was_there_comes_back_byte_for_byte(
    project: Project, command: Command, mode: int
) -> None:
    path = project.hook("", mode=mode)
    path.write_bytes(b"#!/bin/sh\r\necho \xff\x00 'no end of line'")
    when = path.stat().st_mtime_ns
    before = project.in_hooks()
    command("install")
    command("install")
    done = command("uninstall")
    assert done == (0, "schemadiff: .git/hooks/pre-push is what it was before\n")
    assert project.in_hooks() == before
    assert path.stat().st_mtime_ns == when
    assert command("uninstall") == (0, NOTHING)
    assert project.in_hooks() == before


def test_a_folder_for_hooks_that_was_not_there_goes_again(
    project: Project, command: Command
) -> None:
    for path in project.hooks.iterdir():
        path.unlink()
    project.hooks.rmdir()
    command("install")
    assert (project.hooks / "pre-push").exists()
    command("uninstall")
    assert not project.hooks.exists()


def test_a_link_to_nowhere_comes_back(project: Project, command: Command) -> None:
    link = project.hooks / "pre-push"
    link.symlink_to("nowhere")
    command("install")
    command("uninstall")
    assert link.readlink() == Path("nowhere")


def test_hooks_of_others_are_never_removed(project: Project, command: Command) -> None:
    project.hook("#!/bin/sh\necho mine\n")
    project.hook("#!/bin/sh\necho also mine\n", "pre-push.legacy")
    before = project.in_hooks()
    assert command("uninstall") == (0, NOTHING)
    assert project.in_hooks() == before


def test_a_hook_of_others_that_calls_schemadiff_is_named(
    project: Project, command: Command
) -> None:
    project.hook('#!/bin/sh\nschemadiff pre-push "$@" || exit\n')
    before = project.in_hooks()
    assert command("uninstall") == (
        1,
        "schemadiff: .git/hooks/pre-push still calls schemadiff: take it out there\n",
    )
    assert project.in_hooks() == before


def test_configurations_that_name_it_are_named(
    project: Project, command: Command
) -> None:
    project.write(
        {
            ".pre-commit-config.yaml": "repos:\n"
            "- repo: https://example.com/schemadiff\n"
            "  rev: v1\n"
            "  hooks:\n"
            "  - id: schemadiff\n"
        }
    )
    command("install")
    said = (
        "schemadiff: removed .git/hooks/pre-push\n"
        "schemadiff: .pre-commit-config.yaml still calls schemadiff:"
        " take it out there\n"
    )
    assert command("uninstall") == (1, said)


def test_when_ours_was_deleted_by_hand_the_kept_one_comes_back(
    project: Project, command: Command
) -> None:
    path = project.hook("#!/bin/sh\necho mine\n")
    before = project.in_hooks()
    command("install")
    path.unlink()
    done = command("uninstall")
    assert done == (0, "schemadiff: .git/hooks/pre-push is what it was before\n")
    assert project.in_hooks() == before


def test_ours_goes_where_lefthook_moved_it(project: Project, command: Command) -> None:
    command("install")
    ours = project.hooks / "pre-push"
    ours.rename(project.hooks / "pre-push.old")
    project.hook('#!/bin/sh\ncall_lefthook run "pre-push" "$@"\n')
    before = project.in_hooks()
    del before["pre-push.old"]
    done = command("uninstall")
    assert done == (0, "schemadiff: removed .git/hooks/pre-push.old\n")
    assert project.in_hooks() == before


def test_ours_goes_from_the_repository_when_git_looks_elsewhere_now(
    project: Project, command: Command
) -> None:
    command("install")
    project.git("config", "core.hooksPath", ".githooks")
    done = command("uninstall")
    assert done == (0, "schemadiff: removed .git/hooks/pre-push\n")
    assert project.in_hooks() == {}
