"""JavaScript's conversions: text, number and truth of a value."""

import math

from schemadiff.regex import regex
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    BigInt,
    Call,
    Date,
    Function,
    Host,
    Member,
    Nothing,
    Object,
    Symbol,
    Tagged,
    Unknown,
    Value,
)

OBJECT_PACKAGES = frozenset({"drizzle-orm/pg-core"})
"""Packages whose functions return objects, never a primitive."""

WHITE_SPACE = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What `trim` takes away (ECMAScript, WhiteSpace and LineTerminator)."""

_MOST_BITS = 12_000
_MOST_ITEMS = 200_000
_LETTERS_PER_ITEM = 16
_FAR = 2**53
"""Further away than any index."""

_FIXED_POINT_FROM = -7
_FIXED_POINT_TO = 21
_DECIMAL = regex(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_WITH_BASE = regex(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")


def number_text(number: float) -> str:
    """Return `String(number)`: `1`, `1.5`, `1e+21`, `-0` as `0`.

    Source: ECMAScript 2024, `Number::toString`.
    """
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


def known_text(value: Value) -> str | None:
    """Return `String(value)`; None when it is not known."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return number_text(value)
        case BigInt():
            return str(value.value)
        case Nothing():
            return value.value
        case Array():
            return joined(value, ",")
        case Object() if value.kind == "url":
            return known_text(value.properties["href"].value)
        case Object() if _is_plain(value):
            return "[object Object]"
        case _:
            return None


def joined(array: Array, separator: str) -> str | None:
    """Return `array.join(separator)`; None when it is not known or too long."""
    return _joined(array, separator, [_MOST_ITEMS])


def _joined(array: Array, separator: str, left: list[int]) -> str | None:
    left[0] -= len(array.items)
    if array.holes or left[0] < 0:
        return None
    parts: list[str] = []
    for each in array.items:
        if isinstance(each, Nothing):
            part: str | None = ""
        elif isinstance(each, Array):
            part = _joined(each, ",", left)
        else:
            part = known_text(each)
        if part is None:
            return None
        left[0] -= len(part) // _LETTERS_PER_ITEM
        parts.append(part)
    left[0] -= len(separator) * len(parts) // _LETTERS_PER_ITEM
    return None if left[0] < 0 else separator.join(parts)


def _is_plain(value: Object) -> bool:
    names = {"toString", "valueOf"} & {*value.properties, *value.hidden}
    return not (value.kind or value.holes or names)


def known_number(value: Value) -> float | None:
    """Return `Number(value)`; None when it is not known."""
    match value:
        case bool():
            return float(value)
        case float():
            return value
        case Nothing():
            return 0.0 if value is NULL else math.nan
        case Date():
            return value.milliseconds
        case BigInt():
            return integer_number(value.value)
        case str():
            return text_number(value)
        case _:
            return None


def text_number(text: str) -> float:
    """Return the number that JavaScript reads in the whole of `text`."""
    stripped = text.strip(WHITE_SPACE)
    if not stripped:
        return 0.0
    if _WITH_BASE.fullmatch(stripped):
        return integer_number(int(stripped, 0))
    return float(stripped) if _DECIMAL.fullmatch(stripped) else math.nan


def big_integer(whole: int) -> BigInt | None:
    """Return a BigInt; None for one that is too large to reckon with."""
    return BigInt(whole) if whole.bit_length() <= _MOST_BITS else None


def power(base: float, exponent: float) -> float:
    """Return `base ** exponent`."""
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    is_odd = math.isfinite(exponent) and exponent % 2 == 1
    sign = math.copysign(1, base) if is_odd else 1.0
    try:
        return math.pow(base, exponent)
    except ValueError:
        return math.copysign(math.inf, sign) if base == 0 else math.nan
    except OverflowError:
        return math.copysign(math.inf, sign)


def integer_number(whole: int) -> float:
    """Return the number nearest to an integer of any size."""
    try:
        return float(whole)
    except OverflowError:
        return math.inf if whole > 0 else -math.inf


def truth(value: Value) -> bool | None:
    """Return whether `value` counts as true; None when it is not known."""
    match value:
        case str():
            return value != ""
        case bool():
            return value
        case float():
            return value != 0 and not math.isnan(value)
        case BigInt():
            return value.value != 0
        case Nothing():
            return False
        case Object() | Array() | Function() | Date() | Host() | Tagged():
            return True
        case Symbol() | Call() | Member():
            return True if is_object(value) else None
        case Unknown():
            return None


def nullish(value: Value) -> bool | None:
    """Return whether `value` is null or undefined; None when it is not known."""
    match value:
        case Nothing():
            return True
        case Symbol() | Call() | Member():
            return False if is_object(value) else None
        case Unknown():
            return None
        case _:
            return False


def is_object(value: Value) -> bool:
    """Tell whether a symbolic value is certainly an object or a function.

    That is known of what `OBJECT_PACKAGES` export and return, and of `new`; a
    call of another package, or one of the runtime, may return anything.
    """
    if isinstance(value, Member) and value.target == Symbol("", "Object"):
        return value.name in ("create", "defineProperty")
    while isinstance(value, Call):
        if value.new:
            return True
        value = value.callee
        if isinstance(value, Member):
            value = value.target
    return isinstance(value, Symbol) and value.package in OBJECT_PACKAGES


def strictly_equal(a: Value, b: Value) -> bool | None:
    """Return `a === b`; None when it is not known."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return None
    symbolic = (Member, Call, Tagged, Symbol, Host)
    if isinstance(a, symbolic) or isinstance(b, symbolic):
        return _same_symbolic(a, b)
    if type(a) is not type(b):
        return False
    if isinstance(a, Object | Array | Function | Date):
        return a is b
    return a == b


def _same_symbolic(a: Value, b: Value) -> bool | None:
    if a is b or (isinstance(a, Symbol) and a == b):
        return True
    first, second = _is_made(a), _is_made(b)
    return False if first and second else None


def _is_made(value: Value) -> bool:
    """Tell whether `value` is a primitive, or an object that nothing else is."""
    if isinstance(value, Call | Tagged):
        return is_object(value) or isinstance(value, Tagged)
    return not isinstance(value, Symbol | Member | Host)


def type_of(value: Value) -> str | None:
    """Return `typeof value`; None when it is not known."""
    match value:
        case str():
            return "string"
        case bool():
            return "boolean"
        case float():
            return "number"
        case BigInt():
            return "bigint"
        case Nothing():
            return "undefined" if value is UNDEFINED else "object"
        case Function():
            return "function"
        case Object() | Array() | Date() | Host():
            return "object"
        case _:
            return None


def whole_number(number: float) -> int:
    """Return a number without its fraction, as an index: NaN is 0."""
    if math.isnan(number):
        return 0
    if math.isinf(number):
        return _FAR if number > 0 else -_FAR
    return int(number)
