"""A column's default as drizzle-kit records it; literals in 1.0 stand apart.

Source: drizzle-kit 0.31.11 `serializer/pgSerializer.ts`.
"""

from schemadiff.drizzle import defaults_one
from schemadiff.drizzle.columns import State
from schemadiff.drizzle.javascript import (
    bounded,
    iso_text,
    json_text,
    plain,
    text,
)
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.sql import Purpose, Sql, quoted, rendered
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.trouble import NotKnown
from schemadiff.drizzle.world import Outside, Thing, World
from schemadiff.model import Default
from schemadiff.regex import regex
from schemadiff.typescript.coerce import number_text
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    BigInt,
    Date,
    Object,
    Unknown,
    Value,
)

_ARRAY = regex(r"\[\d*\]")
_JSON = ("json", "jsonb")


def default(world: World, state: State, dimensions: int) -> Default | None:
    """Return the default of a column, if it has one.

    `dimensions` counts the array brackets of its type in the 1.0 line.
    """
    value = state.default
    found = world.resolve(value) if not isinstance(value, Thing) else value
    if isinstance(found, Unknown):
        raise NotKnown.because(found)
    if isinstance(found, Outside):
        raise found.trouble()
    if isinstance(found, Sql):
        if world.line is Line.ZERO:
            return Default(rendered(world, found, Purpose.DEFAULT))
        return Default(defaults_one.trimmed(rendered(world, found, Purpose.NUMBERED)))
    if isinstance(found, Thing):
        reason = "has one of Drizzle's own objects as its default"
        raise NotKnown(reason, None, lambda: None)
    if found is UNDEFINED:
        return None
    bounded(found)
    if world.line is Line.ONE:
        return Default(
            defaults_one.literal(
                found, state.type, state.kind, state.options, dimensions
            )
        )
    return _literal(found, state.type.lower())


def _literal(value: Value, type_: str) -> Default | None:
    if isinstance(value, str):
        return Default(quoted(value))
    if type_ in _JSON:
        return Default(f"'{json_text(value)}'::{type_}")
    if isinstance(value, Date):
        return Default(f"'{_date(value, type_)}'")
    if isinstance(value, Array) and _ARRAY.search(type_):
        return Default(f"'{_array(value, type_.split('[', maxsplit=1)[0])}'")
    data = plain(value)
    return None if data is ... else Default(data)


def _date(value: Date, type_: str) -> str:
    written = iso_text(value)
    if type_ == "date":
        return written.split("T")[0]
    return written.replace("T", " ")[:23] if type_ == "timestamp" else written


def _array(value: Array, type_: str) -> str:
    for hole in value.holes:
        raise NotKnown.because(hole)
    return "{" + ",".join(_element(item, type_) for item in value.items) + "}"


def _element(value: Value, type_: str) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float() | int():
            return number_text(value)
        case BigInt():
            return str(value.value)
        case Array():
            return _array(value, type_)
        case Date():
            return f'"{_date(value, type_)}"'
        case Object():
            return '"' + json_text(value).replace('"', '\\"') + '"'
        case Unknown():
            raise NotKnown.because(value)
        case _:
            if value is NULL:
                return '"null"'
            if value is UNDEFINED or isinstance(value, str):
                return f'"{text(value)}"'
            raise not_known(value, "is not a literal")
