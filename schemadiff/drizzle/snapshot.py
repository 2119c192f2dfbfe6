"""The snapshot that drizzle-kit 0.31 writes for a schema: version 7.

Source: drizzle-kit 0.31.11 `schemaValidator.ts`, `serializer/pgSerializer.ts`.
"""

from collections.abc import Mapping
from typing import Any

from schemadiff.model import (
    PUBLIC,
    Column,
    ForeignKey,
    Identity,
    Index,
    IndexPart,
    Name,
    Policy,
    Schema,
    Sequence,
    Table,
    Unique,
    Unreadable,
    View,
)

JSON = dict[str, Any]


def snapshot(schema: Schema) -> JSON:
    """Return drizzle-kit's snapshot of `schema`, without `id` and `prevId`.

    A further key, `unreadable`, lists what could not be read, if anything.
    """
    enums = schema.enums.values()
    written: JSON = {
        "version": "7",
        "dialect": "postgresql",
        "tables": {_key(each.name): _table(each) for each in schema.tables.values()},
        "enums": {
            _key(each.name): {
                "name": each.name.name,
                "schema": each.name.schema,
                "values": list(each.labels),
            }
            for each in enums
        },
        "schemas": {name: name for name in schema.schemas},
        "sequences": {
            _key(each.name): _sequence(each) for each in schema.sequences.values()
        },
        "roles": {
            role.name: {
                "name": role.name,
                "createDb": role.create_database,
                "createRole": role.create_role,
                "inherit": role.inherit,
            }
            for role in schema.roles.values()
        },
        "policies": {name: _policy(each) for name, each in schema.policies.items()},
        "views": {_key(each.name): _view(each) for each in schema.views.values()},
        "_meta": {"columns": {}, "schemas": {}, "tables": {}},
    }
    if schema.unreadable:
        written["unreadable"] = [_unreadable(each) for each in schema.unreadable]
    return written


def _key(name: Name) -> str:
    return f"{name.schema}.{name.name}"


def _table(table: Table) -> JSON:
    schema = table.name.schema
    return {
        "name": table.name.name,
        "schema": "" if schema == PUBLIC else schema,
        "columns": {
            name: _column(column, schema) for name, column in table.columns.items()
        },
        "indexes": {name: _index(each) for name, each in table.indexes.items()},
        "foreignKeys": {
            name: _foreign_key(each, table) for name, each in table.foreign_keys.items()
        },
        "compositePrimaryKeys": {
            name: {"name": name, "columns": list(each.columns)}
            for name, each in table.primary_keys.items()
        },
        "uniqueConstraints": {
            name: _unique(each) for name, each in table.uniques.items()
        },
        "policies": {name: _policy(each) for name, each in table.policies.items()},
        "checkConstraints": {
            name: {"name": name, "value": each.expression}
            for name, each in table.checks.items()
        },
        "isRLSEnabled": table.row_security,
    }


def _column(column: Column, schema: str) -> JSON:
    written: JSON = {
        "name": column.name,
        "type": column.type,
        "primaryKey": column.primary_key,
        "notNull": column.not_null,
    }
    if column.enum:
        written["typeSchema"] = column.enum.schema
    if column.default:
        written["default"] = column.default.value
    if column.generated is not None:
        written["generated"] = {"as": column.generated, "type": "stored"}
    if column.identity:
        written["identity"] = _identity(column.identity, schema)
    return written


def _identity(identity: Identity, schema: str) -> JSON:
    return {
        "type": "always" if identity.always else "byDefault",
        "name": identity.name,
        "schema": schema,
        "increment": identity.increment,
        "startWith": identity.start,
        "minValue": identity.minimum,
        "maxValue": identity.maximum,
        "cache": identity.cache,
        "cycle": identity.cycle,
    }


def _index(index: Index) -> JSON:
    written: JSON = {
        "name": index.name,
        "columns": [_part(part) for part in index.parts],
        "isUnique": index.unique,
        "concurrently": index.concurrently,
        "method": index.method,
        "with": dict(index.storage),
    }
    if index.where is not None:
        written["where"] = index.where
    return written


def _part(part: IndexPart) -> JSON:
    written: JSON = {
        "expression": part.expression,
        "isExpression": part.is_expression,
        "asc": part.ascending,
        "nulls": "first" if part.nulls_first else "last",
    }
    if part.operator_class is not None:
        written["opclass"] = part.operator_class
    return written


def _foreign_key(key: ForeignKey, table: Table) -> JSON:
    written: JSON = {
        "name": key.name,
        "tableFrom": table.name.name,
        "tableTo": key.target.name,
        "columnsFrom": list(key.columns),
        "columnsTo": list(key.target_columns),
        "onDelete": key.on_delete,
        "onUpdate": key.on_update,
    }
    if key.target.schema != PUBLIC:
        written["schemaTo"] = key.target.schema
    return written


def _unique(unique: Unique) -> JSON:
    return {
        "name": unique.name,
        "nullsNotDistinct": unique.nulls_not_distinct,
        "columns": list(unique.columns),
    }


def _policy(policy: Policy) -> JSON:
    written: JSON = {
        "name": policy.name,
        "as": "PERMISSIVE" if policy.permissive else "RESTRICTIVE",
        "for": policy.command,
        "to": list(policy.roles),
    }
    if policy.using is not None:
        written["using"] = policy.using
    if policy.with_check is not None:
        written["withCheck"] = policy.with_check
    if policy.table:
        written["schema"] = policy.table.schema
        written["on"] = f'"{policy.table.schema}"."{policy.table.name}"'
    return written


def _sequence(sequence: Sequence) -> JSON:
    return {
        "name": sequence.name.name,
        "schema": sequence.name.schema,
        "increment": sequence.increment,
        "startWith": sequence.start,
        "minValue": sequence.minimum,
        "maxValue": sequence.maximum,
        "cache": sequence.cache,
        "cycle": sequence.cycle,
    }


def _view(view: View) -> JSON:
    written: JSON = {
        "columns": {
            name: _column(each, view.name.schema) for name, each in view.columns.items()
        },
        "name": view.name.name,
        "schema": view.name.schema,
        "isExisting": view.existing,
        "materialized": view.materialized,
    }
    optional: Mapping[str, object] = {
        "definition": view.definition,
        "with": dict(view.storage) or None,
        "withNoData": view.with_no_data,
        "tablespace": view.tablespace,
        "using": view.using,
    }
    return written | {key: each for key, each in optional.items() if each is not None}


def _unreadable(part: Unreadable) -> JSON:
    span = part.span
    return {
        "subject": str(part.subject),
        "reason": part.reason,
        "path": span.path if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
    }
