"""Repositories with a small schema, pushed once, whose pushes run real hooks."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from schemadiff.cli import main
from schemadiff.git.repository import Repository
from schemadiff.install.hooks import Hooks, found_hooks
from tests.repositories import Sandbox

BESIDE_PYTHON = str(Path(sys.executable).parent)
CONFIG = """\
import { defineConfig } from "drizzle-kit";
export default defineConfig({ dialect: "postgresql", schema: "./schema.ts" });
"""
SCHEMA = """\
import { pgTable, text } from "drizzle-orm/pg-core";
export const clients = pgTable("clients", {
  name: text("name"),
  email: text("email"),
});
"""
LOSS = {"schema.ts": SCHEMA.replace('  email: text("email"),\n', "")}
BLOCKED = "error[drop-column] every value of clients.email would be lost"
QUIET = "no change that would lose data"


class Ran(NamedTuple):
    """How a command ended, and what it said on both streams."""

    code: int
    out: str


class Project(Sandbox):
    """A repository with a schema; its first commit is on origin's main."""

    def run(self, *command: str, given: str | None = None) -> Ran:
        """Run a command in the work tree."""
        done = subprocess.run(
            command,
            cwd=self.path,
            env=self.environment,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout)

    def push(self, *arguments: str) -> Ran:
        """Push, by default HEAD to origin's main, with whatever hooks there are."""
        return self.run("git", "push", *(arguments or ("origin", "HEAD:main")))

    def hook(self, text: str, name: str = "pre-push", mode: int = 0o755) -> Path:
        """Write a hook of the person's own."""
        path = self.hooks / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return path

    @property
    def hooks(self) -> Path:
        return self.path / ".git" / "hooks"

    def in_hooks(self) -> dict[str, tuple[int, bytes]]:
        """Return the mode and content of every hook but Git's samples."""
        return {
            path.name: (path.lstat().st_mode, path.read_bytes())
            for path in sorted(self.hooks.iterdir())
            if path.suffix != ".sample"
        }


@pytest.fixture
def project(repository: Sandbox) -> Project:
    made = Project(repository.path, made=True)
    made.environment |= {
        "PATH": BESIDE_PYTHON + os.pathsep + repository.environment["PATH"],
        "PRE_COMMIT_HOME": str(repository.path.parent / "tool-home"),
        "PREK_HOME": str(repository.path.parent / "tool-home"),
    }
    made.commit({"drizzle.config.ts": CONFIG, "schema.ts": SCHEMA})
    made.remote()
    made.git("push", "--quiet", "--set-upstream", "origin", "main")
    return made


Command = Callable[..., Ran]


@pytest.fixture
def command(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Run schemadiff in the project, or in `at`."""

    def run(*arguments: str, at: Path | None = None) -> Ran:
        monkeypatch.chdir(at or project.path)
        code = main(arguments)
        return Ran(code, "".join(capsys.readouterr()))

    return run


@pytest.fixture
def hooks(project: Project) -> Iterator[Callable[[], Hooks]]:
    """Tell what Git would run before a push from the project."""
    opened = Repository.open(project.path)
    yield lambda: found_hooks(opened)
    opened.close()
