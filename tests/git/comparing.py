"""What a repository's revisions are compared with, for the tests of that."""

from collections.abc import Mapping

from schemadiff.git.comparison import Comparison
from schemadiff.git.inputs import comparisons
from schemadiff.git.repository import Repository
from tests.repositories import Sandbox


def compared(
    sandbox: Sandbox,
    base: str | None = None,
    head: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> list[Comparison]:
    opened = Repository.open(sandbox.path)
    try:
        return comparisons(opened, base, head, environ or {})
    finally:
        opened.close()


def pairs(found: list[Comparison]) -> list[tuple[str | None, str]]:
    return [(each.base and each.base.commit, each.head.commit) for each in found]
