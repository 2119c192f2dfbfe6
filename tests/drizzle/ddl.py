"""The `ddl` of a 1.0 snapshot as a model, to compare with what is read."""

from collections.abc import Sequence
from typing import Any

from schemadiff.model import (
    Check,
    Column,
    Default,
    EnumType,
    ForeignKey,
    Identity,
    Index,
    IndexPart,
    Name,
    Policy,
    PrimaryKey,
    Role,
    Schema,
    Table,
    Unique,
    View,
)
from schemadiff.model import Sequence as SequenceModel
from schemadiff.record import replace

Row = dict[str, Any]


def schema_of(rows: Sequence[Row]) -> Schema:
    """Return the schema that the rows of a snapshot describe."""

    def kind(name: str) -> list[Row]:
        return [row for row in rows if row["entityType"] == name]

    tables = {_name(row): _table(row, rows) for row in kind("tables")}
    views = {_name(row): _view(row) for row in kind("views")}
    return Schema(
        tables=tables,
        schemas=dict.fromkeys(row["name"] for row in kind("schemas")),
        enums={
            _name(row): EnumType(_name(row), tuple(row["values"]))
            for row in kind("enums")
        },
        sequences={_name(row): _sequence(row) for row in kind("sequences")},
        views=views,
        roles={row["name"]: _role(row) for row in kind("roles")},
    )


def comparable(schema: Schema) -> Schema:
    """Return `schema` with storage parameters written as the 1.0 line writes them."""
    tables = {
        name: replace(
            table,
            indexes={key: _written(index) for key, index in table.indexes.items()},
        )
        for name, table in schema.tables.items()
    }
    schemas = dict.fromkeys(schema.schemas)
    return replace(schema, tables=tables, schemas=schemas)


def _written(index: Index) -> Index:
    text = ", ".join(f"{key}={_javascript(value)}" for key, value in index.storage)
    return replace(index, storage=(("", text),) if text else ())


def _javascript(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _name(row: Row) -> Name:
    return Name(row["schema"], row["name"])


def _table(row: Row, rows: Sequence[Row]) -> Table:
    def parts(kind: str) -> list[Row]:
        return [
            each
            for each in rows
            if each["entityType"] == kind
            and (each["schema"], each["table"]) == (row["schema"], row["name"])
        ]

    primary = {key["name"]: key for key in parts("pks")}
    columns = {each["name"]: _column(each) for each in parts("columns")}
    return Table(
        _name(row),
        columns,
        {n: PrimaryKey(n, tuple(key["columns"])) for n, key in primary.items()},
        {
            each["name"]: Unique(
                each["name"], tuple(each["columns"]), each["nullsNotDistinct"]
            )
            for each in parts("uniques")
        },
        {each["name"]: _foreign_key(each) for each in parts("fks")},
        {each["name"]: Check(each["name"], each["value"]) for each in parts("checks")},
        {each["name"]: _index(each) for each in parts("indexes")},
        {each["name"]: _policy(each) for each in parts("policies")},
        row["isRlsEnabled"],
    )


def _column(row: Row) -> Column:
    enum = Name(row["typeSchema"], row["type"]) if row["typeSchema"] else None
    return Column(
        row["name"],
        row["type"],
        enum,
        row["dimensions"],
        not_null=row["notNull"],
        default=None if row["default"] is None else Default(row["default"]),
        generated=row["generated"]["as"] if row["generated"] else None,
        identity=_identity(row["identity"]) if row["identity"] else None,
    )


def _identity(row: Row) -> Identity:
    return Identity(
        row["type"] == "always",
        row["name"],
        row["increment"],
        row["startWith"],
        row["minValue"],
        row["maxValue"],
        str(row["cache"]),
        row["cycle"],
    )


def _foreign_key(row: Row) -> ForeignKey:
    return ForeignKey(
        row["name"],
        tuple(row["columns"]),
        Name(row["schemaTo"], row["tableTo"]),
        tuple(row["columnsTo"]),
        row["onDelete"].lower(),
        row["onUpdate"].lower(),
    )


def _index(row: Row) -> Index:
    parts = tuple(
        IndexPart(
            each["value"],
            each["isExpression"],
            each["asc"],
            each["nullsFirst"],
            each["opclass"]["name"] if each["opclass"] else None,
        )
        for each in row["columns"]
    )
    storage = (("", row["with"]),) if row["with"] else ()
    return Index(
        row["name"],
        parts,
        row["isUnique"],
        row["where"],
        row["concurrently"],
        row["method"],
        storage,
    )


def _policy(row: Row) -> Policy:
    return Policy(
        row["name"],
        row["as"] == "PERMISSIVE",
        row["for"],
        tuple(row["roles"]),
        row["using"],
        row["withCheck"],
    )


def _sequence(row: Row) -> SequenceModel:
    return SequenceModel(
        _name(row),
        row["incrementBy"],
        row["startWith"],
        row["minValue"],
        row["maxValue"],
        str(row["cacheSize"]),
        row["cycle"],
    )


def _role(row: Row) -> Role:
    return Role(row["name"], row["createDb"], row["createRole"], row["inherit"])


def _view(row: Row) -> View:
    return View(
        _name(row),
        row["definition"],
        row["materialized"],
        storage={k: v for k, v in (row["with"] or {}).items() if v is not None},
        with_no_data=row["withNoData"],
        using=row["using"],
        tablespace=row["tablespace"],
    )
