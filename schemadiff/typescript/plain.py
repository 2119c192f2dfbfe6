"""Plain data: to and from JSON."""

from typing import Any

from schemadiff.source import Span
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    Object,
    Property,
    Value,
)


def to_json(value: Value) -> tuple[Any, bool]:
    """Return what `JSON.stringify` writes, and whether that is known."""
    match value:
        case str() | bool():
            return value, True
        case float():
            return int(value) if value == int(value) else value, True
        case _ if value is NULL:
            return None, True
        case Array() if not value.holes:
            parts = [
                to_json(NULL if each is UNDEFINED else each) for each in value.items
            ]
            return [part for part, _ in parts], all(known for _, known in parts)
        case Object() if not value.holes and not value.kind:
            found = {}
            for key, each in value.properties.items():
                if each.value is UNDEFINED:
                    continue
                part, known = to_json(each.value)
                if not known:
                    return None, False
                found[key] = part
            return found, True
        case _:
            return None, False


def from_json(data: Any, span: Span) -> Value:  # noqa: ANN401 - JSON may be anything
    """Return the value that `JSON.parse` makes of `data`."""
    match data:
        case None:
            return NULL
        case bool() | str():
            return data
        case int() | float():
            return float(data)
        case list():
            return Array([from_json(each, span) for each in data], span)
        case dict():
            return Object(
                {
                    key: Property(from_json(each, span), span)
                    for key, each in data.items()
                },
                span,
            )
        case _:
            return UNDEFINED
