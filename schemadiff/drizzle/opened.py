"""What is inside some of Drizzle's objects, for the evaluator's own operations.

The evaluator keeps them symbolic; where a project spreads them or asks them for
a list, it needs what they hold: `...getTableColumns(users)`, `role.enumValues`.
"""

from schemadiff.drizzle.symbolic import is_drizzle, outside_packages
from schemadiff.typescript.values import (
    Array,
    Call,
    Member,
    Object,
    Property,
    Symbol,
    Value,
)

_COLUMNS_OF = ("getTableColumns", "getColumns")


def opened(value: Value) -> Value:
    """Return the plain value that `value` stands for, or `value` itself."""
    match value:
        case Call(callee=Symbol(package=package, name=name), arguments=(table, *_)):
            if name in _COLUMNS_OF and is_drizzle(package):
                return _columns(table) or value
        case Member(target=Call() as enum, name="enumValues"):
            return _labels(enum) or value
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
