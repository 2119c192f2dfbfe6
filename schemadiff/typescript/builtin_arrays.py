"""Methods of arrays."""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cmp_to_key
from itertools import pairwise

from schemadiff.typescript.builtin_texts import position
from schemadiff.typescript.coerce import (
    is_object,
    joined,
    known_number,
    known_text,
    strictly_equal,
    truth,
    whole_number,
)
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Function,
    Member,
    Symbol,
    Unknown,
    Value,
)

_DEEPEST = 100
_LONGEST = 1_000_000
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


_EVERY_PLACE = frozenset(
    (
        *("at", "entries", "fill", "find", "findIndex", "findLast", "includes"),
        *("join", "keys", "pop", "push", "toString", "values"),
    )
)
"""Methods to which a place without an item is `undefined`."""


def _safe(name: str, method: Callable[[Array, Sequence[Value]], Value]) -> Method:
    def guarded(array: Array, arguments: Sequence[Value]) -> Value | None:
        if array.is_sparse and name not in _EVERY_PLACE:
            return None
        try:
            return method(array, arguments)
        except _NotKnown as stop:
            return stop.value if isinstance(stop.value, Unknown) else None

    return guarded


def _visited(array: Array) -> Iterator[tuple[int, Value]]:
    """Yield the items as they are when it is their turn, and none added meanwhile."""
    for index in range(len(array.items)):
        if index >= len(array.items):
            return
        yield index, array.items[index]


def _map(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    items = [call(each, float(i), array) for i, each in _visited(array)]
    return Array(items, array.span, list(array.holes))


def _filter(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    kept: list[Value] = []
    holes = list(array.holes)
    for index, each in _visited(array):
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


_SYMBOLIC = (Symbol, Member, Call)


def _is_item(value: Value) -> bool:
    """Tell whether `value` is no array; raise where that is not known."""
    if isinstance(value, _SYMBOLIC) and not is_object(value):
        raise _NotKnown
    return not isinstance(value, Array)


def _flat(array: Array, arguments: Sequence[Value]) -> Value:
    given = arguments[0] if arguments else UNDEFINED
    depth = 1.0 if given is UNDEFINED else known_number(given)
    if depth is None:
        raise _NotKnown
    items, holes = list(array.items), list(array.holes)
    for _ in range(max(min(whole_number(depth), _DEEPEST), 0)):
        if all(map(_is_item, items)):
            break
        flattened: list[Value] = []
        for each in items:
            if isinstance(each, Array):
                if each.is_sparse:
                    raise _NotKnown
                flattened.extend(each.items)
                holes.extend(each.holes)
                if len(flattened) > _LONGEST:
                    raise _NotKnown
            else:
                flattened.append(each)
        items = flattened
    return Array(items, array.span, holes)


def _reduce(array: Array, arguments: Sequence[Value]) -> Value:
    return _folded(array, arguments, range(len(_whole(array))))


def _reduce_right(array: Array, arguments: Sequence[Value]) -> Value:
    return _folded(array, arguments, range(len(_whole(array)) - 1, -1, -1))


def _folded(array: Array, arguments: Sequence[Value], order: range) -> Value:
    call = _callback(arguments)
    if len(arguments) > 1:
        result = arguments[1]
    elif order:
        result, order = array.items[order[0]], order[1:]
    else:
        raise _NotKnown
    for index in order:
        if index < len(array.items):
            result = call(result, array.items[index], float(index), array)
    return result


def _for_each(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    _whole(array)
    for index, each in _visited(array):
        call(each, float(index), array)
    return UNDEFINED


def _some(array: Array, arguments: Sequence[Value]) -> Value:
    return _position(array, arguments) >= 0


def _every(array: Array, arguments: Sequence[Value]) -> Value:
    call = _callback(arguments)
    _whole(array)
    return all(_test(call(each, float(i), array)) for i, each in _visited(array))


def _position(
    array: Array, arguments: Sequence[Value], *, from_end: bool = False
) -> int:
    call = _callback(arguments)
    order = range(len(_whole(array)))
    for index in reversed(order) if from_end else order:
        each = array.items[index] if index < len(array.items) else UNDEFINED
        if _test(call(each, float(index), array)):
            return index
    return -1


def _item(array: Array, index: int) -> Value:
    return array.items[index] if 0 <= index < len(array.items) else UNDEFINED


def _find(array: Array, arguments: Sequence[Value]) -> Value:
    return _item(array, _position(array, arguments))


def _find_last(array: Array, arguments: Sequence[Value]) -> Value:
    return _item(array, _position(array, arguments, from_end=True))


def _index_of(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    wanted = arguments[0] if arguments else UNDEFINED
    for index in range(_from(arguments, len(items)), len(items)):
        if _equal(items[index], wanted):
            return float(index)
    return -1.0


def _last_index_of(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    if len(arguments) != 1:
        raise _NotKnown
    for index in range(len(items) - 1, -1, -1):
        if _equal(items[index], arguments[0]):
            return float(index)
    return -1.0


def _includes(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    wanted = arguments[0] if arguments else UNDEFINED
    rest = items[_from(arguments, len(items)) :]
    return any(
        _equal(each, wanted) or (_is_nan(each) and _is_nan(wanted)) for each in rest
    )


def _from(arguments: Sequence[Value], length: int) -> int:
    start = position(arguments[1] if len(arguments) > 1 else UNDEFINED, length, 0)
    if start is None:
        raise _NotKnown
    return start


def _equal(a: Value, b: Value) -> bool:
    found = strictly_equal(a, b)
    if found is None:
        raise _NotKnown(a)
    return found


def _is_nan(value: Value) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _join(array: Array, arguments: Sequence[Value]) -> Value:
    given = arguments[0] if arguments else UNDEFINED
    separator = "," if given is UNDEFINED else known_text(given)
    found = None if separator is None else joined(array, separator)
    if found is None:
        raise _NotKnown(array.holes[0] if array.holes else None)
    return found


def _concat(array: Array, arguments: Sequence[Value]) -> Value:
    items, holes = list(array.items), list(array.holes)
    for each in arguments:
        if isinstance(each, Array):
            if each.is_sparse:
                raise _NotKnown
            items.extend(each.items)
            holes.extend(each.holes)
        elif isinstance(each, Unknown):
            holes.append(each)
        elif _is_item(each):
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
    return float(len(_whole(array)))


def _unshift(array: Array, arguments: Sequence[Value]) -> Value:
    array.items[:0] = list(arguments)
    return float(len(_whole(array)))


def _pop(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    return _whole(array).pop() if _whole(array) else UNDEFINED


def _shift(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    return _whole(array).pop(0) if _whole(array) else UNDEFINED


def _reverse(array: Array, arguments: Sequence[Value]) -> Value:  # noqa: ARG001
    _whole(array).reverse()
    return array


def _sort(array: Array, arguments: Sequence[Value]) -> Value:
    items: list[Value] = [each for each in _whole(array) if each is not UNDEFINED]
    rest: list[Value] = [UNDEFINED] * (len(array.items) - len(items))
    if not arguments or arguments[0] is UNDEFINED:
        texts = [known_text(each) for each in items]
        if None in texts:
            raise _NotKnown
        items.sort(key=_sort_key)
    else:
        items = _sorted_by(_callback(arguments), items)
    array.items[:] = [*items, *rest]
    return array


def _sorted_by(call: Callable[..., Value], items: list[Value]) -> list[Value]:
    """Sort by a function of the project, if it puts them into one order only."""

    def order(a: Value, b: Value) -> int:
        number = known_number(call(a, b))
        if number is None:
            raise _NotKnown
        return (number > 0) - (number < 0)

    found = sorted(items, key=cmp_to_key(order))
    for a, b in pairwise(found):
        is_same = isinstance(a, str | float | bool) and strictly_equal(a, b)
        if not is_same and (order(a, b) > 0 or order(a, b) != -order(b, a)):
            raise _NotKnown
    return found


def _sort_key(value: Value) -> bytes:
    """Sort by text in UTF-16 code units."""
    return (known_text(value) or "").encode("utf-16-be", "surrogatepass")


def _copy_then(method: Callable[[Array, Sequence[Value]], Value]) -> Method:
    return _safe(
        "",
        lambda array, arguments: method(
            Array(list(array.items), array.span, list(array.holes)), arguments
        ),
    )


def _at(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    number = known_number(arguments[0] if arguments else UNDEFINED)
    if number is None:
        raise _NotKnown
    index = whole_number(number)
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
    array.is_sparse = array.is_sparse and end - start < len(items)
    return array


def _splice(array: Array, arguments: Sequence[Value]) -> Value:
    items = _whole(array)
    start = position(arguments[0] if arguments else UNDEFINED, len(items), 0)
    count = known_number(arguments[1]) if len(arguments) > 1 else float(len(items))
    if start is None or count is None:
        raise _NotKnown
    end = start + max(whole_number(count), 0) if arguments else start
    removed = items[start:end]
    items[start:end] = list(arguments[2:])
    return Array(removed, array.span)


ARRAY_METHODS: dict[str, Method] = {
    name: _safe(name, method)
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
        "findIndex": lambda array, given: float(_position(array, given)),
        "indexOf": _index_of,
        "lastIndexOf": _last_index_of,
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
