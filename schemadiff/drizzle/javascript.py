"""JavaScript's own conversions of values to text.

Source: ECMAScript 2024, `Number::toString`, `ToString`, `JSON.stringify` and
`Date.prototype.toISOString`.
"""

import json
import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.typescript.coerce import known_text, number_text
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    BigInt,
    Date,
    Function,
    Nothing,
    Object,
    Symbol,
    Unknown,
    Value,
)

_MOST_VALUES = 200_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso_text(date: Date) -> str:
    """Return `date.toISOString()`; an invalid date is refused as Node refuses it."""
    if math.isnan(date.milliseconds):
        raise Refused("an invalid date has no text (RangeError)", None)
    try:
        moment = _EPOCH + timedelta(milliseconds=date.milliseconds)
    except OverflowError:
        raise Refused("a date outside the years 1 to 9999", None) from None
    return moment.strftime("%Y-%m-%dT%H:%M:%S.").rjust(20, "0") + (
        f"{moment.microsecond // 1000:03d}Z"
    )


def text(value: Value) -> str:
    """Return `String(value)`; raise `NotKnown` for what has no known text."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() | int():
            return number_text(value)
        case BigInt():
            return str(value.value)
        case Array():
            known(value.holes)
            written = known_text(value)
            if written is None:
                raise not_known(value, "is not a text")
            return written
        case Object():
            if value.kind in ("map", "set"):
                return f"[object {value.kind.title()}]"
            without_own(value, "toString", "valueOf")
            return "[object Object]"
        case Unknown():
            raise NotKnown.because(value)
        case _:
            if value is NULL:
                return "null"
            if value is UNDEFINED:
                return "undefined"
            raise not_known(value, "is not a text")


def plain(value: Value) -> object:
    """Return what `JSON.parse(JSON.stringify(value))` gives; `...` where it is lost.

    `Ellipsis` stands for `undefined`, functions and symbols, which objects drop
    and arrays turn into null.
    """
    return _plain(value, [_MOST_VALUES])


def _plain(value: Value, left: list[int]) -> object:
    left[0] -= 1
    if left[0] < 0:
        raise not_known(value, "is too large to be written as JSON")
    match value:
        case str() | bool():
            return value
        case float() | int():
            return _json_number(value)
        case BigInt():
            raise Refused("a BigInt cannot be written as JSON (TypeError)", None)
        case Date():
            return None if math.isnan(value.milliseconds) else iso_text(value)
        case Array():
            known(value.holes)
            items = (_plain(item, left) for item in value.items)
            return [None if item is ... else item for item in items]
        case Object():
            known(value.holes)
            without_own(value, "toJSON")
            pairs = (
                (key, _plain(each.value, left))
                for key, each in value.properties.items()
            )
            return {key: item for key, item in pairs if item is not ...}
        case Function() | Symbol() | Nothing.UNDEFINED:
            return ...
        case Nothing.NULL:
            return None
        case _:
            raise not_known(value, "is not plain data")


def bounded(value: Value) -> None:
    """Raise `NotKnown` for data that is too large to be written out.

    One list that stands in itself many times over may be small and yet that large.
    """
    left = _MOST_VALUES
    stack = [value]
    while stack:
        each = stack.pop()
        left -= 1
        if left < 0:
            raise not_known(value, "is too large to be written out")
        if isinstance(each, Array):
            stack.extend(each.items)
        elif isinstance(each, Object):
            stack.extend(one.value for one in each.properties.values())


def without_own(value: Object, *names: str) -> None:
    """Raise `NotKnown` where an object's own method decides what is written."""
    if value.kind == "regex" and "toString" in names:
        raise not_known(value, "is not a text")
    for name in names:
        if name in value.properties or name in value.hidden:
            raise not_known(value, f"is written as its own {name} says")


def _json_number(number: float) -> float | None:
    if math.isnan(number) or math.isinf(number):
        return None
    return int(number) if float(number).is_integer() else number


def json_text(value: Value) -> str:
    """Return `JSON.stringify(value)`; `undefined` for what it drops."""
    data = plain(value)
    return "undefined" if data is ... else _written(data)


def _written(data: object) -> str:
    match data:
        case bool() | None:
            return json.dumps(data)
        case int() | float():
            return number_text(float(data))
        case dict():
            return (
                "{"
                + ",".join(
                    f"{json.dumps(key, ensure_ascii=False)}:{_written(item)}"
                    for key, item in data.items()
                )
                + "}"
            )
        case list():
            return "[" + ",".join(map(_written, data)) + "]"
        case _:
            return json.dumps(data, ensure_ascii=False)


def truthy(value: Value) -> bool:
    """Tell whether a condition on `value` holds."""
    if isinstance(value, Unknown):
        raise NotKnown.because(value)
    if value is NULL or value is UNDEFINED:
        return False
    if isinstance(value, BigInt):
        return value.value != 0
    if isinstance(value, float | int):
        return not (value == 0 or math.isnan(value))
    return value != "" if isinstance(value, str) else True


def known(holes: Iterable[Unknown]) -> None:
    """Raise `NotKnown` for the first of `holes`, if there is one."""
    for hole in holes:
        raise NotKnown.because(hole)
