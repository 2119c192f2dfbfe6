"""Functions of `Object` and `Array`."""

from collections.abc import Callable, Sequence

from schemadiff.source import Span
from schemadiff.typescript.coerce import (
    known_number,
    known_text,
    nullish,
    whole_number,
)
from schemadiff.typescript.getters import read
from schemadiff.typescript.holes import add_hole
from schemadiff.typescript.properties import copy_properties, in_key_order
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Object,
    Property,
    Unknown,
    Value,
)

_LARGEST_ARRAY = 1_000_000
_NOWHERE = Span("", 1, 1, 0, 0)


def _first(arguments: Sequence[Value]) -> Value:
    return arguments[0] if arguments else UNDEFINED


def _pairs(value: Value) -> tuple[list[tuple[str, Value]], list[Unknown]] | None:
    match value:
        case Object() if not value.kind:
            found = [(key, read(value, each)) for key, each in value.properties.items()]
            return found, list(value.holes)
        case Array() if not value.is_sparse:
            found = [(str(i), each) for i, each in enumerate(value.items)]
            return found, list(value.holes)
        case Function():
            return [(key, each.value) for key, each in value.properties.items()], []
        case _:
            return None


def _keys(arguments: Sequence[Value]) -> Value | None:
    pairs = _pairs(_first(arguments))
    return (
        None if pairs is None else Array([k for k, _ in pairs[0]], _NOWHERE, pairs[1])
    )


def _values(arguments: Sequence[Value]) -> Value | None:
    pairs = _pairs(_first(arguments))
    return (
        None if pairs is None else Array([v for _, v in pairs[0]], _NOWHERE, pairs[1])
    )


def _entries(arguments: Sequence[Value]) -> Value | None:
    pairs = _pairs(_first(arguments))
    if pairs is None:
        return None
    items: list[Value] = [Array([k, v], _NOWHERE) for k, v in pairs[0]]
    return Array(items, _NOWHERE, pairs[1])


def _from_entries(arguments: Sequence[Value]) -> Value | None:
    source = _first(arguments)
    is_list = isinstance(source, Object) and source.kind in ("map", "set")
    entries = source.entries if isinstance(source, Object) and is_list else None
    holes: list[Unknown] = []
    if isinstance(source, Array):
        entries, holes = source.items, list(source.holes)
    if entries is None:
        return None
    made = Object({}, _NOWHERE, holes)
    for each in entries:
        if isinstance(each, Unknown):
            add_hole(made, each)
            continue
        if not isinstance(each, Array) or len(each.items) < 2:  # noqa: PLR2004 - a pair
            return None
        key = known_text(each.items[0])
        if key is None:
            blamed = each.items[0]
            if not isinstance(blamed, Unknown):
                return None
            add_hole(made, blamed)
            continue
        made.properties[key] = Property(each.items[1], each.span)
    in_key_order(made)
    return made


def _assign(arguments: Sequence[Value]) -> Value | None:
    target = _first(arguments)
    if not isinstance(target, Object | Function):
        return target if isinstance(target, Unknown) and not arguments[1:] else None
    if isinstance(target, Object) and (target.is_frozen or _has_setters(target)):
        return None
    for source in arguments[1:]:
        if nullish(source):
            continue
        pairs = _pairs(source)
        if pairs is None:
            if isinstance(source, Unknown) and isinstance(target, Object):
                add_hole(target, source)
                continue
            return None
        span = source.span if isinstance(source, Object | Array) else _NOWHERE
        if isinstance(source, Object) and isinstance(target, Object):
            copy_properties(source, target)
            continue
        for key, value in pairs[0]:
            target.properties[key] = Property(value, span)
    if isinstance(target, Object):
        in_key_order(target)
    return target


def _has_setters(target: Object) -> bool:
    if any(key.startswith(("set ", "get ")) for key in target.hidden):
        return True
    return any(each.getter is not None for each in target.properties.values())


def _freeze(arguments: Sequence[Value]) -> Value | None:
    value = _first(arguments)
    if isinstance(value, Object | Array) and not getattr(value, "kind", ""):
        value.is_frozen = True
    return value


def _has_own(arguments: Sequence[Value]) -> Value | None:
    pairs = _pairs(_first(arguments))
    key = known_text(arguments[1]) if len(arguments) > 1 else None
    if pairs is None or pairs[1] or key is None:
        return None
    if isinstance(arguments[0], Array) and key == "length":
        return True
    return any(name == key for name, _ in pairs[0])


def _array_from(arguments: Sequence[Value]) -> Value | None:
    source = _first(arguments)
    match source:
        case Array():
            made = Array(list(source.items), _NOWHERE, list(source.holes))
        case str():
            made = Array(list(source), _NOWHERE)
        case Object() if source.kind in ("map", "set") and not source.holes:
            made = Array(list(source.entries), _NOWHERE)
        case Object() if "length" in source.properties:
            length = known_number(source.properties["length"].value)
            if length is None or length > _LARGEST_ARRAY or source.holes:
                return None
            count = max(whole_number(length), 0)
            made = Array([_item(source, index) for index in range(count)], _NOWHERE)
        case _:
            return None
    if len(arguments) > 1:
        function = arguments[1]
        if not isinstance(function, Function):
            return None
        made.items = [
            function.call([each, float(index)]) for index, each in enumerate(made.items)
        ]
    return made


def _item(source: Object, index: int) -> Value:
    found = source.properties.get(str(index))
    return UNDEFINED if found is None else read(source, found)


def _own_names(arguments: Sequence[Value]) -> Value | None:
    return _keys(arguments) if isinstance(_first(arguments), Object) else None


def _is_array(arguments: Sequence[Value]) -> Value | None:
    value = _first(arguments)
    if isinstance(value, Array):
        return True
    known = isinstance(value, str | bool | float | Object | Function) or nullish(value)
    return False if known else None


OBJECT_FUNCTIONS: dict[str, Callable[[Sequence[Value]], Value | None]] = {
    "Object.keys": _keys,
    "Object.values": _values,
    "Object.entries": _entries,
    "Object.fromEntries": _from_entries,
    "Object.assign": _assign,
    "Object.getOwnPropertyNames": _own_names,
    "Object.freeze": _freeze,
    "Object.hasOwn": _has_own,
    "Array.from": _array_from,
    "Array.of": lambda arguments: Array(list(arguments), _NOWHERE),
    "Array.isArray": _is_array,
}
"""What each function returns; None where that is not known."""
