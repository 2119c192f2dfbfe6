"""What is inside some of Drizzle's objects, for the evaluator's own operations.

The evaluator keeps them symbolic; where a project spreads them or asks them for
a list, it needs what they hold: `...getTableColumns(users)`, `role.enumValues`.
"""

from collections.abc import Callable

from schemadiff.drizzle.symbolic import is_drizzle, outside_packages
from schemadiff.drizzle.tables import ColumnThing
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import World
from schemadiff.drizzle.zod_enums import OF_ENUMS, property_of_enum
from schemadiff.typescript.values import (
    Array,
    Call,
    Host,
    Member,
    Object,
    Property,
    Symbol,
    Value,
)

_COLUMNS_OF = ("getTableColumns", "getColumns")
_OF_COLUMNS = ("name", "uniqueName", "notNull", "primary", "isUnique")


def opener(world: World) -> Callable[[Value], Value]:
    """Return the function that gives the plain value behind a symbolic one.

    What has none is returned itself.
    """

    def opened(value: Value) -> Value:
        if isinstance(value, Member) and value.name in _OF_COLUMNS:
            return _of_column(world, value)
        return _plain(value)

    return opened


def _of_column(world: World, asked: Member) -> Value:
    """Return a column's name or the like, once that cannot change any more.

    The third argument's function runs after everything else. Elsewhere a builder
    without a name may still turn out to have its name from an earlier table.
    """
    owner = asked.target
    if not isinstance(owner, Member):
        return asked
    is_late = isinstance(owner.target, Host)
    if not is_late and not isinstance(owner.target, Call):
        return asked
    try:
        column = world.resolve(owner)
        if not isinstance(column, ColumnThing):
            return asked
        if not is_late and not column.state(world).name_given:
            return asked
        found = column.get(world, asked)
    except (NotKnown, Refused):
        return asked
    return found if isinstance(found, str | bool) else asked


def _plain(value: Value) -> Value:
    match value:
        case Call(callee=Symbol(package=package, name=name), arguments=(table, *_)):
            if name in _COLUMNS_OF and is_drizzle(package):
                return _columns(table) or value
        case Member(target=Call() as enum, name="enumValues"):
            return _labels(enum) or value
        case Member(target=Call() as enum, name=name) if name in OF_ENUMS:
            return property_of_enum(enum, name) or value
    return value


def _columns(table: Value) -> Object | None:
    while isinstance(table, Call) and _is_method(table, "enableRLS"):
        table = table.callee.target  # type: ignore[union-attr] # a method's callee is a Member
    columns = _second_argument(table)
    if not isinstance(columns, Object) or columns.holes:
        return None
    properties = {
        key: Property(Member(table, key, each.span), each.span)
        for key, each in columns.properties.items()
    }
    return Object(properties, columns.span)


def _labels(enum: Call) -> Array | None:
    is_enum = _is_method(enum, "enum") or (
        isinstance(enum.callee, Symbol) and enum.callee.name == "pgEnum"
    )
    labels = _second_argument(enum) if is_enum else None
    if isinstance(labels, Object) and not labels.holes:
        values = [each.value for each in labels.properties.values()]
        return Array(values, labels.span)
    return labels if isinstance(labels, Array) else None


def _is_method(call: Call, name: str) -> bool:
    return isinstance(call.callee, Member) and call.callee.name == name


def _second_argument(value: Value) -> Value | None:
    """Return the second argument of a call of one of Drizzle's own functions."""
    if not isinstance(value, Call) or any(outside_packages(value)):
        return None
    return value.arguments[1] if len(value.arguments) > 1 else None
