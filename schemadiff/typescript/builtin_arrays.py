"""Methods of arrays."""

from collections.abc import Callable, Sequence
from functools import cmp_to_key

from schemadiff.typescript.builtin_texts import position
from schemadiff.typescript.coerce import (
    known_number,
    known_text,
    strictly_equal,
    truth,
)
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Nothing,
    Symbol,
    Unknown,
    Value,
)

Method = Callable[[Array, Sequence[Value]], Value | None]


class _NotKnown(Exception):  # noqa: N818 - a way out of a callback
    def __init__(self, value: Value | None = None) -> None:
        self.value = value


def _callback(arguments: Sequence[Value]) -> Callable[..., Value]:
    function = arguments[0] if arguments else UNDEFINED
    if isinstance(function, Function):
        return lambda *values: function.call(values)
    if function == Symbol("", "Boolean"):
        return lambda value, *_: _known(truth(value))
    if function == Symbol("", "String"):
        return lambda value, *_: _known(known_text(value))
    if function == Symbol("", "Number"):
        return lambda value, *_: _known(known_number(value))
    raise _NotKnown


def _known(value: Value | None) -> Value:
    if value is None:
        raise _NotKnown
    return value


def _test(value: Value) -> bool:
    known = truth(value)
    if known is None:
        raise _NotKnown(value)
    return known


def _whole(array: Array) -> list[Value]:
    if array.holes:
        raise _NotKnown(array.holes[0])
    return array.items


def _safe(method: Callable[[Array, Sequence[Value]], Value]) -> Method:
    def guarded(array: Array, arguments: Sequence[Value]) -> Value | None:
        try:
            return method(array, arguments)
        except _NotKnown as stop:
            return stop.value if isinstance(stop.value, Unknown) else None

    return guarded


def _map(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    items = [call(each, float(i), array) for i, each in enumerate(list(array.items))]
    return Array(items, array.span, list(array.holes))


def _filter(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    kept: list[Value] = []
    holes = list(array.holes)
    for index, each in enumerate(list(array.items)):
        try:
            found = call(each, float(index), array)
        except _NotKnown:
            found = each
        known = truth(found)
        if known is None and isinstance(found, Unknown):
            holes.append(found)
        elif _known(known):
            kept.append(each)
    return Array(kept, array.span, holes)


def _flat_map(array: Array, arguments: Sequence[Value]) -> Value:
    mapped = _map(array, arguments)
    return _flat(mapped, ()) if isinstance(mapped, Array) else mapped


def _flat(array: Array, arguments: Sequence[Value]) -> Value:
    depth = known_number(arguments[0]) if arguments else 1.0
    items, holes = list(array.items), list(array.holes)
    for _ in range(int(min(depth or 0, 100))):
        flattened: list[Value] = []
        for each in items:
            if isinstance(each, Array):
                flattened.extend(each.items)
                holes.extend(each.holes)
            else:
                flattened.append(each)
        items = flattened
    return Array(items, array.span, holes)


def _reduce(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    items = list(_whole(array))
    start = 0
    if len(arguments) > 1:
        result = arguments[1]
    elif items:
        result, start = items[0], 1
    else:
        raise _NotKnown
    for index in range(start, len(items)):
        result = call(result, items[index], float(index), array)
    return result


def _for_each(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    for index, each in enumerate(list(_whole(array))):
        call(each, float(index), array)
    return UNDEFINED


def _some(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    return any(
        _test(call(each, float(i), array)) for i, each in enumerate(_whole(array))
    )


def _every(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    return all(
        _test(call(each, float(i), array)) for i, each in enumerate(_whole(array))
    )


def _find(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    for index, each in enumerate(_whole(array)):
        if _test(call(each, float(index), array)):
            return each
    return UNDEFINED


def _find_index(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    for index, each in enumerate(_whole(array)):
        if _test(call(each, float(index), array)):
            return float(index)
    return -1.0


def _find_last(array: Array, arguments: Sequence[Value]) -> Value:
    backwards = Array(_whole(array)[::-1], array.span)
    return _find(backwards, arguments)


def _reduce_right(array: Array, arguments: Sequence[Value]) -> Value:
    backwards = Array(_whole(array)[::-1], array.span)
    return _reduce(backwards, arguments)


def _index_of(array: Array, arguments: Sequence[Value]) -> Value:
    wanted = arguments[0] if arguments else UNDEFINED
    for index, each in enumerate(_whole(array)):
        equal = strictly_equal(each, wanted)
        if equal is None:
            raise _NotKnown(each)
        if equal:
            return float(index)
    return -1.0


def _includes(array: Array, arguments: Sequence[Value]) -> Value:
    return _index_of(array, arguments) != -1.0


def _join(array: Array, arguments: Sequence[Value]) -> Value:
    separator = known_text(arguments[0]) if arguments else ","
    parts = [
        "" if isinstance(each, Nothing) else known_text(each) for each in _whole(array)
    ]
    if separator is None or None in parts:
        raise _NotKnown
    return separator.join(str(part) for part in parts)


def _concat(array: Array, arguments: Sequence[Value]) -> Value:
    items, holes = list(array.items), list(array.holes)
    for each in arguments:
        if isinstance(each, Array):
            items.extend(each.items)
            holes.extend(each.holes)
        elif isinstance(each, Unknown):
            holes.append(each)
        else:
            items.append(each)
    return Array(items, array.span, holes)


def _slice(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    start = position(arguments[0] if arguments else UNDEFINED, len(items), 0)
    last = arguments[1] if len(arguments) > 1 else UNDEFINED
    end = position(last, len(items), len(items))
    if start is None or end is None:
        raise _NotKnown
    return Array(items[start:end], array.span)


def _push(array: Array, arguments: Sequence[Value]) -> Value:
    array.items.extend(arguments)
    return float(len(array.items))


def _unshift(array: Array, arguments: Sequence[Value]) -> Value:
    array.items[:0] = list(arguments)
    return float(len(array.items))


def _pop(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    return _whole(array).pop() if _whole(array) else UNDEFINED


def _shift(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    return _whole(array).pop(0) if _whole(array) else UNDEFINED


def _reverse(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    _whole(array).reverse()
    return array


def _sort(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    if not arguments:
        texts = [known_text(each) for each in items]
        if None in texts:
            raise _NotKnown
        items.sort(key=_sort_key)
        return array
    call = _callback(arguments)

    def order(a: Value, b: Value) -> int:
        number = known_number(call(a, b))
        if number is None:
            raise _NotKnown
        return (number > 0) - (number < 0)

    items.sort(key=cmp_to_key(order))
    return array


def _sort_key(value: Value) -> tuple[bool, bytes]:
    """Sort by text in UTF-16 code units; `undefined` comes last."""
    text = known_text(value) or ""
    return value is UNDEFINED, text.encode("utf-16-be", "surrogatepass")


def _copy_then(method: Callable[[Array, Sequence[Value]], Value]) -> Method:
    return _safe(
        lambda array, arguments: method(
            Array(list(array.items), array.span, list(array.holes)), arguments
        )
    )


def _at(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    number = known_number(arguments[0]) if arguments else 0.0
    if number is None:
        raise _NotKnown
    index = int(number)
    return items[index] if -len(items) <= index < len(items) else UNDEFINED


def _entries(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    items: list[Value] = [
        Array([float(i), each], array.span) for i, each in enumerate(_whole(array))
    ]
    return Array(items, array.span)


def _keys(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    return Array([float(i) for i in range(len(_whole(array)))], array.span)


def _values(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    return Array(list(_whole(array)), array.span)


def _fill(array: Array, arguments: Sequence[Value]) -> Value:
    value = arguments[0] if arguments else UNDEFINED
    items = _whole(array)
    first = arguments[1] if len(arguments) > 1 else UNDEFINED
    last = arguments[2] if len(arguments) > 2 else UNDEFINED  # noqa: PLR2004 - its place
    start = position(first, len(items), 0)
    end = position(last, len(items), len(items))
    if start is None or end is None:
        raise _NotKnown
    items[start:end] = [value] * max(end - start, 0)
    return array


def _splice(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    start = position(arguments[0] if arguments else UNDEFINED, len(items), 0)
    count = known_number(arguments[1]) if len(arguments) > 1 else float(len(items))
    if start is None or count is None:
        raise _NotKnown
    end = start + max(int(count), 0)
    removed = items[start:end]
    items[start:end] = list(arguments[2:])
    return Array(removed, array.span)


ARRAY_METHODS: dict[str, Method] = {
    name: _safe(method)
    for name, method in {
        "map": _map,
        "filter": _filter,
        "flatMap": _flat_map,
        "flat": _flat,
        "reduce": _reduce,
        "forEach": _for_each,
        "some": _some,
        "every": _every,
        "find": _find,
        "findLast": _find_last,
        "reduceRight": _reduce_right,
        "toString": lambda array, _: _join(array, ()),
        "findIndex": _find_index,
        "indexOf": _index_of,
        "includes": _includes,
        "join": _join,
        "concat": _concat,
        "slice": _slice,
        "push": _push,
        "unshift": _unshift,
        "pop": _pop,
        "shift": _shift,
        "reverse": _reverse,
        "sort": _sort,
        "at": _at,
        "entries": _entries,
        "keys": _keys,
        "values": _values,
        "fill": _fill,
        "splice": _splice,
    }.items()
} | {"toSorted": _copy_then(_sort), "toReversed": _copy_then(_reverse)}
"""What each method returns; None where that is not known."""
