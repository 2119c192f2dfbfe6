"""Whatever surrounds a push: no network, an outer Git's word, nobody's programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.install.conftest import BLOCKED, LOSS, SCHEMA, Project
from tests.repositories import Sandbox

JUDGING = [
    ("schemadiff", "pre-push", "origin", "url"),
    ("schemadiff", "check"),
    ("schemadiff", "check", "--head", "WORKTREE"),
    ("schemadiff", "check", "--head", "INDEX"),
    ("schemadiff", "check", "--base", "HEAD~1", "--format", "json"),
    ("schemadiff", "schema", "HEAD"),
    ("schemadiff", "schema", "WORKTREE"),
]


class Noticed:
    """A program that leaves a mark when anything starts it."""

    def __init__(self, folder: Path) -> None:
        self.mark = folder / "executed"
        self.folder = folder / "programs"
        self.folder.mkdir()
        self.path = self.program("noticed")

    def program(self, name: str) -> Path:
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "$0 $*" >>"{self.mark}"\nexit 1\n')
        path.chmod(0o755)
        return path

    def said(self) -> str:
        return self.mark.read_text() if self.mark.exists() else ""


@pytest.fixture
def noticed(tmp_path: Path) -> Noticed:
    return Noticed(tmp_path)


def everything(project: Project, noticed: Noticed) -> Iterator[tuple[int, str]]:
    """Run all that reads a repository, and see that no program was started."""
    head, base = project.at("HEAD"), project.at("HEAD~1")
    given = f"refs/heads/main {head} refs/heads/main {base}\n"
    for command in JUDGING:
        yield project.run(*command, given=given)
        assert noticed.said() == "", command


def test_no_network_is_used_even_where_objects_are_missing(
    project: Project, noticed: Noticed
) -> None:
    noticed.program("git-remote-noticed")
    project.environment["PATH"] += f":{noticed.folder}"
    for key, value in {
        "remote.origin.url": "noticed::anything",
        "remote.origin.promisor": "true",
        "remote.origin.partialCloneFilter": "blob:none",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
        "core.sshCommand": str(noticed.path),
        "core.gitProxy": str(noticed.path),
        "credential.helper": str(noticed.path),
    }.items():
        project.git("config", key, value)
    blob = project.at("HEAD~1:schema.ts")
    (project.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    found = list(everything(project, noticed))
    assert [each[0] for each in found] == [2, 2, 2, 2, 2, 0, 0]
    for _, out in found[:5]:
        assert f"is not in this repository: object {blob}" in out
        assert "git diff --stat HEAD" in out
    project.git("diff", "--stat", "HEAD", "HEAD~1", check=False)
    assert "git-remote-noticed" in noticed.said()  # what it must not start


def test_a_remote_tip_that_is_missing_is_not_looked_for(
    project: Project, noticed: Noticed
) -> None:
    noticed.program("git-remote-noticed")
    project.environment["PATH"] += f":{noticed.folder}"
    project.git("config", "remote.origin.url", "noticed::anything")
    project.git("config", "remote.origin.promisor", "true")
    line = f"refs/heads/main {project.at('HEAD')} refs/heads/main {'1' * 40}\n"
    done = project.run(
        "schemadiff", "pre-push", "origin", "noticed::anything", given=line
    )
    assert done.code == 2
    assert "git fetch origin main" in done.out
    assert noticed.said() == ""


def test_nothing_that_a_repository_brings_is_executed(
    project: Project, noticed: Noticed
) -> None:
    program = str(noticed.path)
    attributes = "* diff=evil filter=evil merge=evil\n"
    hooks = noticed.folder / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).symlink_to(noticed.path)
    inner = Sandbox(project.path / "inner")
    inner.commit({"a.ts": "1"})
    project.write({".gitattributes": attributes, "-x.ts": "1", "--output=y.ts": "1"})
    project.git("add", "--all")
    project.git("commit", "--quiet", "--amend", "--no-edit")
    included = noticed.folder / "included"
    included.write_text(f'[core]\n  fsmonitor = "{program}"\n')
    for key in (
        "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand",
        "core.alternateRefsCommand", "core.askPass", "core.gitProxy",
        "credential.helper", "diff.external", "diff.evil.command",
        "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge",
        "filter.evil.process", "gpg.program", "interactive.diffFilter",
        "pager.grep", "pager.config", "pager.remote", "sequence.editor",
        "trailer.schemadiff-allow.command", "uploadpack.packObjectsHook",
        "remote.origin.uploadpack", "remote.origin.receivepack",
    ):  # fmt: skip
        project.git("config", key, program)
        inner.git("config", key, program)
    for name in ("cat-file", "rev-parse", "rev-list", "for-each-ref", "ls-files"):
        project.git("config", f"alias.{name}", f"!{program}")
    project.git("config", "include.path", str(included))
    project.git("config", f"includeIf.gitdir:{project.path}/.path", str(included))
    project.git("config", "core.hooksPath", str(hooks))
    project.git("config", "log.showSignature", "true")
    project.git("config", "remote.--upload-pack=x.url", f"ext::{program}")
    noticed.mark.unlink(missing_ok=True)
    found = list(everything(project, noticed))
    assert [each[0] for each in found] == [1, 1, 1, 1, 1, 0, 0]
    assert all(BLOCKED in out for _, out in found[:4])


def test_names_of_remotes_and_refs_are_never_options(project: Project) -> None:
    project.run("schemadiff", "install")
    url = project.git("remote", "get-url", "origin")
    allow = "--allow=drop-column:clients.email"
    for name in ("-x", "--strict", allow):
        project.git("config", f"remote.{name}.url", url)
        done = project.push("--", name, "HEAD:main")
        assert (done.code, done.out.count(BLOCKED)) == (1, 1), done.out
        done = project.push("--", name, f"HEAD:refs/heads/{name.split(':')[0]}")
        assert "first push to this remote" in done.out


@pytest.mark.parametrize(
    "options",
    [
        ("--git-dir=.git",),
        ("--git-dir=.git", "--work-tree=."),
        ("--namespace=elsewhere",),
        ("--icase-pathspecs", "--no-replace-objects", "--no-optional-locks"),
        ("--exec-path",),
        ("-c", "core.bare=false", "--config-env=schemadiff.other=HOME"),
    ],
    ids=" ".join,
)
def test_what_an_outer_git_was_told_changes_no_verdict(
    project: Project, options: tuple[str, ...]
) -> None:
    if options == ("--exec-path",):
        options = (f"--exec-path={project.git('--exec-path')}",)
    project.run("schemadiff", "install")
    done = project.run("git", *options, "push", "origin", "HEAD:main")
    assert (done.code, done.out.count(BLOCKED)) == (1, 1), done.out


def test_an_outer_git_in_another_folder_is_followed(
    project: Project, tmp_path: Path
) -> None:
    project.run("schemadiff", "install")
    bare = tmp_path / "moved.git"
    (project.path / ".git").rename(bare)
    for environ in (
        {"GIT_DIR": str(bare)},
        {"GIT_DIR": "../moved.git", "GIT_WORK_TREE": "."},
        {"GIT_DIR": str(bare), "GIT_WORK_TREE": str(project.path)},
    ):
        project.environment |= environ
        done = project.push("origin", "HEAD:main")
        assert (done.code, done.out.count(BLOCKED)) == (1, 1), done.out
        assert project.run("schemadiff", "check").code == 1
        for name in environ:
            del project.environment[name]


def test_how_paths_are_matched_elsewhere_changes_no_verdict(project: Project) -> None:
    project.git("rm", "--quiet", "drizzle.config.ts")
    project.commit({"schema.ts": SCHEMA})
    project.git("push", "--quiet", "origin", "main")
    project.write(LOSS)
    project.environment |= {"GIT_GLOB_PATHSPECS": "1", "GIT_ICASE_PATHSPECS": "1"}
    done = project.run("schemadiff", "check", "--head", "WORKTREE")
    assert (done.code, done.out.count(BLOCKED)) == (1, 1), done.out


def test_objects_that_lie_elsewhere_are_read(project: Project, tmp_path: Path) -> None:
    project.run("schemadiff", "install")
    moved = tmp_path / "objects"
    (project.path / ".git" / "objects").rename(moved)
    (project.path / ".git" / "objects").mkdir()
    for environ in (
        {"GIT_OBJECT_DIRECTORY": str(moved)},
        {"GIT_OBJECT_DIRECTORY": "../objects"},
        {"GIT_ALTERNATE_OBJECT_DIRECTORIES": str(moved)},
    ):
        project.environment |= environ
        for command in (("git", "push", "origin", "HEAD:main"), *JUDGING[1:3]):
            done = project.run(*command)
            assert (done.code, done.out.count(BLOCKED)) == (1, 1), done.out
        for name in environ:
            del project.environment[name]
