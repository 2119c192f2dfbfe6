"""What a remote's trunk did while a branch was away from it."""

from collections.abc import Iterator

from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison, Revision
from schemadiff.git.repository import Repository, short

_STEPS = 30  # enough for a branch that is kept up to date; each may be a whole check


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
    did; further ones, where they are others, what the pushed branch has of that, as the
    trunk may have undone some since, and what the trunk did from a commit on that it
    had once, when it was forced back.
    """
    base, head = comparison.base, comparison.head
    left = repository.common_ancestor(base.commit, trunk.commit) if base else None
    if base is None or left is None:
        return
    start = Revision(left, short(left))
    if left != trunk.commit:
        yield start, trunk
        if head.commit not in (WORK_TREE, INDEX):
            taken = repository.common_ancestor(head.commit, trunk.commit)
            is_other = taken is not None and taken not in (left, trunk.commit)
            if taken and is_other and repository.is_ancestor(left, taken):
                yield start, Revision(taken, short(taken))
    once = repository.left_once(f"refs/remotes/{trunk.label}", base.commit)
    if once is not None and once != left:
        yield Revision(once, short(once)), trunk


def steps_of_trunk(
    repository: Repository, comparison: Comparison, trunk: Revision
) -> Iterator[tuple[Revision, Revision]]:
    """Yield the trunk's last steps since the base of a push left it, newest first.

    A squash or a cherry-pick brings in what the trunk has without being a part of it,
    so what the trunk has dropped since may be in none of the commits where they parted.
    """
    base = comparison.base
    left = repository.common_ancestor(base.commit, trunk.commit) if base else None
    if left is None or left == trunk.commit:
        return
    lines = repository.commands.run(
        "rev-list", "--first-parent", "--parents", f"--max-count={_STEPS}",
        trunk.commit, f"^{left}", "--",
    )  # fmt: skip
    for line in lines.text.splitlines():
        commit, *parents = line.split()
        if parents:
            yield Revision(parents[0], short(parents[0])), Revision(commit, trunk.label)


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
