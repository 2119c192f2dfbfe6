"""The snapshots that drizzle-kit keeps beside its migrations."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from schemadiff.model import PUBLIC, Column, Name, Schema
from schemadiff.source import Files, Kind

Row = tuple[object, ...]
Rows = Mapping[tuple[str, ...], Row]
"""What tables, columns and enums there are, each by its kind and names."""

_NAMES = {
    "tables": ("schema", "name"),
    "columns": ("schema", "table", "name"),
    "enums": ("schema", "name"),
}
_Kept = dict[tuple[str, ...], dict[str, Any]]


def newest_snapshot(files: Files, out: str) -> dict[str, Any] | None:
    """Return the newest snapshot of 0.x below `out`; None if there is none.

    0.x keeps `meta/0001_snapshot.json`; its newest is the last by name
    (drizzle-kit, `prepareMigrationFolder`).
    """
    meta = f"{out}/meta"
    names = sorted(
        entry.name
        for entry in files.entries(meta)
        if entry.kind is Kind.FILE and entry.name.endswith("_snapshot.json")
    )
    return _document(files, f"{meta}/{names[-1]}") if names else None


def recorded_rows(files: Files, out: str) -> Rows | None:
    """Return what the snapshots of 1.0 below `out` lead to; None without any.

    1.0 keeps `<timestamp>_name/snapshot.json`. Version 8 holds the whole schema in
    `ddl`; from version 9 on only the first does, and the later ones hold `deltas`
    (as 1.0.0-rc.5 writes them).
    """
    rows: _Kept = {}
    paths = [f"{out}/{entry.name}/snapshot.json" for entry in files.entries(out)]
    found = [path for path in sorted(paths) if files.entry(path) is not None]
    for path in found:
        document = _document(files, path)
        try:
            rows = _applied(rows, document or {})
        except (LookupError, TypeError, AttributeError, ValueError):
            return None
    return {key: _row(key[0], row) for key, row in rows.items()} if found else None


def _applied(rows: _Kept, document: Mapping[str, Any]) -> _Kept:
    if "ddl" in document:
        return {key: row for row in document["ddl"] if (key := _key(row))}
    kept = dict(rows)
    for delta in document["deltas"]:
        if delta["op"] == "create":
            if key := _key(delta["row"]):
                kept[key] = delta["row"]
            continue
        kind, _, names = delta["key"].partition("\0")
        if kind in _NAMES:
            key = (kind, *json.loads(names))
            old = kept.pop(key)
            if delta["op"] == "alter":
                new = old | delta["set"]
                kept[_key(new) or key] = new
    return kept


def _key(row: Mapping[str, Any]) -> tuple[str, ...] | None:
    kind = row["entityType"]
    return (kind, *(row[name] for name in _NAMES[kind])) if kind in _NAMES else None


def _row(kind: str, row: Mapping[str, Any]) -> Row:
    match kind:
        case "columns":
            return row["type"], row["dimensions"], row["notNull"]
        case "enums":
            return tuple(row["values"])
        case _:
            return ()


def recorded_columns(files: Files, out: str) -> Mapping[tuple[Name, str], Column]:
    """Return the columns of the newest snapshot, as far as it can be read.

    Those of 1.0 that have an enum are left out: their rows do not say whose it is.
    """
    rows = recorded_rows(files, out)
    if rows is not None:
        enums = {key[-1] for key in rows if key[0] == "enums"}
        return {
            (Name(key[1], key[2]), key[3]): _recorded(key[3], row)
            for key, row in rows.items()
            if key[0] == "columns" and row[0] not in enums
        }
    newest = newest_snapshot(files, out)
    try:
        return dict(_columns(newest)) if newest is not None else {}
    except (AttributeError, KeyError, TypeError):  # of another version
        return {}


def _recorded(name: str, row: Row) -> Column:
    kind, dimensions, not_null = row
    return Column(
        name, str(kind), dimensions=int(str(dimensions)), not_null=bool(not_null)
    )


def _columns(newest: dict[str, Any]) -> Iterator[tuple[tuple[Name, str], Column]]:
    for row in newest["tables"].values():
        name = Name(row["schema"] or PUBLIC, row["name"])
        for each in row["columns"].values():
            enum = each.get("typeSchema")
            yield (
                (name, each["name"]),
                Column(
                    each["name"],
                    each["type"],
                    enum=Name(enum, each["type"].rstrip("[]")) if enum else None,
                    not_null=each["notNull"],
                ),
            )


def declared_rows(schema: Schema) -> Rows:
    """Return the same of a schema of the 1.0 line."""
    return dict(_declared(schema))


def _declared(schema: Schema) -> Iterator[tuple[tuple[str, ...], Row]]:
    for table in schema.tables.values():
        yield ("tables", table.name.schema, table.name.name), ()
        for column in table.columns.values():
            key = ("columns", table.name.schema, table.name.name, column.name)
            yield key, (column.type, column.dimensions, column.not_null)
    for enum in schema.enums.values():
        yield ("enums", enum.name.schema or PUBLIC, enum.name.name), enum.labels


def _document(files: Files, path: str) -> dict[str, Any] | None:
    try:
        found = json.loads(files.read(path) or b"")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
