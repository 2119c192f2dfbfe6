"""Enums, sequences and custom types.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `pg-core/columns/enum.js`,
`pg-core/sequence.js`, `pg-core/columns/custom.js`.
"""

from collections.abc import Mapping

from schemadiff.drizzle.columns import State, arguments, begin
from schemadiff.drizzle.javascript import text
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.schemas import IN_SCHEMA, SchemaThing
from schemadiff.drizzle.sql import Wrapper, Writing, identifier, list_of
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.trouble import NotKnown
from schemadiff.drizzle.world import Outside, Resolved, Thing, World, argument
from schemadiff.model import PUBLIC, Name
from schemadiff.record import record
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Function,
    Member,
    Object,
    Value,
)


@record(eq=False)
class EnumThing(Wrapper):
    """An enum, which is also the builder of its columns.

    `labels` is a list, or the exception saying why it is not known. drizzle-kit
    0.31 does not track the type of columns whose enum was made `from_object`.
    """

    name: Name
    labels: list[Value] | NotKnown
    made: Call
    from_object: bool

    def get(self, world: World, member: Member) -> Resolved:
        """Return the labels, the name or the schema."""
        match member.name:
            case "enumValues":
                if isinstance(self.labels, NotKnown):
                    raise self.labels
                return Array(list(self.labels), self.made.span)
            case "enumName":
                return self.name.name
            case "schema":
                return UNDEFINED if self.name.schema == PUBLIC else self.name.schema
            case _:
                return Outside(member, f"asks an enum for .{member.name}")

    def call(self, world: World, call: Call) -> Resolved:
        """Return a builder of a column of this type."""

        def start(world: World, call: Call) -> State:
            name, _ = arguments(world, call, configured=False)
            tracked = world.line is Line.ONE or not self.from_object
            enum = self.name if tracked else None
            return State(name, self.name.name, bool(name), enum=enum, kind="enum")

        return begin(world, call, start)

    def write(self, world: World, writing: Writing) -> str:
        """Write the enum's quoted name."""
        name = identifier(self.name.name, writing)
        if self.name.schema == PUBLIC:
            return name
        return f"{identifier(self.name.schema, writing)}.{name}"


@record(eq=False)
class SequenceThing(Thing):
    """A sequence of its own."""

    name: Name
    options: Mapping[str, Value]
    made: Call


@record(eq=False)
class CustomType(Thing):
    """`customType({ dataType… })`, the builder of columns of a type by text."""

    parameters: Value

    def call(self, world: World, call: Call) -> Resolved:
        """Return a builder of a column of this type."""

        def start(world: World, call: Call) -> State:
            name, config = custom_arguments(world, call)
            options = world.options(self.parameters)
            data_type = world.resolve(options.get("dataType", UNDEFINED))
            if not isinstance(data_type, Function):
                raise not_known(self.parameters, "has no function dataType")
            type_ = world.text(data_type.call([config]), "an SQL type")
            state = State(name, type_, bool(name), kind="custom")
            to_driver = options.get("toDriver", UNDEFINED)
            state.options = {"toDriver": to_driver}
            return state

        return begin(world, call, start)


def custom_arguments(world: World, call: Call) -> tuple[str, Value]:
    """Return name and configuration of a custom column, as they were given."""
    first = world.data(argument(call, 0))
    if isinstance(first, Object):
        return "", first
    name, _ = arguments(world, call, configured=False)
    return name, argument(call, 1)


def _enum(world: World, call: Call, schema: SchemaThing | None = None) -> Resolved:
    name = world.text(argument(call, 0), "an enum's name")
    full = Name(schema.name if schema else PUBLIC, name)
    try:
        given = world.data(argument(call, 1))
        if isinstance(given, Object):
            for hole in given.holes:
                raise NotKnown.because(hole)
            values = [each.value for each in given.properties.values()]
            return EnumThing(full, values, call, from_object=True)
        listed = list(list_of(world, given))
    except NotKnown as trouble:
        return EnumThing(full, trouble, call, from_object=False)
    return EnumThing(full, listed, call, from_object=False)


def labels(world: World, enum: EnumThing) -> tuple[str, ...]:
    """Return an enum's labels as text; raise `NotKnown` if one is not known."""
    if isinstance(enum.labels, NotKnown):
        raise enum.labels
    return tuple(text(world.data(label)) for label in enum.labels)


def _sequence(world: World, call: Call, schema: SchemaThing | None = None) -> Resolved:
    name = world.text(argument(call, 0), "a sequence's name")
    full = Name(schema.name if schema else PUBLIC, name)
    return SequenceThing(full, world.options(argument(call, 1)), call)


def _custom(world: World, call: Call) -> Resolved:
    world.certain(argument(call, 0))
    return CustomType(argument(call, 0))


IN_SCHEMA["enum"] = _enum
IN_SCHEMA["sequence"] = _sequence

MAKERS = {"pgEnum": _enum, "pgSequence": _sequence, "customType": _custom}
