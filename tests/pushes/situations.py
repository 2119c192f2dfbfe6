"""One push in three ways: through Git's own hook, real pre-commit and real prek.

Every hook only writes down what it is told, and fails, so that nothing is pushed and
all three see the same. With both tools the own hook is also there, as the
`pre-push.legacy` that they run first; it has to be told what Git itself tells.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import Comparison
from schemadiff.git.inputs import comparisons
from schemadiff.git.pushes import push_comparisons
from schemadiff.git.repository import Repository, short
from tests.install.conftest import BESIDE_PYTHON
from tests.repositories import Sandbox

TOOLS = ("pre-commit", "prek")
NO_HOOK = "no hook runs"
NOTHING = "nothing to judge"
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
_OWN = '#!/bin/sh\nprintf "%s\\n" "$1" "$2" >"$TOLD"\ncat >>"$TOLD"\nexit 1\n'

Pairs = set[tuple[str | None, str]]


class Told(NamedTuple):
    """What one hook compares, and the words for it on the page."""

    pairs: Pairs
    words: str


class Hooks:
    """A folder of hooks for one repository, of Git alone or of one of the tools."""

    def __init__(self, folder: Path, tool: str | None, home: Path) -> None:
        self._seen, self._told = folder / "seen", folder / "told"
        self._hooks = folder / "hooks"
        self._hooks.mkdir(parents=True)
        self._environment = {
            "SEEN": str(self._seen),
            "TOLD": str(self._told),
            "PRE_COMMIT_HOME": str(home),
            "PREK_HOME": str(home),
            "PATH": BESIDE_PYTHON + os.pathsep + os.environ["PATH"],
        }
        if tool is None:
            self._write("pre-push", _OWN)
            return
        config = folder / "config.yaml"
        config.write_text(_CONFIG)
        self._write("pre-push.legacy", _OWN)
        for stage in ("pre-push", "pre-commit"):
            self._write(
                stage,
                f'#!/bin/sh\nexec {tool} hook-impl --config "{config}"'
                f' --hook-type {stage} --hook-dir "{self._hooks}" -- "$@"\n',
            )

    def _write(self, name: str, text: str) -> None:
        (self._hooks / name).write_text(text)
        (self._hooks / name).chmod(0o755)

    def run(self, sandbox: Sandbox, *git: str) -> tuple[list[str], dict[str, str]]:
        """Run Git; return what the own hook was told, and what the tool's hook saw."""
        for each in (self._seen, self._told):
            each.unlink(missing_ok=True)
        hooks = f"core.hooksPath={self._hooks}"
        sandbox.git("-c", hooks, *git, check=False, environ=self._environment)
        told = self._told.read_text().splitlines() if self._told.exists() else []
        seen = self._seen.read_text().splitlines() if self._seen.exists() else []
        return told, dict(line.split("=", 1) for line in seen)


class Situation:
    """A situation in which somebody pushes; its name is that of its test."""

    def __init__(self, name: str, sandbox: Sandbox, home: Path) -> None:
        self.name = name
        self.sandbox = sandbox
        self.called: dict[str, str] = {}
        self.found: dict[str, Told] = {}
        self._home = home

    def push(self, *arguments: str, at: Sandbox | None = None) -> dict[str, Told]:
        """Push in every way; return what each compares, `git` being the own hook."""
        sandbox = at or self.sandbox
        found = self.found
        first: list[str] = []
        for tool in (None, *TOOLS):
            folder = sandbox.path.parent / f"{sandbox.path.name}-{tool}"
            hooks = Hooks(folder, tool, self._home)
            told, seen = hooks.run(sandbox, "push", *arguments)
            if tool is None:
                first = told
                found["git"] = self._own(sandbox, told)
            else:
                assert told == first, "the legacy hook is told something else"
                found[tool] = self._through(sandbox, seen)
        return found

    def _own(self, sandbox: Sandbox, told: list[str]) -> Told:
        if not told:
            return Told(set(), NO_HOOK)
        remote, url, *lines = told
        opened = Repository.open(sandbox.path)
        try:
            return self._worded(push_comparisons(opened, remote, url, lines))
        except SchemadiffError as error:
            return Told(set(), f"exit code 2 and the line `{error.remedy}`")
        finally:
            opened.close()

    def _through(self, sandbox: Sandbox, seen: Mapping[str, str]) -> Told:
        if not seen:
            return Told(set(), NO_HOOK)
        opened = Repository.open(sandbox.path)
        try:
            return self._worded(comparisons(opened, None, None, seen))
        finally:
            opened.close()

    def _worded(self, found: list[Comparison]) -> Told:
        pairs = {(each.base and each.base.commit, each.head.commit) for each in found}
        said = "; ".join(map(self._words, found))
        return Told(pairs, said or NOTHING)

    def _words(self, comparison: Comparison) -> str:
        base, head = comparison.base, comparison.head
        if base is None:
            return str(comparison.note)
        labels = []
        for each in (head, base):
            is_named = each.label != short(each.commit)
            labels.append(f"`{each.label}`" if is_named else self.called[each.commit])
        return " with ".join(labels)
