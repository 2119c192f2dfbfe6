"""Repositories that tests open are closed, whatever becomes of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemadiff.git.repository import Repository


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
