"""Which types Postgres converts into which, and what becomes of the values.

The pairs and contexts are those of `pg_cast` in PostgreSQL 15, without system
types. What becomes of the values is from the manual (Data Types, Type
Conversion) and from trying the borders of every pair.
"""

from collections.abc import Mapping
from enum import Enum, IntEnum


class Fate(IntEnum):
    """What becomes of a column's values, from harmless to certain failure."""

    SAME = 0
    """Every value stays what it is."""
    TEXT = 1
    """Every value is kept in its text form."""
    REWRITTEN = 2
    """Values are written or read differently: time zone, blanks, key order."""
    MAY_FAIL = 3
    """Some values make the statement fail."""
    CUT = 4
    """Values are cut, rounded or lose a part."""
    MERGED = 5
    """Different values become the same one."""
    IMPOSSIBLE = 6
    """The statement fails, whatever the values are."""


class Context(Enum):
    """When Postgres applies a cast by itself (`pg_cast.castcontext`)."""

    IMPLICIT = "i"
    ASSIGNMENT = "a"
    EXPLICIT = "e"


_I, _A, _E = Context.IMPLICIT, Context.ASSIGNMENT, Context.EXPLICIT
_TIMESTAMPTZ = "timestamp with time zone"
_TIMETZ = "time with time zone"
_DOUBLE = "double precision"

CASTS: Mapping[tuple[str, str], tuple[Context, Fate]] = {
    ("bigint", "bit"): (_E, Fate.CUT),
    ("bigint", _DOUBLE): (_I, Fate.CUT),
    ("bigint", "integer"): (_A, Fate.MAY_FAIL),
    ("bigint", "money"): (_A, Fate.MAY_FAIL),
    ("bigint", "numeric"): (_I, Fate.SAME),
    ("bigint", "oid"): (_I, Fate.MAY_FAIL),
    ("bigint", "real"): (_I, Fate.CUT),
    ("bigint", "smallint"): (_A, Fate.MAY_FAIL),
    ("bit", "bigint"): (_E, Fate.MAY_FAIL),
    ("bit", "integer"): (_E, Fate.MAY_FAIL),
    ("bit", "varbit"): (_I, Fate.SAME),
    ("varbit", "bit"): (_I, Fate.MAY_FAIL),
    ("boolean", "integer"): (_E, Fate.SAME),
    ("box", "circle"): (_E, Fate.CUT),
    ("box", "lseg"): (_E, Fate.CUT),
    ("box", "point"): (_E, Fate.CUT),
    ("box", "polygon"): (_A, Fate.SAME),
    ("cidr", "inet"): (_I, Fate.SAME),
    ("circle", "box"): (_E, Fate.CUT),
    ("circle", "point"): (_E, Fate.CUT),
    ("circle", "polygon"): (_E, Fate.CUT),
    ("date", _TIMESTAMPTZ): (_I, Fate.REWRITTEN),
    ("date", "timestamp"): (_I, Fate.SAME),
    (_DOUBLE, "bigint"): (_A, Fate.CUT),
    (_DOUBLE, "integer"): (_A, Fate.CUT),
    (_DOUBLE, "numeric"): (_A, Fate.CUT),
    (_DOUBLE, "real"): (_A, Fate.CUT),
    (_DOUBLE, "smallint"): (_A, Fate.CUT),
    ("inet", "cidr"): (_A, Fate.CUT),
    ("integer", "bigint"): (_I, Fate.SAME),
    ("integer", "bit"): (_E, Fate.CUT),
    ("integer", "boolean"): (_E, Fate.MERGED),
    ("integer", _DOUBLE): (_I, Fate.SAME),
    ("integer", "money"): (_A, Fate.REWRITTEN),
    ("integer", "numeric"): (_I, Fate.SAME),
    ("integer", "oid"): (_I, Fate.REWRITTEN),
    ("integer", "real"): (_I, Fate.CUT),
    ("integer", "smallint"): (_A, Fate.MAY_FAIL),
    ("interval", "time"): (_A, Fate.CUT),
    ("json", "jsonb"): (_A, Fate.REWRITTEN),
    ("jsonb", "bigint"): (_E, Fate.CUT),
    ("jsonb", "boolean"): (_E, Fate.MAY_FAIL),
    ("jsonb", _DOUBLE): (_E, Fate.CUT),
    ("jsonb", "integer"): (_E, Fate.CUT),
    ("jsonb", "json"): (_A, Fate.SAME),
    ("jsonb", "numeric"): (_E, Fate.MAY_FAIL),
    ("jsonb", "real"): (_E, Fate.CUT),
    ("jsonb", "smallint"): (_E, Fate.CUT),
    ("lseg", "point"): (_E, Fate.CUT),
    ("macaddr", "macaddr8"): (_I, Fate.REWRITTEN),
    ("macaddr8", "macaddr"): (_I, Fate.MAY_FAIL),
    ("money", "numeric"): (_A, Fate.SAME),
    ("numeric", "bigint"): (_A, Fate.CUT),
    ("numeric", _DOUBLE): (_I, Fate.CUT),
    ("numeric", "integer"): (_A, Fate.CUT),
    ("numeric", "money"): (_A, Fate.CUT),
    ("numeric", "real"): (_I, Fate.CUT),
    ("numeric", "smallint"): (_A, Fate.CUT),
    ("oid", "bigint"): (_A, Fate.SAME),
    ("oid", "integer"): (_A, Fate.REWRITTEN),
    ("path", "polygon"): (_A, Fate.MAY_FAIL),
    ("point", "box"): (_A, Fate.SAME),
    ("polygon", "box"): (_E, Fate.CUT),
    ("polygon", "circle"): (_E, Fate.CUT),
    ("polygon", "path"): (_A, Fate.SAME),
    ("polygon", "point"): (_E, Fate.CUT),
    ("real", "bigint"): (_A, Fate.CUT),
    ("real", _DOUBLE): (_I, Fate.SAME),
    ("real", "integer"): (_A, Fate.CUT),
    ("real", "numeric"): (_A, Fate.CUT),
    ("real", "smallint"): (_A, Fate.CUT),
    ("smallint", "bigint"): (_I, Fate.SAME),
    ("smallint", _DOUBLE): (_I, Fate.SAME),
    ("smallint", "integer"): (_I, Fate.SAME),
    ("smallint", "numeric"): (_I, Fate.SAME),
    ("smallint", "oid"): (_I, Fate.REWRITTEN),
    ("smallint", "real"): (_I, Fate.SAME),
    ("time", "interval"): (_I, Fate.SAME),
    ("time", _TIMETZ): (_I, Fate.REWRITTEN),
    (_TIMETZ, "time"): (_A, Fate.CUT),
    ("timestamp", "date"): (_A, Fate.CUT),
    ("timestamp", "time"): (_A, Fate.CUT),
    ("timestamp", _TIMESTAMPTZ): (_I, Fate.REWRITTEN),
    (_TIMESTAMPTZ, "date"): (_A, Fate.CUT),
    (_TIMESTAMPTZ, "time"): (_A, Fate.CUT),
    (_TIMESTAMPTZ, _TIMETZ): (_A, Fate.CUT),
    (_TIMESTAMPTZ, "timestamp"): (_I, Fate.REWRITTEN),
    ("int4range", "int4multirange"): (_E, Fate.REWRITTEN),
    ("int8range", "int8multirange"): (_E, Fate.REWRITTEN),
    ("numrange", "nummultirange"): (_E, Fate.REWRITTEN),
    ("tsrange", "tsmultirange"): (_E, Fate.REWRITTEN),
    ("tstzrange", "tstzmultirange"): (_E, Fate.REWRITTEN),
    ("daterange", "datemultirange"): (_E, Fate.REWRITTEN),
    # Extensions: pgvector 0.8, citext 1.6, hstore 1.8.
    ("vector", "halfvec"): (_A, Fate.CUT),
    ("vector", "sparsevec"): (_I, Fate.SAME),
    ("halfvec", "vector"): (_I, Fate.SAME),
    ("halfvec", "sparsevec"): (_I, Fate.SAME),
    ("sparsevec", "vector"): (_A, Fate.MAY_FAIL),
    ("sparsevec", "halfvec"): (_A, Fate.CUT),
    ("hstore", "json"): (_A, Fate.SAME),
    ("hstore", "jsonb"): (_A, Fate.SAME),
}
"""What Postgres converts without going through text. Strings are not in it."""

STRINGS = frozenset({"text", "varchar", "char", "citext", "name"})
"""Types to which anything, and explicitly from which anything, is converted."""

TEXT_LENGTHS: Mapping[str, int] = {
    "smallint": 6,
    "integer": 11,
    "bigint": 20,
    "boolean": 5,
    "real": 15,
    "double precision": 24,
    "uuid": 36,
    "date": 16,
    "time": 15,
    "time with time zone": 24,
    "timestamp": 32,
    "timestamp with time zone": 41,
    "macaddr": 17,
    "macaddr8": 23,
    "oid": 10,
    "inet": 49,
    "cidr": 49,
    "point": 51,
}
"""The longest text a value can have, in characters; where there is a limit."""

KEPT_AS_TEXT = frozenset(
    {
        *TEXT_LENGTHS,
        "numeric",
        "interval",
        "json",
        "jsonb",
        "inet",
        "cidr",
        "point",
        "line",
        "lseg",
        "box",
        "path",
        "polygon",
        "circle",
        "bit",
        "varbit",
        "xml",
        "vector",
        "halfvec",
        "sparsevec",
    }
) - {"timestamp with time zone"}
"""Types of which the text says everything, whatever the session's settings."""

NATIVE_PREFIXES = (
    "uuid",
    "smallint",
    "integer",
    "bigint",
    "boolean",
    "text",
    "varchar",
    "serial",
    "bigserial",
    "decimal",
    "numeric",
    "real",
    "json",
    "jsonb",
    "time",
    "timestamp",
    "date",
    "interval",
    "double precision",
    "char",
    "vector",
    "geometry",
    "halfvec",
    "sparsevec",
    "bit",
)
"""How a type's text begins that drizzle-kit 0.31 writes as it is (`parseType`)."""

_FURTHER = """bytea tsvector tsquery xml pg_lsn pg_snapshot txid_snapshot jsonpath
int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange
nummultirange tsmultirange tstzmultirange datemultirange regclass regtype regproc
regnamespace regrole hstore ltree lquery ltxtquery cube geometry geography"""
_KNOWN = frozenset(
    {each for pair in CASTS for each in pair}
    | STRINGS
    | KEPT_AS_TEXT
    | {*_FURTHER.split()}
) | {_TIMESTAMPTZ}


def is_known(family: str) -> bool:
    """Tell whether a type is Postgres's own or that of an extension known here.

    Any other may be a domain, with another type's values and rules of its own.
    """
    return family in _KNOWN
