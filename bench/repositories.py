"""The repositories that are measured, each with what is compared at its tip."""

import shutil
import subprocess
from pathlib import Path

from generate import drop_a_column, write_schema

DEMO = Path(__file__).resolve().parent.parent / "demo"
NOTHING = "0" * 40
_IDENTITY = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
_CONFIG = """\
import { defineConfig } from "drizzle-kit";
export default defineConfig({ dialect: "postgresql", schema: "./schema/*.ts" });
"""
_PACKAGE = (
    '{ "devDependencies": { "drizzle-kit": "0.31.11", "drizzle-orm": "0.45.4" } }\n'
)


def git(folder: Path, *arguments: str, given: str | None = None) -> str:
    """Run Git in a repository and return what it says."""
    done = subprocess.run(
        ["git", "-C", str(folder), *_IDENTITY, *arguments],
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str) -> None:
    """Commit everything; make the repository first where there is none."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def generated(folder: Path, tables: int, files: int = 1) -> Path:
    """Make a schema of many tables, one of which loses a column in HEAD."""
    paths = write_schema(folder / "schema", tables, files)
    (folder / "drizzle.config.ts").write_text(_CONFIG)
    (folder / "package.json").write_text(_PACKAGE)
    commit(folder, "base")
    drop_a_column(paths[0])
    commit(folder, "head")
    return folder


def demo(folder: Path) -> Path:
    """Make the demo's application, with the accident in HEAD."""
    shutil.copytree(DEMO / "app", folder)
    commit(folder, "base")
    shutil.copytree(DEMO / "changes" / "accident", folder, dirs_exist_ok=True)
    commit(folder, "head")
    return folder


def quiet(folder: Path, path: str) -> Path:
    """Make the demo's application, with a new file of no consequence in HEAD."""
    shutil.copytree(DEMO / "app", folder)
    commit(folder, "base")
    (folder / path).write_text("export const more = 1;\n")
    commit(folder, "head")
    return folder


def branches(folder: Path, count: int, commits: int = 1) -> list[str]:
    """Make branches that lose the same column, and return the lines of their push.

    Each is a commit of its own, the trees are equal. The trunk, which the remote has,
    is `commits` long.
    """
    generated(folder, tables=10)
    base, tree = git(folder, "rev-parse", "HEAD~1", "HEAD^{tree}").split()
    if commits > 1:
        base = _continued(folder, base, commits)
    remote = folder.with_suffix(".git")
    git(folder, "init", "--quiet", "--bare", str(remote))
    git(folder, "remote", "add", "origin", str(remote))
    git(folder, "push", "--quiet", "origin", f"{base}:refs/heads/main")
    lines = []
    for number in range(count):
        ref = f"refs/heads/topic{number}"
        made = git(folder, "commit-tree", "-p", base, "-m", ref, tree)
        git(folder, "update-ref", ref, made)
        lines.append(f"{ref} {made} {ref} {NOTHING}\n")
    git(folder, "checkout", "--quiet", "--detach", made)
    return lines


def _continued(folder: Path, base: str, commits: int) -> str:
    """Add many commits to `base`, of one more file, and return the last."""
    said = "".join(
        "commit refs/heads/long\n"
        f"committer Ada <ada@example.com> {1_700_000_000 + number} +0000\n"
        "data 0\n"
        + (f"from {base}\n" if number == 0 else "")
        # Numbers that fit one line each: what is written is beside the point.
        + f"M 644 inline notes/{number % 50}.txt\ndata 6\n{number:06}\n"
        for number in range(commits)
    )
    git(folder, "fast-import", "--quiet", given=said)
    return git(folder, "rev-parse", "long")
