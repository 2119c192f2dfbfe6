"""Repositories that tests open are closed, whatever becomes of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemadiff.git.repository import Repository
from tests.repositories import Sandbox


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    opened: list[Repository] = []
    open_one = Repository.open

    def remembered(directory: str | Path | None = None) -> Repository:
        opened.append(open_one(directory))
        return opened[-1]

    monkeypatch.setattr(Repository, "open", remembered)
    yield
    for each in opened:
        each.close()


@pytest.fixture
def pushed(repository: Sandbox) -> Sandbox:
    """A repository whose main was pushed to origin, and one commit since."""
    repository.commit({"schema.ts": "1"})
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    repository.commit({"schema.ts": "2"})
    return repository
