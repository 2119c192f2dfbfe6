"""What a remote's trunk did while a branch was away from it."""

from collections.abc import Iterator

from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison, Revision
from schemadiff.git.repository import Repository, short


def trunk_beside(repository: Repository, comparison: Comparison) -> Revision | None:
    """Return the tip of the trunk of the remote that a branch is pushed to.

    None where there is none, or no base, and on a push to the trunk itself, where
    nothing is excused.
    """
    remote = repository.remote(comparison.remote) if comparison.remote else None
    if remote is None or comparison.base is None or remote.trunk is None:
        return None
    tip = remote.branches.get(remote.trunk)
    if tip is None or f"refs/heads/{remote.trunk}" in comparison.refs:
        return None
    return Revision(tip, f"{remote.name}/{remote.trunk}")


def done_on_trunk(
    repository: Repository, comparison: Comparison, trunk: Revision
) -> Iterator[tuple[Revision, Revision]]:
    """Yield the ends of what the trunk did since the base of a push left it.

    What both one of these and the push change is on the trunk already, and not the
    doing of who merges or rebases it into a branch. The first is all that the trunk
    did; the second, where it is another, what the pushed branch has of that: the
    trunk may have undone some since.
    """
    base, head = comparison.base, comparison.head
    left = repository.common_ancestor(base.commit, trunk.commit) if base else None
    if left is None or left == trunk.commit:
        return
    start = Revision(left, short(left))
    yield start, trunk
    if head.commit in (WORK_TREE, INDEX):
        return
    taken = repository.common_ancestor(head.commit, trunk.commit)
    if taken not in (None, left, trunk.commit) and repository.is_ancestor(left, taken):
        yield start, Revision(taken, short(taken))


def parting_is_hidden(
    repository: Repository, comparison: Comparison, trunk: Revision
) -> bool:
    """Tell whether a shallow history ends before a base left the trunk."""
    base = comparison.base
    return (
        base is not None
        and repository.is_shallow()
        and repository.common_ancestor(base.commit, trunk.commit) is None
    )
