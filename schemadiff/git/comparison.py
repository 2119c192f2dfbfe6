"""What is compared with what."""

from typing import NamedTuple

WORK_TREE = "WORKTREE"
INDEX = "INDEX"


class Revision(NamedTuple):
    """A commit, and what reports call it: `HEAD`, `origin/main`, `1a2b3c4`.

    The work tree and the index have no commit: theirs is `WORKTREE` or `INDEX`.
    """

    commit: str
    label: str


class Comparison(NamedTuple):
    """One base with one head.

    `base` is None when there is nothing to compare with, and `note` then says
    why. `ref` is the full name of the remote's ref that a push updates, and
    `remote` the remote's name, both empty outside of pushes.
    """

    base: Revision | None
    head: Revision
    note: str | None = None
    remote: str = ""
    ref: str = ""
