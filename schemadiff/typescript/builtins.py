"""JavaScript's own functions, as far as they only compute."""

import json
import math
import posixpath
from collections.abc import Callable, Sequence

from schemadiff.source import Span
from schemadiff.typescript.builtin_arrays import ARRAY_METHODS
from schemadiff.typescript.builtin_objects import OBJECT_FUNCTIONS
from schemadiff.typescript.builtin_texts import TEXT_METHODS
from schemadiff.typescript.coerce import (
    known_number,
    known_text,
    number_text,
    text_number,
    truth,
)
from schemadiff.typescript.dates import date_from
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.plain import from_json, to_json
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    BigInt,
    Date,
    Function,
    Member,
    Object,
    Symbol,
    Unknown,
    Value,
)

_GLOBALS = {
    "Object",
    "Array",
    "String",
    "Number",
    "Boolean",
    "BigInt",
    "Math",
    "JSON",
    "Date",
    "Symbol",
    "Map",
    "Set",
    "RegExp",
    "Error",
    "Promise",
    "URL",
    "Intl",
    "Reflect",
    "parseInt",
    "parseFloat",
    "isNaN",
    "process",
    "console",
    "require",
    "module",
    "exports",
    "globalThis",
    "crypto",
    "structuredClone",
    "Buffer",
    "Bun",
    "Deno",
    "window",
    "Proxy",
    "setTimeout",
}


def global_value(name: str, path: str) -> Value | None:
    """Return the global called `name` in the module at `path`; None if there is none.

    `__dirname` and `process.cwd()` are paths from the repository's root.
    """
    match name:
        case "undefined":
            return UNDEFINED
        case "NaN":
            return math.nan
        case "Infinity":
            return math.inf
        case "__dirname":
            return posixpath.dirname(path) or "."
        case "__filename":
            return path
        case _:
            return Symbol("", name) if name in _GLOBALS else None


def call_builtin(
    run: Evaluator,
    callee: Member | Symbol,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
    *,
    new: bool = False,
) -> Value:
    """Call a function of the language; what is not computed is unknown."""
    arguments = [run.opened(each) for each in arguments]
    result = _result(run, callee, arguments, new=new)
    if isinstance(callee, Member) and isinstance(callee.target, Unknown):
        return callee.target
    if result is None:
        blamed = next((each for each in arguments if isinstance(each, Unknown)), None)
        if blamed is not None:
            return blamed
        return run.unknown(f"depends on {_name(callee)}()", node, scope)
    if isinstance(result, Array | Object):
        result.span = scope.module.source.span(node)
    return result


def _name(callee: Value) -> str:
    match callee:
        case Symbol():
            return callee.name
        case Member():
            owner = _name(callee.target)
            return f"{owner}.{callee.name}" if owner else f".{callee.name}"
        case _:
            return ""


def _result(
    run: Evaluator, callee: Member | Symbol, arguments: Sequence[Value], *, new: bool
) -> Value | None:
    if isinstance(callee, Symbol):
        function = _FUNCTIONS.get(callee.name)
        if new:
            function = _CONSTRUCTORS.get(callee.name)
        return None if function is None else function(arguments)
    target, name = callee.target, callee.name
    if isinstance(target, Symbol):
        static = _STATICS.get(f"{target.name}.{name}")
        return None if static is None else static(arguments)
    return _method(run, target, name, arguments)


def _method(
    run: Evaluator, target: Value, name: str, arguments: Sequence[Value]
) -> Value | None:
    match target:
        case str():
            method = TEXT_METHODS.get(name)
            return None if method is None else method(target, arguments)
        case Array():
            of_array = ARRAY_METHODS.get(name)
            return None if of_array is None else of_array(target, arguments)
        case float():
            return _number_method(target, name, arguments)
        case Function() if name == "call":
            if target.bind is not None:
                this = arguments[0] if arguments else UNDEFINED
                return target.bind(this, arguments[1:])
            return target.call(arguments[1:])
        case Function() if name == "apply" and len(arguments) > 1:
            rest = arguments[1]
            return target.call(rest.items) if isinstance(rest, Array) else None
        case Object() if target.kind:
            return _collection_method(target, name, arguments)
        case Object() if name == "hasOwnProperty" and arguments:
            key = known_text(arguments[0])
            return None if key is None or target.holes else key in target.properties
        case Date() if name in ("getTime", "valueOf"):
            return target.milliseconds
        case bool() | BigInt() if name == "toString":
            return known_text(target)
        case _:
            del run
            return None


def _number_method(value: float, name: str, arguments: Sequence[Value]) -> Value | None:
    if name == "toString" and not arguments:
        return number_text(value)
    if name == "toFixed":
        digits = known_number(arguments[0]) if arguments else 0.0
        return None if digits is None else f"{value:.{int(digits)}f}"
    return None


def _collection_method(
    target: Object, name: str, arguments: Sequence[Value]
) -> Value | None:
    entries = target.entries
    match target.kind, name:
        case "set", "has":
            return any(_same(each, arguments[0]) for each in entries)
        case "set", "add":
            if not any(_same(each, arguments[0]) for each in entries):
                entries.append(arguments[0])
            return target
        case "map", ("get" | "has"):
            for each in entries:
                if isinstance(each, Array) and _same(each.items[0], arguments[0]):
                    return each.items[1] if name == "get" else True
            return UNDEFINED if name == "get" else False
        case "map", "set":
            for each in entries:
                if isinstance(each, Array) and _same(each.items[0], arguments[0]):
                    each.items[1] = arguments[1]
                    return target
            entries.append(Array(list(arguments[:2]), target.span))
            return target
        case ("set", "values" | "keys") | ("map", "entries"):
            return Array(list(entries), target.span)
        case "map", ("keys" | "values"):
            at = 0 if name == "keys" else 1
            items = [each.items[at] for each in entries if isinstance(each, Array)]
            return Array(items, target.span)
        case _:
            return None


def _same(a: Value, b: Value) -> bool:
    return a is b or (type(a) is type(b) and not isinstance(a, Unknown) and a == b)


def _parse_int(arguments: Sequence[Value]) -> Value | None:
    text = known_text(arguments[0]) if arguments else None
    if text is None:
        return None
    digits = ""
    stripped = text.strip()
    for index, each in enumerate(stripped):
        if not (each.isdigit() or (index == 0 and each in "+-")):
            break
        digits += each
    return float(digits) if digits.strip("+-") else math.nan


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
    value = arguments[0] if arguments else UNDEFINED
    if isinstance(value, BigInt):
        return value
    number = known_number(value)
    if number is None or number != number // 1:
        return None
    return BigInt(int(value, 0) if isinstance(value, str) else int(number))


def _set(arguments: Sequence[Value]) -> Value | None:
    source = arguments[0] if arguments else UNDEFINED
    made = Object({}, _nowhere(source), kind="set")
    if isinstance(source, Array) and not source.holes:
        for item in source.items:
            if not any(_same(each, item) for each in made.entries):
                made.entries.append(item)
        return made
    return made if source is UNDEFINED or source is NULL else None


def _map(arguments: Sequence[Value]) -> Value | None:
    source = arguments[0] if arguments else UNDEFINED
    made = Object({}, _nowhere(source), kind="map")
    if isinstance(source, Array) and not source.holes:
        made.entries.extend(source.items)
        return made
    return made if source is UNDEFINED or source is NULL else None


def _nowhere(value: Value) -> Span:
    return value.span if isinstance(value, Array | Object) else Span("", 1, 1, 0, 0)


def _array(arguments: Sequence[Value]) -> Value | None:
    if len(arguments) == 1 and isinstance(arguments[0], float):
        return Array([UNDEFINED] * int(arguments[0]), _nowhere(UNDEFINED))
    return Array(list(arguments), _nowhere(UNDEFINED))


def _stringify(arguments: Sequence[Value]) -> Value | None:
    plain, known = to_json(arguments[0]) if arguments else (None, False)
    if not known or len(arguments) > 1:
        return None
    return json.dumps(plain, separators=(",", ":"), ensure_ascii=False)


def _parse(arguments: Sequence[Value]) -> Value | None:
    if not arguments or not isinstance(arguments[0], str):
        return None
    try:
        return from_json(json.loads(arguments[0]), _nowhere(UNDEFINED))
    except ValueError:
        return None


def _math(function: Callable[..., float]) -> Callable[[Sequence[Value]], Value | None]:
    def call(arguments: Sequence[Value]) -> Value | None:
        numbers = [known_number(each) for each in arguments]
        if None in numbers or not numbers:
            return None
        try:
            return float(function(*numbers))
        except (ValueError, OverflowError):
            return None

    return call


def _join(arguments: Sequence[Value]) -> Value | None:
    parts = [each for each in arguments if isinstance(each, str)]
    if len(parts) != len(arguments):
        return None
    return (
        posixpath.normpath(posixpath.join(*(p.lstrip("/") or "." for p in parts)))
        if parts
        else "."
    )


_FUNCTIONS: dict[str, Callable[[Sequence[Value]], Value | None]] = {
    "String": _text,
    "Number": _number,
    "Boolean": _boolean,
    "BigInt": _big_integer,
    "parseInt": _parse_int,
    "parseFloat": _number,
    "Array": _array,
}
_CONSTRUCTORS: dict[str, Callable[[Sequence[Value]], Value | None]] = {
    "Set": _set,
    "Map": _map,
    "Array": _array,
    "Date": date_from,
}
_STATICS: dict[str, Callable[[Sequence[Value]], Value | None]] = {
    **OBJECT_FUNCTIONS,
    "JSON.stringify": _stringify,
    "JSON.parse": _parse,
    "Number.parseInt": _parse_int,
    "Number.parseFloat": _number,
    "Math.max": _math(max),
    "Math.min": _math(min),
    "Math.floor": _math(math.floor),
    "Math.ceil": _math(math.ceil),
    "Math.round": _math(lambda x: math.floor(x + 0.5)),
    "Math.abs": _math(abs),
    "Math.pow": _math(lambda a, b: a**b),
    "Math.trunc": _math(math.trunc),
    "process.cwd": lambda _: ".",
}
