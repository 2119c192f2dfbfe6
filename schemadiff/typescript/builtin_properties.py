"""Functions of `Object` that describe properties, as compiled modules use them.

What tsc and esbuild make of `export` and `export *` are calls of these
(ECMAScript, Properties of the Object Constructor).
"""

from collections.abc import Callable, Mapping, Sequence

from schemadiff.source import Span
from schemadiff.typescript.coerce import known_text, truth
from schemadiff.typescript.getters import read
from schemadiff.typescript.properties import in_key_order
from schemadiff.typescript.values import (
    UNDEFINED,
    Function,
    Object,
    Property,
    Unknown,
    Value,
)

_NOWHERE = Span("", 1, 1, 0, 0)


def _define(arguments: Sequence[Value]) -> Value | None:
    """Return the object, which now has the property; a hidden one if so described."""
    target, key, described = _three(arguments)
    name = known_text(key)
    if not isinstance(target, Object) or target.is_frozen or name is None:
        return None
    if not isinstance(described, Object) or described.holes or described.hidden:
        return None
    given = {k: read(described, each) for k, each in described.properties.items()}
    made = _described(given, described.span)
    shown = truth(given.get("enumerable", False))
    if made is None or shown is None or f"set {name}" in target.hidden:
        return None
    if shown:
        target.properties[name] = made
        target.uncertain.discard(name)
        in_key_order(target)
    elif name in target.properties or made.getter is not None:
        return None
    else:
        target.hidden[name] = made
    return target


def _described(given: Mapping[str, Value], span: Span) -> Property | None:
    getter = given.get("get", UNDEFINED)
    if given.get("set", UNDEFINED) is not UNDEFINED:
        return None
    if getter is UNDEFINED:
        return Property(given.get("value", UNDEFINED), span)
    if not isinstance(getter, Function) or getter.fingerprint is None:
        return None
    return Property(Unknown("is a getter", span, getter.fingerprint), span, getter)


def _describe(arguments: Sequence[Value]) -> Value | None:
    target, key, _ = _three(arguments)
    name = known_text(key)
    if not isinstance(target, Object) or target.holes or target.kind or name is None:
        return None
    found = target.properties.get(name) or target.hidden.get(name)
    if found is None:
        return UNDEFINED
    is_own = name in target.properties
    values: dict[str, Value] = {"enumerable": is_own, "configurable": is_own}
    if found.getter is not None:
        values["get"] = found.getter
    else:
        values |= {"value": found.value, "writable": is_own}
    return Object({k: Property(v, _NOWHERE) for k, v in values.items()}, _NOWHERE)


def _has(arguments: Sequence[Value]) -> Value | None:
    target, key, _ = _three(arguments)
    name = known_text(key)
    if not isinstance(target, Object) or target.holes or target.kind or name is None:
        return None
    return name in target.properties or name in target.hidden


def _three(arguments: Sequence[Value]) -> tuple[Value, Value, Value]:
    first, second, third = (*arguments, UNDEFINED, UNDEFINED, UNDEFINED)[:3]
    return first, second, third


PROPERTY_FUNCTIONS: dict[str, Callable[[Sequence[Value]], Value | None]] = {
    "Object.defineProperty": _define,
    "Object.getOwnPropertyDescriptor": _describe,
    "Object.prototype.hasOwnProperty.call": _has,
}
"""What each function returns; None where that is not known."""
