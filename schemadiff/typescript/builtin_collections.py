"""Maps and sets."""

import math
from collections.abc import Sequence

from schemadiff.source import Span
from schemadiff.typescript.coerce import nullish, strictly_equal
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Object,
    Value,
)

_NOWHERE = Span("", 1, 1, 0, 0)


class _NotKnown(Exception):  # noqa: N818 - a way out of a search
    """Whether two values are the same is not known."""


def new_set(arguments: Sequence[Value]) -> Value | None:
    """Return `new Set(items)`."""
    made = Object({}, _NOWHERE, kind="set")
    source = arguments[0] if arguments else UNDEFINED
    if nullish(source):
        return made
    items: list[Value] | None = None
    if isinstance(source, Array) and not source.holes:
        items = source.items
    elif isinstance(source, Object) and source.kind == "set" and not source.holes:
        items = source.entries
    elif isinstance(source, str):
        items = list(source)
    if items is None:
        return None
    try:
        for each in items:
            if _index(made, each) is None:
                made.entries.append(each)
    except _NotKnown:
        return None
    return made


def new_map(arguments: Sequence[Value]) -> Value | None:
    """Return `new Map(pairs)`."""
    made = Object({}, _NOWHERE, kind="map")
    source = arguments[0] if arguments else UNDEFINED
    if nullish(source):
        return made
    pairs: list[Value] | None = None
    if isinstance(source, Array) and not source.holes:
        pairs = source.items
    elif isinstance(source, Object) and source.kind == "map" and not source.holes:
        pairs = source.entries
    if pairs is None:
        return None
    try:
        for each in pairs:
            if not isinstance(each, Array) or each.holes or not each.items:
                return None
            _set(made, each.items[0], each.items[1] if each.items[1:] else UNDEFINED)
    except _NotKnown:
        return None
    return made


def _index(collection: Object, wanted: Value) -> int | None:
    for index, each in enumerate(collection.entries):
        key = each.items[0] if isinstance(each, Array) and _is_map(collection) else each
        if _is_nan(key) and _is_nan(wanted):
            return index
        equal = strictly_equal(key, wanted)
        if equal is None:
            raise _NotKnown
        if equal:
            return index
    return None


def _is_nan(value: Value) -> bool:
    """NaN equals itself in collections, and nowhere else."""
    return isinstance(value, float) and math.isnan(value)


def _is_map(collection: Object) -> bool:
    return collection.kind == "map"


def _set(collection: Object, key: Value, value: Value) -> None:
    index = _index(collection, key)
    pair = Array([key, value], collection.span)
    if index is None:
        collection.entries.append(pair)
    else:
        collection.entries[index] = pair


def call_collection_method(
    run: Evaluator,
    target: Object,
    name: str,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value | None:
    """Return what a method of a map or set makes; None if it is not known."""
    if target.holes:
        return None
    if name == "forEach":
        return _for_each(run, target, arguments, node, scope)
    try:
        return _method(target, name, arguments)
    except _NotKnown:
        return None


def _for_each(
    run: Evaluator,
    target: Object,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value | None:
    if not arguments or not isinstance(arguments[0], Function):
        return None
    for each in list(target.entries):
        pair = [each, each]
        if isinstance(each, Array) and _is_map(target):
            pair = [each.items[1], each.items[0]]
        run.call(arguments[0], UNDEFINED, [*pair, target], node, scope)
    return UNDEFINED


def _method(target: Object, name: str, arguments: Sequence[Value]) -> Value | None:
    first = arguments[0] if arguments else UNDEFINED
    entries = target.entries
    match name:
        case "has":
            return _index(target, first) is not None
        case "get" if _is_map(target):
            index = _index(target, first)
            found = entries[index] if index is not None else UNDEFINED
            return found.items[1] if isinstance(found, Array) else UNDEFINED
        case "add":
            if _index(target, first) is None:
                entries.append(first)
            return target
        case "set":
            _set(target, first, arguments[1] if arguments[1:] else UNDEFINED)
            return target
        case "delete":
            index = _index(target, first)
            if index is not None:
                del entries[index]
            return index is not None
        case "clear":
            entries.clear()
            return UNDEFINED
        case "keys" | "values" | "entries":
            return _listed(target, name)
        case _:
            return None


def _listed(target: Object, name: str) -> Array:
    if name == "entries" and not _is_map(target):
        pairs: list[Value] = [Array([e, e], _NOWHERE) for e in target.entries]
        return Array(pairs, _NOWHERE)
    if not _is_map(target) or name == "entries":
        return Array(list(target.entries), _NOWHERE)
    at = 0 if name == "keys" else 1
    items = [each.items[at] for each in target.entries if isinstance(each, Array)]
    return Array(items, _NOWHERE)
