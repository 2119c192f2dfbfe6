"""The native hook, written, chained and run by real pushes."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.install.conftest import BLOCKED, LOSS, QUIET, Command, Project

RECORDED = Path(__file__).parents[1] / "cases" / "hooks"
RECORDER = """\
#!/bin/sh
printf '<%s>' "$@" >"{log}"
cat >>"{log}"
exit {answer}
"""


@pytest.fixture
def log(project: Project) -> Path:
    """Where a hook of the person's own writes what it was told."""
    return project.path.parent / "told by git"


def lines(project: Project, ref: str = "main") -> str:
    head, base = project.at("HEAD"), project.at(f"origin/{ref}")
    return f"HEAD {head} refs/heads/{ref} {base}\n"


def test_a_push_that_loses_data_is_stopped(project: Project, command: Command) -> None:
    done = command("install")
    assert done == (0, "schemadiff: installed as .git/hooks/pre-push\n")
    base = project.at("origin/main")
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, BLOCKED in pushed.out) == (1, True)
    assert project.git("ls-remote", "origin", "main").startswith(base)


def test_a_push_that_loses_none_goes_through(
    project: Project, command: Command
) -> None:
    command("install")
    head = project.commit({"README.md": "read me"})
    pushed = project.push()
    assert (pushed.code, QUIET in pushed.out) == (0, True)
    assert project.git("ls-remote", "origin", "main").startswith(head)


def test_installing_again_changes_nothing(project: Project, command: Command) -> None:
    project.hook("#!/bin/sh\nexit 0\n")
    command("install")
    before = project.in_hooks()
    again = command("install")
    assert again.code == 0
    assert again.out.startswith("schemadiff: already installed as .git/hooks/pre-push")
    assert project.in_hooks() == before


def test_an_older_hook_of_ours_is_brought_up_to_date(
    project: Project, command: Command
) -> None:
    shim = Path(__file__).parents[2] / "hooks" / "pre-push"
    project.hook(shim.read_text() + "# from an older version\n", mode=0o644)
    done = command("install")
    assert done == (0, "schemadiff: brought up to date: .git/hooks/pre-push\n")
    assert set(project.in_hooks()) == {"pre-push"}
    project.commit(LOSS)
    assert project.push().code == 1


def test_a_link_to_the_shipped_hook_is_left_as_it_is(
    project: Project, command: Command
) -> None:
    shim = Path(__file__).parents[2] / "hooks" / "pre-push"
    link = project.hooks / "pre-push"
    link.symlink_to(shim)
    content = shim.read_bytes()
    assert command("install").out.startswith("schemadiff: already installed")
    assert command("uninstall").out == "schemadiff: removed .git/hooks/pre-push\n"
    assert not os.path.lexists(link)
    assert shim.read_bytes() == content


def test_the_hook_that_was_there_is_told_the_same_and_runs_after(
    project: Project, command: Command, log: Path
) -> None:
    project.hook(RECORDER.format(log=log, answer=0))
    done = command("install")
    assert done.code == 0
    assert "it runs after this one, when nothing blocks" in done.out
    project.commit({"README.md": "1"})
    said = lines(project)
    pushed = project.push()
    assert (pushed.code, QUIET in pushed.out) == (0, True)
    url = project.path.parent / "origin.git"
    assert log.read_text() == f"<origin><{url}>{said}"


def test_the_hook_that_was_there_sees_every_ref(
    project: Project, command: Command, log: Path
) -> None:
    project.hook(RECORDER.format(log=log, answer=0))
    command("install")
    project.commit({"README.md": "1"})
    project.git("branch", "one")
    project.git("branch", "two")
    assert project.push("origin", "--all").code == 0
    refs = [line.split()[2] for line in log.read_text().splitlines()]
    assert refs == ["refs/heads/main", "refs/heads/one", "refs/heads/two"]


def test_the_hook_that_was_there_still_stops_pushes(
    project: Project, command: Command, log: Path
) -> None:
    project.hook(RECORDER.format(log=log, answer=3))
    command("install")
    base = project.at("origin/main")
    project.commit({"README.md": "1"})
    pushed = project.push()
    assert (pushed.code, QUIET in pushed.out) == (1, True)
    assert log.exists()
    assert project.git("ls-remote", "origin", "main").startswith(base)


def test_the_hook_that_was_there_does_not_run_for_a_push_that_is_stopped(
    project: Project, command: Command, log: Path
) -> None:
    # git-lfs uploads in it.
    project.hook(RECORDER.format(log=log, answer=0))
    command("install")
    project.commit(LOSS)
    assert project.push().code == 1
    assert not log.exists()


def test_a_push_of_nothing_tells_the_hook_that_was_there_nothing(
    project: Project, command: Command, log: Path
) -> None:
    project.hook(RECORDER.format(log=log, answer=0))
    command("install")
    assert project.push().code == 0
    url = project.path.parent / "origin.git"
    assert log.read_text() == f"<origin><{url}>"


def test_a_hook_that_git_did_not_run_is_kept_and_does_not_run(
    project: Project, command: Command, log: Path
) -> None:
    project.hook(RECORDER.format(log=log, answer=3), mode=0o644)
    done = command("install")
    assert "it was not executable" in done.out
    project.commit({"README.md": "1"})
    assert project.push().code == 0
    assert not log.exists()


def test_a_hook_that_is_a_link_stays_one(
    project: Project, command: Command, log: Path
) -> None:
    script = project.path / "scripts" / "push check.sh"
    script.parent.mkdir()
    script.write_text(RECORDER.format(log=log, answer=0))
    script.chmod(0o755)
    link = project.hooks / "pre-push"
    link.symlink_to("../../scripts/push check.sh")
    command("install")
    project.commit({"README.md": "1"})
    assert project.push().code == 0
    assert log.exists()
    command("uninstall")
    assert link.readlink() == Path("../../scripts/push check.sh")
    assert script.read_text() == RECORDER.format(log=log, answer=0)


def test_a_hook_that_judges_already_is_left_alone(
    project: Project, command: Command
) -> None:
    project.hook('#!/bin/sh\nschemadiff pre-push "$@" || exit\nnpm test\n')
    before = project.in_hooks()
    said = "schemadiff: .git/hooks/pre-push judges pushes already: nothing to do\n"
    assert command("install") == (0, said)
    assert project.in_hooks() == before


def test_a_hook_that_only_mentions_schemadiff_is_chained(
    project: Project, command: Command
) -> None:
    project.hook("#!/bin/sh\n# schemadiff pre-push: to do\n")
    command("install")
    project.commit(LOSS)
    assert project.push().code == 1


def test_it_works_in_a_folder_with_blanks_and_quotes(
    project: Project, command: Command, log: Path
) -> None:
    moved = project.path.with_name("it's my $app")
    project.path.rename(moved)
    project.path = moved
    project.hook(RECORDER.format(log=log, answer=0))
    command("install", at=moved)
    project.commit({"README.md": "1"})
    assert project.push().code == 0
    assert log.exists()
    project.commit(LOSS)
    assert project.push().code == 1


def test_it_is_found_without_the_path_that_it_was_installed_with(
    project: Project, command: Command
) -> None:
    command("install")
    project.environment["PATH"] = os.defpath
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, BLOCKED in pushed.out) == (1, True)


def test_modules_in_the_project_are_not_run(project: Project, command: Command) -> None:
    command("install")
    stop = {f"{name}.py": "raise SystemExit(0)" for name in ("schemadiff", "git", "re")}
    project.commit(LOSS | stop)
    pushed = project.push()
    assert (pushed.code, BLOCKED in pushed.out) == (1, True)


def test_a_linked_worktree_shares_the_hook(project: Project, command: Command) -> None:
    tree = project.path.parent / "other tree"
    project.git("worktree", "add", "--quiet", "-b", "other", str(tree))
    done = command("install", at=tree)
    assert done == (0, f"schemadiff: installed as {project.hooks / 'pre-push'}\n")
    inside = Project(tree, made=True)
    inside.environment = project.environment
    inside.commit(LOSS)
    assert inside.push().code == 1
    assert command("uninstall").out == "schemadiff: removed .git/hooks/pre-push\n"


def test_a_submodule_has_a_hook_of_its_own(project: Project, command: Command) -> None:
    outer = Project(project.path.parent / "outer")
    outer.environment = project.environment | {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "protocol.file.allow",
        "GIT_CONFIG_VALUE_0": "always",
    }
    url = str(project.path.parent / "origin.git")
    outer.git("submodule", "--quiet", "add", url, "app")
    inside = Project(outer.path / "app", made=True)
    inside.environment = project.environment
    assert command("install", at=inside.path).code == 0
    hook = outer.path / ".git" / "modules" / "app" / "hooks" / "pre-push"
    assert hook.exists()
    assert not (outer.hooks / "pre-push").exists()
    inside.commit(LOSS)
    assert inside.push().code == 1


def test_a_bare_repository_has_hooks_too(project: Project, command: Command) -> None:
    bare = project.path.parent / "mirror.git"
    project.git("clone", "--quiet", "--bare", str(project.path), str(bare))
    project.commit(LOSS)
    assert command("install", at=bare).out == (
        f"schemadiff: installed as {bare / 'hooks' / 'pre-push'}\n"
    )
    mirror = Project(bare, made=True)
    mirror.environment = project.environment
    mirror.git("fetch", "--quiet", str(project.path), "main:lost")
    mirror.git("remote", "set-url", "origin", str(project.path.parent / "origin.git"))
    pushed = mirror.push("origin", "lost:main")
    assert (pushed.code, BLOCKED in pushed.out) == (1, True)
    assert command("uninstall", at=bare).code == 0
    assert not (bare / "hooks" / "pre-push").exists()


def test_it_is_asked_for_in_a_folder_of_the_work_tree(
    project: Project, command: Command
) -> None:
    inside = project.path / "packages" / "web"
    inside.mkdir(parents=True)
    assert command("install", at=inside).code == 0
    assert set(project.in_hooks()) == {"pre-push"}


def test_outside_a_repository_it_ends_with_2(
    project: Project, command: Command
) -> None:
    outside = project.path.parent / "outside"
    outside.mkdir()
    for name in ("install", "uninstall"):
        done = command(name, at=outside)
        assert (done.code, "is not a Git repository" in done.out) == (2, True)


def test_where_nothing_may_be_written_it_says_so_and_changes_nothing(
    project: Project, command: Command
) -> None:
    project.hook("#!/bin/sh\n")
    # Whoever runs this may be root, whom permissions do not stop; a folder does.
    before = project.in_hooks()
    (project.hooks / f".pre-push.{os.getpid()}").mkdir()
    done = command("install")
    assert done.code == 2
    assert f"{project.hooks / 'pre-push'} cannot be changed" in done.out
    (project.hooks / f".pre-push.{os.getpid()}").rmdir()
    assert project.in_hooks() == before


def test_another_hook_in_the_place_of_the_kept_one_is_not_written_over(
    project: Project, command: Command
) -> None:
    project.hook("#!/bin/sh\necho one\n")
    command("install")
    project.hook("#!/bin/sh\necho two\n")
    before = project.in_hooks()
    done = command("install")
    assert done.code == 2
    assert "still holds the hook that was there before" in done.out
    assert project.in_hooks() == before
    done = command("uninstall")
    assert done.code == 1
    assert "has taken its place since" in done.out
    assert project.in_hooks() == before


def test_after_an_interruption_it_goes_on(project: Project, command: Command) -> None:
    hook = project.hook("#!/bin/sh\n")
    before = project.in_hooks()
    (project.hooks / "pre-push.before-schemadiff").hardlink_to(hook)
    assert command("install").code == 0
    assert command("uninstall").code == 0
    assert project.in_hooks() == before


def test_several_at_once_end_as_one_would(project: Project) -> None:
    project.hook("#!/bin/sh\n")
    started = [
        subprocess.Popen(
            ["schemadiff", "install"],
            cwd=project.path,
            env=project.environment,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(4)
    ]
    assert [each.wait() for each in started] == [0, 0, 0, 0]
    names = {"pre-push", "pre-push.before-schemadiff"}
    assert set(project.in_hooks()) == names
    kept = project.hooks / "pre-push.before-schemadiff"
    assert kept.read_text() == "#!/bin/sh\n"
    assert project.push().code == 0


def test_a_repository_without_a_commit(project: Project, command: Command) -> None:
    empty = Project(project.path.parent / "empty")
    assert command("install", at=empty.path).code == 0
    assert set(empty.in_hooks()) == {"pre-push"}
    assert command("uninstall", at=empty.path).code == 0


@pytest.mark.parametrize("name", ["lefthook", "simple-git-hooks", "husky-4"])
def test_a_hook_that_a_tool_left_behind_is_chained_like_any_other(
    project: Project, command: Command, name: str
) -> None:
    text = (RECORDED / name).read_text()
    project.hook(text)
    assert command("install").code == 0
    kept = project.hooks / "pre-push.before-schemadiff"
    assert kept.read_text() == text
