"""Drizzle's functions and objects, as far as they matter to a schema.

A `Thing` is what a Drizzle expression makes: a column builder, a table, a
fragment of SQL. The world turns symbolic values into things, each value once, so
that things have the identity that their objects have in JavaScript.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from schemadiff.drizzle.line import SINCE_ONE, Line
from schemadiff.drizzle.symbolic import is_drizzle, not_known
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Function,
    Host,
    Member,
    Moment,
    Object,
    Property,
    Symbol,
    Tagged,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from schemadiff.drizzle.columns import Root
    from schemadiff.drizzle.tables import TableThing

_OTHER_DIALECTS = ("mysql", "sqlite", "singlestore", "gel", "mssql", "cockroach")
_KNOWN_OBJECTS = {"drizzle-orm/neon": "neon.", "drizzle-orm/supabase": "supabase."}


class Thing:
    """Something that a Drizzle expression makes."""

    __slots__ = ()

    def get(self, world: "World", member: Member) -> "Resolved":
        """Return the property that `member` asks for."""
        raise not_known(member, f"asks for .{member.name}, which is not known")

    def call(self, world: "World", call: Call) -> "Resolved":
        """Return what calling this thing makes."""
        raise not_known(call, "calls something that is not a function")

    def method(self, world: "World", name: str, call: Call) -> "Resolved":
        """Return what calling the method `name` makes."""
        raise not_known(call, f"calls .{name}(), which is not known")


Resolved = Thing | Value
Maker = Callable[["World", Call], Resolved]


class Ignored(Thing):
    """Something of another dialect, or of drizzle-orm but no part of a schema."""

    __slots__ = ()

    def get(self, world: "World", member: Member) -> "Resolved":
        """Return this very thing: whatever is asked of it stays ignored."""
        return self

    def call(self, world: "World", call: Call) -> "Resolved":
        """Return this very thing."""
        return self

    def method(self, world: "World", name: str, call: Call) -> "Resolved":
        """Return this very thing."""
        return self


IGNORED = Ignored()


@record(eq=False)
class Outside(Thing):
    """Something that another package made, or that nothing is known about."""

    value: Value
    clause: str = "is not one of Drizzle's functions"

    def get(self, world: "World", member: Member) -> "Resolved":
        """Return what the package keeps there, as little known as the package."""
        return Outside(member, self.clause)

    def call(self, world: "World", call: Call) -> "Resolved":
        """Return what the package makes."""
        return Outside(call, self.clause)

    def method(self, world: "World", name: str, call: Call) -> "Resolved":
        """Return what the package makes."""
        return Outside(call, self.clause)

    def trouble(self) -> NotKnown:
        """Return the exception for this thing where it matters what it is."""
        return not_known(self.value, self.clause)


@record
class FunctionThing(Thing):
    """A function that drizzle-orm exports, with the functions it carries."""

    name: str
    symbol: Symbol

    def get(self, world: "World", member: Member) -> "Resolved":
        """Return the function that this one carries, such as `sql.raw`."""
        name = f"{self.name}.{member.name}"
        if name in world.makers and world.has(member.name):
            return FunctionThing(name, self.symbol)
        return Outside(member, f"asks for .{member.name}, which is not known")

    def call(self, world: "World", call: Call) -> "Resolved":
        """Call the function."""
        maker = world.makers.get(self.name)
        if maker is None:
            return Outside(call, f"calls {self.name}(), which is not known")
        return maker(world, call)

    def method(self, world: "World", name: str, call: Call) -> "Resolved":
        """Call a function that this one carries."""
        maker = world.makers.get(f"{self.name}.{name}")
        if maker is None or not world.has(name):
            return Outside(call, f"calls {self.name}.{name}(), which is not known")
        return maker(world, call)


@record(frozen=False)
class World:
    """Every thing of one schema, and what decides how it is recorded.

    `order` ranks the modules in the order in which Node would run them. `names`
    are the exports of drizzle-orm that mean something here; `ignored` those that
    never end up in a schema. `changed` are the values, by their ids, that the project
    itself gave other properties.
    """

    line: Line
    casing: str | None
    makers: Mapping[str, Maker]
    constants: Mapping[str, Callable[["World"], Resolved]]
    template: Callable[["World", Tagged], Resolved]
    order: Mapping[str, int]
    found: dict[int, tuple[Value, "Resolved | NotKnown | Refused"]] = field(
        default_factory=dict
    )
    roots: list["Root"] = field(default_factory=list)
    tables: list["TableThing"] = field(default_factory=list)
    results: dict[int, tuple[Function, Value]] = field(default_factory=dict)
    symbols: dict[Symbol, "Resolved"] = field(default_factory=dict)
    changed: Mapping[int, tuple[Value, Unknown]] = field(default_factory=dict)

    def resolve(self, value: Value) -> Resolved:
        """Return the thing that `value` stands for, or the value itself.

        Raise `NotKnown` or `Refused` when it cannot be made.
        """
        if isinstance(value, Call | Member | Tagged):
            return self._remembered(value)
        if isinstance(value, Symbol):
            found = self.symbols.get(value)
            if found is None:
                found = self.symbols[value] = self._symbol(value)
            return found
        if isinstance(value, Host) and isinstance(value.payload, Thing):
            return value.payload
        return value

    def _remembered(self, value: Call | Member | Tagged) -> Resolved:
        if id(value) in self.changed:
            raise NotKnown.because(self.changed[id(value)][1])
        held = self.found.get(id(value))
        if held is None:
            made: Resolved | NotKnown | Refused
            try:
                made = self._make(value)
            except (NotKnown, Refused) as trouble:
                made = trouble
            except RecursionError:
                made = not_known(value, "is nested too deeply")
            held = self.found[id(value)] = (value, made)
        if isinstance(held[1], NotKnown | Refused):
            raise held[1]
        return held[1]

    def _make(self, value: Call | Member | Tagged) -> Resolved:
        match value:
            case Tagged():
                tag = self.resolve(value.tag)
                if isinstance(tag, FunctionThing) and tag.name == "sql":
                    return self.template(self, value)
                return Outside(value, "is a template with an unknown tag")
            case Member():
                if isinstance(value.target, Symbol) and value.target.name == "*":
                    return self.resolve(Symbol(value.target.package, value.name))
                target = self.resolve(value.target)
                if isinstance(target, Thing):
                    return target.get(self, value)
                return self._property(target, value)
            case Call():
                return self._call(value)

    def _call(self, call: Call) -> Resolved:
        if isinstance(call.callee, Member):
            member = call.callee
            if isinstance(member.target, Symbol) and member.target.name == "*":
                callee = self.resolve(member)
                if isinstance(callee, Thing):
                    return callee.call(self, call)
                return Outside(call)
            target = self.resolve(member.target)
            if isinstance(target, Thing):
                return target.method(self, member.name, call)
            found = self._property(target, member)
            if isinstance(found, Function):
                return self.resolve(found.call(call.arguments))
            return Outside(call, f"calls .{member.name}() of a plain value")
        callee = self.resolve(call.callee)
        if isinstance(callee, Thing):
            return callee.call(self, call)
        if isinstance(callee, Function):
            return self.resolve(callee.call(call.arguments))
        raise not_known(callee, "calls something that is not a function")

    def _property(self, target: Value, member: Member) -> Resolved:
        if isinstance(target, Unknown):
            raise NotKnown.because(target)
        if isinstance(target, Object) and member.name in target.properties:
            return self.resolve(target.properties[member.name].value)
        if isinstance(target, Array) and member.name.isdigit() and not target.holes:
            index = int(member.name)
            if index < len(target.items):
                return self.resolve(target.items[index])
        return Outside(member, f"asks for .{member.name}, which is not known")

    def _symbol(self, symbol: Symbol) -> Resolved:
        package = symbol.package
        if not is_drizzle(package):
            return Outside(symbol)
        if any(dialect in package for dialect in _OTHER_DIALECTS):
            return IGNORED
        name = _KNOWN_OBJECTS.get(package, "") + symbol.name
        if not self.has(symbol.name):
            return Outside(symbol, f"asks for {name}, which drizzle-orm has since 1.0")
        if name in self.constants:
            return self.constants[name](self)
        if name in self.makers or any(
            maker.startswith(name + ".") for maker in self.makers
        ):
            return FunctionThing(name, symbol)
        return Outside(symbol, f"{name} of {package} is not known here")

    def has(self, name: str) -> bool:
        """Tell whether this line of drizzle-orm has what 1.0 brought."""
        return self.line is Line.ONE or name not in SINCE_ONE

    def returned(self, function: Function) -> Value:
        """Return what `function` returns without arguments; it is called once."""
        held = self.results.get(id(function))
        if held is None:
            held = self.results[id(function)] = (function, function.call([]))
        return held[1]

    def rank(self, moment: Moment) -> tuple[int, int, int] | None:
        """Return a key that sorts moments as they happen; None for unknown modules."""
        module = self.order.get(moment.path)
        return None if module is None else (module, moment.statement, moment.step)

    def argument(self, call: Call, position: int) -> Resolved:
        """Return the resolved argument at `position`; `undefined` if there is none."""
        if position < len(call.arguments):
            return self.resolve(call.arguments[position])
        return UNDEFINED

    def certain(self, value: Value) -> Resolved:
        """Return the resolved `value`; raise `NotKnown` if nothing is known of it."""
        found = self.resolve(value)
        if isinstance(found, Unknown):
            raise NotKnown.because(found)
        if isinstance(found, Outside):
            raise found.trouble()
        return found

    def data(self, value: Value) -> Value:
        """Return `value` as plain data; raise `NotKnown` if it is not."""
        found = self.certain(value)
        if isinstance(found, Thing):
            raise not_known(value, "is not plain data")
        return found

    def text(self, value: Value, what: str) -> str:
        """Return `value` as a string; raise `NotKnown` if it is not one."""
        found = self.data(value)
        if isinstance(found, str):
            return found
        raise not_known(found, f"is not {what}")

    def options(self, value: Value) -> dict[str, Value]:
        """Return the properties of an object of options; none for `undefined`."""
        found = self.data(value)
        if found is UNDEFINED:
            return {}
        if not isinstance(found, Object):
            raise not_known(found, "is not an object of options")
        for hole in found.holes:
            raise NotKnown.because(hole)
        return {key: each.value for key, each in found.properties.items()}


def argument(call: Call, position: int) -> Value:
    """Return the argument at `position` as it stands; `undefined` if there is none."""
    return call.arguments[position] if position < len(call.arguments) else UNDEFINED


def properties(values: Mapping[str, Value], span: Span) -> Object:
    """Return a JavaScript object with `values`."""
    return Object({key: Property(value, span) for key, value in values.items()}, span)


def array(values: Sequence[Value], span: Span) -> Array:
    """Return a JavaScript array of `values`."""
    return Array(list(values), span)
