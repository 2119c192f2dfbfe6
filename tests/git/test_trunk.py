"""What the trunk did while a branch was away, for every way to bring it in."""

import pytest

from schemadiff.git.pushes import push_comparisons
from schemadiff.git.repository import Repository
from schemadiff.git.trunk import done_on_trunk, trunk_beside
from tests.repositories import Sandbox


class Away:
    """A pushed feature branch, and a trunk that has moved on since."""

    def __init__(self, repository: Sandbox) -> None:
        self.sandbox = repository
        self.left = repository.commit({"schema.ts": "1"})
        repository.remote()
        repository.git("push", "--quiet", "origin", "main")
        repository.git("checkout", "--quiet", "-b", "feature")
        self.pushed = repository.commit({"mine.ts": "1"})
        repository.git("push", "--quiet", "origin", "feature")
        repository.git("checkout", "--quiet", "main")
        self.trunk = repository.commit({"theirs.ts": "1"})
        repository.git("push", "--quiet", "origin", "main")
        repository.git("checkout", "--quiet", "feature")

    def done(self, *arguments: str) -> list[tuple[str, str]]:
        remote, url, lines = self.sandbox.handed_over(*arguments)
        opened = Repository.open(self.sandbox.path)
        (comparison,) = push_comparisons(opened, remote, url, lines)
        trunk = trunk_beside(opened, comparison)
        if trunk is None:
            return []
        assert trunk.label == "origin/main"
        found = done_on_trunk(opened, comparison, trunk)
        return [(start.commit, end.commit) for start, end in found]


@pytest.fixture
def away(repository: Sandbox) -> Away:
    return Away(repository)


def test_a_merge_of_the_trunk(away: Away) -> None:
    away.sandbox.merge("main")
    assert away.done("origin", "feature") == [(away.left, away.trunk)]


def test_a_rebase_onto_the_trunk(away: Away) -> None:
    away.sandbox.git("rebase", "--quiet", "main")
    assert away.done("--force", "origin", "feature") == [(away.left, away.trunk)]


def test_a_squash_of_the_trunk(away: Away) -> None:
    away.sandbox.git("merge", "--quiet", "--squash", "main")
    away.sandbox.commit()
    assert away.done("origin", "feature") == [(away.left, away.trunk)]


def test_a_cherry_pick_from_the_trunk(away: Away) -> None:
    away.sandbox.git("cherry-pick", "main")
    assert away.done("origin", "feature") == [(away.left, away.trunk)]


def test_a_revert_on_the_branch_after_a_merge_is_its_own(away: Away) -> None:
    away.sandbox.merge("main")
    away.sandbox.git("push", "--quiet", "origin", "feature")
    away.sandbox.git("revert", "--no-edit", away.trunk)
    assert away.done("origin", "feature") == []


def test_a_stacked_branch_that_merged_the_trunk(away: Away) -> None:
    away.sandbox.git("checkout", "--quiet", "-b", "stacked")
    away.sandbox.commit({"more.ts": "1"})
    away.sandbox.merge("main")
    assert away.done("origin", "stacked") == [(away.left, away.trunk)]


def test_a_new_branch_that_merged_the_trunk_owes_it_nothing(away: Away) -> None:
    away.sandbox.git("checkout", "--quiet", "-b", "fresh", away.left)
    away.sandbox.commit({"fresh.ts": "1"})
    away.sandbox.merge("main")
    assert away.done("origin", "fresh") == []


def test_on_a_push_to_the_trunk_nothing_is_excused(away: Away) -> None:
    away.sandbox.merge("main")
    assert away.done("origin", "feature:main") == []


def test_a_remote_without_a_trunk_excuses_nothing(away: Away) -> None:
    away.sandbox.remote("mine")
    away.sandbox.git("push", "--quiet", "mine", "feature")
    away.sandbox.merge("main")
    assert away.done("mine", "feature") == []


def test_a_rebase_onto_a_trunk_that_has_moved_on_since(away: Away) -> None:
    away.sandbox.git("rebase", "--quiet", "main")
    away.sandbox.git("checkout", "--quiet", "main")
    later = away.sandbox.commit({"theirs.ts": None})
    away.sandbox.git("push", "--quiet", "origin", "main")
    away.sandbox.git("checkout", "--quiet", "feature")
    assert away.done("--force", "origin", "feature") == [
        (away.left, later),
        (away.left, away.trunk),
    ]


def test_a_rebase_after_the_trunk_was_forced_back(away: Away) -> None:
    away.sandbox.git("checkout", "--quiet", "-b", "late", "main")
    away.sandbox.commit({"late.ts": "1"})
    away.sandbox.git("push", "--quiet", "origin", "late")
    forced = f"+{away.left}:refs/heads/main"
    away.sandbox.git("push", "--quiet", "origin", forced)
    away.sandbox.git("rebase", "--quiet", "--fork-point", "origin/main")
    assert "theirs.ts" not in away.sandbox.git("ls-files")
    assert away.done("--force", "origin", "late") == [(away.trunk, away.left)]
