"""Views and materialized views.

Source: drizzle-orm 0.45.4 `pg-core/view.js`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from schemadiff.drizzle.sql import Sql, Wrapper, Writing, identifier
from schemadiff.drizzle.tables import (
    IN_SCHEMA,
    SchemaThing,
    TableThing,
    make_table,
)
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Resolved, Thing, World, argument
from schemadiff.model import PUBLIC, Name
from schemadiff.source import Span
from schemadiff.typescript.values import UNDEFINED, Call, Member, Value


@dataclass(slots=True, eq=False)
class ViewThing(Wrapper):
    """A view. `columns` are those it was declared with, `query` what it selects."""

    name: str
    schema: SchemaThing | None
    materialized: bool
    span: Span
    columns: TableThing | None = None
    query: Resolved | NotKnown | Refused = UNDEFINED
    existing: bool = False
    settings: dict[str, Value] = field(default_factory=dict)

    @property
    def full_name(self) -> Name:
        """The view's name with its schema."""
        return Name(self.schema.name if self.schema else PUBLIC, self.name)

    def get(self, world: World, member: Member) -> Resolved:
        """Return a column of the view."""
        if self.columns is not None:
            return self.columns.column(member.name, member)
        return Outside(member, "is a column of a view made by a query")

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Configure or define the view."""
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

    def write(self, world: World, writing: Writing) -> str:  # noqa: ARG002
        """Write the view's quoted name."""
        name = identifier(self.name, writing)
        if self.schema is None:
            return name
        return f"{identifier(self.schema.name, writing)}.{name}"


def _query(world: World, call: Call) -> Resolved | NotKnown | Refused:
    try:
        found = world.argument(call, 0)
    except (NotKnown, Refused) as trouble:
        return trouble
    if isinstance(found, Sql):
        return found
    return Outside(argument(call, 0), "is a query that is not read yet")


def _maker(
    *, materialized: bool, casing: str | None = None
) -> Callable[[World, Call, SchemaThing | None], Resolved]:
    def make(world: World, call: Call, schema: SchemaThing | None = None) -> Resolved:
        name = world.text(argument(call, 0), "a view's name")
        view = ViewThing(name, schema, materialized, call.span)
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
    "pgView": _plain(materialized=False, casing=None),
    "pgMaterializedView": _plain(materialized=True, casing=None),
    "snakeCase.view": _plain(materialized=False, casing="snake_case"),
    "snakeCase.materializedView": _plain(materialized=True, casing="snake_case"),
    "camelCase.view": _plain(materialized=False, casing="camelCase"),
    "camelCase.materializedView": _plain(materialized=True, casing="camelCase"),
}

__all__ = ["Thing"]
