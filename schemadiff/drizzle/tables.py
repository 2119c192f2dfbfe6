"""Tables and the schemas they stand in.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `pg-core/table.js`, `pg-core/schema.js`,
`pg-core/alias.js`.
"""

from dataclasses import field

from schemadiff.drizzle.casing import cased
from schemadiff.drizzle.columns import State, Use, settle
from schemadiff.drizzle.constraints import Part
from schemadiff.drizzle.encoding import encoded
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.rebuilt import rebuilt
from schemadiff.drizzle.schemas import SchemaThing
from schemadiff.drizzle.sql import (
    Encoder,
    Sql,
    Wrapper,
    Writing,
    identifier,
)
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import (
    Outside,
    Resolved,
    Thing,
    World,
    argument,
)
from schemadiff.model import PUBLIC, Name
from schemadiff.record import record
from schemadiff.typescript.fingerprint import of_value
from schemadiff.typescript.values import (
    UNDEFINED,
    Call,
    Fingerprint,
    Host,
    Member,
    Object,
    Property,
    Unknown,
    Value,
)

_PG_CORE = "drizzle-orm/pg-core"


@record
class Unread:
    """A property of the columns that makes no column, and why."""

    value: Value
    trouble: NotKnown | Refused


@record(eq=False, frozen=False)
class TableThing(Wrapper):
    """A table object. `holes` are the parts of its columns that are not known."""

    name: str
    schema: SchemaThing | None
    made: Call
    declared_name: str
    casing: str | None = None
    uses: dict[str, Use] = field(default_factory=dict)
    holes: list[NotKnown | Refused] = field(default_factory=list)
    troubles: dict[str, Unread] = field(default_factory=dict)
    extra: Value = UNDEFINED
    parts: list[Part] = field(default_factory=list)
    row_security: bool = False
    is_alias: bool = False
    original: "TableThing | None" = None
    columns: "dict[str, ColumnThing]" = field(default_factory=dict)

    @property
    def full_name(self) -> Name:
        """The table's name with its schema."""
        return Name(self.schema.name if self.schema else PUBLIC, self.name)

    def get(self, world: World, member: Member) -> Resolved:
        """Return a column; `_`, `$inferSelect` and the like are no part of a schema."""
        return self.column(member.name, member)

    def column(self, key: str, asked: Value) -> Resolved:
        """Return the column under `key`; `undefined` if there certainly is none."""
        if key in self.columns:
            return self.columns[key]
        if key in self.troubles:
            raise self.troubles[key].trouble
        if self.holes:
            raise self.holes[0]
        if key in ("_", "enableRLS", "getSQL") or key.startswith("$infer"):
            return Outside(asked, f"asks a table for .{key}")
        return UNDEFINED

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Switch row-level security on."""
        if name == "enableRLS":
            self.row_security = True
            return self
        found = self.column(name, call.callee)
        if isinstance(found, Thing):
            return found.call(world, call)
        return Outside(call, f"calls .{name}() of a table, which is not known")

    def write(self, world: World, writing: Writing) -> str:
        """Write the table's quoted name."""
        name = identifier(self.name, writing)
        if self.schema is None or self.is_alias:
            return name
        return f"{identifier(self.schema.name, writing)}.{name}"


@record(eq=False, frozen=False)
class ColumnThing(Wrapper, Encoder):
    """A column of a table: `users.id`."""

    table: TableThing
    use: Use

    def name(self, world: World) -> str:
        """Return the column's name in the database."""
        state = self.state(world)
        if state.name_given:
            return state.name
        return (
            cased(state.name, world.casing) if world.line is Line.ZERO else state.name
        )

    def state(self, world: World) -> State:
        """Return what its builder held when the table was made."""
        builder = self.use.builder
        assert builder is not None  # noqa: S101 - columns stand on builders
        if not builder.root.settled:
            settle(world, builder.root)
        assert self.use.state is not None  # noqa: S101 - settle has set it
        return self.use.state

    def get(self, world: World, member: Member) -> Resolved:
        """Return `name`, `enumValues` or another property of the column object."""
        if member.name == "table":
            return self.table
        state = self.state(world)
        match member.name:
            case "name":
                return state.name
            case "uniqueName" if state.unique_name and not state.unique_trouble:
                return state.unique_name
            case "notNull" if state.trouble is None:
                return state.not_null
            case "primary" if state.trouble is None:
                return state.primary_key
            case "isUnique" if state.trouble is None:
                return state.unique
            case _:
                pass
        if member.name == "enumValues":
            options = state.options
            if "enum" in options:
                return world.resolve(options["enum"])
        return Outside(member, f"asks a column for .{member.name}")

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Make a builder of the column again, in the 1.0 line."""
        if name == "getSQL":
            return Sql([self], call.span)
        if name == "toBuilder" and world.line is Line.ONE:
            return rebuilt(world, lambda: self.state(world), call)
        return Outside(call, f"calls .{name}() of a column, which is not known")

    def write(self, world: World, writing: Writing) -> str:
        """Write the column's name, with its table's except in indexes."""
        name = identifier(self.name(world), writing)
        if writing.bare_columns:
            return name
        return f"{self.table.write(world, writing)}.{name}"

    def encoded(self, world: World, value: Value) -> Value:
        """Return what the driver is given: `mapToDriverValue`."""
        return encoded(world, self.state(world), value)


@record(eq=False, frozen=False)
class IndexColumn(ColumnThing):
    """A column as the third argument's function gets it, with its place in an index.

    Sorting and operator class stick to the object until an index has used it.
    """

    descending: bool = False
    nulls: str = "last"
    operator_class: Value = UNDEFINED

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Set sorting or operator class."""
        match name:
            case "asc" | "desc":
                return self._with(descending=name == "desc")
            case "nullsFirst" | "nullsLast":
                return self._with(nulls="first" if name == "nullsFirst" else "last")
            case "op":
                return self._with(operator_class=argument(call, 0))
            case _:
                return ColumnThing.method(self, world, name, call)

    def encoded(self, world: World, value: Value) -> Value:
        """Return the value as it is: these columns know nothing of their type."""
        return world.data(value)

    def _with(
        self,
        *,
        descending: bool | None = None,
        nulls: str | None = None,
        operator_class: Value | None = None,
    ) -> "IndexColumn":
        return IndexColumn(
            self.table,
            self.use,
            self.descending if descending is None else descending,
            nulls or self.nulls,
            self.operator_class if operator_class is None else operator_class,
        )


@record(eq=False)
class IndexColumns(Thing):
    """The columns of a table as the third argument's function gets them."""

    table: TableThing

    def get(self, world: World, member: Member) -> Resolved:
        """Return a column that an index can sort."""
        return IndexColumn(self.table, self.table.columns[member.name].use)


def extra_argument(table: TableThing) -> Value:
    """Return what the third argument's function gets: the columns by key."""
    columns = Host(IndexColumns(table))
    properties = {
        key: Property(Member(columns, key, column.use.span), column.use.span)
        for key, column in table.columns.items()
    }
    holes = [as_unknown(each, table) for each in table.holes]
    for key, unread in table.troubles.items():
        unknown = as_unknown(unread.trouble, table)
        properties[key] = Property(unknown, unknown.span)
    return Object(properties, table.made.span, holes)


def as_unknown(trouble: NotKnown | Refused, table: TableThing) -> Unknown:
    """Return what the evaluator is given in the place of an unreadable column."""

    def mark() -> Fingerprint:
        found = trouble.fingerprint() if isinstance(trouble, NotKnown) else None
        return found or of_value(table.made)

    return Unknown(trouble.reason, trouble.span or table.made.span, mark)
