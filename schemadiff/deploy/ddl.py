"""The pieces of drizzle-kit's SQL: names, types, column definitions.

Sources: drizzle-kit 0.31.11 `sqlgenerator.ts`, 1.0.0-rc.5 `dialects/postgres/
convertor.ts`; texts as recorded on a real server.
"""

import json
import re

from schemadiff.deploy.behaviours import Behaviours
from schemadiff.deploy.casts import is_native
from schemadiff.deploy.kit_version import kit_version
from schemadiff.model import PUBLIC, Check, Column, ForeignKey, Identity, Index, Name
from schemadiff.regex import regex

_SPACE = regex(r"(?<=,) (?=\d)| (?=\(\d)")


def is_one(behaviours: Behaviours) -> bool:
    """Tell whether this is drizzle-kit 1.0, whose SQL is shorter."""
    version = kit_version(behaviours.line)
    return version is not None and version.major >= 1


def quoted(name: str) -> str:
    """Write a name in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def table_name(name: Name) -> str:
    """Write a table's name: the schema `public` is left out."""
    if name.schema == PUBLIC:
        return quoted(name.name)
    return f"{quoted(name.schema)}.{quoted(name.name)}"


def full_name(name: Name, *, one: bool) -> str:
    """Write the name of an enum, sequence or view: 0.x always writes the schema."""
    if one:
        return table_name(name)
    return f"{quoted(name.schema)}.{quoted(name.name)}"


def literal(text: str) -> str:
    """Write a string in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def type_sql(column: Column, *, one: bool) -> str:
    """Write a column's type, array brackets included."""
    if column.enum is not None:
        brackets = "[]" * column.dimensions if one else _brackets(column.type)
        return full_name(column.enum, one=one) + brackets
    if one:
        return _SPACE.sub("", column.type) + "[]" * column.dimensions
    if is_native(column.type):
        return column.type
    brackets = _brackets(column.type)
    bare = column.type[: len(column.type) - len(brackets)] if brackets else column.type
    return quoted(bare) + brackets


def _brackets(text: str) -> str:
    found = re.search(r"(\[\d*\])+\Z", text)
    return found[0] if found else ""


def default_sql(column: Column) -> str:
    """Write a column's default as SQL."""
    if column.default is None:
        return ""
    value = column.default.value
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def column_sql(table: Name, column: Column, *, one: bool, key: bool = False) -> str:
    """Write what follows `ADD COLUMN`; `key` for a primary key of this column."""
    parts = [quoted(column.name), type_sql(column, one=one)]
    if (column.primary_key or key) and not one:
        parts.append("PRIMARY KEY")
    if column.default is not None:
        parts.append(f"DEFAULT {default_sql(column)}")
    if column.generated is not None:
        parts.append(f"GENERATED ALWAYS AS ({column.generated}) STORED")
    if column.not_null and not (one and _says_not_null(column)):
        parts.append("NOT NULL")
    if column.identity is not None:
        parts.append(identity_sql(column.identity))
    del table
    return " ".join(parts)


def _says_not_null(column: Column) -> bool:
    """Tell whether 1.0 leaves NOT NULL out, because the type or key implies it."""
    return (
        column.primary_key
        or column.identity is not None
        or column.generated is not None
        or column.type in ("serial", "bigserial", "smallserial")
    )


def identity_sql(identity: Identity) -> str:
    """Write `GENERATED … AS IDENTITY (…)`."""
    kind = "ALWAYS" if identity.always else "BY DEFAULT"
    cycle = " CYCLE" if identity.cycle else ""
    return (
        f"GENERATED {kind} AS IDENTITY (sequence name {quoted(identity.name)}"
        f" INCREMENT BY {identity.increment} MINVALUE {identity.minimum}"
        f" MAXVALUE {identity.maximum} START WITH {identity.start}"
        f" CACHE {identity.cache}{cycle})"
    )


def columns_sql(names: tuple[str, ...]) -> str:
    """Write a list of columns as drizzle-kit does: no blank behind the comma."""
    return ",".join(map(quoted, names))


def check_sql(check: Check) -> str:
    """Write `ADD CONSTRAINT … CHECK …`."""
    return f"ADD CONSTRAINT {quoted(check.name)} CHECK ({check.expression})"


def foreign_key_sql(key: ForeignKey, *, one: bool) -> str:
    """Write `ADD CONSTRAINT … FOREIGN KEY …`."""
    target = table_name(key.target) if one else full_name(key.target, one=False)
    text = (
        f"ADD CONSTRAINT {quoted(key.name)} FOREIGN KEY ({columns_sql(key.columns)})"
        f" REFERENCES {target}({columns_sql(key.target_columns)})"
    )
    for event, action in (("DELETE", key.on_delete), ("UPDATE", key.on_update)):
        if not one:
            text += f" ON {event} {action}"
        elif action.lower() != "no action":
            text += f" ON {event} {action.upper()}"
    return text


def index_sql(table: Name, index: Index, *, one: bool) -> str:
    """Write `CREATE INDEX …`."""
    parts = []
    for each in index.parts:
        text = each.expression if each.is_expression else quoted(each.expression)
        if each.is_expression and one:
            text = f"({text})"
        if each.operator_class:
            text += f" {each.operator_class}"
        elif not each.ascending:
            text += " DESC"
        if each.nulls_first == each.ascending and not (each.operator_class):
            text += f" NULLS {'FIRST' if each.nulls_first else 'LAST'}"
        parts.append(text)
    unique = "UNIQUE " if index.unique else ""
    concurrently = "CONCURRENTLY " if index.concurrently else ""
    method = "" if one and index.method == "btree" else f"USING {index.method} "
    text = (
        f"CREATE {unique}INDEX {concurrently}{quoted(index.name)}"
        f" ON {table_name(table)} {method}({','.join(parts)})"
    )
    if index.storage:
        pairs = ",".join(f"{key}={value}" for key, value in index.storage)
        text += f" WITH ({pairs})"
    if index.where:
        text += f" WHERE {index.where}"
    return text + ";"
