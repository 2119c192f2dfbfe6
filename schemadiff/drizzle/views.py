"""Views and materialized views.

Source: drizzle-orm 0.45.4 `pg-core/view.js`.
"""

from collections.abc import Callable
from dataclasses import field

from schemadiff.drizzle import queries
from schemadiff.drizzle.schemas import IN_SCHEMA, SchemaThing
from schemadiff.drizzle.selections import Fields, handed_out, reached
from schemadiff.drizzle.sql import Sql, Wrapper, Writing, identifier
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.table_makers import make_table
from schemadiff.drizzle.tables import TableThing
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Resolved, World, argument
from schemadiff.model import PUBLIC, Name
from schemadiff.record import record
from schemadiff.typescript.values import (
    UNDEFINED,
    Call,
    Function,
    Host,
    Member,
    Unknown,
    Value,
)


@record(eq=False, frozen=False)
class ViewThing(Wrapper):
    """A view. `columns` are those it was declared with, `query` what it selects."""

    name: str
    schema: SchemaThing | None
    materialized: bool
    made: Call
    last: Call
    columns: TableThing | None = None
    query: Sql | queries.Select | NotKnown | Refused | None = None
    existing: bool = False
    settings: dict[str, Value] = field(default_factory=dict)

    @property
    def full_name(self) -> Name:
        """The view's name with its schema."""
        return Name(self.schema.name if self.schema else PUBLIC, self.name)

    def selected(self, world: World) -> Fields:
        """Return the fields of the view by key."""
        if self.columns is not None:
            return dict(self.columns.columns)
        if isinstance(self.query, NotKnown | Refused):
            raise self.query
        return self.query.fields if isinstance(self.query, queries.Select) else {}

    def get(self, world: World, member: Member) -> Resolved:
        """Return a column of the view."""
        found = self.selected(world).get(member.name)
        if found is None:
            return Outside(member, f"asks a view for .{member.name}")
        seen = reached(found, self.name)
        return handed_out(seen, member.span) if isinstance(seen, dict) else seen

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Configure or define the view."""
        self.last = call
        match name:
            case "existing":
                self.existing = True
                return self
            case "with" | "using" | "tablespace":
                self.settings[name] = argument(call, 0)
                return self
            case "withNoData":
                self.settings[name] = True
                return self
            case "as":
                self.query = _query(world, call)
                return self
            case _:
                return Outside(call, f"calls .{name}() of a view, which is not known")

    def write(self, world: World, writing: Writing) -> str:
        """Write the view's quoted name."""
        name = identifier(self.name, writing)
        if self.schema is None:
            return name
        return f"{identifier(self.schema.name, writing)}.{name}"


def _query(world: World, call: Call) -> Sql | queries.Select | NotKnown | Refused:
    try:
        found = world.argument(call, 0)
        if isinstance(found, Function):
            made = found.call([Host(queries.QueryBuilder())])
            found = world.resolve(made)
            if isinstance(found, Outside | Unknown):
                raise not_known(made, "is not a query")
        if not isinstance(found, Sql | queries.Select):
            raise not_known(argument(call, 0), "is not a query")
    except (NotKnown, Refused) as trouble:
        return trouble
    return found


def _maker(
    *, materialized: bool, casing: str | None = None
) -> Callable[[World, Call, SchemaThing | None], Resolved]:
    def make(world: World, call: Call, schema: SchemaThing | None = None) -> Resolved:
        name = world.text(argument(call, 0), "a view's name")
        view = ViewThing(name, schema, materialized, call, call)
        if argument(call, 1) is not UNDEFINED:
            view.columns = make_table(
                world, call, None, schema.casing if schema else casing
            )
            world.tables.remove(view.columns)
        return view

    return make


def _plain(
    *, materialized: bool, casing: str | None
) -> Callable[[World, Call], Resolved]:
    make = _maker(materialized=materialized, casing=casing)
    return lambda world, call: make(world, call, None)


IN_SCHEMA["view"] = _maker(materialized=False)
IN_SCHEMA["materializedView"] = _maker(materialized=True)

MAKERS: dict[str, Callable[[World, Call], Resolved]] = {
    "QueryBuilder": lambda world, call: queries.QueryBuilder(),  # noqa: ARG005
    "pgView": _plain(materialized=False, casing=None),
    "pgMaterializedView": _plain(materialized=True, casing=None),
    "snakeCase.view": _plain(materialized=False, casing="snake_case"),
    "snakeCase.materializedView": _plain(materialized=True, casing="snake_case"),
    "camelCase.view": _plain(materialized=False, casing="camelCase"),
    "camelCase.materializedView": _plain(materialized=True, casing="camelCase"),
}
