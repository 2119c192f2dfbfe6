"""What is the same whichever way an unknown condition goes.

Only a Drizzle config is read so: `cond ? { dialect, url: a } : { dialect, url: b }`
says its dialect for certain.
"""

from schemadiff.record import replace
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Nothing,
    Object,
    Property,
    Unknown,
    Value,
)

_PLAIN = (str, bool, float, Nothing)


def either(a: Value, b: Value, unknown: Unknown) -> Value:
    """Return what both `a` and `b` are; `unknown` says why it is not known which.

    Where they differ, the `choices` of the result are all that it may be.
    """
    if isinstance(a, _PLAIN) and isinstance(b, _PLAIN) and _same(a, b):
        return a
    if isinstance(a, Object) and isinstance(b, Object):
        first, second = known_properties(a), known_properties(b)
        if first is not None and second is not None:
            return Object(_merged(first, second, unknown), a.span)
    if isinstance(a, Array) and isinstance(b, Array) and _alike(a, b):
        return a
    return replace(unknown, choices=(*_choices(a), *_choices(b)))


def _same(a: Value, b: Value) -> bool:
    return type(a) is type(b) and a == b


def _alike(a: Array, b: Array) -> bool:
    if a.holes or b.holes or len(a.items) != len(b.items):
        return False
    pairs = zip(a.items, b.items, strict=True)
    return all(isinstance(x, _PLAIN) and _same(x, y) for x, y in pairs)


def _merged(
    a: dict[str, Property], b: dict[str, Property], unknown: Unknown
) -> dict[str, Property]:
    merged: dict[str, Property] = {}
    for key, each in (b | a).items():
        first = a[key].value if key in a else UNDEFINED
        second = b[key].value if key in b else UNDEFINED
        merged[key] = Property(either(first, second, unknown), each.span)
    return merged


def _choices(value: Value) -> tuple[Value, ...]:
    return value.choices or (value,) if isinstance(value, Unknown) else (value,)


def known_properties(value: Object) -> dict[str, Property] | None:
    """Return the properties of an object, those of an uncertain spread as unknown.

    None if there may be any others.
    """
    if value.kind or value.hidden:
        return None
    found = dict(value.properties)
    for hole in value.holes:
        if not hole.choices:
            return None
        for each in hole.choices:
            brought = known_properties(each) if isinstance(each, Object) else {}
            if brought is None or isinstance(each, Unknown):
                return None
            unsure = Property(replace(hole, choices=()), hole.span)
            for key in brought:
                if key not in value.properties or key in value.uncertain:
                    found[key] = unsure
    return found
