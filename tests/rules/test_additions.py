"""What only adds something is never an error, whatever was there before."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemadiff.deploy.assumption import Deploy, Way
from schemadiff.deploy.behaviours import LINES
from schemadiff.diff.compare import compare
from schemadiff.model import (
    Check,
    Column,
    Default,
    EnumType,
    ForeignKey,
    Identity,
    Index,
    IndexPart,
    Name,
    Policy,
    PrimaryKey,
    Role,
    Schema,
    Sequence,
    Table,
    Unique,
    View,
)
from schemadiff.record import replace
from schemadiff.rules.context import Context
from schemadiff.rules.finding import Finding, Severity
from schemadiff.rules.judge import judge
from tests.diff.models import readable_schemas

K = TypeVar("K")
T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

TYPES = ("text", "integer", "uuid", "timestamp", "jsonb", "varchar(20)", "text[]")
DEFAULTS = ("'x'", "now()", "gen_random_uuid()", "0", "'{}'::jsonb")
NEW_TABLE = Name("public", "new_table")
NEW_ENUM = Name("public", "new_enum")
ID = Column("id", "serial", primary_key=True, not_null=True)
IDENTITY = Identity(
    always=True,
    name="new_number_seq",
    increment="1",
    start="1",
    minimum="1",
    maximum="99",
    cache="1",
    cycle=False,
)


def having(things: Mapping[K, T], key: K, thing: T) -> dict[K, T]:
    return {**things, key: thing}


def changed(schema: Schema, name: Name, **parts: object) -> Schema:
    table = replace(schema.tables[name], **parts)
    return replace(schema, tables=having(schema.tables, name, table))


def new_column(schema: Schema, name: Name, column: Column) -> Schema:
    columns = schema.tables[name].columns
    return changed(schema, name, columns=having(columns, column.name, column))


def a_table(draw: Draw, schema: Schema, name: Name) -> Schema:
    del name
    inside = (
        ID,
        Column("title", "text", not_null=True),
        Column("code", draw(st.sampled_from(TYPES)), not_null=True),
        Column("number", "integer", not_null=True, identity=IDENTITY),
        Column("shout", "text", not_null=True, generated="upper(title)"),
        Column("parent_id", "integer", not_null=True),
        Column("at", "timestamp", not_null=True, runtime_default=True),
    )
    own = ForeignKey("new_fk", ("parent_id",), NEW_TABLE, ("id",), "cascade")
    table = Table(
        NEW_TABLE,
        {each.name: each for each in inside},
        uniques={"new_unique": Unique("new_unique", ("title", "code"))},
        foreign_keys={"new_fk": own},
        checks={"new_check": Check("new_check", "id > 0")},
        indexes={"new_i": Index("new_i", (IndexPart("code"),), unique=True)},
        policies={"new_policy": Policy("new_policy")},
        row_security=draw(st.booleans()),
    )
    return replace(schema, tables=having(schema.tables, NEW_TABLE, table))


def a_table_with_a_composite_key(draw: Draw, schema: Schema, name: Name) -> Schema:
    del draw, name
    table = Table(
        Name("public", "new_pairs"),
        {n: Column(n, "integer", not_null=True) for n in ("left", "right")},
        primary_keys={"new_pk": PrimaryKey("new_pk", ("left", "right"))},
    )
    return replace(schema, tables=having(schema.tables, table.name, table))


def a_nullable_column(draw: Draw, schema: Schema, name: Name) -> Schema:
    default = draw(st.none() | st.sampled_from(DEFAULTS).map(Default))
    kind = draw(st.sampled_from(TYPES))
    return new_column(schema, name, Column("new_note", kind, default=default))


def a_required_column_with_a_default(draw: Draw, schema: Schema, name: Name) -> Schema:
    default = Default(draw(st.sampled_from((*DEFAULTS, 0, False, 1.5))))
    kind = draw(st.sampled_from(TYPES))
    column = Column("new_plan", kind, not_null=True, default=default)
    return new_column(schema, name, column)


def a_unique_nullable_column(draw: Draw, schema: Schema, name: Name) -> Schema:
    schema = new_column(schema, name, Column("new_slug", "text"))
    if draw(st.booleans()):
        unique = Unique("new_slug_key", ("new_slug",))
        uniques = having(schema.tables[name].uniques, unique.name, unique)
        return changed(schema, name, uniques=uniques)
    index = Index("new_slug_i", (IndexPart("new_slug"),), unique=True)
    indexes = having(schema.tables[name].indexes, index.name, index)
    return changed(schema, name, indexes=indexes)


def a_nullable_reference(draw: Draw, schema: Schema, name: Name) -> Schema:
    schema = a_table(draw, schema, name)
    schema = new_column(schema, name, Column("new_ref", "integer"))
    key = ForeignKey("new_ref_fk", ("new_ref",), NEW_TABLE, ("id",), "cascade")
    keys = having(schema.tables[name].foreign_keys, key.name, key)
    return changed(schema, name, foreign_keys=keys)


def an_enum(draw: Draw, schema: Schema, name: Name) -> Schema:
    enum = EnumType(NEW_ENUM, ("open", "done"))
    default = draw(st.none() | st.just(Default("'open'")))
    column = Column("new_state", "new_enum", enum=NEW_ENUM, default=default)
    schema = new_column(schema, name, column)
    return replace(schema, enums=having(schema.enums, NEW_ENUM, enum))


def a_label(draw: Draw, schema: Schema, name: Name) -> Schema:
    del name
    if not schema.enums:
        return schema
    enum = schema.enums[draw(st.sampled_from(sorted(schema.enums)))]
    at = draw(st.integers(0, len(enum.labels)))
    labels = (*enum.labels[:at], "new_label", *enum.labels[at:])
    after = replace(enum, labels=labels)
    return replace(schema, enums=having(schema.enums, enum.name, after))


def an_index(draw: Draw, schema: Schema, name: Name) -> Schema:
    table = schema.tables[name]
    part = IndexPart(draw(st.sampled_from(sorted(table.columns))))
    index = Index("new_index", (part,), concurrently=draw(st.booleans()))
    return changed(schema, name, indexes=having(table.indexes, index.name, index))


def no_longer_required(draw: Draw, schema: Schema, name: Name) -> Schema:
    table = schema.tables[name]
    in_key = {each for key in table.primary_keys.values() for each in key.columns}
    column = table.columns[draw(st.sampled_from(sorted(table.columns)))]
    if column.primary_key or column.identity or column.name in in_key:
        return schema
    return new_column(schema, name, replace(column, not_null=False))


def another_default(draw: Draw, schema: Schema, name: Name) -> Schema:
    table = schema.tables[name]
    column = table.columns[draw(st.sampled_from(sorted(table.columns)))]
    if column.identity or column.generated or column.name.startswith("new_"):
        return schema  # a new column with a default may point at nothing
    default = draw(st.none() | st.sampled_from(DEFAULTS).map(Default))
    return new_column(schema, name, replace(column, default=default))


def something_beside_tables(draw: Draw, schema: Schema, name: Name) -> Schema:
    del draw, name
    at = Name("public", "new_thing")
    sequence = Sequence(at, "1", "1", "1", "99", "1", cycle=False)
    view = View(Name("public", "new_view"), "select 1", materialized=True)
    return replace(
        schema,
        schemas=having(schema.schemas, "new_schema", None),
        sequences=having(schema.sequences, at, sequence),
        views=having(schema.views, view.name, view),
        roles=having(schema.roles, "new_role", Role("new_role")),
    )


EDITS = st.lists(
    st.sampled_from(
        (
            a_table,
            a_table_with_a_composite_key,
            a_nullable_column,
            a_required_column_with_a_default,
            a_unique_nullable_column,
            a_nullable_reference,
            an_enum,
            a_label,
            an_index,
            no_longer_required,
            another_default,
            something_beside_tables,
        )
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
DEPLOYS = st.tuples(
    st.none() | st.sampled_from((*LINES, "0.25.0", "0.31.2", "1.0.0-beta.2", "1.0.0")),
    st.sampled_from(((Way.PUSH,), (Way.MIGRATIONS,), (Way.PUSH, Way.MIGRATIONS))),
)


def with_a_table(schema: Schema) -> Schema:
    if schema.tables:
        return schema
    name = Name("app", "things")
    return replace(schema, tables={name: Table(name, {"id": ID})})


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    readable_schemas().map(with_a_table),
    EDITS,
    DEPLOYS,
    st.data(),
)
def test_what_only_adds_is_never_an_error(
    base: Schema,
    edits: list[Callable[[Draw, Schema, Name], Schema]],
    deploy: tuple[str | None, tuple[Way, ...]],
    data: st.DataObject,
) -> None:
    head = base
    for edit in edits:
        name = data.draw(st.sampled_from(sorted(base.tables)))
        head = edit(data.draw, head, name)
    kit, ways = deploy
    assert errors(base, head, Deploy(kit, ways, "the test says so")) == []


def errors(base: Schema, head: Schema, deploy: Deploy) -> list[Finding]:
    context = Context(lambda: base, lambda: head, deploy)
    found = judge(compare(base, head), context)
    return [each for each in found if each.severity is Severity.ERROR]
