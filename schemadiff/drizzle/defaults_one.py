"""A column's literal default, as drizzle-kit 1.0 records it: always text.

Source: drizzle-kit 1.0.0-rc.5 `dialects/postgres/grammar.ts` (each type's
`defaultFromDrizzle` and `defaultArrayFromDrizzle`), `utils/when-json-met-bigint`.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from schemadiff.drizzle.javascript import (
    iso_text,
    known,
    plain,
    text,
    truthy,
    without_own,
)
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.regex import regex
from schemadiff.source import Span
from schemadiff.typescript.coerce import number_text
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    BigInt,
    Date,
    Object,
    Unknown,
    Value,
)

_ZONE = regex(r"([+-]\d{2}(:\d{2})?|Z)$", re.IGNORECASE)
_CAST = regex(
    r'(::["\w.\s-]+(?:\([^)]*\))?(?:\swith(?:out)?\stime\szone)?(?:\[\])?)+$',
    re.IGNORECASE | re.ASCII,
)
_FAMILIES = (
    (
        "exact",
        r"\s*(smallint|integer|bigint|real|double|double precision)(\s*\[\s*\])*\s*$",
    ),
    ("quoted", r"\s*numeric|decimal(\(\d+(,\d+)?\))?(\s*\[\s*\])*\s*$"),
    ("boolean", r"\s*boolean(\s*\[\s*\])*\s*$"),
    ("string", r"\s*char|character(\(\d+\))?(\s*\[\s*\])*\s*$"),
    ("string", r"\s*varchar|character varying(\(\d+\))?(\s*\[\s*\])*\s*$"),
    ("string", r"\s*text(\s*\[\s*\])*\s*$"),
    ("json", r"\s*jsonb?(\s*\[\s*\])*\s*$"),
    ("quoted", r"\s*time(\(\d+\))?(\[\])*?\s*$"),
    ("zoned time", r"\s*time(\(\d+\))?\s+with time zone(\[\])*?\s*$"),
    ("timestamp", r"\s*timestamp\s?(\(\d+\))?(\[\])*?\s*$"),
    ("zoned timestamp", r"\s*timestamp\s?(\(\d+\))?\s+with time zone(\[\])*?\s*$"),
    ("quoted", r"\s*uuid(\s*\[\s*\])*\s*$"),
    ("interval", r"\s*interval"),
    ("quoted", r"\s*(inet|cidr|macaddr8?)(\s*\[\s*\])*\s*$"),
    ("vector", r"\s*(vector|halfvec)(\(\d+(,\d+)?\))?(\s*\[\s*\])*\s*$"),
    ("sparse vector", r"\s*sparsevec(\(\d+(,\d+)?\))?(\s*\[\s*\])*\s*$"),
    ("quoted", r"\s*bit(\(\d+\))?(\s*\[\s*\])*\s*$"),
    ("date", r"\s*date(\s*\[\s*\])*\s*$"),
    ("serial", r"(serial|smallserial|bigserial)([\s(].*)?$"),
)
"""The types by their text, in drizzle-kit's order and with its loose ends."""


def trimmed(sql: str) -> str:
    """Return an SQL default without the casts at its end."""
    return _CAST.sub("", sql.removesuffix("[]"))


def literal(
    value: Value,
    type_: str,
    kind: str,
    options: Mapping[str, Value],
    dimensions: int,
) -> str:
    """Return the SQL text of a literal default.

    `kind` is the builder's name, `dimensions` counts the column's array brackets.
    """
    many = dimensions > 0 and isinstance(value, Array)
    if isinstance(value, Array) and many and _is_empty(value):
        return "'{}'"
    shape = _SHAPES.get(kind)
    if shape:
        return shape(value, options, many)
    family = "enum" if kind == "enum" else _family(type_)
    if family == "serial":
        raise Refused("a serial column cannot have a default", None)
    if family == "custom":
        return text(value)
    if many:
        if family == "json":
            return f"'{_json_array(value, dimensions)}'"
        if family == "vector":
            return f"'{_tuples(value, _vector_element)}'"
        return f"'{_listed(value, _ELEMENTS.get(family, text))}'"
    return _SINGLE.get(family, _in_quotes)(value)


def _family(type_: str) -> str:
    for family, pattern in _FAMILIES:
        if re.match(pattern, type_, re.IGNORECASE):
            return family
    return "custom"


def _is_empty(value: Array) -> bool:
    known(value.holes)
    return all(isinstance(item, Array) and _is_empty(item) for item in value.items)


def _listed(value: Value, element: Callable[[Value], str]) -> str:
    if not isinstance(value, Array):
        if isinstance(value, Unknown):
            raise NotKnown.because(value)
        return element(value)
    known(value.holes)
    return "{" + ",".join(_listed(item, element) for item in value.items) + "}"


def _tuples(
    value: Value, element: Callable[[Sequence[Value]], str], *, spatial: bool = False
) -> str:
    if not isinstance(value, Array):
        raise Refused("is not a list of points", None)
    known(value.holes)
    if not any(isinstance(item, Array) for item in value.items):
        return element(value.items)
    inside = ",".join(_tuples(item, element, spatial=spatial) for item in value.items)
    return f"ARRAY[{inside}]" if spatial else f"{{{inside}}}"


def _in_quotes(value: Value) -> str:
    return f"'{text(value)}'"


def _string(value: Value) -> str:
    if not isinstance(value, str):
        raise Refused("has a default that is not a string", None)
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _string_element(value: Value) -> str:
    if not isinstance(value, str):
        raise Refused("has a default that is not a list of strings", None)
    escaped = value.replace("'", "''").replace("\\", "\\\\").replace('"', '\\"')
    special = not value or any(mark in value for mark in '\\",')
    return f'"{escaped}"' if special else escaped


def _enum(value: Value) -> str:
    if not truthy(value):
        return ""
    if not isinstance(value, str):
        raise Refused("has a default that is not a string", None)
    return "'" + value.replace("'", "''") + "'"


def _enum_element(value: Value) -> str:
    if not isinstance(value, str):
        raise Refused("has a default that is not a list of strings", None)
    escaped = value.replace("\\", "\\\\").replace("'", "''").replace('"', '\\"')
    return f'"{escaped}"' if any(mark in value for mark in '\\",') else escaped


def _moment(after: str, *, zoned: bool, quote: str) -> Callable[[Value], str]:
    def write(value: Value) -> str:
        if isinstance(value, str):
            late = value if not zoned or _ZONE.search(value) else value + "+00"
            return f"{quote}{late}{quote}"
        if not isinstance(value, Date):
            raise Refused("has a default that is neither a date nor a string", None)
        written = iso_text(value).replace("T", " ").replace("Z", after)
        return f"{quote}{written if zoned else written[:23]}{quote}"

    return write


def _day(quote: str) -> Callable[[Value], str]:
    def write(value: Value) -> str:
        if isinstance(value, str):
            return f"{quote}{value}{quote}"
        if not isinstance(value, Date):
            raise Refused("has a default that is neither a date nor a string", None)
        return f"{quote}{iso_text(value).split('T')[0]}{quote}"

    return write


def _zoned_time(value: Value) -> str:
    written = text(value)
    return written if _ZONE.search(written) else written + "+00"


def _vector_element(items: Sequence[Value]) -> str:
    return f'"[{",".join(map(text, items)).replace(" ", "")}]"'


def _vector(value: Value) -> str:
    return f"'[{text(value).replace(' ', '')}]'"


def _interval_element(value: Value) -> str:
    if not isinstance(value, str):
        raise Refused("has a default that is not a list of strings", None)
    return f'"{value}"'


def _flag(value: Value) -> str:
    return "t" if value is True else "f"


_SINGLE: Mapping[str, Callable[[Value], str]] = {
    "exact": text,
    "boolean": text,
    "string": _string,
    "enum": _enum,
    "json": lambda value: f"'{_json(value) or 'undefined'}'",
    "zoned time": lambda value: f"'{_zoned_time(value)}'",
    "timestamp": _moment(" ", zoned=False, quote="'"),
    "zoned timestamp": _moment("+00", zoned=True, quote="'"),
    "date": _day("'"),
    "vector": _vector,
}

_ELEMENTS: Mapping[str, Callable[[Value], str]] = {
    "boolean": _flag,
    "string": _string_element,
    "enum": _enum_element,
    "zoned time": _zoned_time,
    "timestamp": _moment(" ", zoned=False, quote='"'),
    "zoned timestamp": _moment("+00", zoned=True, quote='"'),
    "date": _day(""),
    "interval": _interval_element,
    "sparse vector": lambda value: f'"{text(value).replace(" ", "")}"',
}


_ESCAPABLE = regex(
    r'[\\"\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0604\u070f\u17b4\u17b5'
    r"\u200c-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]"
)
_SHORT = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}


def _json_string(value: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        character = match.group()
        return _SHORT.get(character) or f"\\u{ord(character):04x}"

    return '"' + _ESCAPABLE.sub(escaped, value) + '"'


def _json(value: Value) -> str | None:
    """Return JSON with every digit of a BigInt; None for what JSON has no word for."""
    if isinstance(value, BigInt):
        return str(value.value)
    if isinstance(value, Array):
        known(value.holes)
        return "[" + ",".join(_json(item) or "null" for item in value.items) + "]"
    if isinstance(value, Object):
        known(value.holes)
        without_own(value, "toJSON")
        pairs = ((key, _json(each.value)) for key, each in value.properties.items())
        written = [f"{_json_string(key)}:{each}" for key, each in pairs if each]
        return "{" + ",".join(written) + "}"
    data = plain(value)
    if data is ...:
        return None
    if isinstance(data, str):
        return _json_string(data.replace("'", "''"))
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, float | int):
        return number_text(float(data))
    return "null"


def _json_array(value: Value, dimensions: int, depth: int = 0) -> str:
    if depth == dimensions:
        written = _json(value) or "undefined"
        return '"' + written.replace('"', '\\"') + '"'
    if isinstance(value, Array):
        known(value.holes)
        inside = ",".join(
            _json_array(item, dimensions, depth + 1) for item in value.items
        )
        return f"{{{inside}}}" if depth == 0 else inside
    return _json(value) or "undefined"


Shape = Callable[[Value, Mapping[str, Value], bool], str]


def _is_tuple(options: Mapping[str, Value]) -> bool:
    mode = options.get("mode", UNDEFINED)
    return not truthy(mode) or mode == "tuple"


def _coordinates(value: Value, keys: str, *, by_name: bool) -> list[str]:
    """Return what a point's text is made of; nothing for what is no point.

    A tuple is read by position, which a string has, too; an object by name.
    """
    if isinstance(value, Unknown):
        raise NotKnown.because(value)
    if isinstance(value, Array | Object):
        known(value.holes)
    if not by_name:
        parts: Sequence[Value] = ()
        if isinstance(value, str):
            parts = tuple(value)
        elif isinstance(value, Array):
            parts = value.items
        if not parts:
            return []
        padded = [*parts, UNDEFINED, UNDEFINED, UNDEFINED]
        return [text(item) for item in padded[: len(keys)]]
    if isinstance(value, Object):
        if not value.properties:
            return []
        found = (value.properties.get(key) for key in keys)
        return [text(each.value) if each else "undefined" for each in found]
    has_values = isinstance(value, str | Array) and bool(
        value if isinstance(value, str) else value.items
    )
    return ["undefined" for _ in keys] if has_values else []


def _drawn(opening: str, closing: str, keys: str) -> Shape:
    def write(value: Value, options: Mapping[str, Value], many: bool) -> str:  # noqa: FBT001 - one of a table's functions
        by_name = not _is_tuple(options)

        def element(point: Value) -> str:
            parts = _coordinates(point, keys, by_name=by_name)
            return f"{opening}{','.join(parts)}{closing}" if parts else ""

        if not many:
            written = element(value) if truthy(value) else ""
            return f"'{written}'" if written else ""

        def quoted(point: Value) -> str:
            return f'"{element(point) or "{}"}"'

        if by_name:
            return f"'{_listed(value, quoted)}'"
        return f"'{_tuples(value, lambda items: quoted(_as_array(items)))}'"

    return write


def _geometry(value: Value, options: Mapping[str, Value], many: bool) -> str:  # noqa: FBT001 - one of a table's functions
    srid = options.get("srid", UNDEFINED)
    prefix = f"SRID={text(srid)};" if truthy(srid) else ""
    by_name = not _is_tuple(options)

    def element(point: Value) -> str:
        parts = _coordinates(point, "xy", by_name=by_name)
        return f"'{prefix}POINT({' '.join(parts)})'" if parts else ""

    if not many:
        return element(value) if truthy(value) else ""

    def one_of_many(point: Value) -> str:
        return element(point) or f"'{prefix}POINT(undefined undefined)'"

    if by_name:
        return "ARRAY[" + _listed(value, one_of_many)[1:-1] + "]"
    return _tuples(
        value,
        lambda items: one_of_many(_as_array(items)),
        spatial=True,
    )


def _as_array(items: Sequence[Value]) -> Array:
    return Array(list(items), Span("", 1, 1, 0, 0))


_SHAPES: Mapping[str, Shape] = {
    "point": _drawn("(", ")", "xy"),
    "line": _drawn("{", "}", "abc"),
    "geometry": _geometry,
}
