"""Every column builder of `drizzle-orm/pg-core`, and the SQL type it stands for.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `pg-core/columns/*.js`
(`getSQLType`), each builder run through drizzle-kit 0.31.11 and 1.0.0-rc.5.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from schemadiff.drizzle.javascript import text, truthy
from schemadiff.drizzle.line import Line
from schemadiff.record import record
from schemadiff.typescript.values import NULL, UNDEFINED, Value

Options = Mapping[str, Value]


@record
class Builder:
    """One column builder.

    `type` is the SQL type without options, and `write` makes it with them.
    `kind` is drizzle-orm's class name where somebody asks for it. `configured`
    tells whether the builder takes an object of options at all.
    """

    type: str
    write: "Callable[[Options, Line], str] | None" = None
    configured: bool = False
    not_null: bool = False
    identity: bool = False
    now: bool = False
    random: bool = False
    kind: str = ""

    def sql_type(self, options: Options, line: Line) -> str:
        """Return the SQL type; raise `NotKnown` for an unknown option."""
        return self.write(options, line) if self.write else self.type


def _option(options: Options, name: str) -> Value:
    return options.get(name, UNDEFINED)


def _precision(options: Options, before: str = "") -> str:
    precision = _option(options, "precision")
    return "" if precision is UNDEFINED else f"{before}({text(precision)})"


def _zone(options: Options) -> str:
    return " with time zone" if truthy(_option(options, "withTimezone")) else ""


def _length(type_: str) -> Callable[[Options, Line], str]:
    def write(options: Options, line: Line) -> str:
        length = _option(options, "length")
        if length is NULL and type_ == "char" and line is Line.ONE:
            return "char(1)"
        return type_ if length is UNDEFINED else f"{type_}({text(length)})"

    return write


def _dimensions(type_: str) -> Callable[[Options, Line], str]:
    def write(options: Options, _line: Line) -> str:
        return f"{type_}({text(_option(options, 'dimensions'))})"

    return write


def _numeric(options: Options, line: Line) -> str:
    precision, scale = _option(options, "precision"), _option(options, "scale")
    if precision is UNDEFINED:
        return "numeric"
    if scale is UNDEFINED:
        return f"numeric({text(precision)})"
    comma = ", " if line is Line.ZERO else ","
    return f"numeric({text(precision)}{comma}{text(scale)})"


def _time(options: Options, _line: Line) -> str:
    return f"time{_precision(options)}{_zone(options)}"


def _timestamp(options: Options, line: Line) -> str:
    blank = ""
    if line is Line.ZERO and _option(options, "precision") is not UNDEFINED:
        mode = _option(options, "mode")
        blank = "" if mode is not UNDEFINED and text(mode) == "string" else " "
    return f"timestamp{_precision(options, blank)}{_zone(options)}"


def _interval(options: Options, _line: Line) -> str:
    fields, precision = _option(options, "fields"), _option(options, "precision")
    written = f" {text(fields)}" if truthy(fields) else ""
    return f"interval{written}" + (f"({text(precision)})" if truthy(precision) else "")


def _geometry(options: Options, line: Line) -> str:
    if line is Line.ZERO:
        return "geometry(point)"
    srid = _option(options, "srid")
    return "geometry(point)" if srid is UNDEFINED else f"geometry(point,{text(srid)})"


def _same(names: str) -> dict[str, Builder]:
    return {name: Builder(name) for name in names.split()}


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "bigint": Builder("bigint", configured=True, identity=True),
        "bigserial": Builder("bigserial", configured=True, not_null=True),
        **_same("boolean cidr inet json jsonb macaddr macaddr8 real bytea"),
        "bit": Builder("bit", _dimensions("bit"), configured=True),
        "char": Builder("char", _length("char"), configured=True),
        "date": Builder("date", configured=True, now=True),
        "doublePrecision": Builder("double precision"),
        "geometry": Builder("geometry", _geometry, configured=True),
        "halfvec": Builder("halfvec", _dimensions("halfvec"), configured=True),
        "integer": Builder("integer", identity=True),
        "interval": Builder("interval", _interval, configured=True),
        "line": Builder("line", configured=True),
        "numeric": Builder("numeric", _numeric, configured=True),
        "point": Builder("point", configured=True),
        "serial": Builder("serial", not_null=True),
        "smallint": Builder("smallint", identity=True),
        "smallserial": Builder("smallserial", not_null=True),
        "sparsevec": Builder("sparsevec", _dimensions("sparsevec"), configured=True),
        "text": Builder("text", configured=True),
        "time": Builder("time", _time, configured=True, now=True),
        "timestamp": Builder("timestamp", _timestamp, configured=True, now=True),
        "uuid": Builder("uuid", random=True),
        "varchar": Builder("varchar", _length("varchar"), configured=True),
        "vector": Builder(
            "vector", _dimensions("vector"), configured=True, kind="PgVector"
        ),
    }
)
"""The builders by the name under which pg-core exports them."""

ALIASES: Mapping[str, str] = MappingProxyType({"decimal": "numeric"})

CALLBACK: Mapping[Line, frozenset[str]] = MappingProxyType(
    {
        Line.ZERO: frozenset({*BUILDERS, "customType"} - {"bytea"}),
        Line.ONE: frozenset({*BUILDERS, "customType"}),
    }
)
"""What the parameter of a columns callback holds: `(t) => ({ id: t.uuid() })`."""


def implies_not_null(name: str, options: Options, line: Line) -> bool:
    """Tell whether the builder alone makes its column NOT NULL.

    `bigserial` in mode `bigint` does not in 0.x: its builder calls no `notNull`.
    """
    if name == "bigserial" and line is Line.ZERO:
        mode = options.get("mode", UNDEFINED)
        return mode is not UNDEFINED and text(mode) == "number"
    return BUILDERS[name].not_null
