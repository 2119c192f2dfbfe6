"""Schemas on which drizzle-kit 0.31.11 stops are read as far as it got, or reported."""

import json
from pathlib import Path

import pytest

from schemadiff.drizzle.snapshot import snapshot
from schemadiff.model import Rejected, Unreadable
from tests.drizzle.project import CASES, read, sources

EMPTY = frozenset({"empty", "env-throw"})
"""Cases without a snapshot that are read without a word.

`empty` declares nothing. `env-throw` stops only where a variable is missing, which
is not the case where the deploy runs.
"""

REPORTED = frozenset({"default-fn"})
"""Cases that drizzle-kit records and that are reported: a default of `Symbol()`."""

_FOLDERS = sorted(path for path in (CASES / "errors").iterdir() if path.is_dir())
_RECORDED = [path for path in _FOLDERS if (path / "snapshot.json").exists()]
_STOPPED = [path for path in _FOLDERS if path not in _RECORDED]


@pytest.mark.parametrize("folder", _RECORDED, ids=lambda folder: folder.name)
def test_it_is_read_as_drizzle_kit_reads_it(folder: Path) -> None:
    expected = json.loads((folder / "snapshot.json").read_text())
    del expected["id"], expected["prevId"]
    schema = read(sources(folder))
    assert not schema.rejected
    found = json.loads(json.dumps(snapshot(schema)))
    assert bool(found.pop("unreadable", None)) == (folder.name in REPORTED)
    assert found == expected


@pytest.mark.parametrize("folder", _STOPPED, ids=lambda folder: folder.name)
def test_it_is_reported_with_its_place(folder: Path) -> None:
    schema = read(sources(folder))
    reported: list[Rejected | Unreadable] = [*schema.rejected, *schema.unreadable]
    assert bool(reported) == (folder.name not in EMPTY)
    assert all(each.span and each.span.path == "schema.ts" for each in reported)
