"""A schema as text for people: one line for each column and constraint."""

import json
from collections.abc import Iterator

from schemadiff.model import (
    PUBLIC,
    Column,
    ForeignKey,
    Identity,
    Index,
    Policy,
    Schema,
    Sequence,
    Table,
    View,
)


def schema_text(schema: Schema) -> str:
    """Return `schema` as text that ends with a line break; "" if it is empty."""
    blocks = list(_blocks(schema))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _blocks(schema: Schema) -> Iterator[str]:
    names = [f"schema {name}" for name in schema.schemas]
    for enum in schema.enums.values():
        labels = ", ".join(_quoted(label) for label in enum.labels)
        names.append(f"enum {enum.name} ({labels})")
    names += [_sequence(each) for each in schema.sequences.values()]
    for role in schema.roles.values():
        flags = [
            ("createdb", role.create_database),
            ("createrole", role.create_role),
            ("noinherit", not role.inherit),
        ]
        words = [word for word, present in flags if present]
        names.append(" ".join(["role", role.name, *words]))
    if names:
        yield "\n".join(names)
    for table in schema.tables.values():
        yield "\n".join(_table(table))
    for view in schema.views.values():
        yield "\n".join(_view(view))
    if schema.policies:
        yield "\n".join(
            f"{_policy(each)} on {each.table}" for each in schema.policies.values()
        )
    troubles = [
        f"unreadable {each.subject} ({each.hides.value}): {each.reason}"
        + (f", {each.span}" if each.span else "")
        for each in schema.unreadable
    ] + [
        f"rejected {each.subject}: {each.reason}"
        + (f", {each.span}" if each.span else "")
        for each in schema.rejected
    ]
    if troubles:
        yield "\n".join(troubles)


def _table(table: Table) -> Iterator[str]:
    secured = " with row security" if table.row_security else ""
    yield f"table {table.name}{secured}"
    for column in table.columns.values():
        yield f"  {_column(column)}"
    for key in table.primary_keys.values():
        yield f"  primary key {key.name} ({_list(key.columns)})"
    for unique in table.uniques.values():
        nulls = " nulls not distinct" if unique.nulls_not_distinct else ""
        yield f"  unique {unique.name} ({_list(unique.columns)}){nulls}"
    for foreign in table.foreign_keys.values():
        yield f"  {_foreign_key(foreign)}"
    for check in table.checks.values():
        yield f"  check {check.name} ({_line(check.expression)})"
    for index in table.indexes.values():
        yield f"  {_index(index)}"
    for policy in table.policies.values():
        yield f"  {_policy(policy)}"


def _column(column: Column) -> str:
    words = [column.name, column.type + "[]" * column.dimensions]
    if column.enum:
        words.append(f"enum {column.enum}")
    if column.primary_key:
        words.append("primary key")
    if column.not_null:
        words.append("not null")
    if column.default:
        value = column.default.value
        text = value if isinstance(value, str) else f"raw {json.dumps(value)}"
        words.append(f"default {_line(text)}")
    if column.generated is not None:
        words.append(f"generated as ({_line(column.generated)})")
    if column.identity:
        words.append(_identity(column.identity))
    return " ".join(words)


def _identity(identity: Identity) -> str:
    kind = "always" if identity.always else "by default"
    return (
        f"identity {kind} {identity.name} (increment {identity.increment}, "
        f"start {identity.start}, minimum {identity.minimum}, "
        f"maximum {identity.maximum}, cache {identity.cache}"
        f"{', cycle' if identity.cycle else ''})"
    )


def _foreign_key(key: ForeignKey) -> str:
    actions = "".join(
        f" on {event} {action}"
        for event, action in (("delete", key.on_delete), ("update", key.on_update))
        if action != "no action"
    )
    return (
        f"foreign key {key.name} ({_list(key.columns)}) to "
        f"{key.target} ({_list(key.target_columns)}){actions}"
    )


def _index(index: Index) -> str:
    parts = []
    for part in index.parts:
        words = [
            f"({_line(part.expression)})" if part.is_expression else part.expression
        ]
        words += [part.operator_class] if part.operator_class else []
        words += [] if part.ascending else ["desc"]
        words += ["nulls first"] if part.nulls_first else []
        parts.append(" ".join(words))
    kind = "unique index" if index.unique else "index"
    text = f"{kind} {index.name} using {index.method} ({', '.join(parts)})"
    if index.storage:
        text += f" with {json.dumps(dict(index.storage))}"
    if index.where is not None:
        text += f" where {_line(index.where)}"
    return text + (" concurrently" if index.concurrently else "")


def _policy(policy: Policy) -> str:
    text = (
        f"policy {policy.name} {'permissive' if policy.permissive else 'restrictive'}"
    )
    text += f" for {policy.command.lower()} to {_list(policy.roles)}"
    if policy.using is not None:
        text += f" using ({_line(policy.using)})"
    if policy.with_check is not None:
        text += f" with check ({_line(policy.with_check)})"
    return text


def _sequence(sequence: Sequence) -> str:
    return (
        f"sequence {sequence.name} (increment {sequence.increment}, "
        f"start {sequence.start}, minimum {sequence.minimum}, "
        f"maximum {sequence.maximum}, cache {sequence.cache}"
        f"{', cycle' if sequence.cycle else ''})"
    )


def _view(view: View) -> Iterator[str]:
    words = ["materialized view" if view.materialized else "view", str(view.name)]
    words += ["existing"] if view.existing else []
    words += [f"using {view.using}"] if view.using else []
    words += [f"with {json.dumps(dict(view.storage))}"] if view.storage else []
    words += [f"tablespace {view.tablespace}"] if view.tablespace else []
    words += ["with no data"] if view.with_no_data else []
    yield " ".join(words)
    for column in view.columns.values():
        yield f"  {_column(column)}"
    if view.definition is not None:
        yield f"  as {_line(view.definition)}"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _line(text: str) -> str:
    """Return `text` on one line, with its line breaks visible."""
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


__all__ = ["PUBLIC", "schema_text"]
