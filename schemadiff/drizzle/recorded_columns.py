"""Columns as drizzle-kit records them.

Source: drizzle-kit 0.31.11 `serializer/pgSerializer.ts`; 1.0.0-rc.5
`dialects/postgres/drizzle.ts`.
"""

from schemadiff.drizzle.columns import State
from schemadiff.drizzle.defaults import default
from schemadiff.drizzle.javascript import text, truthy
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.notes import Notes
from schemadiff.drizzle.sql import Purpose, rendered
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.tables import ColumnThing
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Thing, World
from schemadiff.model import Column, Default, Hides, Identity
from schemadiff.subject import Subject
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Function,
    Unknown,
    Value,
)

_MAXIMUM = {
    "smallint": "32767",
    "integer": "2147483647",
    "bigint": "9223372036854775807",
}


def recorded_column(
    world: World, column: ColumnThing, table: str, notes: Notes, subject: Subject
) -> Column | None:
    """Return the model of a column; None, after noting it, if it cannot be read."""
    state, span = column.state(world), column.use.span
    name = column.name(world)
    if state.trouble:
        notes.trouble(state.trouble, subject, Hides.COLUMN, span)
        return None
    found_default = notes.attempt(
        lambda: default(world, state.default, state.type), subject, Hides.DETAIL, span
    )
    generated = notes.attempt(
        lambda: _generated(world, state.generated), subject, Hides.DETAIL, span
    )
    identity = notes.attempt(
        lambda: _identity(world, state, table, name), subject, Hides.DETAIL, span
    )
    return Column(
        name,
        state.type,
        enum=state.enum,
        dimensions=state.dimensions,
        primary_key=state.primary_key,
        not_null=state.not_null,
        default=found_default,
        generated=generated,
        identity=identity,
        key=column.use.key,
        name_given=state.name_given,
        runtime_default=state.runtime_default,
        span=span,
    )


def _generated(world: World, value: Value | Thing) -> str | None:
    found = value if isinstance(value, Thing) else world.resolve(value)
    if found is UNDEFINED:
        return None
    if isinstance(found, Function):
        found = world.resolve(world.returned(found))
    if isinstance(found, Unknown):
        raise NotKnown.because(found)
    if isinstance(found, Thing):
        return rendered(world, found, Purpose.NUMBERED)
    return text(found)


def _identity(world: World, state: State, table: str, name: str) -> Identity | None:
    if state.identity is None:
        return None
    always, given = state.identity
    options = world.options(given)

    def number(key: str) -> str | None:
        value = world.data(options.get(key, UNDEFINED))
        return None if value is UNDEFINED else text(value)

    increment = number("increment") or "1"
    falling = increment.strip().startswith("-")
    type_ = state.type.split("[")[0]
    minimum = number("minValue") or (_minimum(world, type_) if falling else "1")
    maximum = number("maxValue") or ("-1" if falling else _MAXIMUM.get(type_, "32767"))
    given_name = world.data(options.get("name", UNDEFINED))
    cycle = world.data(options.get("cycle", UNDEFINED))
    automatic = f"{table}_{name}_seq"
    return Identity(
        always=always,
        name=automatic if given_name in (UNDEFINED, NULL) else text(given_name),
        increment=increment,
        start=number("startWith") or (maximum if falling else minimum),
        minimum=minimum,
        maximum=maximum,
        cache=number("cache") or "1",
        cycle=truthy(cycle),
    )


def _minimum(world: World, type_: str) -> str:
    if world.line is Line.ZERO:
        return "-32768"  # for every type: 0.31 compares with the wrong name
    raise not_known(UNDEFINED, f"has a falling identity on {type_}")


__all__ = ["Default", "Refused"]
