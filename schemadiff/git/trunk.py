"""What a remote's trunk did while a branch was away from it."""

from schemadiff.git.comparison import Comparison, Revision
from schemadiff.git.repository import Repository, short


def done_on_trunk(
    repository: Repository, comparison: Comparison
) -> tuple[Revision, Revision] | None:
    """Return the two ends of what the trunk did since the base of a push left it.

    What both this and the push change is on the trunk already, and not the doing of
    who merges or rebases it into a branch. None on a push to the trunk, where
    nothing is excused; where there is no trunk or no base; and where the trunk has
    done nothing since.
    """
    remote = repository.remote(comparison.remote) if comparison.remote else None
    if remote is None or comparison.base is None or remote.trunk is None:
        return None
    tip = remote.branches.get(remote.trunk)
    if tip is None or f"refs/heads/{remote.trunk}" in comparison.refs:
        return None
    left = repository.merge_base(comparison.base.commit, tip)
    if left is None or left == tip:
        return None
    label = f"{remote.name}/{remote.trunk}"
    return Revision(left, short(left)), Revision(tip, label)
