"""Columns as drizzle-kit records them.

Source: drizzle-kit 0.31.11 `serializer/pgSerializer.ts`; 1.0.0-rc.5
`dialects/postgres/drizzle.ts`.
"""

from collections.abc import Callable
from typing import TypeVar

from schemadiff.drizzle.columns import State
from schemadiff.drizzle.defaults import default
from schemadiff.drizzle.javascript import text, truthy
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.notes import Notes
from schemadiff.drizzle.sql import Purpose, rendered
from schemadiff.drizzle.tables import ColumnThing
from schemadiff.drizzle.trouble import NotKnown
from schemadiff.drizzle.world import Thing, World
from schemadiff.model import Column, Hides, Identity, Name
from schemadiff.regex import regex
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Function,
    Unknown,
    Value,
)

T = TypeVar("T")

_BRACKETS = regex(r"\[\d*\]")
_MINIMUM = "-32768"
"""Of every falling identity: both kits compare with the wrong name of the type."""
_MAXIMUM = {
    "smallint": "32767",
    "integer": "2147483647",
    "bigint": "9223372036854775807",
}


def recorded_column(
    world: World, column: ColumnThing, name: str, table: Name, notes: Notes
) -> Column | None:
    """Return the model of a column; None, after noting it, if it cannot be read.

    `table` is the table or view that it is recorded for, as `name`.
    """
    state, span = column.state(world), column.use.span
    subject = table.subject(name)
    if state.trouble:
        notes.trouble(state.trouble, subject, Hides.COLUMN, _chain(column), span)
        return None
    type_, dimensions = _type(world, state)

    def attempt(make: Callable[[], T], whole: Value | Thing) -> T | None:
        value = None if isinstance(whole, Thing) else whole
        return notes.attempt(make, subject, Hides.DETAIL, value, span)

    found_default = attempt(lambda: default(world, state, dimensions), state.default)
    generated = attempt(lambda: _generated(world, state.generated), state.generated)
    identity = attempt(
        lambda: _identity(state, table.name, name, world),
        state.identity[1] if state.identity else UNDEFINED,
    )
    return Column(
        name,
        type_,
        enum=state.enum,
        dimensions=dimensions,
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


def _chain(column: ColumnThing) -> Value | None:
    builder = column.use.builder
    return builder.value if builder else None


def _type(world: World, state: State) -> tuple[str, int]:
    """Return type and dimensions: 1.0 takes brackets and blanks out of the type."""
    if world.line is Line.ZERO:
        return state.type, 0
    type_ = state.type.replace(", ", ",", 1)
    if type_.startswith("timestamp ("):
        type_ = type_.replace("timestamp (", "timestamp(", 1)
    brackets = _BRACKETS.findall(type_)
    return _BRACKETS.sub("", type_), len(brackets) + state.dimensions


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


def _identity(state: State, table: str, name: str, world: World) -> Identity | None:
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
    minimum = number("minValue") or (_MINIMUM if falling else "1")
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
