"""Schemas of the 1.0 line are read as drizzle-kit 1.0.0-rc.5 recorded them."""

import json
from pathlib import Path

import pytest

from schemadiff.drizzle.line import Line
from schemadiff.model import Schema
from schemadiff.record import replace
from tests.drizzle.ddl import comparable, schema_of
from tests.drizzle.project import CASES, read, sources

_FOLDERS = sorted(path for path in (CASES / "rc5").iterdir() if path.is_dir())
_WITH = [path for path in _FOLDERS if (path / "snapshot.json").exists()]
_WITHOUT = [path for path in _FOLDERS if path not in _WITH]


def _read(folder: Path) -> Schema:
    return read(sources(folder), line=Line.ONE)


@pytest.mark.parametrize("folder", _WITH, ids=lambda folder: folder.name)
def test_it_is_read_as_drizzle_kit_reads_it(folder: Path) -> None:
    expected = schema_of(json.loads((folder / "snapshot.json").read_text())["ddl"])
    found = comparable(_read(folder))
    tables = {
        name: replace(
            table,
            columns={
                key: replace(column, primary_key=False)
                for key, column in table.columns.items()
            },
        )
        for name, table in found.tables.items()
    }
    assert replace(found, tables=tables) == expected


@pytest.mark.parametrize("folder", _WITHOUT, ids=lambda folder: folder.name)
def test_what_drizzle_kit_refuses_is_noted(folder: Path) -> None:
    assert _read(folder).rejected
