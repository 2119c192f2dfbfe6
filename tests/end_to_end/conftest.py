"""The application of the accident, with a remote and the real hooks."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from tests.repositories import Sandbox, environment

PROJECT = Path(__file__).resolve().parents[2]
APP = PROJECT / "demo" / "app"
CHANGES = PROJECT / "demo" / "changes"
BESIDE_PYTHON = str(Path(sys.executable).parent)
HOOK = """\
default_install_hook_types: [pre-commit, pre-push]
repos:
  - repo: {project}
    rev: {revision}
    hooks:
      - id: schemadiff
"""


class Done(NamedTuple):
    """How a command ended, and what it said on both streams."""

    code: int
    out: str

    @property
    def report(self) -> str:
        """What schemadiff itself said, without the lines of pre-commit and Git."""
        lines = self.out.splitlines()
        starts = [
            index
            for index, line in enumerate(lines)
            if line.startswith(("error[", "warning[", "allowed[", "note: "))
        ]
        ends = [
            index for index, line in enumerate(lines) if line.startswith("schemadiff: ")
        ]
        start = starts[0] if starts else ends[0]
        return "\n".join(lines[start : ends[-1] + 1])


class App:
    """The application in a repository of its own, pushed once without any hook."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.sandbox = Sandbox(folder / "app")
        self.sandbox.environment |= {
            "PATH": BESIDE_PYTHON + os.pathsep + os.environ["PATH"],
            "PRE_COMMIT_HOME": str(cache),
        }
        shutil.copytree(APP, self.sandbox.path, dirs_exist_ok=True)
        self.sandbox.commit(message="Published your App")
        self.remote = self.sandbox.remote()

    def pushed(self) -> "App":
        self.sandbox.git("push", "--quiet", "--set-upstream", "origin", "main")
        return self

    def change(self, name: str) -> None:
        """Commit one of the demo's prepared changes."""
        shutil.copytree(CHANGES / name, self.sandbox.path, dirs_exist_ok=True)
        self.sandbox.commit(message=name)

    def run(self, *command: str, environ: Mapping[str, str] | None = None) -> Done:
        done = subprocess.run(
            command,
            cwd=self.sandbox.path,
            env=self.sandbox.environment | dict(environ or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stdout
        return Done(done.returncode, done.stdout)

    def check(self, *arguments: str, environ: Mapping[str, str] | None = None) -> Done:
        return self.run("schemadiff", "check", *arguments, environ=environ)

    def arrived(self, ref: str = "main") -> bool:
        """Tell whether the remote has what is committed here."""
        tip = self.remote.git("rev-parse", "--verify", ref, check=False)
        return tip == self.sandbox.at("HEAD")

    def use_pre_commit(self) -> None:
        """Install the hook with the real pre-commit, from the project itself."""
        revision = _revision()
        config = HOOK.format(project=PROJECT, revision=revision)
        self.sandbox.commit({".pre-commit-config.yaml": config}, "Add schemadiff")
        installed = self.run("pre-commit", "install")
        assert installed.code == 0, installed.out

    def use_native(self) -> None:
        """Let Git itself run the shim."""
        self.sandbox.git("config", "core.hooksPath", str(PROJECT / "hooks"))


def _revision() -> str:
    return subprocess.run(
        ["git", "-C", str(PROJECT), "rev-parse", "HEAD"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@pytest.fixture(scope="session")
def pre_commit_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pre-commit's cache with the hook's environment in it: the only use of a network.

    It is shared by every worker of this run, and made by the first.
    """
    shared = tmp_path_factory.getbasetemp().parent
    cache = shared / "pre-commit-cache"
    with FileLock(shared / "pre-commit-cache.lock"):
        if not (cache / "ready").exists():
            folder = tmp_path_factory.mktemp("warm")
            sandbox = Sandbox(folder / "app")
            config = HOOK.format(project=PROJECT, revision=_revision())
            sandbox.commit({".pre-commit-config.yaml": config})
            subprocess.run(
                ["pre-commit", "install-hooks"],
                cwd=sandbox.path,
                env=environment(folder)
                | {
                    "PATH": BESIDE_PYTHON + os.pathsep + os.environ["PATH"],
                    "PRE_COMMIT_HOME": str(cache),
                    "HOME": os.environ["HOME"],
                },
                check=True,
                capture_output=True,
            )
            (cache / "ready").touch()
    return cache


@pytest.fixture
def new_app(tmp_path: Path, pre_commit_cache: Path) -> App:
    """The application before anything was pushed."""
    return App(tmp_path, pre_commit_cache)


@pytest.fixture
def app(new_app: App) -> App:
    """The application after its first push."""
    return new_app.pushed()
