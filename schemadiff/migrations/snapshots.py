"""The snapshots that drizzle-kit keeps beside its migrations."""

import json
from typing import Any

from schemadiff.source import Files, Kind


def newest_snapshot(files: Files, out: str) -> dict[str, Any] | None:
    """Return the newest snapshot below `out`; None if there is none to be read.

    0.x keeps `meta/0001_snapshot.json`; its newest is the last by name
    (drizzle-kit, `prepareMigrationFolder`).
    """
    meta = f"{out}/meta"
    names = sorted(
        entry.name
        for entry in files.entries(meta)
        if entry.kind is Kind.FILE and entry.name.endswith("_snapshot.json")
    )
    if not names:
        return None
    try:
        found = json.loads(files.read(f"{meta}/{names[-1]}") or b"")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
