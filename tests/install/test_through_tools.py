"""Our hook and the real pre-commit and prek, installed in either order."""

from pathlib import Path

import pytest

from tests.install.conftest import BLOCKED, LOSS, QUIET, Command, Project

EARLIER = "schemadiff: judged by pre-push.legacy, which ran before"
OTHERS = """\
default_install_hook_types: [pre-commit, pre-push]
repos:
  - repo: local
    hooks:
      - id: other
        name: other
        entry: echo the other hook
        language: system
        always_run: true
        pass_filenames: false
        verbose: true
        stages: [pre-push]
"""
OURS = """\
      - id: schemadiff
        name: schemadiff
        entry: schemadiff check{arguments}
        language: system
        always_run: true
        pass_filenames: false
        verbose: true
        stages: [pre-commit, pre-push, manual]
"""


@pytest.fixture(params=["pre-commit", "prek"])
def tool(project: Project, request: pytest.FixtureRequest) -> str:
    configure(project, OTHERS)
    return str(request.param)


def configure(project: Project, text: str) -> None:
    project.write({".pre-commit-config.yaml": text})
    project.git("add", ".pre-commit-config.yaml")


def install(project: Project, tool: str, *more: str) -> None:
    done = project.run(tool, "install", "--hook-type", "pre-push", *more)
    assert done.code == 0, done.out


@pytest.mark.parametrize("ours_first", [True, False])
@pytest.mark.parametrize("chained", [True, False])
def test_the_order_of_installing_does_not_matter(
    project: Project,
    command: Command,
    tool: str,
    tmp_path: Path,
    *,
    ours_first: bool,
    chained: bool,
) -> None:
    log = tmp_path / "log"
    if chained:
        project.hook(f'#!/bin/sh\ncat >"{log}"\n')
    if ours_first:
        command("install")
        install(project, tool)
    else:
        install(project, tool)
        done = command("install")
        assert done.code == 0
        assert done.out.startswith(
            "schemadiff: installed as .git/hooks/pre-push.legacy\n"
            f"  {tool}'s hook runs it first"
        )
    names = {"pre-push", "pre-push.legacy"}
    kept = {"pre-push.before-schemadiff"} if chained else set()
    assert set(project.in_hooks()) == names | kept
    assert command("install").out.startswith("schemadiff: already installed as")

    project.commit({"README.md": "1"})
    project.git("branch", "second")
    pushed = project.push("origin", "main", "second")
    assert (pushed.code, pushed.out.count(QUIET)) == (0, 1)
    assert "the other hook" in pushed.out
    if chained:
        assert len(log.read_text().splitlines()) == 2

    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)


def test_every_ref_is_judged(project: Project, command: Command, tool: str) -> None:
    install(project, tool)
    command("install")
    project.commit({"README.md": "1"})
    project.git("checkout", "--quiet", "-b", "second")
    project.commit(LOSS)
    pushed = project.push("origin", "main", "second")
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)


def test_nothing_is_reported_twice(
    project: Project, command: Command, tool: str
) -> None:
    configure(project, OTHERS + OURS.format(arguments=""))
    install(project, tool)
    command("install")
    project.commit({"README.md": "1"})
    pushed = project.push()
    assert (pushed.code, pushed.out.count(QUIET)) == (0, 1)
    assert EARLIER in pushed.out
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)


def test_the_entry_judges_where_our_hook_does_not_run(
    project: Project, command: Command, tool: str
) -> None:
    configure(project, OTHERS + OURS.format(arguments=""))
    install(project, tool)
    command("install")
    (project.hooks / "pre-push.legacy").chmod(0o644)
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, pushed.out.count(BLOCKED)) == (1, 1)
    assert EARLIER not in pushed.out


def test_a_stricter_entry_judges_all_the_same(
    project: Project, command: Command, tool: str
) -> None:
    configure(project, OTHERS + OURS.format(arguments=" --strict"))
    install(project, tool)
    command("install")
    project.commit({"README.md": "1"})
    pushed = project.push()
    assert (pushed.code, pushed.out.count(QUIET)) == (0, 2)


def test_a_run_by_hand_is_judged(project: Project, command: Command, tool: str) -> None:
    configure(project, OTHERS + OURS.format(arguments=""))
    install(project, tool)
    command("install")
    project.commit(LOSS)
    done = project.run(tool, "run", "--hook-stage", "manual", "schemadiff")
    assert (done.code, done.out.count(BLOCKED)) == (1, 1)
    assert EARLIER not in done.out


def test_the_tool_uninstalled_leaves_ours(
    project: Project, command: Command, tool: str
) -> None:
    install(project, tool)
    command("install")
    project.run(tool, "uninstall", "--hook-type", "pre-push")
    assert set(project.in_hooks()) == {"pre-push"}
    project.commit(LOSS)
    assert project.push().code == 1
    assert command("uninstall").code == 0
    assert project.in_hooks() == {}


@pytest.mark.parametrize("ours_first", [True, False])
def test_ours_uninstalled_leaves_what_would_be_there_without_it(
    project: Project, command: Command, tool: str, *, ours_first: bool
) -> None:
    project.hook("#!/bin/sh\necho mine\n", mode=0o751)
    before = project.in_hooks()
    install(project, tool)
    without = project.in_hooks()
    project.run(tool, "uninstall", "--hook-type", "pre-push")
    assert project.in_hooks() == before
    if ours_first:
        command("install")
    install(project, tool)
    command("install")
    done = command("uninstall")
    assert done == (0, "schemadiff: .git/hooks/pre-push.legacy is what it was before\n")
    assert project.in_hooks() == without


def test_a_tool_installed_over_ours_by_force_can_be_mended(
    project: Project, command: Command, tool: str
) -> None:
    command("install")
    install(project, tool, "--force" if tool == "prek" else "--overwrite")
    assert set(project.in_hooks()) == {"pre-push"}
    assert command("install").code == 0
    project.commit(LOSS)
    assert project.push().code == 1
