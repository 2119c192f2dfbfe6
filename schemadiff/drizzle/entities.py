"""What a schema's files export, and its record as a whole."""

from dataclasses import field

from schemadiff.drizzle import recorded_constraints as recorded
from schemadiff.drizzle.columns import State
from schemadiff.drizzle.constraints import Part, parts_of
from schemadiff.drizzle.enums import EnumThing, SequenceThing, labels
from schemadiff.drizzle.javascript import plain, text, truthy
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.notes import Notes
from schemadiff.drizzle.policies import PolicyThing, RoleThing
from schemadiff.drizzle.queries import Select
from schemadiff.drizzle.recorded_columns import recorded_column
from schemadiff.drizzle.recorded_tables import TableRecorder
from schemadiff.drizzle.schemas import SchemaThing
from schemadiff.drizzle.sql import Purpose, rendered
from schemadiff.drizzle.tables import (
    ColumnThing,
    TableThing,
    extra_argument,
)
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.views import ViewThing
from schemadiff.drizzle.world import Thing, World
from schemadiff.model import (
    Column,
    Default,
    EnumType,
    Hides,
    Name,
    Policy,
    Role,
    Schema,
    Sequence,
    Table,
    View,
)
from schemadiff.record import record, replace
from schemadiff.source import Span
from schemadiff.subject import Subject
from schemadiff.typescript.values import UNDEFINED, Function, Value


@record(frozen=False)
class Entities:
    """The exported things, in the order in which drizzle-kit meets them."""

    tables: list[TableThing] = field(default_factory=list)
    enums: list[EnumThing] = field(default_factory=list)
    schemas: list[SchemaThing] = field(default_factory=list)
    sequences: list[SequenceThing] = field(default_factory=list)
    views: list[ViewThing] = field(default_factory=list)
    policies: list[PolicyThing] = field(default_factory=list)
    roles: list[RoleThing] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    def add(self, thing: Thing) -> bool:
        """Take `thing` in, if it is of a kind that drizzle-kit looks at."""
        match thing:
            case TableThing():
                self.tables.append(thing)
            case EnumThing():
                self.enums.append(thing)
            case SchemaThing():
                self.schemas.append(thing)
            case SequenceThing():
                self.sequences.append(thing)
            case ViewThing():
                self.views.append(thing)
            case PolicyThing():
                self.policies.append(thing)
            case RoleThing():
                self.roles.append(thing)
            case _:
                return False
        return True


def explore(world: World) -> None:
    """Look at every table's third argument, so that all tables are known.

    Tables that are only referred to are made on the way, and looked at too.
    """
    seen_tables = seen_roots = 0
    while seen_tables < len(world.tables) or seen_roots < len(world.roots):
        while seen_roots < len(world.roots):
            for _, call in list(world.roots[seen_roots].calls.values()):
                _look(world, call.arguments)
            seen_roots += 1
        while seen_tables < len(world.tables):
            table = world.tables[seen_tables]
            table.parts = _parts(world, table)
            seen_tables += 1


def _look(world: World, arguments: tuple[Value, ...]) -> None:
    for each in arguments[:1]:
        if isinstance(each, Function):
            try:
                world.resolve(world.returned(each))
            except (NotKnown, Refused):
                continue  # noted when the column is recorded


def _parts(world: World, table: TableThing) -> list[Part]:
    try:
        extra = world.certain(table.extra)
        if not isinstance(extra, Function):
            return []
        made = world.certain(extra.call([extra_argument(table.original or table)]))
    except (NotKnown, Refused) as trouble:
        return [Part(table.extra, trouble)]
    return parts_of(world, made)


def recorded_schema(world: World, entities: Entities) -> Schema:
    """Return the schema that drizzle-kit records for the exported things."""
    explore(world)
    notes = entities.notes
    tables = _tables(world, entities)
    free = _linked(world, entities, tables)
    return Schema(
        tables=tables,
        schemas=_schemas(world, entities),
        enums=_enums(world, entities),
        sequences=_sequences(world, entities),
        views=_views(world, entities),
        policies=free,
        roles=_roles(world, entities),
        unreadable=tuple(notes.unreadable),
        rejected=tuple(notes.rejected),
    )


def _twice(world: World, notes: Notes, what: str, name: str, span: Span | None) -> None:
    if world.line is Line.ONE:
        notes.reject(Subject((name,)), f"two {what} are called {name}", span)


def _tables(world: World, entities: Entities) -> dict[Name, Table]:
    recorder = TableRecorder(world, entities.notes)
    tables: dict[Name, Table] = {}
    seen: set[int] = set()
    for thing in entities.tables:
        if id(thing) in seen and world.line is Line.ZERO:
            continue
        seen.add(id(thing))
        table = recorder.record(thing)
        if table.name in tables:
            _twice(world, entities.notes, "tables", str(table.name), table.span)
        tables[table.name] = table
    return tables


def _linked(
    world: World, entities: Entities, tables: dict[Name, Table]
) -> dict[str, Policy]:
    free: dict[str, Policy] = {}
    for thing in entities.policies:
        subject = Subject((thing.name,)) if isinstance(thing.name, str) else Subject()
        if thing.trouble:
            entities.notes.trouble(thing.trouble, subject, Hides.DETAIL, thing.made)
            continue
        target = thing.linked
        if not isinstance(target, TableThing):
            continue  # drizzle-kit warns that the policy is not linked, and skips it
        policy = entities.notes.attempt(
            lambda thing=thing: recorded.policy(world, thing),  # type: ignore[misc] # the loop's own thing
            target.full_name.subject(),
            Hides.CONSTRAINTS,
            thing.made,
        )
        if policy is not None:
            _place(entities.notes, policy, target.full_name, tables, free)
    return free


def _place(
    notes: Notes,
    policy: Policy,
    target: Name,
    tables: dict[Name, Table],
    free: dict[str, Policy],
) -> None:
    table = tables.get(target)
    taken = table.policies if table else {}
    if policy.name in taken or policy.name in free:
        reason = f'two policies are called "{policy.name}"'
        notes.reject(target.subject(), reason, policy.span)
    if table is None:
        free[policy.name] = replace(policy, table=target)
    else:
        policies = {**table.policies, policy.name: policy}
        tables[target] = replace(table, policies=policies)


def _schemas(world: World, entities: Entities) -> dict[str, Span | None]:
    schemas: dict[str, Span | None] = {}
    for thing in entities.schemas:
        if thing.existing:
            continue
        if thing.name in schemas:
            _twice(world, entities.notes, "schemas", thing.name, thing.made.span)
        schemas[thing.name] = thing.made.span
    return schemas


def _enums(world: World, entities: Entities) -> dict[Name, EnumType]:
    found: dict[Name, EnumType] = {}
    for thing in entities.enums:
        values = entities.notes.attempt(
            lambda thing=thing: labels(world, thing),  # type: ignore[misc] # the loop's own thing
            thing.name.subject(),
            Hides.DETAIL,
            thing.made,
        )
        if thing.name in found:
            _twice(world, entities.notes, "enums", str(thing.name), thing.made.span)
        if world.line is Line.ONE and len(set(values or ())) < len(values or ()):
            reason = "lists a value twice"
            entities.notes.reject(thing.name.subject(), reason, thing.made.span)
        found[thing.name] = EnumType(thing.name, values or (), thing.made.span)
    return found


def _sequences(world: World, entities: Entities) -> dict[Name, Sequence]:
    found: dict[Name, Sequence] = {}
    for thing in entities.sequences:
        if thing.name in found:
            _twice(world, entities.notes, "sequences", str(thing.name), thing.made.span)
            continue
        sequence = entities.notes.attempt(
            lambda thing=thing: _sequence(world, thing),  # type: ignore[misc] # the loop's own thing
            thing.name.subject(),
            Hides.DETAIL,
            thing.made,
        )
        if sequence is not None:
            found[thing.name] = sequence
    return found


def _sequence(world: World, thing: SequenceThing) -> Sequence:
    def number(key: str) -> str | None:
        value = world.data(thing.options.get(key, UNDEFINED))
        return None if value is UNDEFINED else text(value)

    increment = number("increment") or "1"
    falling = increment.strip().startswith("-")
    minimum = number("minValue") or ("-9223372036854775808" if falling else "1")
    maximum = number("maxValue") or ("-1" if falling else "9223372036854775807")
    return Sequence(
        thing.name,
        increment,
        number("startWith") or (maximum if falling else minimum),
        minimum,
        maximum,
        number("cache") or "1",
        truthy(world.data(thing.options.get("cycle", UNDEFINED))),
        thing.made.span,
    )


def _roles(world: World, entities: Entities) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for thing in entities.roles:
        if thing.existing:
            continue

        def flag(key: str, thing: RoleThing = thing) -> bool | None:
            value = world.data(thing.options.get(key, UNDEFINED))
            return None if value is UNDEFINED else truthy(value)

        def make(thing: RoleThing = thing) -> Role:
            return Role(
                thing.name,
                flag("createDb") or False,
                flag("createRole") or False,
                flag("inherit") is not False,
                thing.made.span,
            )

        subject = Subject((thing.name,))
        role = entities.notes.attempt(make, subject, Hides.DETAIL, thing.made)
        if role is not None:
            found[thing.name] = role
    return found


def _views(world: World, entities: Entities) -> dict[Name, View]:
    found: dict[Name, View] = {}
    ordered = sorted(entities.views, key=lambda view: view.materialized)
    for thing in ordered:
        if thing.existing and world.line is Line.ONE:
            continue
        if thing.full_name in found:
            reason = f"two views are called {thing.full_name}"
            subject = thing.full_name.subject()
            entities.notes.reject(subject, reason, thing.made.span)
        found[thing.full_name] = _view(world, entities.notes, thing)
    return found


def _view(world: World, notes: Notes, thing: ViewThing) -> View:
    subject = thing.full_name.subject()

    def setting(name: str) -> object:
        data = plain(world.data(thing.settings.get(name, UNDEFINED)))
        return None if data is ... else data

    def definition() -> str | None:
        if thing.existing:
            return None
        if isinstance(thing.query, NotKnown | Refused):
            raise thing.query
        if thing.query is None:
            return None
        if isinstance(thing.query, Select):
            return rendered(world, thing.query.sql(world), Purpose.INLINE)
        return rendered(world, thing.query, Purpose.INLINE)

    text_ = notes.attempt(definition, subject, Hides.DETAIL, thing.last)
    storage = notes.attempt(lambda: setting("with"), subject, Hides.DETAIL, thing.last)
    using = notes.attempt(lambda: setting("using"), subject, Hides.DETAIL, thing.last)
    space = notes.attempt(
        lambda: setting("tablespace"), subject, Hides.DETAIL, thing.last
    )
    return View(
        thing.full_name,
        text_,
        thing.materialized,
        thing.existing,
        _view_columns(world, notes, thing) if world.line is Line.ZERO else {},
        storage if isinstance(storage, dict) else {},
        True if "withNoData" in thing.settings else None,
        using if isinstance(using, str) else None,
        space if isinstance(space, str) else None,
        thing.made.span,
    )


def _as_in_view(column: Column, state: State) -> Column:
    """Return a view's column as 0.31 records it: strings stand unescaped."""
    if isinstance(state.default, str):
        return replace(column, default=Default(f"'{state.default}'"))
    return column


def _view_columns(world: World, notes: Notes, thing: ViewThing) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    try:
        selected = thing.selected(world)
    except (NotKnown, Refused):
        return columns  # noted with the definition
    for column in selected.values():
        if not isinstance(column, ColumnThing):
            continue
        state = column.state(world)
        found = recorded_column(world, column, state.name, thing.full_name, notes)
        if found is not None:
            columns[found.name] = _as_in_view(found, state)
    return columns
