"""Plain data: to and from JSON."""

import json
import math
from typing import Any

from schemadiff.source import Span
from schemadiff.typescript.coerce import integer_number, number_text
from schemadiff.typescript.dates import iso_text
from schemadiff.typescript.properties import in_key_order
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    Date,
    Function,
    Nothing,
    Object,
    Property,
    Value,
)

_LONGEST = 200_000
"""In values and letters."""


class NotPlain(Exception):  # noqa: N818 - a way out of the walk below
    """Something in it is not known, or cannot be written as JSON."""


def json_text(value: Value) -> str | None:
    """Return `JSON.stringify(value)`; None for what it leaves out.

    Raise `NotPlain` when it is not known, or too long.
    """
    return _json_text(value, [_LONGEST])


def _json_text(value: Value, left: list[int]) -> str | None:
    left[0] -= len(value) if isinstance(value, str) else 1
    if left[0] < 0:
        raise NotPlain
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False)
        case bool():
            return "true" if value else "false"
        case float():
            return number_text(value) if math.isfinite(value) else "null"
        case Nothing():
            return "null" if value is NULL else None
        case Function():
            return None
        case Date():
            text = iso_text(value)
            return "null" if text is None else json.dumps(text)
        case Array() if not value.holes:
            items = (_json_text(each, left) or "null" for each in value.items)
            return f"[{','.join(items)}]"
        case Object() if not value.holes and not value.kind and not value.hidden:
            return _object_text(value, left)
        case _:
            raise NotPlain


def _object_text(value: Object, left: list[int]) -> str:
    if "toJSON" in value.properties:
        raise NotPlain
    parts = []
    for key, each in value.properties.items():
        text = _json_text(each.value, left)
        if text is not None:
            parts.append(f"{json.dumps(key, ensure_ascii=False)}:{text}")
    return f"{{{','.join(parts)}}}"


def from_json(data: Any, span: Span) -> Value:  # noqa: ANN401 - JSON may be anything
    """Return the value that `JSON.parse` makes of `data`."""
    match data:
        case None:
            return NULL
        case bool() | str():
            return data
        case int():
            return integer_number(data)
        case float():
            return data
        case list():
            return Array([from_json(each, span) for each in data], span)
        case dict():
            made = Object({}, span)
            for key, each in data.items():
                made.properties[key] = Property(from_json(each, span), span)
            in_key_order(made)
            return made
        case _:
            return UNDEFINED
