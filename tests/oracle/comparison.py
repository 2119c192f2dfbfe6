"""What is read of a project beside what drizzle-kit recorded."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from schemadiff.drizzle.line import Line
from schemadiff.drizzle.snapshot import snapshot
from schemadiff.model import PUBLIC, Hides, Schema, Unreadable
from schemadiff.record import replace
from tests.drizzle.ddl import comparable, schema_of
from tests.drizzle.project import read
from tests.oracle.projects import Project

Path = tuple[str, ...]
_MISSING = "nothing"
_CONSTRAINTS = (
    "checkConstraints",
    "compositePrimaryKeys",
    "foreignKeys",
    "indexes",
    "policies",
    "uniqueConstraints",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How what is read differs from drizzle-kit's answer, and what was not read.

    `different` is "" unless something differs that is not reported as unreadable.
    """

    different: str
    unreadable: tuple[str, ...] = ()


def verdict(project: Project, answer: dict[str, Any], line: Line) -> Verdict:
    """Judge what is read of `project` by drizzle-kit's `answer`."""
    found = read(project.files, project.entries, project.casing, line)
    reasons = tuple(each.reason for each in found.unreadable)
    if "refused" in answer:
        noted = found.rejected or found.unreadable
        refused = f"drizzle-kit refuses: {answer['refused']}"
        return Verdict("" if noted else refused, reasons)
    if found.rejected:
        rejected = [f"rejected: {each.reason}" for each in found.rejected]
        return Verdict("\n".join(rejected), reasons)
    read_, recorded = _both(found, answer["snapshot"], line)
    lines = [
        f"{' '.join(path)}\n  read     {read_.get(path, _MISSING)}"
        f"\n  recorded {recorded.get(path, _MISSING)}"
        for path in sorted(read_.keys() | recorded.keys())
        if read_.get(path) != recorded.get(path)
        and not any(_covers(each, path) for each in found.unreadable)
    ]
    return Verdict("\n".join(lines), reasons)


def _both(
    found: Schema, recorded: dict[str, Any], line: Line
) -> tuple[dict[Path, str], dict[Path, str]]:
    if line is Line.ZERO:
        return dict(_parts(snapshot(found))), dict(_parts(recorded))
    expected = schema_of(recorded["ddl"])
    found = _without_flags(comparable(found))
    return dict(_parts(snapshot(found))), dict(_parts(snapshot(expected)))


def _without_flags(schema: Schema) -> Schema:
    """Return `schema` without the flags of inline keys, which 1.0 records as keys."""
    tables = {
        name: replace(
            table,
            columns={
                key: replace(column, primary_key=False)
                for key, column in table.columns.items()
            },
        )
        for name, table in schema.tables.items()
    }
    return replace(schema, tables=tables)


def _parts(written: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield each part of a snapshot that may be known or unknown by itself."""
    for section, entries in written.items():
        if section in ("id", "prevId", "unreadable") or isinstance(entries, str):
            continue
        for name, entry in entries.items():
            if section != "tables":
                yield (section, name), _text(entry)
                continue
            for key, value in entry.items():
                if not isinstance(value, dict):
                    yield (section, name, key), _text(value)
                    continue
                if key == "columns":
                    yield (section, name, "order of columns"), _text(list(value))
                for item, what in value.items():
                    yield (section, name, key, item), _text(what)


def _text(value: object) -> str:
    numbers_alike = json.loads(json.dumps(value), parse_int=float)
    return json.dumps(numbers_alike, sort_keys=True, ensure_ascii=False)


def _covers(unreadable: Unreadable, path: Path) -> bool:
    """Tell whether `unreadable` says that the part at `path` is not known."""
    if unreadable.hides is Hides.TABLES:
        return True
    parts = unreadable.subject.parts
    section, name = path[0], path[1]
    owners = {f"{PUBLIC}.{parts[0]}", ".".join(parts[:2]), parts[0]}
    if name not in owners:
        return False
    if section != "tables":
        return True
    kind = path[2]
    match unreadable.hides:
        case Hides.TABLE | Hides.COLUMNS:
            return True
        case Hides.CONSTRAINTS:
            return kind in _CONSTRAINTS
        case Hides.COLUMN:
            return kind in _CONSTRAINTS or path[-1] == parts[-1]
        case Hides.DETAIL:
            return path[-1] == parts[-1]
    return False
