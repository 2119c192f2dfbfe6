"""Keys, uniques, checks, indexes and policies as drizzle-kit records them.

Source: drizzle-kit 0.31.11 `serializer/pgSerializer.ts`; 1.0.0-rc.5
`dialects/postgres/drizzle.ts`.
"""

from collections.abc import Sequence

from schemadiff.drizzle import names
from schemadiff.drizzle.columns import Reference
from schemadiff.drizzle.constraints import (
    CheckThing,
    ForeignThing,
    IndexThing,
    KeyThing,
    UniqueThing,
)
from schemadiff.drizzle.javascript import plain, text, truthy
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.policies import PolicyThing, role_names
from schemadiff.drizzle.sql import Purpose, Sql, Wrapper, list_of, rendered
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.tables import ColumnThing, IndexColumn, TableThing
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Thing, World
from schemadiff.model import (
    Check,
    ForeignKey,
    Index,
    IndexPart,
    Policy,
    PrimaryKey,
    Unique,
)
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Function,
    Object,
    Unknown,
    Value,
)


def column_of(world: World, value: Value) -> ColumnThing:
    """Return the column that `value` is; raise if it is none."""
    found = world.resolve(value)
    if isinstance(found, ColumnThing):
        return found
    if isinstance(found, Unknown):
        raise NotKnown.because(found)
    if isinstance(found, Outside):
        raise found.trouble()
    if found is UNDEFINED or found is NULL:
        raise Refused("names a column that does not exist", None)
    raise not_known(value, "is not a column")


def columns_of(world: World, values: Sequence[Value]) -> list[ColumnThing]:
    """Return the columns that `values` are."""
    return [column_of(world, value) for value in values]


def _optional_name(world: World, value: Value) -> str | None:
    found = world.data(value)
    return None if found is UNDEFINED or found is NULL else text(found)


def _raw(world: World, columns: Sequence[ColumnThing]) -> list[str]:
    return [column.state(world).name for column in columns]


def _cased(world: World, columns: Sequence[ColumnThing]) -> list[str]:
    return [column.name(world) for column in columns]


def inline_unique(
    world: World, table: TableThing, column: ColumnThing
) -> Unique | None:
    """Return the unique constraint of `.unique()`."""
    state = column.state(world)
    if not state.unique:
        return None
    if state.unique_trouble:
        raise state.unique_trouble
    automatic = names.unique_name(world.line, table.name, [column.name(world)])
    given = state.unique_given
    if world.line is Line.ZERO:
        given = given or None
    name = state.unique_name or (automatic if given is None else given)
    columns = (column.name(world),)
    return Unique(
        name, columns, state.nulls_not_distinct, given is not None, column.use.span
    )


def unique(world: World, table: TableThing, thing: UniqueThing) -> Unique:
    """Return a unique constraint on the table."""
    columns = columns_of(world, thing.columns)
    name = _optional_name(world, thing.name)
    automatic = names.table_unique_name(table.name, _raw(world, columns))
    return Unique(
        automatic if name is None else name,
        tuple(_cased(world, columns)),
        thing.nulls_not_distinct,
        name is not None,
        thing.span,
    )


def primary_key(world: World, table: TableThing, thing: KeyThing) -> PrimaryKey:
    """Return a primary key on the table."""
    columns = columns_of(world, thing.columns)
    given = _optional_name(world, thing.name)
    keys, cased_names = _raw(world, columns), _cased(world, columns)
    name = names.primary_key_name(world.line, table.name, keys)
    if given is not None and (given or world.line is Line.ZERO):
        name = given
    if world.casing and world.line is Line.ZERO:
        name = names.recased(name, keys, cased_names)
    return PrimaryKey(name, tuple(cased_names), given is not None, thing.span)


def inline_foreign_key(
    world: World, table: TableThing, column: ColumnThing, reference: Reference
) -> ForeignKey:
    """Return the foreign key of `.references()`."""
    target = world.resolve(reference.target)
    if isinstance(target, Function):
        value: Value = world.returned(target)
    else:
        value = reference.target
        if isinstance(target, Thing) or not isinstance(target, Unknown):
            raise not_known(value, "is not a function that returns a column")
    options = world.options(reference.actions)
    thing = ForeignThing(
        options.get("name", UNDEFINED) if world.line is Line.ONE else UNDEFINED,
        UNDEFINED,
        UNDEFINED,
        reference.call.span,
        options.get("onDelete", UNDEFINED),
        options.get("onUpdate", UNDEFINED),
    )
    return _foreign_key(world, table, thing, [column], [column_of(world, value)])


def foreign_key(world: World, table: TableThing, thing: ForeignThing) -> ForeignKey:
    """Return a foreign key on the table."""
    columns = columns_of(world, list_of(world, thing.columns))
    targets = columns_of(world, list_of(world, thing.target_columns))
    return _foreign_key(world, table, thing, columns, targets)


def _foreign_key(
    world: World,
    table: TableThing,
    thing: ForeignThing,
    columns: Sequence[ColumnThing],
    targets: Sequence[ColumnThing],
) -> ForeignKey:
    if not targets:
        raise Refused("a foreign key without target columns", thing.span)
    target = targets[0].table
    given = _optional_name(world, thing.name)
    keys, target_keys = _raw(world, columns), _raw(world, targets)
    name = given
    if name is None or (not name and world.line is Line.ONE):
        name = names.foreign_key_name(
            world.line, table.name, keys, target.name, target_keys
        )
    cased_names, target_names = _cased(world, columns), _cased(world, targets)
    if world.casing and world.line is Line.ZERO:
        name = names.recased(name, keys, cased_names)
        name = names.recased(name, target_keys, target_names)
    return ForeignKey(
        name,
        tuple(cased_names),
        target.full_name,
        tuple(target_names),
        _action(world, thing.on_delete),
        _action(world, thing.on_update),
        given is not None,
        thing.span,
    )


def _action(world: World, value: Value) -> str:
    found = world.data(value)
    return text(found) if truthy(found) else "no action"


def check(world: World, thing: CheckThing) -> Check:
    """Return a check constraint."""
    name = world.text(thing.name, "a check's name")
    one = world.line is Line.ONE
    purpose = Purpose.INDEX_INLINE if one else Purpose.NUMBERED
    return Check(name, _expression(world, thing.expression, purpose), thing.span)


def _expression(world: World, value: Value, purpose: Purpose) -> str:
    found = world.resolve(value)
    if isinstance(found, Wrapper | Outside | Unknown):
        return rendered(world, found, purpose)
    raise not_known(value, "is not a piece of SQL")


def index(world: World, table: TableThing, thing: IndexThing) -> Index:
    """Return an index; raise `Refused` where drizzle-kit asks for more."""
    parts = [_part(world, value, thing) for value in thing.parts]
    given = _optional_name(world, thing.name)
    if given is None and any(part.is_expression for part in parts):
        raise Refused("an index on an expression needs a name", thing.span)
    name = given or names.index_name(table.name, [part.expression for part in parts])
    where = world.resolve(thing.where)
    one = world.line is Line.ONE
    predicate = None
    if isinstance(where, Thing | Unknown) or truthy(where):
        purpose = Purpose.INDEX_INLINE if one else Purpose.NUMBERED
        predicate = _expression(world, thing.where, purpose)
    method = world.data(thing.index_method)
    return Index(
        name,
        tuple(parts),
        thing.unique,
        None if one and predicate == "true" else predicate,
        thing.concurrently,
        "btree" if method is UNDEFINED else text(method),
        _storage(world, thing.storage),
        bool(given),
        thing.span,
    )


def _part(world: World, value: Value, thing: IndexThing) -> IndexPart:
    found = world.resolve(value)
    if isinstance(found, Sql):
        expression = rendered(world, found, Purpose.INDEX)
        return IndexPart(expression, is_expression=True)
    column = column_of(world, value)
    if not isinstance(column, IndexColumn):
        raise Refused(
            "an index takes columns only from its function's parameter", thing.span
        )
    operator = world.data(column.operator_class)
    state = column.state(world)
    if state.kind == "PgVector" and operator is UNDEFINED:
        raise Refused("an index on a vector needs an operator class", thing.span)
    return IndexPart(
        column.name(world),
        ascending=not column.descending,
        nulls_first=column.nulls == "first",
        operator_class=None if operator is UNDEFINED else text(operator),
    )


def _storage(world: World, value: Value) -> tuple[tuple[str, object], ...]:
    found = world.data(value)
    if not isinstance(found, Object):
        return ()
    data = plain(found)
    assert isinstance(data, dict)  # noqa: S101 - an object's data is a dict
    return tuple(data.items())


def policy(world: World, thing: PolicyThing) -> Policy:
    """Return a policy, without its table."""
    options = thing.options
    names_ = role_names(world, options.get("to", UNDEFINED))
    return Policy(
        world.text(thing.name, "a policy's name"),
        _upper(world, options.get("as", UNDEFINED), "PERMISSIVE") == "PERMISSIVE",
        _upper(world, options.get("for", UNDEFINED), "ALL"),
        tuple(sorted(names_)),
        _condition(world, options.get("using", UNDEFINED)),
        _condition(world, options.get("withCheck", UNDEFINED)),
        span=thing.made.span,
    )


def _upper(world: World, value: Value, otherwise: str) -> str:
    found = world.data(value)
    return otherwise if found in (UNDEFINED, NULL) else text(found).upper()


def _condition(world: World, value: Value) -> str | None:
    found = world.certain(value)
    return rendered(world, found, Purpose.NUMBERED) if isinstance(found, Sql) else None
