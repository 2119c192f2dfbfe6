"""Tables and the schemas they stand in.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `pg-core/table.js`, `pg-core/schema.js`,
`pg-core/alias.js`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from schemadiff.drizzle import catalogue
from schemadiff.drizzle.casing import cased
from schemadiff.drizzle.columns import ColumnBuilder, State, Use, begin, settle
from schemadiff.drizzle.javascript import iso_text, json_text, text
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.sql import (
    Encoder,
    Sql,
    Wrapper,
    Writing,
    identifier,
)
from schemadiff.drizzle.symbolic import fingerprint, not_known
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import (
    Outside,
    Resolved,
    Thing,
    World,
    argument,
)
from schemadiff.model import PUBLIC, Name
from schemadiff.source import Span
from schemadiff.typescript.values import (
    UNDEFINED,
    BigInt,
    Call,
    Date,
    Fingerprint,
    Function,
    Host,
    Member,
    Object,
    Property,
    Symbol,
    Unknown,
    Value,
)

_PG_CORE = "drizzle-orm/pg-core"


@dataclass(slots=True, eq=False)
class TableThing(Wrapper):
    """A table object. `holes` are the parts of its columns that are not known."""

    name: str
    schema: "SchemaThing | None"
    made: Call
    declared_name: str
    casing: str | None = None
    uses: dict[str, Use] = field(default_factory=dict)
    holes: list[NotKnown | Refused] = field(default_factory=list)
    troubles: dict[str, NotKnown | Refused] = field(default_factory=dict)
    extra: Value = UNDEFINED
    extra_parts: list[Thing | NotKnown | Refused] | None = None
    row_security: bool = False
    is_alias: bool = False
    columns: "dict[str, ColumnThing]" = field(default_factory=dict)

    @property
    def full_name(self) -> Name:
        """The table's name with its schema."""
        return Name(self.schema.name if self.schema else PUBLIC, self.name)

    def get(self, world: World, member: Member) -> Resolved:  # noqa: ARG002
        """Return a column; `_`, `$inferSelect` and the like are no part of a schema."""
        return self.column(member.name, member)

    def column(self, key: str, asked: Value) -> Resolved:
        """Return the column under `key`; `undefined` if there certainly is none."""
        if key in self.columns:
            return self.columns[key]
        if key in self.troubles:
            raise self.troubles[key]
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

    def write(self, world: World, writing: Writing) -> str:  # noqa: ARG002
        """Write the table's quoted name."""
        name = identifier(self.name, writing)
        if self.schema is None or self.is_alias:
            return name
        return f"{identifier(self.schema.name, writing)}.{name}"


@dataclass(slots=True, eq=False)
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
        if member.name == "name":
            return self.state(world).name
        if member.name == "enumValues":
            options = self.state(world).options
            if "enum" in options:
                return world.resolve(options["enum"])
        return Outside(member, f"asks a column for .{member.name}")

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Make a builder of the column again, in the 1.0 line."""
        if name == "getSQL":
            return Sql([self], call.span)
        if name == "toBuilder" and world.line is Line.ONE:
            return _rebuilt(world, self, call)
        return Outside(call, f"calls .{name}() of a column, which is not known")

    def write(self, world: World, writing: Writing) -> str:
        """Write the column's name, with its table's except in indexes."""
        name = identifier(self.name(world), writing)
        if writing.bare_columns:
            return name
        return f"{self.table.write(world, writing)}.{name}"

    def encoded(self, world: World, value: Value) -> Value:
        """Return what the driver is given: `mapToDriverValue`."""
        kind, options = self.state(world).kind, self.state(world).options
        found = world.data(value)
        if kind in ("json", "jsonb"):
            return json_text(found)
        if isinstance(found, Date) and kind in ("timestamp", "date"):
            written = iso_text(found)
            return written if kind == "timestamp" else written.split("T")[0]
        if kind == "numeric" and isinstance(found, float | int | BigInt):
            return text(found) if "mode" in options else found
        if kind not in _SENT_AS_THEY_ARE:
            raise not_known(value, f"is sent as the {kind} column encodes it")
        return found


_SENT_AS_THEY_ARE = frozenset(
    {
        *catalogue.BUILDERS,
        "enum",
    }
    - {"PgVector", "vector", "halfvec", "sparsevec", "point", "line", "geometry"}
)


@dataclass(slots=True, eq=False)
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


@dataclass(slots=True, eq=False)
class SchemaThing(Thing):
    """`pgSchema("app")`, from which tables and other things are made."""

    name: str
    made: Call
    casing: str | None = None
    existing: bool = False

    def get(self, world: World, member: Member) -> Resolved:  # noqa: ARG002
        """Return one of the schema's makers, such as `table`."""
        return SchemaFunction(self, member.name)

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Make something in the schema."""
        if name == "existing":
            self.existing = True
            return self
        return SchemaFunction(self, name).call(world, call)


@dataclass(frozen=True, slots=True)
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
        if (self.name, name) == ("table", "withRLS"):
            return _secured(make_table(world, call, self.schema, self.schema.casing))
        return Outside(call, f"calls .{self.name}.{name}(), which is not known")


def _schema_table(world: World, call: Call, schema: SchemaThing) -> Resolved:
    return make_table(world, call, schema, schema.casing)


IN_SCHEMA: dict[str, Callable[[World, Call, SchemaThing], Resolved]] = {
    "table": _schema_table,
}
"""What a schema makes; other modules add their own."""


@dataclass(frozen=True, slots=True, eq=False)
class TableCreator(Thing):
    """`pgTableCreator((name) => …)`."""

    rename: Function
    casing: str | None

    def call(self, world: World, call: Call) -> Resolved:
        """Make a table whose name the project's function makes."""
        name = self.rename.call([argument(call, 0)])
        return make_table(world, call, None, self.casing, name)


def make_table(
    world: World,
    call: Call,
    schema: SchemaThing | None,
    casing: str | None,
    name: Value | None = None,
) -> TableThing:
    """Return the table of `call`: `(name, columns, extra)`."""
    declared = argument(call, 0)
    full = world.text(declared if name is None else name, "a table's name")
    table = TableThing(
        full, schema, call, declared if isinstance(declared, str) else ""
    )
    table.casing, table.extra = casing, argument(call, 2)
    try:
        _fill(world, table, _columns(world, argument(call, 1), call))
    except (NotKnown, Refused) as trouble:
        table.holes.append(trouble)
    world.tables.append(table)
    return table


def _columns(world: World, given: Value, call: Call) -> Object:
    columns = world.resolve(given)
    if isinstance(columns, Function):
        columns = world.resolve(columns.call([_builders(world, call.span)]))
    if isinstance(columns, Unknown):
        raise NotKnown.because(columns)
    if isinstance(columns, Outside):
        raise columns.trouble()
    if not isinstance(columns, Object):
        raise not_known(given, "is not an object of columns")
    return columns


def _builders(world: World, span: Span) -> Object:
    names = sorted(catalogue.CALLBACK[world.line])
    return Object(
        {name: Property(Symbol(_PG_CORE, name), span) for name in names}, span
    )


def _fill(world: World, table: TableThing, columns: Object) -> None:
    for key, each in columns.properties.items():
        use = Use(table.name, key, each.span, table.casing, table.made)
        try:
            use.builder = _builder(world, each.value, each.span)
        except (NotKnown, Refused) as trouble:
            table.troubles[key] = trouble
            continue
        use.builder.root.uses.append(use)
        use.builder.root.settled = False
        table.columns[key] = ColumnThing(table, use)
    table.uses = {key: column.use for key, column in table.columns.items()}
    table.holes += [NotKnown.because(hole) for hole in columns.holes]


def _builder(world: World, value: Value, span: Span) -> ColumnBuilder:
    found = world.resolve(value)
    if isinstance(found, ColumnBuilder):
        return found
    if isinstance(found, ColumnThing):
        raise Refused("is a column of a table where a column builder belongs", span)
    if isinstance(found, Outside):
        raise found.trouble()
    raise not_known(value, "is not a column builder")


def extra_argument(table: TableThing) -> Value:
    """Return what the third argument's function gets: the columns by key."""
    properties = {
        key: Property(Host(IndexColumn(table, column.use)), column.use.span)
        for key, column in table.columns.items()
    }
    holes = [_as_unknown(each, table) for each in table.holes]
    for key, trouble in table.troubles.items():
        unknown = _as_unknown(trouble, table)
        properties[key] = Property(unknown, unknown.span)
    return Object(properties, table.made.span, holes)


def _as_unknown(trouble: NotKnown | Refused, table: TableThing) -> Unknown:
    def mark() -> Fingerprint:
        found = trouble.fingerprint() if isinstance(trouble, NotKnown) else None
        return found or fingerprint(table.made) or Fingerprint("", frozenset())

    return Unknown(trouble.reason, trouble.span or table.made.span, mark)


def _rebuilt(world: World, column: ColumnThing, call: Call) -> Resolved:
    """Return the builder of `column.toBuilder(overrides)`, which keeps no keys."""

    def start(world: World, call: Call) -> State:
        state = replace(column.state(world), references=(), trouble=None)
        overrides = world.options(argument(call, 0))
        for key, value in overrides.items():
            _override(world, state, key, value, call)
        return state

    return begin(world, call, start)


def _override(world: World, state: State, key: str, value: Value, call: Call) -> None:
    found = world.data(value) if key not in ("default", "generated") else value
    match key:
        case "name":
            state.name, state.name_given = world.text(value, "a column's name"), True
        case "notNull":
            state.not_null = found is True
        case "primaryKey":
            state.primary_key = found is True
        case "default":
            state.default = value
        case "unique":
            state.unique = found is not False
            state.unique_given = state.unique_name = None
        case _:
            raise not_known(call, f"rebuilds a column with {key}, which is not read")


def _table(world: World, call: Call) -> Resolved:
    return make_table(world, call, None, None)


def _secured(table: TableThing) -> TableThing:
    table.row_security = True
    return table


def _cased_table(casing: str) -> Callable[[World, Call], Resolved]:
    return lambda world, call: make_table(world, call, None, casing)


def _cased_schema(casing: str | None) -> Callable[[World, Call], Resolved]:
    def make(world: World, call: Call) -> Resolved:
        name = world.text(argument(call, 0), "a schema's name")
        if name == PUBLIC:
            raise Refused("pgSchema('public') is not allowed: use pgTable()", call.span)
        return SchemaThing(name, call, casing)

    return make


def _creator(world: World, call: Call) -> Resolved:
    rename, casing = world.resolve(argument(call, 0)), world.data(argument(call, 1))
    if isinstance(rename, Unknown):
        raise NotKnown.because(rename)
    if not isinstance(rename, Function):
        raise not_known(argument(call, 0), "is not a function of the project")
    return TableCreator(rename, casing if isinstance(casing, str) else None)


def _alias(world: World, call: Call) -> Resolved:
    table = world.argument(call, 0)
    if not isinstance(table, TableThing):
        return Outside(call, "is an alias of something that is not a table")
    copy = TableThing(
        world.text(argument(call, 1), "an alias"),
        table.schema,
        table.made,
        table.declared_name,
        table.casing,
        table.uses,
        table.holes,
        table.troubles,
        table.extra,
        is_alias=True,
        row_security=table.row_security,
    )
    copy.columns = {key: ColumnThing(copy, use) for key, use in table.uses.items()}
    world.tables.append(copy)
    return copy


def _columns_of(world: World, call: Call) -> Resolved:
    table = world.argument(call, 0)
    if not isinstance(table, TableThing):
        return Outside(call, "asks for the columns of something that is not a table")
    properties = {
        key: Property(Host(column), column.use.span)
        for key, column in table.columns.items()
    }
    holes = [_as_unknown(each, table) for each in table.holes]
    return Object(properties, call.span, holes)


def _with_rls(world: World, call: Call) -> Resolved:
    return _secured(make_table(world, call, None, None))


MAKERS: dict[str, Callable[[World, Call], Resolved]] = {
    "pgTable": _table,
    "pgTable.withRLS": _with_rls,
    "pgTableCreator": _creator,
    "pgSchema": _cased_schema(None),
    "snakeCase.table": _cased_table("snake_case"),
    "snakeCase.schema": _cased_schema("snake_case"),
    "camelCase.table": _cased_table("camelCase"),
    "camelCase.schema": _cased_schema("camelCase"),
    "alias": _alias,
    "getTableColumns": _columns_of,
    "getColumns": _columns_of,
}
