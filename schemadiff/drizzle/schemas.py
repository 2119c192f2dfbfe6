"""Postgres schemas, which make tables and other things inside themselves.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `pg-core/schema.js`.
"""

from collections.abc import Callable

from schemadiff.drizzle.trouble import Refused
from schemadiff.drizzle.world import Outside, Resolved, Thing, World, argument
from schemadiff.model import PUBLIC
from schemadiff.record import record
from schemadiff.typescript.values import Call, Member


@record(eq=False, frozen=False)
class SchemaThing(Thing):
    """`pgSchema("app")`, from which tables and other things are made."""

    name: str
    made: Call
    casing: str | None = None
    existing: bool = False

    def get(self, world: World, member: Member) -> Resolved:
        """Return one of the schema's makers, such as `table`."""
        return SchemaFunction(self, member.name)

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Make something in the schema."""
        if name == "existing":
            self.existing = True
            return self
        return SchemaFunction(self, name).call(world, call)


@record
class SchemaFunction(Thing):
    """A maker of a schema, such as `app.table`."""

    schema: SchemaThing
    name: str

    def call(self, world: World, call: Call) -> Resolved:
        """Make the thing."""
        maker = IN_SCHEMA.get(self.name)
        if maker is None:
            return Outside(
                call, f"calls .{self.name}() of a schema, which is not known"
            )
        return maker(world, call, self.schema)

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Make a table with row-level security: `app.table.withRLS(…)`."""
        maker = IN_SCHEMA.get(f"{self.name}.{name}")
        if maker is None:
            return Outside(call, f"calls .{self.name}.{name}(), which is not known")
        return maker(world, call, self.schema)


Maker = Callable[[World, Call, SchemaThing], Resolved]

IN_SCHEMA: dict[str, Maker] = {}
"""What a schema makes; the modules that make it add it here."""


def _cased_schema(casing: str | None) -> Callable[[World, Call], Resolved]:
    def make(world: World, call: Call) -> Resolved:
        name = world.text(argument(call, 0), "a schema's name")
        if name == PUBLIC:
            raise Refused("pgSchema('public') is not allowed: use pgTable()", call.span)
        return SchemaThing(name, call, casing)

    return make


MAKERS: dict[str, Callable[[World, Call], Resolved]] = {
    "pgSchema": _cased_schema(None),
    "snakeCase.schema": _cased_schema("snake_case"),
    "camelCase.schema": _cased_schema("camelCase"),
}
