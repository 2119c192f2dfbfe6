"""Functions and constructors that the language provides by name."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence

from schemadiff.regex import regex
from schemadiff.source import Span
from schemadiff.typescript.builtin_collections import new_map, new_set
from schemadiff.typescript.builtin_objects import OBJECT_FUNCTIONS
from schemadiff.typescript.builtin_properties import PROPERTY_FUNCTIONS
from schemadiff.typescript.coerce import (
    WHITE_SPACE,
    big_integer,
    integer_number,
    known_number,
    known_text,
    nullish,
    power,
    text_number,
    truth,
    whole_number,
)
from schemadiff.typescript.dates import date_from, utc
from schemadiff.typescript.plain import NotPlain, from_json, json_text
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    BigInt,
    Date,
    Function,
    Nothing,
    Object,
    Property,
    Value,
)

Builtin = Callable[[Sequence[Value]], Value | None]

_NOWHERE = Span("", 1, 1, 0, 0)
_LARGEST_ARRAY = 1_000_000
_DIGITS_ONLY = regex(r"-?[0-9]{1,3000}")
_MOST_DIGITS = 3000
_MOST_VALUES = 100_000
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FLOAT = regex(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)


def _first(arguments: Sequence[Value]) -> Value:
    return arguments[0] if arguments else UNDEFINED


def _parse_int(arguments: Sequence[Value]) -> Value | None:
    text = known_text(_first(arguments))
    base = known_number(arguments[1]) if len(arguments) > 1 else 0.0
    if text is None or base is None:
        return None
    radix = whole_number(base) if math.isfinite(base) else 0
    text = text.strip(WHITE_SPACE).lower()
    sign = -1 if text.startswith("-") else 1
    text = text[1:] if text[:1] in ("+", "-") else text
    if radix in (0, 16) and text.startswith("0x"):
        text, radix = text[2:], 16
    radix = radix or 10
    if not 2 <= radix <= len(_DIGITS):  # noqa: PLR2004 - ECMAScript's bounds
        return math.nan
    end = 0
    while end < len(text) and text[end] in _DIGITS[:radix]:
        end += 1
    if end > _MOST_DIGITS:
        return None
    return sign * integer_number(int(text[:end], radix)) if end else math.nan


def _parse_float(arguments: Sequence[Value]) -> Value | None:
    text = known_text(_first(arguments))
    if text is None:
        return None
    match = _FLOAT.match(text.strip(WHITE_SPACE))
    return text_number(match[0]) if match else math.nan


def _text(arguments: Sequence[Value]) -> Value | None:
    return known_text(arguments[0]) if arguments else ""


def _number(arguments: Sequence[Value]) -> Value | None:
    if arguments and isinstance(arguments[0], Array | Object):
        text = known_text(arguments[0])
        return None if text is None else text_number(text)
    return known_number(arguments[0]) if arguments else 0.0


def _boolean(arguments: Sequence[Value]) -> Value | None:
    return truth(arguments[0]) if arguments else False


def _big_integer(arguments: Sequence[Value]) -> Value | None:
    value = _first(arguments)
    if isinstance(value, BigInt):
        return value
    if isinstance(value, str):
        text = value.strip(WHITE_SPACE)
        return big_integer(int(text)) if _DIGITS_ONLY.fullmatch(text) else None
    number = known_number(value)
    if number is None or not math.isfinite(number) or not number.is_integer():
        return None
    return big_integer(int(number))


def _array(arguments: Sequence[Value]) -> Value | None:
    if len(arguments) == 1 and isinstance(arguments[0], float):
        length = arguments[0]
        if not 0 <= length <= _LARGEST_ARRAY or not length.is_integer():
            return None
        items: list[Value] = [UNDEFINED] * int(length)
        return Array(items, _NOWHERE, is_sparse=bool(items))
    return Array(list(arguments), _NOWHERE)


def _object(arguments: Sequence[Value]) -> Value | None:
    value = _first(arguments)
    if nullish(value):
        return Object({}, _NOWHERE)
    return value if isinstance(value, Object | Array | Function) else None


def _stringify(arguments: Sequence[Value]) -> Value | None:
    if len(arguments) != 1:
        return None
    try:
        text = json_text(arguments[0])
    except (NotPlain, RecursionError):
        return None
    return UNDEFINED if text is None else text


def _parse(arguments: Sequence[Value]) -> Value | None:
    text = _first(arguments)
    if len(arguments) != 1 or not isinstance(text, str):
        return None
    try:
        return from_json(json.loads(text, parse_constant=_refused), _NOWHERE)
    except (ValueError, RecursionError):
        return None


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _clone(arguments: Sequence[Value]) -> Value | None:
    try:
        return _copied(_first(arguments), [_MOST_VALUES])
    except (NotPlain, RecursionError):
        return None


def _copied(value: Value, left: list[int]) -> Value:
    left[0] -= 1
    if left[0] < 0:
        raise NotPlain
    match value:
        case str() | bool() | float() | Nothing() | BigInt():
            return value
        case Date():
            return Date(value.milliseconds)
        case Array() if not value.holes and not value.is_sparse:
            return Array([_copied(each, left) for each in value.items], _NOWHERE)
        case Object() if not (value.holes or value.kind or value.hidden):
            pairs = value.properties.items()
            made = {
                key: Property(_copied(each.value, left), each.span)
                for key, each in pairs
            }
            return Object(made, _NOWHERE)
        case _:
            raise NotPlain


def _regex(arguments: Sequence[Value]) -> Value | None:
    texts = [each for each in arguments if isinstance(each, str)]
    if not texts or len(texts) != len(arguments):
        return None
    hidden = {
        "source": Property(texts[0], _NOWHERE),
        "flags": Property(texts[1] if texts[1:] else "", _NOWHERE),
    }
    return Object({}, _NOWHERE, kind="regex", hidden=hidden)


def _math(function: Callable[..., float]) -> Builtin:
    def call(arguments: Sequence[Value]) -> Value | None:
        if any(isinstance(each, BigInt) for each in arguments):
            return None
        numbers = [known_number(each) for each in arguments]
        if None in numbers:
            return None
        if any(each is not None and math.isnan(each) for each in numbers):
            return math.nan
        try:
            return float(function(*numbers))
        except (ValueError, OverflowError, TypeError):
            return None

    return call


def _rounding(function: Callable[[float], int]) -> Builtin:
    """Return a function that gives whole numbers, and keeps the sign of zero."""
    return _math(
        lambda number: (
            math.copysign(float(function(number)), number)
            if math.isfinite(number)
            else number
        )
    )


def _nearest(number: float) -> int:
    whole = math.floor(number)
    return whole if number - whole < 0.5 else whole + 1  # noqa: PLR2004 - half up


def _power(arguments: Sequence[Value]) -> Value | None:
    numbers = [known_number(each) for each in (*arguments, UNDEFINED, UNDEFINED)[:2]]
    base, exponent = numbers
    if (
        base is None
        or exponent is None
        or any(isinstance(each, BigInt) for each in arguments)
    ):
        return None
    return power(base, exponent)


def _test(function: Callable[[float], bool]) -> Builtin:
    def call(arguments: Sequence[Value]) -> Value | None:
        value = _first(arguments)
        if isinstance(value, float):
            return function(value)
        return False if isinstance(value, str | bool) else None

    return call


def _is_nan(arguments: Sequence[Value]) -> Value | None:
    number = known_number(_first(arguments))
    return None if number is None else math.isnan(number)


def _from_code(arguments: Sequence[Value]) -> Value | None:
    codes = [known_number(each) for each in arguments]
    if not all(each is not None and 0 <= each < 0xD800 for each in codes):  # noqa: PLR2004 - surrogates begin here
        return None
    return "".join(chr(int(each)) for each in codes if each is not None)


FUNCTIONS: Mapping[str, Builtin] = {
    **OBJECT_FUNCTIONS,
    **PROPERTY_FUNCTIONS,
    "String": _text,
    "Number": _number,
    "Boolean": _boolean,
    "BigInt": _big_integer,
    "Array": _array,
    "Object": _object,
    "RegExp": _regex,
    "parseInt": _parse_int,
    "parseFloat": _parse_float,
    "isNaN": _is_nan,
    "structuredClone": _clone,
    "JSON.stringify": _stringify,
    "JSON.parse": _parse,
    "Number.parseInt": _parse_int,
    "Number.parseFloat": _parse_float,
    "Number.isInteger": _test(float.is_integer),
    "Number.isNaN": _test(math.isnan),
    "Number.isFinite": _test(math.isfinite),
    "String.fromCharCode": _from_code,
    "Date.UTC": utc,
    "Math.max": _math(lambda *numbers: max(numbers, default=-math.inf)),
    "Math.min": _math(lambda *numbers: min(numbers, default=math.inf)),
    "Math.floor": _rounding(math.floor),
    "Math.ceil": _rounding(math.ceil),
    "Math.round": _rounding(_nearest),
    "Math.abs": _math(abs),
    "Math.pow": _power,
    "Math.sqrt": _math(math.sqrt),
    "Math.trunc": _rounding(math.trunc),
    "Math.sign": _math(lambda number: (number > 0) - (number < 0)),
    "Math.log2": _math(math.log2),
    "Math.log10": _math(math.log10),
    "process.cwd": lambda _: ".",
}
"""What each function returns; None where that is not known."""

CONSTRUCTORS: Mapping[str, Builtin] = {
    "Set": new_set,
    "Map": new_map,
    "Array": _array,
    "Object": _object,
    "Date": date_from,
    "RegExp": _regex,
}
"""What `new` makes of each class; None where that is not known."""
