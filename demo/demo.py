"""Show on real tools how the accident is stopped: run by `make demo`.

A throw-away application with a bare remote, the hook installed by the real
pre-commit, and four pushes. Everything lives in one temporary folder, apart from
pre-commit's cache, which stays in the clone so that the next run takes seconds.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
APP = PROJECT / "demo" / "app"
CHANGES = PROJECT / "demo" / "changes"
OVERRIDE = "rename-column:clients.company_name,drop-column:clients.email"
_CONFIG = """\
default_install_hook_types: [pre-push]
repos:
  - repo: {project}
    rev: {revision}
    hooks:
      - id: schemadiff
"""


class Demo:
    """One temporary folder with the application and its remote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = folder / "agency-desk"
        self.environment = _environment(folder)

    def run(self, *command: str, accept: tuple[int, ...] = (0,)) -> int:
        """Print a command and run it in the application; stop where it surprises."""
        print(f"\n$ {shlex.join(command)}", flush=True)
        done = subprocess.run(command, cwd=self.app, env=self.environment, check=False)
        if done.returncode not in accept:
            sys.exit(f"demo: expected exit code {accept}, got {done.returncode}")
        return done.returncode

    def quietly(self, *command: str) -> str:
        """Run a command that is only set-up, and return what it prints."""
        done = subprocess.run(
            command,
            cwd=self.app,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def set_up(self) -> None:
        """Make the application, its remote and what was pushed before."""
        shutil.copytree(APP, self.app)
        self.quietly("git", "init", "--quiet", "--initial-branch=main", ".")
        self.quietly("git", "init", "--quiet", "--bare", "../remote.git")
        self.quietly("git", "remote", "add", "origin", "../remote.git")
        self.commit("Published your App")
        self.quietly("git", "push", "--quiet", "--set-upstream", "origin", "main")

    def install(self) -> None:
        """Install the hook as a project would, from this very clone."""
        revision = subprocess.run(
            ["git", "-C", str(PROJECT), "rev-parse", "HEAD"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        config = _CONFIG.format(project=PROJECT, revision=revision)
        (self.app / ".pre-commit-config.yaml").write_text(config)
        self.run("cat", ".pre-commit-config.yaml")
        self.commit("Add schemadiff")
        self.run("pre-commit", "install", "--install-hooks")

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.quietly("git", "add", "--all")
        self.quietly("git", "commit", "--quiet", "--message", message)

    def change(self, name: str, message: str) -> None:
        """Make one of the prepared changes and show it."""
        _say(message)
        shutil.copytree(CHANGES / name, self.app, dirs_exist_ok=True)
        self.run("git", "--no-pager", "diff", "--unified=0")
        self.commit(message)

    def tip(self) -> str:
        """Return what the remote has."""
        return self.quietly("git", "--git-dir=../remote.git", "rev-parse", "main")

    def push(self, *, passes: bool, override: str = "") -> None:
        """Push, and stop unless it turns out as it must."""
        before = self.tip()
        settings = ["-c", f"schemadiff.allow={override}"] if override else []
        self.run(
            "git", *settings, "push", "origin", "main", accept=(0,) if passes else (1,)
        )
        arrived = self.tip() == self.quietly("git", "rev-parse", "HEAD")
        if arrived != passes or (not passes and self.tip() != before):
            sys.exit("demo: the remote does not have what it should have")


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment that neither reads nor touches the person's own."""
    home = folder / "home"
    home.mkdir()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "PRE_COMMIT", "SCHEMADIFF_", "SKIP"))
    }
    cache = PROJECT / ".cache" / "pre-commit"
    tools = Path(sys.executable).parent
    return kept | {
        "PATH": f"{tools}{os.pathsep}{kept.get('PATH', '')}",
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(cache),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
    }


def _say(text: str) -> None:
    print(f"\n{'=' * 80}\n{text}", flush=True)


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="schemadiff-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Show the four pushes."""
    with _temporary_folder() as folder:
        demo = Demo(folder)
        demo.set_up()
        _say("An application that publishes with `drizzle-kit push --force`.")
        demo.install()
        demo.change("harmless", "1. A new column: harmless, the push goes through.")
        demo.push(passes=True)
        demo.change("accident", "2. The accident: one column renamed, one removed.")
        demo.push(passes=False)
        _say("   Blocked. Back to what was pushed.")
        demo.run("git", "reset", "--quiet", "--hard", "HEAD~1")
        demo.change("safe", "3. The safe way: the name changes in TypeScript only.")
        demo.push(passes=True)
        demo.change("accident", "4. The accident again, and this time it is meant.")
        demo.push(passes=True, override=OVERRIDE)
        _say("All four pushes turned out as they must.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
