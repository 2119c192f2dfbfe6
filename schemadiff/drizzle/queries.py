"""Drizzle's query builder, as far as views use it.

Source: drizzle-orm 0.45.4 `pg-core/dialect.js` (`buildSelectQuery`),
`pg-core/query-builders/select.js`, `selection-proxy.js`.
"""

from collections.abc import Iterator
from dataclasses import field

from schemadiff.drizzle.javascript import truthy
from schemadiff.drizzle.selections import (
    Fields,
    ReachedAlias,
    Subquery,
    fields_of,
    handed_out,
    name_of,
    shown,
)
from schemadiff.drizzle.sql import (
    Aliased,
    Chunk,
    Identifier,
    Raw,
    Sql,
    Wrapper,
    Writing,
    list_of,
)
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.tables import ColumnThing, TableThing
from schemadiff.drizzle.trouble import NotKnown
from schemadiff.drizzle.world import Outside, Resolved, Thing, World, argument
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Function,
    Host,
    Object,
    Unknown,
    Value,
)

_JOINS = {
    "leftJoin": ("left", False),
    "rightJoin": ("right", False),
    "innerJoin": ("inner", False),
    "fullJoin": ("full", False),
    "crossJoin": ("cross", False),
    "leftJoinLateral": ("left", True),
    "innerJoinLateral": ("inner", True),
    "crossJoinLateral": ("cross", True),
}
_SET_OPERATIONS = {
    "union": "union ",
    "unionAll": "union all ",
    "intersect": "intersect ",
    "intersectAll": "intersect all ",
    "except": "except ",
    "exceptAll": "except all ",
}


@record(eq=False, frozen=False)
class Select(Wrapper):
    """A select query being built."""

    fields: Fields
    partial: bool
    source: Thing
    span: Span
    distinct: Sql | None = None
    expressions: tuple[Subquery, ...] = ()
    joins: list[tuple[str, Thing, Chunk]] = field(default_factory=list)
    clauses: dict[str, Chunk] = field(default_factory=dict)
    operations: "list[tuple[str, Select]]" = field(default_factory=list)

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Add a clause to the query, or finish it as a subquery."""
        if name in _JOINS:
            self._join(world, name, call)
        elif name in ("where", "having"):
            self._condition(world, name, call)
        elif name in ("groupBy", "orderBy"):
            self._list(world, name, call)
        elif name in ("limit", "offset") and not self.operations:
            self.clauses[name] = world.argument(call, 0)
        elif name in _SET_OPERATIONS:
            self._combine(world, name, call)
        elif name == "as":
            alias = world.text(argument(call, 0), "an alias")
            return Subquery(alias, Sql([self.sql(world)]), self.fields)
        elif name != "$dynamic":
            return Outside(call, f"calls .{name}() of a query, which is not read")
        return self

    def _join(self, world: World, name: str, call: Call) -> None:
        source, on = world.argument(call, 0), argument(call, 1)
        if not isinstance(source, Thing) or isinstance(source, Outside):
            raise not_known(argument(call, 0), "is not a table")
        alias = name_of(source)
        if not self.partial:
            if not self.joins:
                self.fields = {name_of(self.source) or "": self.fields}
            if alias is not None:
                self.fields[alias] = fields_of(world, source)
        condition = world.resolve(on)
        if isinstance(condition, Function):
            condition = condition.call([self._seen("sql")])
        self.joins.append((name, source, condition))

    def _seen(self, behaviour: str) -> Value:
        return handed_out(shown(self.fields, behaviour), self.span)

    def _condition(self, world: World, name: str, call: Call) -> None:
        found = world.argument(call, 0)
        if isinstance(found, Function):
            found = world.resolve(found.call([self._seen("sql")]))
        self.clauses[name] = found

    def _list(self, world: World, name: str, call: Call) -> None:
        if self.operations:
            raise not_known(call, "sorts a union, which is not read")
        first, items = world.argument(call, 0), list(call.arguments)
        if isinstance(first, Function):
            made = world.resolve(first.call([self._seen("alias")]))
            items = list(list_of(world, made)) if isinstance(made, Array) else []
            if not isinstance(made, Array):
                self.clauses[name] = Sql([made])
                return
        self.clauses[name] = Sql(list(_separated(items))) if items else UNDEFINED

    def _combine(self, world: World, name: str, call: Call) -> None:
        other = world.argument(call, 0)
        if not isinstance(other, Select):
            raise not_known(argument(call, 0), "is not a query")
        self.operations.append((_SET_OPERATIONS[name], other))

    def write(self, world: World, writing: Writing) -> str:
        """Write the query in parentheses, as inside another expression."""
        return f"({self.sql(world).write(world, writing)})"

    def sql(self, world: World) -> Sql:
        """Return the fragment of the whole query."""
        chunks: list[Chunk] = []
        for index, each in enumerate(self.expressions):
            chunks.append(Raw(", " if index else "with "))
            chunks += [
                Identifier(each.alias),
                Raw(" as "),
                Raw("("),
                each.sql,
                Raw(")"),
            ]
        chunks.append(Raw(" select" if self.expressions else "select"))
        chunks += [self.distinct] if self.distinct else []
        chunks += [Raw(" "), *self._selection(world), Raw(" from ")]
        chunks += _from(self.source)
        for index, join in enumerate(self.joins):
            chunks += [Raw(" "), *_join(*join)] if index == 0 else _join(*join)
            chunks += [Raw(" ")] if index < len(self.joins) - 1 else []
        for name, words in _CLAUSES:
            clause = self.clauses.get(name, UNDEFINED)
            if isinstance(clause, Thing | Unknown) or _present(name, clause):
                chunks += [Raw(words), clause]
        query = Sql(chunks, self.span)
        for word, other in self.operations:
            right = other.sql(world)
            query = Sql(
                [Raw("("), query, Raw(") "), Raw(word), Raw("("), right, Raw(")")],
                self.span,
            )
        return query

    def _selection(self, world: World) -> Iterator[Chunk]:
        for index, found in enumerate(_flat(self.fields)):
            if index:
                yield Raw(", ")
            yield from _selected(world, found, alone=not self.joins)


_CLAUSES = (
    ("where", " where "),
    ("groupBy", " group by "),
    ("having", " having "),
    ("orderBy", " order by "),
    ("limit", " limit "),
    ("offset", " offset "),
)


def _present(name: str, clause: Chunk) -> bool:
    if isinstance(clause, Raw | tuple) or clause is UNDEFINED:
        return False
    if name == "limit":
        return isinstance(clause, float | int) and clause >= 0
    assert not isinstance(clause, Thing)  # noqa: S101 - the caller has looked
    return truthy(clause)


def _separated(items: list[Value]) -> Iterator[Chunk]:
    for index, item in enumerate(items):
        if index:
            yield Raw(", ")
        yield item


def _flat(fields: Fields) -> Iterator[Thing]:
    for found in fields.values():
        if isinstance(found, dict):
            yield from _flat(found)
        else:
            yield found


def _selected(world: World, found: Thing, *, alone: bool) -> Iterator[Chunk]:
    match found:
        case ReachedAlias():
            yield Identifier(found.alias)
        case Aliased():
            yield _unqualified(world, found.sql) if alone else found.sql
            yield from (Raw(" as "), Identifier(found.alias))
        case Sql():
            yield _unqualified(world, found) if alone else found
        case ColumnThing():
            yield Identifier(found.state(world).name) if alone else found
        case _:
            yield found


def _unqualified(world: World, sql: Sql) -> Sql:
    """Return `sql` with its own columns, not those further inside, by bare name."""
    chunks: list[Chunk] = []
    for chunk in sql.chunks:
        found = (
            chunk if isinstance(chunk, Raw | tuple) else world.resolve(_value(chunk))
        )
        if isinstance(found, ColumnThing):
            found = Identifier(found.state(world).name)
        chunks.append(found)
    return Sql(chunks, sql.span, sql.inline)


def _value(chunk: Thing | Value) -> Value:
    return Host(chunk) if isinstance(chunk, Thing) else chunk


def _from(source: Thing) -> list[Chunk]:
    if isinstance(source, TableThing) and source.is_alias:
        return [*_original(source), Raw(" "), Identifier(source.name)]
    return [source]


def _original(table: TableThing) -> list[Chunk]:
    name = table.original.name if table.original else table.name
    if table.schema is None:
        return [Identifier(name)]
    return [Identifier(table.schema.name), Raw("."), Identifier(name)]


def _join(name: str, source: Thing, on: Chunk) -> list[Chunk]:
    kind, lateral = _JOINS[name]
    chunks: list[Chunk] = [Raw(f"{kind} join{' lateral' if lateral else ''} ")]
    chunks += _from(source)
    return chunks if on is UNDEFINED else [*chunks, Raw(" on "), on]


@record(eq=False)
class SelectStart(Thing):
    """`qb.select(…)`, which waits for its source."""

    fields: Fields | None
    distinct: Sql | None
    expressions: tuple[Subquery, ...]

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Take the source of the rows."""
        if name != "from":
            return Outside(call, f"calls .{name}() of a query, which is not read")
        source = world.argument(call, 0)
        if not isinstance(source, Thing) or isinstance(source, Outside):
            raise not_known(argument(call, 0), "is not a table")
        fields = self.fields
        return Select(
            fields_of(world, source) if fields is None else fields,
            fields is not None,
            source,
            call.span,
            self.distinct,
            self.expressions,
        )


@record(eq=False)
class WithStart(Thing):
    """`qb.$with("name")`, which waits for its query."""

    alias: str

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Take the query."""
        if name != "as":
            return Outside(call, f"calls .{name}() of an expression, which is not read")
        query = world.argument(call, 0)
        if isinstance(query, Function):
            query = world.resolve(query.call([Host(QueryBuilder())]))
        if not isinstance(query, Select):
            raise not_known(argument(call, 0), "is not a query")
        return Subquery(self.alias, query.sql(world), query.fields, is_with=True)


@record(eq=False)
class QueryBuilder(Thing):
    """What the function of `pgView(…).as((qb) => …)` gets."""

    expressions: tuple[Subquery, ...] = ()

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Start a query."""
        match name:
            case "select" | "selectDistinct":
                distinct = Sql([Raw(" distinct")]) if name != "select" else None
                fields = _given_fields(world, argument(call, 0))
                return SelectStart(fields, distinct, self.expressions)
            case "selectDistinctOn":
                listed = list(list_of(world, argument(call, 0)))
                chunks = [Raw(" distinct on ("), *_separated(listed), Raw(")")]
                fields = _given_fields(world, argument(call, 1))
                return SelectStart(fields, Sql(chunks), self.expressions)
            case "$with":
                return WithStart(world.text(argument(call, 0), "a name"))
            case "with":
                return QueryBuilder(tuple(_expressions(world, call)))
            case _:
                return Outside(call, f"calls .{name}() of the query builder")


def _expressions(world: World, call: Call) -> Iterator[Subquery]:
    for position, each in enumerate(call.arguments):
        found = world.argument(call, position)
        if not isinstance(found, Subquery):
            raise not_known(each, "is not a common table expression")
        yield found


def _given_fields(world: World, value: Value) -> Fields | None:
    found = world.resolve(value)
    if found is UNDEFINED:
        return None
    if isinstance(found, Unknown):
        raise NotKnown.because(found)
    if not isinstance(found, Object):
        raise not_known(value, "is not an object of fields")
    for hole in found.holes:
        raise NotKnown.because(hole)
    fields: Fields = {}
    for key, each in found.properties.items():
        field_ = world.resolve(each.value)
        if isinstance(field_, Object):
            fields[key] = _given_fields(world, field_) or {}
        elif isinstance(field_, TableThing):
            fields[key] = fields_of(world, field_)
        elif isinstance(field_, Thing) and not isinstance(field_, Outside):
            fields[key] = field_
        else:
            raise not_known(each.value, "is not a field")
    return fields
