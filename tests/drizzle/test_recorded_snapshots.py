"""Every recorded schema is read as the real drizzle-kit 0.31.11 recorded it."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemadiff.drizzle.snapshot import snapshot
from tests.drizzle.project import CASES, casing_of, read, sources

DEVIATIONS: dict[str, str] = {
    "54-numeric-literal-forms": "Date of local time; reported",
}
"""Cases whose snapshot differs, each with the reason."""

_FOLDERS = sorted(path for path in (CASES / "snapshots").iterdir() if path.is_dir())


def _both(folder: Path) -> tuple[Any, Any]:
    expected = json.loads((folder / "snapshot.json").read_text())
    del expected["id"], expected["prevId"]
    found = json.loads(
        json.dumps(snapshot(read(sources(folder), casing=casing_of(folder))))
    )
    return found, expected


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_it_is_read_as_drizzle_kit_reads_it(folder: Path) -> None:
    found, expected = _both(folder)
    if folder.name in DEVIATIONS:
        assert found != expected, "the deviation has become unnecessary"
    else:
        assert found == expected
        for name, table in expected["tables"].items():
            assert list(found["tables"][name]["columns"]) == list(table["columns"])


def test_every_deviation_is_a_case() -> None:
    assert set(DEVIATIONS) <= {folder.name for folder in _FOLDERS}
