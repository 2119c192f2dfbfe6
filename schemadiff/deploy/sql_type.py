"""SQL types as text, taken apart."""

import re

from schemadiff.model import Column, Name
from schemadiff.record import record
from schemadiff.regex import regex

_ALIASES = {
    "int": "integer",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "bool": "boolean",
    "float4": "real",
    "float8": "double precision",
    "float": "double precision",
    "decimal": "numeric",
    "dec": "numeric",
    "varchar": "varchar",
    "character varying": "varchar",
    "char varying": "varchar",
    "character": "char",
    "bpchar": "char",
    "nchar": "char",
    "bit varying": "varbit",
    "timestamptz": "timestamp with time zone",
    "timestamp without time zone": "timestamp",
    "timetz": "time with time zone",
    "time without time zone": "time",
    "serial2": "smallserial",
    "serial4": "serial",
    "serial8": "bigserial",
}
_MANTISSA_OF_REAL = 24
"""Bits of a real's mantissa: `float(24)` is real, `float(25)` is double."""
_UNBOUNDED = {"char": ("1",), "bit": ("1",)}
_WORDS = regex(r'"(?:[^"]|"")*"|\([^()]*\)|[^\s()"]+')
_ARRAY = regex(r"\s*\[\s*\d*\s*\]\s*\Z")
_FIELDS = regex(r"interval (?!\()(?P<fields>[a-z ]+)\Z")
_SERIALS = {
    "smallserial": "smallint",
    "serial": "integer",
    "bigserial": "bigint",
}


@record
class SqlType:
    """A type by family, parameters and whether it is an array.

    `family` is one spelling for all of a type's names: `varchar` for
    `character varying`, `timestamp with time zone` for `timestamptz`. Postgres
    does not tell `text[]` from `text[][]`, so neither is told here. `enum` is
    set when the family is an enum that drizzle-kit tracks.
    """

    family: str
    arguments: tuple[str, ...] = ()
    array: bool = False
    enum: Name | None = None

    @property
    def is_serial(self) -> bool:
        """Tell whether this is an integer with a sequence of its own."""
        return self.family in _SERIALS and not self.array

    def stored(self) -> "SqlType":
        """Return the type that the values have: `integer` for `serial`."""
        family = _SERIALS.get(self.family, self.family)
        return SqlType(family, self.arguments, self.array, self.enum)

    def element(self) -> "SqlType":
        """Return the type of an array's elements."""
        return SqlType(self.family, self.arguments, enum=self.enum)

    def number(self, index: int) -> int | None:
        """Return a parameter that is a whole number; None if there is none."""
        if index >= len(self.arguments):
            return None
        text = self.arguments[index]
        return int(text) if re.fullmatch(r"-?\d+", text) else None


def column_type(column: Column) -> SqlType:
    """Return the type of a column; enums by their name, wherever they are."""
    parsed = parse_type(column.type)
    array = parsed.array or column.dimensions > 0
    if column.enum is not None:
        return SqlType(str(column.enum), array=array, enum=column.enum)
    return SqlType(parsed.family, parsed.arguments, array)


def parse_type(text: str) -> SqlType:
    """Take an SQL type apart; what is not known keeps its own spelling."""
    text, array = _without_brackets(text.strip())
    words = _WORDS.findall(text)
    arguments = tuple(
        part.strip().lower()
        for word in words
        if word.startswith("(")
        for part in word[1:-1].split(",")
        if part.strip()
    )
    spelled = " ".join(_word(word) for word in words if not word.startswith("("))
    family = _ALIASES.get(spelled, spelled)
    if family == "double precision" and spelled == "float" and arguments:
        family = "real" if _whole(arguments[0]) <= _MANTISSA_OF_REAL else family
        arguments = ()
    if fields := _FIELDS.match(family):
        family, arguments = "interval", (fields["fields"].strip(), *arguments)
    return SqlType(family, arguments or _UNBOUNDED.get(family, ()), array)


def _without_brackets(text: str) -> tuple[str, bool]:
    array = False
    while match := _ARRAY.search(text):
        text, array = text[: match.start()], True
    return text, array


def _word(word: str) -> str:
    return word if word.startswith('"') else word.lower()


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0
