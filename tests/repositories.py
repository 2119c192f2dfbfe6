"""Real repositories for tests, apart from the machine's own configuration.

    def test_something(repository):             # the fixture of tests/conftest.py
        first = repository.commit({"schema.ts": "..."})     # writes, adds, commits
        repository.remote("origin")             # a bare repository beside it
        repository.git("push", "origin", "main")
        repository.git("checkout", "-b", "feature")
        repository.commit({"schema.ts": None})  # None removes the file
        opened = Repository.open(repository.path)

`handed_over` tells what Git hands to a pre-push hook, without pushing:

        remote, url, lines = repository.handed_over("origin", "feature:main")
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

CLOCK = 1_700_000_000


def environment(home: Path) -> dict[str, str]:
    """An environment in which Git knows nothing of this machine or an outer Git."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "PRE_COMMIT", "SCHEMADIFF_", "GITHUB_", "CI"))
    }
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Ada Example",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada Example",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
        "GIT_TERMINAL_PROMPT": "0",
    }


class Sandbox:
    """One repository in a temporary folder; its remotes lie beside it."""

    def __init__(self, path: Path, *options: str, made: bool = False) -> None:
        self.path = path
        self.environment = environment(path.parent)
        self._seconds = CLOCK
        if not made:
            path.mkdir(parents=True)
            self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(
        self,
        *arguments: str,
        check: bool = True,
        environ: Mapping[str, str] | None = None,
        given: str | None = None,
    ) -> str:
        """Run git here and return what it printed, stripped."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env=self.environment | dict(environ or {}),
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"git {arguments}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files of the work tree; None removes one."""
        for name, text in files.items():
            path = self.path / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(
        self,
        files: Mapping[str, str | bytes | None] | None = None,
        message: str = "Change",
    ) -> str:
        """Write, add and commit, a minute after the commit before; return its id."""
        self.write(files or {})
        self.git("add", "--all")
        self._seconds += 60
        when = f"{self._seconds} +0000"
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        self.git("commit", "--quiet", "--allow-empty", "-m", message, environ=dates)
        return self.at("HEAD")

    def merge(self, *others: str) -> str:
        """Merge other branches into the one checked out; return the merge."""
        self._seconds += 60
        when = f"{self._seconds} +0000"
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        self.git("merge", "--quiet", "--no-ff", "-m", "Merge", *others, environ=dates)
        return self.at("HEAD")

    def at(self, revision: str) -> str:
        """Return the object id of a revision."""
        return self.git("rev-parse", "--verify", revision)

    def remote(self, name: str = "origin") -> "Sandbox":
        """Add a bare repository beside this one as a remote."""
        path = self.path.parent / f"{name}.git"
        bare = Sandbox(path, "--bare", f"--object-format={self.object_format()}")
        self.git("remote", "add", name, str(path))
        return bare

    def clone(self, name: str, *options: str, of: str = "origin") -> "Sandbox":
        """Clone the bare remote `of` beside this repository."""
        path = self.path.parent / name
        source = (self.path.parent / f"{of}.git").as_uri()
        self.git("clone", "--quiet", *options, source, str(path))
        return Sandbox(path, made=True)

    def object_format(self) -> str:
        return self.git("rev-parse", "--show-object-format")

    def handed_over(self, *arguments: str) -> tuple[str, str, list[str]]:
        """Return what Git hands to the pre-push hook of a push, which then fails.

        So everything here is still as the hook sees it. A push that starts no hook
        gives two empty words and no line.
        """
        log = self.path.parent / "handed-over"
        hooks = self.path.parent / "refusing-hooks"
        hooks.mkdir(exist_ok=True)
        hook = hooks / "pre-push"
        hook.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$1" "$2" >"{log}"\ncat >>"{log}"\nexit 1\n'
        )
        hook.chmod(0o755)
        log.unlink(missing_ok=True)
        refusing = f"core.hooksPath={hooks}"
        self.git("-c", refusing, "push", "--quiet", *arguments, check=False)
        if not log.exists():
            return "", "", []
        remote, url, *lines = log.read_text().splitlines()
        return remote, url, lines

    def state(self) -> dict[str, bytes]:
        """Return every file in and around `.git`, to compare before and after."""
        return {
            str(path.relative_to(self.path)): path.read_bytes()
            for path in sorted(self.path.rglob("*"))
            if path.is_file()
        }
