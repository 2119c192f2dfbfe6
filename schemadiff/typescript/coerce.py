"""JavaScript's conversions: text, number and truth of a value."""

import math

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

_LARGEST_PLAIN = 1e21
_SMALLEST_PLAIN = 1e-6


def number_text(value: float) -> str:
    """Write a number as JavaScript does (ECMA-262, Number::toString)."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    if value == int(value) and abs(value) < _LARGEST_PLAIN:
        return str(int(value))
    text = repr(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        if abs(value) >= _SMALLEST_PLAIN:
            return text
        mantissa, exponent = _scientific(text)
    power = int(exponent)
    if -7 < power < 0:  # noqa: PLR2004 - ECMA-262 writes these without exponent
        digits = mantissa.lstrip("-").replace(".", "")
        sign = "-" if value < 0 else ""
        return f"{sign}0.{'0' * (-power - 1)}{digits.rstrip('0') or '0'}"
    return f"{mantissa.removesuffix('.0')}e{'+' if power > 0 else '-'}{abs(power)}"


def _scientific(text: str) -> tuple[str, str]:
    mantissa, _, exponent = f"{float(text):.16e}".partition("e")
    return mantissa.rstrip("0").rstrip("."), exponent


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
        case Array() if not value.holes:
            parts = [
                "" if isinstance(each, Nothing) else known_text(each)
                for each in value.items
            ]
            return None if None in parts else ",".join(map(str, parts))
        case Object() if value.kind == "url":
            return known_text(value.properties["href"].value)
        case Object() if _is_plain(value):
            return "[object Object]"
        case _:
            return None


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
            return float(value.value)
        case str():
            return text_number(value)
        case _:
            return None


def text_number(text: str) -> float:
    """Return the number that JavaScript reads in the whole of `text`."""
    stripped = text.strip()
    if not stripped:
        return 0.0
    try:
        if stripped[:2].lower() in ("0x", "0o", "0b"):
            return float(int(stripped, 0))
        if stripped.lower().lstrip("+-") in ("inf", "nan", "infinity") or "_" in text:
            return math.inf if stripped.lstrip("+") == "Infinity" else math.nan
        return float(stripped)
    except ValueError:
        return math.nan


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
    if isinstance(a, Object | Array | Function) or isinstance(
        b, Object | Array | Function
    ):
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
