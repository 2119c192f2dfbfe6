"""What can be selected from tables, views and subqueries.

Source: drizzle-orm 0.45.4 `selection-proxy.js`, `subquery.js`, `alias.js`.
"""

from collections.abc import Mapping

from schemadiff.drizzle.sql import Aliased, Sql, Wrapper, Writing, identifier
from schemadiff.drizzle.tables import ColumnThing, TableThing
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Resolved, Thing, World
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.typescript.values import UNDEFINED, Host, Member, Object, Property

Fields = dict[str, "Field"]
Field = Thing | Fields


@record(eq=False, frozen=False)
class ReachedColumn(ColumnThing):
    """A column reached through a subquery or a view, whose name it bears."""

    alias: str = ""

    def write(self, world: World, writing: Writing) -> str:
        """Write the column behind the alias."""
        name = identifier(self.name(world), writing)
        if writing.bare_columns:
            return name
        return f"{identifier(self.alias, writing)}.{name}"


class ReachedAlias(Aliased):
    """An expression inside a subquery or a view: outside there is only its name."""

    __slots__ = ()


def reached(found: Field, alias: str) -> Field:
    """Return a selected field as the outside sees it through `alias`."""
    if isinstance(found, ColumnThing):
        return ReachedColumn(found.table, found.use, alias)
    if isinstance(found, dict):
        return {key: reached(each, alias) for key, each in found.items()}
    if isinstance(found, Aliased):
        return ReachedAlias(found.sql, found.alias)
    if isinstance(found, Sql):
        raise Refused("a piece of SQL without an alias is used from outside", None)
    return found


@record(eq=False)
class Subquery(Wrapper):
    """`….as("sub")`, or a common table expression."""

    alias: str
    sql: Sql
    fields: Fields
    is_with: bool = False

    def get(self, world: World, member: Member) -> Resolved:
        """Return one of the selected fields."""
        if member.name not in self.fields:
            return UNDEFINED
        found = reached(self.fields[member.name], self.alias)
        if isinstance(found, dict):
            return handed_out(found, member.span)
        return found

    def write(self, world: World, writing: Writing) -> str:
        """Write the query in parentheses, or the name of the expression."""
        name = identifier(self.alias, writing)
        return name if self.is_with else f"({self.sql.write(world, writing)}) {name}"


@record(eq=False)
class Selected(Thing):
    """The fields of a query, as its functions get them."""

    fields: Mapping[str, Field]

    def get(self, world: World, member: Member) -> Resolved:
        """Return one of the fields."""
        found = self.fields[member.name]
        return handed_out(found, member.span) if isinstance(found, dict) else found


def handed_out(fields: Mapping[str, Field], span: Span) -> Object:
    """Return fields as the object that a project's function gets."""
    host = Host(Selected(fields))
    properties = {key: Property(Member(host, key, span), span) for key in fields}
    return Object(properties, span)


def name_of(source: Thing) -> str | None:
    """Return the name under which a source of rows is known in a query."""
    match source:
        case TableThing():
            return source.name
        case Subquery():
            return source.alias
        case _:
            name = getattr(source, "name", None)
            return name if isinstance(name, str) else None


def fields_of(world: World, source: Thing) -> Fields:
    """Return what can be selected from a table, view or subquery."""
    if isinstance(source, TableThing):
        for trouble in source.holes:
            raise trouble
        for unread in source.troubles.values():
            raise unread.trouble
        return dict(source.columns)
    if isinstance(source, Subquery):
        return {k: reached(each, source.alias) for k, each in source.fields.items()}
    if isinstance(source, Sql):
        return {}
    fields = getattr(source, "selected", None)
    if fields is None:
        raise NotKnown("selects from something that is not read", None, lambda: None)
    found = fields(world)
    assert isinstance(found, dict)  # noqa: S101 - a view's fields
    return {key: reached(each, name_of(source) or "") for key, each in found.items()}


def shown(fields: Fields, behaviour: str) -> Fields:
    """Return fields as a query's own functions see them; `sql` opens aliases."""
    seen: Fields = {}
    for key, found in fields.items():
        if isinstance(found, dict):
            seen[key] = shown(found, behaviour)
        elif isinstance(found, ReachedAlias) or behaviour != "sql":
            seen[key] = found
        elif isinstance(found, Aliased):
            seen[key] = found.sql
        else:
            seen[key] = found
    return seen
