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

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIXED_POINT_FROM = -7
_FIXED_POINT_TO = 21


def number_text(number: float) -> str:
    """Return `String(number)`: `1`, `1.5`, `1e+21`, `-0` as `0`."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = repr(abs(float(number))).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or "0")
    digits = whole + fraction
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    if _FIXED_POINT_FROM < point - 1 < _FIXED_POINT_TO:
        return sign + _fixed(digits, point)
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def _fixed(digits: str, point: int) -> str:
    if point <= 0:
        return f"0.{'0' * -point}{digits}"
    if point >= len(digits):
        return digits + "0" * (point - len(digits))
    return f"{digits[:point]}.{digits[point:]}"


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
            return ",".join(
                "" if item in (NULL, UNDEFINED) else text(item) for item in value.items
            )
        case Object():
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
            items = (plain(item) for item in value.items)
            return [None if item is ... else item for item in items]
        case Object():
            known(value.holes)
            pairs = ((key, plain(each.value)) for key, each in value.properties.items())
            return {key: item for key, item in pairs if item is not ...}
        case Function() | Symbol() | Nothing.UNDEFINED:
            return ...
        case Nothing.NULL:
            return None
        case _:
            raise not_known(value, "is not plain data")


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
