"""What the third argument of a table declares, as objects.

Source: drizzle-orm 0.45.4 `pg-core/indexes.js`, `primary-keys.js`,
`foreign-keys.js`, `unique-constraint.js`, `checks.js`.
"""

from collections.abc import Sequence

from schemadiff.drizzle.sql import list_of
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Resolved, Thing, World, argument
from schemadiff.record import record, replace
from schemadiff.source import Span
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Member,
    Object,
    Value,
)


@record(eq=False)
class IndexOn(Thing):
    """`index("name")`, which waits for its columns."""

    unique: bool
    name: Value
    span: Span

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Take the columns, and with `using` the method before them."""
        if name in ("on", "onOnly"):
            return IndexThing(self.unique, self.name, call.arguments, self.span)
        if name == "using":
            parts = call.arguments[1:]
            method = argument(call, 0)
            return IndexThing(self.unique, self.name, parts, self.span, method)
        return Outside(call, f"calls .{name}() of an index, which is not known")


@record(eq=False)
class IndexThing(Thing):
    """An index with its columns."""

    unique: bool
    name: Value
    parts: Sequence[Value]
    span: Span
    index_method: Value = UNDEFINED
    where: Value = UNDEFINED
    storage: Value = UNDEFINED
    concurrently: bool = False

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Set the predicate, storage parameters or `concurrently`."""
        match name:
            case "where":
                return replace(self, where=argument(call, 0))
            case "with":
                return replace(self, storage=argument(call, 0))
            case "concurrently":
                return replace(self, concurrently=True)
            case _:
                return Outside(call, f"calls .{name}() of an index, which is not known")


@record(eq=False)
class UniqueOn(Thing):
    """`unique("name")`, which waits for its columns."""

    name: Value
    span: Span

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Take the columns."""
        if name == "on":
            return UniqueThing(self.name, call.arguments, self.span)
        return Outside(call, f"calls .{name}() of a unique constraint")


@record(eq=False)
class UniqueThing(Thing):
    """A unique constraint with its columns."""

    name: Value
    columns: Sequence[Value]
    span: Span
    nulls_not_distinct: bool = False

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Make nulls equal."""
        if name == "nullsNotDistinct":
            return replace(self, nulls_not_distinct=True)
        return Outside(call, f"calls .{name}() of a unique constraint")


@record(eq=False)
class KeyThing(Thing):
    """A primary key on the table."""

    name: Value
    columns: Sequence[Value]
    span: Span


@record(eq=False)
class ForeignThing(Thing):
    """A foreign key on the table."""

    name: Value
    columns: Value
    target_columns: Value
    span: Span
    on_delete: Value = UNDEFINED
    on_update: Value = UNDEFINED

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Set an action."""
        if name == "onDelete":
            return replace(self, on_delete=argument(call, 0))
        if name == "onUpdate":
            return replace(self, on_update=argument(call, 0))
        return Outside(call, f"calls .{name}() of a foreign key, which is not known")


@record(eq=False)
class CheckThing(Thing):
    """A check constraint."""

    name: Value
    expression: Value
    span: Span


def _index(world: World, call: Call) -> Resolved:
    return IndexOn(unique=False, name=argument(call, 0), span=call.span)


def _unique_index(world: World, call: Call) -> Resolved:
    return IndexOn(unique=True, name=argument(call, 0), span=call.span)


def _unique(world: World, call: Call) -> Resolved:
    return UniqueOn(argument(call, 0), call.span)


def _primary_key(world: World, call: Call) -> Resolved:
    first = world.certain(argument(call, 0))
    if isinstance(first, Object):
        columns = world.options(first).get("columns", UNDEFINED)
        name = world.options(first).get("name", UNDEFINED)
        return KeyThing(name, list_of(world, columns), call.span)
    return KeyThing(UNDEFINED, call.arguments, call.span)


def _foreign_key(world: World, call: Call) -> Resolved:
    options = world.options(argument(call, 0))
    missing = [key for key in ("columns", "foreignColumns") if key not in options]
    if missing:
        raise not_known(argument(call, 0), f"has no {missing[0]}")
    return ForeignThing(
        options.get("name", UNDEFINED),
        options["columns"],
        options["foreignColumns"],
        call.span,
    )


def _check(world: World, call: Call) -> Resolved:
    return CheckThing(argument(call, 0), argument(call, 1), call.span)


MAKERS = {
    "index": _index,
    "uniqueIndex": _unique_index,
    "unique": _unique,
    "primaryKey": _primary_key,
    "foreignKey": _foreign_key,
    "check": _check,
}


@record
class Part:
    """One thing that the third argument declares: as written, and what it is."""

    value: Value
    made: Thing | NotKnown | Refused


def parts_of(world: World, made: Value | Thing) -> list[Part]:
    """Return what the third argument's function made, nested lists opened once."""
    parts = []
    for value in _flattened(world, made):
        try:
            found = world.certain(value)
        except (NotKnown, Refused) as trouble:
            parts.append(Part(value, trouble))
        else:
            parts += [Part(value, found)] if isinstance(found, Thing) else []
    return parts


def _flattened(world: World, made: Value | Thing) -> list[Value]:
    if isinstance(made, Object):
        return [*(each.value for each in made.properties.values()), *made.holes]
    if not isinstance(made, Array):
        return []
    parts: list[Value] = []
    for item in made.items:
        inner = item if isinstance(item, Array) else None
        if inner is None and isinstance(item, Call | Member):
            inner = _array(world, item)
        parts += [*inner.items, *inner.holes] if inner else [item]
    return [*parts, *made.holes]


def _array(world: World, value: Value) -> Array | None:
    try:
        found = world.resolve(value)
    except (NotKnown, Refused):
        return None  # met again where the part is looked at
    return found if isinstance(found, Array) else None
