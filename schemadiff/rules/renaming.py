"""How to rename something without losing it: lines that are ready to paste."""

import json
from collections.abc import Sequence

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.behaviours import Behaviours
from schemadiff.deploy.kit_version import kit_version
from schemadiff.deploy.sql_type import column_type
from schemadiff.diff.changes import ColumnAdded, ColumnDropped
from schemadiff.model import PUBLIC, Column, Name

_BUILDERS = {
    "double precision": "doublePrecision",
    "timestamp with time zone": "timestamp",
    "time with time zone": "time",
}
_DRIZZLE = """bigint bigserial bit boolean bytea char cidr date geometry halfvec inet
integer interval json jsonb line macaddr macaddr8 numeric point real serial
smallint smallserial sparsevec text time timestamp uuid varchar vector"""
_SAME_NAME = frozenset(_DRIZZLE.split())


def keep_column(base: Column, head: Column) -> str:
    """Return how the TypeScript keeps the column's name in the database."""
    family = column_type(head).family
    builder = _BUILDERS.get(family, family if family in _SAME_NAME else "")
    key = head.key or head.name
    if not builder:
        return f'keep the database name: pass "{base.name}" as the name of {key}'
    return f'keep the database name: {key}: {builder}("{base.name}")'


def keep_name(base: Name) -> str:
    """Return how the TypeScript keeps a table's name in the database."""
    if base.schema == PUBLIC:
        return f'keep the database name: pgTable("{base.name}", …)'
    return f'keep the database name: pgSchema("{base.schema}").table("{base.name}", …)'


def by_migration(statements: Sequence[str]) -> str:
    """Return the SQL that renames, as a migration would carry it."""
    return f"or rename in a migration: {' '.join(statements)}"


def renaming_of_column(old: ColumnDropped, new: ColumnAdded) -> str:
    """Return the statement that renames a column."""
    return (
        f"ALTER TABLE {quoted(old.table)} RENAME COLUMN {quote(old.column.name)}"
        f" TO {quote(new.column.name)};"
    )


def renaming_of_table(base: Name, head: Name) -> list[str]:
    """Return the statements that move and rename a table."""
    statements = []
    if base.schema != head.schema:
        statements.append(
            f"ALTER TABLE {quoted(base)} SET SCHEMA {quote(head.schema)};"
        )
    if base.name != head.name:
        moved = Name(head.schema, base.name)
        statements.append(f"ALTER TABLE {quoted(moved)} RENAME TO {quote(head.name)};")
    return statements


def quoted(name: Name) -> str:
    """Write a name as drizzle-kit does: always in quotes, `public` left out."""
    parts = (name.name,) if name.schema == PUBLIC else (name.schema, name.name)
    return ".".join(quote(each) for each in parts)


def quote(name: str) -> str:
    """Write one part of a name in quotes."""
    return '"' + name.replace('"', '""') + '"'


def hint(
    behaviours: Behaviours, kind: str, *renames: tuple[Sequence[str], Sequence[str]]
) -> tuple[str, ...]:
    """Return the answer that drizzle-kit 1.0 takes beforehand: `--hints`.

    Earlier versions ask in a terminal only, and Enter answers "create".
    """
    version = kit_version(behaviours.line)
    if version is None or version.major < 1:
        return ()
    command = "push" if behaviours.way is Way.PUSH else "generate"
    answer = [
        {"type": "rename", "kind": kind, "from": [*base], "to": [*head]}
        for base, head in renames
    ]
    escaped = json.dumps(answer, ensure_ascii=False).replace("'", "'\\''")
    return (f"or tell drizzle-kit: drizzle-kit {command} --hints '{escaped}'",)
