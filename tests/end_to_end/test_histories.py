"""What is said of every push in random histories, step by step.

SCHEMADIFF_HISTORIES plays more of them, from SCHEMADIFF_HISTORIES_SEED on.
"""

import os
from pathlib import Path

import pytest

from tests.end_to_end.histories import TRUNK, Columns, Commit, History, Push

_COUNT = int(os.environ.get("SCHEMADIFF_HISTORIES", "24"))
_FIRST = int(os.environ.get("SCHEMADIFF_HISTORIES_SEED", "0"))
_STEPS = 24


@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + _COUNT))
def test_every_loss_is_told_once_and_nobody_is_blamed_for_the_trunk(
    tmp_path: Path, seed: int
) -> None:
    history = History(tmp_path, seed)
    for push in history.play(_STEPS):
        if push.branch in history.deployed and push.before is not None:
            assert push.reported == push.lost, push
            assert not push.excused, push
        elif push.branch not in history.deployed:
            assert push.reported <= own_doing(push), push
            assert push.reported >= plainly_own(push), push
            if push.before is not None:
                assert push.reported | push.excused == push.lost, push


def beyond(tip: Commit, other: Commit | None) -> frozenset[Commit]:
    return tip.above - (other.above if other else frozenset())


def own_doing(push: Push) -> Columns:
    """The columns that a branch itself drops: by commits that the trunk lacks.

    What it took from the trunk is its own only where that has the column again.
    """
    on_trunk = push.trunk.columns if push.trunk else frozenset()
    own = push.moved | (push.forced & on_trunk)
    for each in beyond(push.after, push.trunk):
        if len(each.parents) == 1:
            is_own = each.picked is None or each.picked in each.parents[0].above
            own |= each.removed if is_own else each.removed & on_trunk
    return own


def plainly_own(push: Push) -> Columns:
    """The columns that new commits of the branch drop, and the trunk has never lost."""
    if push.before is None or push.trunk is None or push.before not in push.after.above:
        return frozenset()
    new = {each for each in beyond(push.after, push.before) if len(each.parents) == 1}
    own = [each.removed for each in new - push.trunk.above if each.picked is None]
    theirs = [each.removed for each in beyond(push.trunk, None)]
    kept = push.trunk.columns - frozenset().union(*theirs)
    return frozenset().union(*own) & push.lost & kept


def test_histories_hold_what_they_are_to_show(tmp_path: Path) -> None:
    pushes: list[Push] = []
    for seed in range(8):
        history = History(tmp_path / str(seed), seed)
        pushes += history.play(_STEPS)
    trunk = [each for each in pushes if each.branch == TRUNK]
    others = [each for each in pushes if each.branch != TRUNK]
    assert sum(bool(each.reported) for each in trunk) > 3
    assert sum(bool(each.reported) for each in others) > 3
    assert sum(bool(each.excused) for each in others) > 1
    assert any(each.before and each.before not in each.after.above for each in trunk)
