"""Where Git looks for hooks, and who said so."""

from pathlib import Path
from typing import NamedTuple

from schemadiff.git.commands import Commands
from schemadiff.git.repository import Repository


class HooksPlace(NamedTuple):
    """The folder that Git takes hooks from, and the repository's own one.

    Both are absolute, and the same unless `core.hooksPath` is set. `written` is its
    value that counts and `scope` where that stands: `local`, `worktree`, `global`,
    `system` or `command`; both are None where it is not set.
    """

    directory: Path
    own: Path
    scope: str | None
    written: str | None


def hooks_place(repository: Repository) -> HooksPlace:
    """Return where Git looks for the hooks of a push from this repository.

    Linked worktrees share the hooks of their repository; a relative `core.hooksPath`
    counts from the root of each work tree (git-config, core.hooksPath).
    """
    commands = _where_hooks_run(repository)
    answer = commands.run("rev-parse", "--git-common-dir", "--git-path", "hooks")
    common, directory = answer.text.split("\n")[:2]
    values = repository.config_values("core.hooksPath")
    scope, written = values[-1] if values else (None, None)
    root = commands.directory
    own = root / common / "hooks"
    # An empty value makes Git look in the file system's root (git/path.c).
    named = root / (directory or "/") if written is not None else own
    return HooksPlace(_plain(named), _plain(own), scope, written)


def tracked_in(repository: Repository, directory: Path) -> bool:
    """Tell whether a folder of the work tree holds files that Git tracks."""
    answer = repository.at_root().run(
        "ls-files", "-z", "--", str(directory), accept=(0, 128)
    )
    return answer.out != b""


def _where_hooks_run(repository: Repository) -> Commands:
    if repository.work_tree is not None:
        return repository.at_root()
    inside = repository.commands.run("rev-parse", "--absolute-git-dir").text
    return Commands(Path(inside.removesuffix("\n")))


def _plain(path: Path) -> Path:
    """Return a path without `..`, its own last part not followed."""
    return path.parent.resolve() / path.name
