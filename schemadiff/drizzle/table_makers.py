"""The functions that make tables.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `pg-core/table.js`, `pg-core/alias.js`.
"""

from collections.abc import Callable

from schemadiff.drizzle import catalogue
from schemadiff.drizzle.columns import ColumnBuilder, Use
from schemadiff.drizzle.schemas import IN_SCHEMA, SchemaThing
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.tables import ColumnThing, TableThing, Unread, as_unknown
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Resolved, Thing, World, argument
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.typescript.values import (
    Call,
    Function,
    Host,
    Object,
    Property,
    Symbol,
    Value,
)

_PG_CORE = "drizzle-orm/pg-core"


@record(eq=False)
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
        columns = world.certain(columns.call([_builders(world, call.span)]))
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
            table.troubles[key] = Unread(each.value, trouble)
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


def _schema_table(world: World, call: Call, schema: SchemaThing) -> Resolved:
    return make_table(world, call, schema, schema.casing)


def _secured_in(world: World, call: Call, schema: SchemaThing) -> Resolved:
    return _secured(make_table(world, call, schema, schema.casing))


IN_SCHEMA["table"] = _schema_table
IN_SCHEMA["table.withRLS"] = _secured_in


def _table(world: World, call: Call) -> Resolved:
    return make_table(world, call, None, None)


def _secured(table: TableThing) -> TableThing:
    table.row_security = True
    return table


def _cased_table(casing: str) -> Callable[[World, Call], Resolved]:
    return lambda world, call: make_table(world, call, None, casing)


def _creator(world: World, call: Call) -> Resolved:
    rename, casing = world.certain(argument(call, 0)), world.data(argument(call, 1))
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
        original=table,
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
    holes = [as_unknown(each, table) for each in table.holes]
    return Object(properties, call.span, holes)


def _with_rls(world: World, call: Call) -> Resolved:
    return _secured(make_table(world, call, None, None))


MAKERS: dict[str, Callable[[World, Call], Resolved]] = {
    "pgTable": _table,
    "pgTable.withRLS": _with_rls,
    "pgTableCreator": _creator,
    "snakeCase.table": _cased_table("snake_case"),
    "camelCase.table": _cased_table("camelCase"),
    "alias": _alias,
    "getTableColumns": _columns_of,
    "getColumns": _columns_of,
}
