"""The journal of drizzle-kit 0.x: which migration files there are, and when made.

drizzle-orm's migrator (0.x, `migrator.js`) reads nothing else: a file that the
journal does not name is never run, one that is named and missing stops the deploy,
and of the others those are run whose `when` is after the last that was run.
"""

import json
from typing import Any

from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.source import Files

_NUMBERED = regex(r"\d{4,}_[^/]*\.sql\Z")


@record
class Journal:
    """The migrations of a folder in their order: path and `when`.

    `trouble` is why the migrator could not read it: a clause.
    """

    path: str
    entries: tuple[tuple[str, float], ...] = ()
    trouble: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The migration files, in the order in which they are run."""
        return tuple(path for path, _ in self.entries)


def read_journal(files: Files, out: str) -> Journal | None:
    """Return the journal of a migrations folder; None if there is none."""
    folder = f"{out}/" if out else ""
    path = f"{folder}meta/_journal.json"
    raw = files.read(path)
    if raw is None:
        return None
    try:
        document: Any = json.loads(raw)
    except ValueError:
        return Journal(path, trouble="is no JSON")
    entries = document.get("entries") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        return Journal(path, trouble="has no entries")
    found = []
    for each in entries:
        tag = each.get("tag") if isinstance(each, dict) else None
        when = each.get("when") if isinstance(each, dict) else None
        if not isinstance(tag, str) or not isinstance(when, int | float):
            return Journal(path, trouble="has an entry without tag and when")
        found.append((f"{folder}{tag}.sql", float(when)))
    return Journal(path, tuple(found))


def is_numbered(path: str) -> bool:
    """Tell whether a file is called as drizzle-kit 0.x calls its migrations."""
    return _NUMBERED.search(path) is not None
