"""The labels of zod's enums, which projects hand to `pgEnum` and use as defaults.

Source: zod 3.25 and 4.1, `ZodEnum` and `ZodNativeEnum`: `options`, `enum` and its
older names, `extract`, `exclude`.
"""

from schemadiff.typescript.properties import is_index
from schemadiff.typescript.values import (
    Array,
    Call,
    Member,
    Object,
    Property,
    Symbol,
    Value,
)

_PACKAGES = ("zod", "zod/v3", "zod/v4", "zod/mini", "zod/v4-mini")
_OBJECTS = ("enum", "Enum", "Values")
OF_ENUMS = ("options", *_OBJECTS)
"""The properties of an enum that are known."""


def property_of_enum(made: Call, name: str) -> Value | None:
    """Return `z.enum(["a", "b"]).options` or the like; None if it is not known."""
    labels = _labels(made)
    if labels is None:
        return None
    if name == "options":
        return Array(list(labels.values()), made.span)
    properties = {key: Property(each, made.span) for key, each in labels.items()}
    return Object(properties, made.span)


def _labels(made: Call) -> dict[str, Value] | None:
    """Return the labels by key; those whose order depends on zod are not known."""
    callee = made.callee
    if not isinstance(callee, Member) or not made.arguments:
        return None
    given = made.arguments[0]
    if callee.name in ("enum", "nativeEnum") and _is_zod(callee.target):
        return _given(given)
    if callee.name in ("extract", "exclude") and isinstance(callee.target, Call):
        labels = _labels(callee.target)
        chosen = _given(given)
        if labels is None or chosen is None:
            return None
        wanted = callee.name == "extract"
        if wanted:
            return {key: labels[key] for key in chosen if key in labels}
        return {key: each for key, each in labels.items() if key not in chosen}
    if callee.name == "describe" and isinstance(callee.target, Call):
        return _labels(callee.target)
    return None


def _is_zod(value: Value) -> bool:
    if isinstance(value, Member) and value.name in ("z", "default"):
        value = value.target
    return (
        isinstance(value, Symbol)
        and value.package in _PACKAGES
        and value.name in ("z", "*", "default")
    )


def _given(value: Value) -> dict[str, Value] | None:
    labels: dict[str, Value] = {}
    if isinstance(value, Array) and not value.holes:
        labels = {each: each for each in value.items if isinstance(each, str)}
        if len(labels) != len(value.items):
            return None
    elif isinstance(value, Object) and not value.holes:
        labels = {key: each.value for key, each in value.properties.items()}
        if not all(isinstance(each, str) for each in labels.values()):
            return None
    if not labels or any(is_index(key) for key in labels):
        return None
    return labels
