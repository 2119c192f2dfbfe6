"""Fragments of SQL, and their text as drizzle-orm writes it.

Source: drizzle-orm 0.45.4 `sql/sql.js`, `buildQueryFromSourceParams`.
"""

from collections.abc import Sequence
from dataclasses import field
from enum import Enum

from schemadiff.drizzle.javascript import json_text, plain
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Resolved, Thing, World, argument
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.typescript.coerce import number_text
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    BigInt,
    Call,
    Date,
    Object,
    Tagged,
    Unknown,
    Value,
)


@record
class Raw:
    """Text that is SQL already."""

    text: str


class Purpose(Enum):
    """What a fragment is written for, which decides about parameters and names."""

    NUMBERED = "parameters become $1, $2, …"
    INLINE = "parameters are written as literals"
    DEFAULT = "nothing but text is allowed"
    INDEX = "columns stand without their table"
    INDEX_INLINE = "as INDEX, and parameters are written as literals"


@record(frozen=False)
class Writing:
    """One expression being written; parameters are numbered through it."""

    purpose: Purpose
    inline: bool = False
    parameters: int = 0
    chunks: int = 0

    @property
    def bare_columns(self) -> bool:
        """Tell whether columns stand without their table."""
        return self.purpose in (Purpose.INDEX, Purpose.INDEX_INLINE)


class Wrapper(Thing):
    """A thing that knows how to write itself into an expression."""

    __slots__ = ()

    def write(self, world: World, writing: Writing) -> str:
        """Return the SQL text of this thing inside a larger expression."""
        raise NotImplementedError


_MOST_CHUNKS = 100_000

Chunk = Raw | Thing | Value | tuple["Chunk", ...]


@record(eq=False, frozen=False)
class Sql(Wrapper):
    """A fragment: sql`…`, an operator, `sql.raw(…)`."""

    chunks: list[Chunk]
    span: Span | None = None
    inline: bool = False

    def write(self, world: World, writing: Writing) -> str:
        """Write the chunks one after the other."""
        outer, writing.inline = writing.inline, writing.inline or self.inline
        written = "".join(write(world, chunk, writing) for chunk in self.chunks)
        writing.inline = outer
        return written

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Apply `append`, `inlineParams`, `as`, `mapWith` or `if`."""
        match name:
            case "append":
                added = world.argument(call, 0)
                self.chunks.extend(added.chunks if isinstance(added, Sql) else [added])
                return self
            case "inlineParams":
                self.inline = True
                return self
            case "mapWith" | "getSQL" | "$type":
                return self
            case "as":
                return Aliased(self, world.text(argument(call, 0), "an alias"))
            case _:
                return Outside(call, f"calls .{name}() of a piece of SQL")


@record(eq=False, frozen=False)
class Aliased(Wrapper):
    """An expression with a name of its own: sql`…`.as("n")."""

    sql: Sql
    alias: str

    def write(self, world: World, writing: Writing) -> str:
        """Write the alias: a fragment refers to it by name."""
        return identifier(self.alias, writing)


@record(eq=False)
class Identifier(Wrapper):
    """sql.identifier("x")."""

    name: Value

    def write(self, world: World, writing: Writing) -> str:
        """Write the quoted name."""
        return identifier(world.text(self.name, "a name"), writing)


@record(eq=False)
class Parameter(Wrapper):
    """A value that is sent beside the SQL; `column` says how it is encoded."""

    value: Value
    column: Thing | None = None

    def write(self, world: World, writing: Writing) -> str:
        """Write the placeholder, or the literal where parameters are inlined."""
        return parameter(world, self.value, writing, self.column)


@record(eq=False)
class Placeholder(Wrapper):
    """sql.placeholder("x"), which is always a parameter."""

    name: str = field(default="")

    def write(self, world: World, writing: Writing) -> str:
        """Write the number of the parameter."""
        return _numbered(writing)


class Encoder(Thing):
    """A column, in so far as it decides how its values are sent."""

    __slots__ = ()

    def encoded(self, world: World, value: Value) -> Value:
        """Return what is sent for `value`."""
        raise NotImplementedError


def identifier(name: str, writing: Writing) -> str:
    """Return `name` in double quotes; a default may hold no names."""
    if writing.purpose is Purpose.DEFAULT:
        raise Refused("an SQL default may hold nothing but text", None)
    return '"' + name.replace('"', '""') + '"'


def rendered(world: World, value: Resolved, purpose: Purpose) -> str:
    """Return the SQL of `value`, which must be a fragment."""
    inline = purpose in (Purpose.INLINE, Purpose.INDEX_INLINE)
    return write(world, value, Writing(purpose, inline))


def write(world: World, chunk: Chunk, writing: Writing) -> str:
    """Return the SQL of one chunk, the way `buildQueryFromSourceParams` does."""
    writing.chunks += 1
    if writing.chunks > _MOST_CHUNKS:
        raise NotKnown("is too long an expression", None, lambda: None)
    match chunk:
        case Raw():
            return chunk.text
        case tuple():
            inside = ", ".join(write(world, each, writing) for each in chunk)
            return f"({inside})"
        case Wrapper():
            return chunk.write(world, writing)
        case Outside():
            raise chunk.trouble()
        case Thing():
            return parameter(world, NULL, writing, None, thing=chunk)
        case Unknown():
            raise NotKnown.because(chunk)
        case Array():
            for hole in chunk.holes:
                raise NotKnown.because(hole)
            return write(world, tuple(chunk.items), writing)
        case _:
            found = world.resolve(chunk)
            if isinstance(found, Thing | Array | Unknown) or found is not chunk:
                return write(world, found, writing)
            return "" if chunk is UNDEFINED else parameter(world, chunk, writing)


def parameter(
    world: World,
    value: Value,
    writing: Writing,
    column: Thing | None = None,
    thing: Thing | None = None,
) -> str:
    """Return the place of a parameter: `$1`, or its literal where they are inlined."""
    if writing.purpose is Purpose.DEFAULT:
        raise Refused("an SQL default may hold no parameters", None)
    if not writing.inline:
        return _numbered(writing)
    if thing is not None:
        raise Refused("a Drizzle object stands where a value belongs", None)
    if column is not None and value is not NULL and isinstance(column, Encoder):
        value = column.encoded(world, value)
    return literal(world, value)


def _numbered(writing: Writing) -> str:
    writing.parameters += 1
    return f"${writing.parameters}"


def literal(world: World, given: Value) -> str:
    """Return a value as drizzle-orm inlines it: `mapInlineParam`."""
    value = world.data(given)
    match value:
        case bool():
            return "true" if value else "false"
        case float() | int():
            return number_text(value)
        case str():
            return quoted(value)
        case BigInt() if world.line is Line.ONE:
            return str(value.value)
        case BigInt():
            raise Refused("a BigInt cannot be written into SQL", None)
        case Date():
            raise not_known(value, "is a date, whose text depends on the time zone")
        case Object():
            return quoted(json_text(value))
        case Array():
            return quoted(_joined(plain(value)))
        case _:
            if value is NULL:
                return "null"
            raise not_known(value, "cannot be written as a literal")


def _joined(data: object) -> str:
    if isinstance(data, list):
        return ",".join(map(_joined, data))
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, float | int):
        return number_text(data)
    return "" if data is None else str(data)


def quoted(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def template(world: World, tagged: Tagged) -> Sql:
    """Return the fragment of sql`…`."""
    chunks: list[Chunk] = []
    if tagged.values or tagged.strings[0]:
        chunks.append(Raw(tagged.strings[0]))
    for value, after in zip(tagged.values, tagged.strings[1:], strict=True):
        chunks += [value, Raw(after)]
    return Sql(chunks, tagged.span)


def raw(world: World, call: Call) -> Sql:
    """Return the fragment of `sql.raw(text)`."""
    return Sql([Raw(world.text(argument(call, 0), "a text"))], call.span)


def empty(world: World, call: Call) -> Sql:
    """Return the fragment of `sql.empty()`."""
    return Sql([], call.span)


def join(world: World, call: Call) -> Sql:
    """Return the fragment of `sql.join(list, separator)`."""
    chunks = list_of(world, argument(call, 0))
    separator = argument(call, 1)
    joined: list[Chunk] = []
    for index, chunk in enumerate(chunks):
        if index and separator is not UNDEFINED:
            joined.append(separator)
        joined.append(chunk)
    return Sql(joined, call.span)


def from_list(world: World, call: Call) -> Sql:
    """Return the fragment of `sql.fromList(list)`."""
    return Sql(list(list_of(world, argument(call, 0))), call.span)


def named(world: World, call: Call) -> Identifier:
    """Return the name of `sql.identifier(name)`."""
    return Identifier(argument(call, 0))


def param(world: World, call: Call) -> Parameter:
    """Return the parameter of `sql.param(value, encoder)`."""
    encoder = world.argument(call, 1)
    return Parameter(argument(call, 0), encoder if isinstance(encoder, Thing) else None)


def placeholder(world: World, call: Call) -> Placeholder:
    """Return the placeholder of `sql.placeholder(name)`."""
    return Placeholder()


def list_of(world: World, value: Value) -> Sequence[Value]:
    """Return the items of an array; raise `NotKnown` if they are not all known."""
    found = world.data(value)
    if not isinstance(found, Array):
        raise not_known(found, "is not a list")
    for hole in found.holes:
        raise NotKnown.because(hole)
    return found.items


MAKERS = {
    "sql.raw": raw,
    "sql.empty": empty,
    "sql.join": join,
    "sql.fromList": from_list,
    "sql.identifier": named,
    "sql.param": param,
    "sql.placeholder": placeholder,
}
