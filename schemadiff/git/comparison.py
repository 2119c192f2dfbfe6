"""What is compared with what."""

from typing import NamedTuple

WORK_TREE = "WORKTREE"
INDEX = "INDEX"


class Revision(NamedTuple):
    """A commit, and what reports call it: `HEAD`, `origin/main`, `1a2b3c4d5`.

    The work tree and the index have no commit: theirs is `WORKTREE` or `INDEX`.
    """

    commit: str
    label: str


class Comparison(NamedTuple):
    """One base with one head.

    `base` is None when there is nothing to compare with; `note` then says why.
    Beside a base, `note` says what the reader should know about the choice. `ref`
    is the full name of the remote's ref that a push updates, `remote` the remote's
    name (or its URL, where it has none); both are empty outside of pushes. `also`
    are further refs of the same push for which the comparison is the very same.

    Comparisons with the same head and ref belong together: what any of them finds
    is a finding of that push, once.
    """

    base: Revision | None
    head: Revision
    note: str | None = None
    remote: str = ""
    ref: str = ""
    also: tuple[str, ...] = ()

    @property
    def refs(self) -> tuple[str, ...]:
        """Every ref of the remote that this comparison stands for."""
        return (self.ref, *self.also) if self.ref else ()
