"""Names that the runtime itself provides."""

import math
import posixpath
from collections.abc import Mapping

from schemadiff.typescript.values import UNDEFINED, Member, Symbol, Value

_NAMES = """
    AbortController Array ArrayBuffer BigInt Blob Boolean Buffer Bun DataView Date
    Deno Error EvalError FormData Function Headers Intl JSON Map Math Number Object
    Promise Proxy RangeError ReferenceError Reflect RegExp Request Response Set String
    Symbol SyntaxError TextDecoder TextEncoder TypeError URIError URL URLSearchParams
    Uint8Array WeakMap WeakRef WeakSet alert atob btoa clearInterval clearTimeout
    console crypto decodeURIComponent document encodeURIComponent eval exports fetch
    global globalThis isFinite isNaN localStorage location module navigator parseFloat
    parseInt performance process queueMicrotask require setImmediate setInterval
    setTimeout structuredClone window
"""
_GLOBALS = frozenset(_NAMES.split())

CONSTANTS: Mapping[str, Value] = {
    "Number.MAX_SAFE_INTEGER": float(2**53 - 1),
    "Number.MIN_SAFE_INTEGER": float(1 - 2**53),
    "Number.MAX_VALUE": 1.7976931348623157e308,
    "Number.MIN_VALUE": 5e-324,
    "Number.EPSILON": 2.0**-52,
    "Number.POSITIVE_INFINITY": math.inf,
    "Number.NEGATIVE_INFINITY": -math.inf,
    "Number.NaN": math.nan,
    "Math.PI": math.pi,
    "Math.E": math.e,
}
"""Numbers that the runtime's own objects hold."""


def global_value(name: str, path: str) -> Value | None:
    """Return the global called `name` in the module at `path`; None if there is none.

    `__dirname` is a path from the repository's root.
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


def is_global(value: Value) -> bool:
    """Tell whether `value` is a global, or something that one holds."""
    while isinstance(value, Member):
        value = value.target
    return isinstance(value, Symbol) and value.package == ""
