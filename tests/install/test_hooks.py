"""What Git would run before a push, in real repositories."""

from pathlib import Path

from schemadiff.git.repository import Repository
from schemadiff.install.hooks import Hooks, Reach, found_hooks
from schemadiff.install.words import Owner
from tests.repositories import Sandbox

SHIM = Path(__file__).parents[2] / "hooks" / "pre-push"


def found(path: Path) -> Hooks:
    opened = Repository.open(path)
    try:
        return found_hooks(opened)
    finally:
        opened.close()


def test_a_fresh_repository_has_none(repository: Sandbox) -> None:
    hooks = found(repository.path)
    assert hooks.directory == hooks.own == repository.path / ".git" / "hooks"
    assert (hooks.scope, hooks.reach, hooks.committed) == (None, Reach.OWN, False)
    assert hooks.push.owner is hooks.legacy.owner is Owner.ABSENT
    assert (hooks.running, hooks.judging, hooks.tools) == ((), None, ())
