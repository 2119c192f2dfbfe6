"""What pushes through the real pre-commit and the real prek are compared with."""

import os
import sys
from pathlib import Path

import pytest

from schemadiff.git.comparison import Comparison
from schemadiff.git.environment import is_commit_hook
from schemadiff.git.inputs import comparisons
from schemadiff.git.new_refs import FIRST_PUSH
from schemadiff.git.repository import Repository
from tests.repositories import Sandbox

_BESIDE_PYTHON = str(Path(sys.executable).parent)
_CONFIG = """\
repos:
  - repo: local
    hooks:
      - id: seen
        name: seen
        entry: sh -c 'env | grep -E "^(PRE_COMMIT|GIT_INDEX)" >"$SEEN"; exit 1'
        language: system
        always_run: true
        pass_filenames: false
        stages: [pre-commit, pre-push, manual]
"""


class Hooked:
    """A repository whose pushes go through one of the two tools, and fail there."""

    def __init__(self, sandbox: Sandbox, tool: str) -> None:
        self.sandbox = sandbox
        self.tool = tool
        self._seen = sandbox.path.parent / "seen"
        home = str(sandbox.path.parent / "tool-home")
        sandbox.environment |= {
            "SEEN": str(self._seen),
            "PRE_COMMIT_HOME": home,
            "PREK_HOME": home,
            "PATH": _BESIDE_PYTHON + os.pathsep + sandbox.environment["PATH"],
        }
        config = sandbox.path.parent / "config.yaml"
        config.write_text(_CONFIG)
        self._hooks = sandbox.path / ".git" / "hooks"
        for stage in ("pre-push", "pre-commit"):
            hook = self._hooks / stage
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(self._hook(stage, config))
            hook.chmod(0o644)

    def _hook(self, stage: str, config: Path) -> str:
        return (
            "#!/bin/sh\n"
            f'exec {self.tool} hook-impl --config "{config}" --hook-type {stage}'
            f' --hook-dir "{self._hooks}" -- "$@"\n'
        )

    def seen(self, *git: str) -> dict[str, str] | None:
        """Run git with the hooks on; return what the hook saw, None if none ran."""
        self._seen.unlink(missing_ok=True)
        hooks = [self._hooks / stage for stage in ("pre-push", "pre-commit")]
        for hook in hooks:
            hook.chmod(0o755)
        self.sandbox.git(*git, check=False)
        for hook in hooks:
            hook.chmod(0o644)
        if not self._seen.exists():
            return None
        lines = self._seen.read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def compared(self, *arguments: str) -> list[Comparison]:
        """Return what a push of these arguments is compared with."""
        environ = self.seen("push", *arguments)
        assert environ is not None, "no hook ran"
        opened = Repository.open(self.sandbox.path)
        try:
            return comparisons(opened, None, None, environ)
        finally:
            opened.close()


@pytest.fixture(params=["pre-commit", "prek"])
def hooked(repository: Sandbox, request: pytest.FixtureRequest) -> Hooked:
    """A repository whose main was pushed to origin."""
    repository.commit({"schema.ts": "1"})
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    return Hooked(repository, request.param)


def pairs(found: list[Comparison]) -> set[tuple[str | None, str]]:
    return {(each.base and each.base.commit, each.head.commit) for each in found}


def test_an_ordinary_push(hooked: Hooked) -> None:
    sandbox = hooked.sandbox
    base, head = sandbox.at("HEAD"), sandbox.commit({"schema.ts": "2"})
    (found,) = hooked.compared("origin", "main")
    assert pairs([found]) == {(base, head)}
    assert (found.remote, found.ref) == ("origin", "refs/heads/main")
    assert found.base
    assert (found.base.label, found.head.label) == ("origin/main", "HEAD")


def test_a_first_push_to_an_empty_remote(hooked: Hooked) -> None:
    hooked.sandbox.remote("heroku")
    (found,) = hooked.compared("heroku", "main")
    assert pairs([found]) == {(None, hooked.sandbox.at("main"))}
    assert found.note == FIRST_PUSH


def test_an_orphan_branch(hooked: Hooked) -> None:
    hooked.sandbox.git("checkout", "--quiet", "--orphan", "fresh")
    head = hooked.sandbox.commit({"schema.ts": "2"})
    assert pairs(hooked.compared("origin", "fresh")) == {(None, head)}


def test_a_new_branch_off_main(hooked: Hooked) -> None:
    base = hooked.sandbox.at("main")
    hooked.sandbox.git("checkout", "--quiet", "-b", "feature")
    hooked.sandbox.commit({"schema.ts": "2"})
    head = hooked.sandbox.commit({"schema.ts": "3"})
    assert pairs(hooked.compared("origin", "feature")) == {(base, head)}


def test_a_new_branch_that_merged_main_leaves_out_what_main_has(
    hooked: Hooked,
) -> None:
    sandbox = hooked.sandbox
    sandbox.git("checkout", "--quiet", "-b", "feature")
    sandbox.commit({"mine.ts": "1"})
    sandbox.git("checkout", "--quiet", "main")
    merged = sandbox.commit({"theirs.ts": "1"})
    sandbox.git("push", "--quiet", "origin", "main")
    sandbox.git("checkout", "--quiet", "feature")
    head = sandbox.merge("main")
    assert pairs(hooked.compared("origin", "feature")) == {(merged, head)}


def test_a_diverged_forced_push_includes_what_the_remote_has(hooked: Hooked) -> None:
    sandbox = hooked.sandbox
    first = sandbox.at("main")
    theirs = sandbox.commit({"schema.ts": "2"})
    sandbox.git("push", "--quiet", "origin", "main")
    sandbox.git("reset", "--quiet", "--hard", first)
    mine = sandbox.commit({"schema.ts": "3"})
    found = pairs(hooked.compared("--force", "origin", "main"))
    assert (theirs, mine) in found
    assert found <= {(theirs, mine), (first, mine)}


def test_a_forced_push_over_an_unfetched_tip_uses_the_last_one_known(
    hooked: Hooked,
) -> None:
    sandbox = hooked.sandbox
    first = sandbox.at("main")
    known = sandbox.commit({"schema.ts": "2"})
    sandbox.git("push", "--quiet", "origin", "main")
    other = sandbox.clone("other")
    other.commit({"schema.ts": "theirs"})
    other.git("push", "--quiet", "origin", "main")
    sandbox.git("reset", "--quiet", "--hard", first)
    mine = sandbox.commit({"schema.ts": "3"})
    found = pairs(hooked.compared("--force", "origin", "main"))
    assert (known, mine) in found


def test_a_branch_that_is_not_checked_out(hooked: Hooked) -> None:
    base = hooked.sandbox.at("main")
    hooked.sandbox.git("checkout", "--quiet", "-b", "feature")
    head = hooked.sandbox.commit({"schema.ts": "2"})
    hooked.sandbox.git("checkout", "--quiet", "main")
    (found,) = hooked.compared("origin", "feature:main")
    assert pairs([found]) == {(base, head)}
    assert found.head.label == "feature"


def test_a_tag_is_not_judged(hooked: Hooked) -> None:
    hooked.sandbox.commit({"schema.ts": "2"})
    hooked.sandbox.git("tag", "--annotate", "--message", "one", "v1")
    (found,) = hooked.compared("origin", "v1")
    assert found.base is None
    assert found.note == "refs/tags/v1 is not judged"


def test_a_deletion_starts_no_hook(hooked: Hooked) -> None:
    hooked.sandbox.git("push", "--quiet", "origin", "main:gone")
    assert hooked.seen("push", "origin", ":gone") is None


@pytest.mark.parametrize("options", [(), ("--all",), ("--amend",), ("--only", "c.ts")])
def test_git_commit_is_recognised(hooked: Hooked, options: tuple[str, ...]) -> None:
    hooked.sandbox.write({"c.ts": "1"})
    hooked.sandbox.git("add", "--all")
    environ = hooked.seen("commit", "-m", "x", *options)
    assert environ is not None
    assert is_commit_hook(environ)


def test_a_push_is_no_commit_hook(hooked: Hooked) -> None:
    hooked.sandbox.commit({"schema.ts": "2"})
    environ = hooked.seen("push", "origin", "main")
    assert environ is not None
    assert not is_commit_hook(environ)
