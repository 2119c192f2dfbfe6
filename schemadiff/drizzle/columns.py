"""Column builders, which are mutable, and the columns that tables make of them.

A builder is one object however often it is mentioned: `text()` put into two
tables keeps the name that the first one gave it, and what is chained to it
anywhere, before a table is made, holds for that table. So every call on a
builder is an event, every table that uses it another, and a builder's events
are replayed in the order in which Node would run them.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `column-builder.js`,
`pg-core/columns/common.js`, `pg-core/table.js`.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import field

from schemadiff.drizzle import catalogue
from schemadiff.drizzle.casing import cased
from schemadiff.drizzle.javascript import truthy
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.names import unique_name
from schemadiff.drizzle.sql import Raw, Sql
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Resolved, Thing, World, argument
from schemadiff.model import Name
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.typescript.coerce import number_text
from schemadiff.typescript.values import (
    UNDEFINED,
    Call,
    Object,
    Unknown,
    Value,
)


@record
class Reference:
    """One `.references(target, actions)`."""

    target: Value
    actions: Value
    call: Call


@record(frozen=False)
class State:
    """What a builder holds at some moment: drizzle-orm's `config`."""

    name: str
    type: str
    name_given: bool
    enum: Name | None = None
    kind: str = ""
    not_null: bool = False
    primary_key: bool = False
    default: Resolved = UNDEFINED
    generated: Resolved = UNDEFINED
    unique: bool = False
    unique_given: str | None = None
    unique_name: str | None = None
    nulls_not_distinct: bool = False
    unique_trouble: NotKnown | None = None
    identity: tuple[bool, Value] | None = None
    references: tuple[Reference, ...] = ()
    runtime_default: bool = False
    dimensions: int = 0
    options: Mapping[str, Value] = field(default_factory=dict)
    trouble: NotKnown | Refused | None = None


Start = Callable[[World, Call], State]


@record(eq=False, frozen=False)
class Use:
    """A builder's place in a table: the table's column under `key`.

    `state` is what the builder held when the table was made; it is known after
    the builder's events have been replayed.
    """

    table: str
    key: str
    span: Span
    casing: str | None
    made: Call
    builder: "ColumnBuilder | None" = None
    state: State | None = None


@record(eq=False, frozen=False)
class Root:
    """One builder object: the call that made it and everything done with it."""

    made: Call
    start: Start
    calls: dict[int, tuple[Value, Call]] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    settled: bool = False


@record(eq=False)
class ColumnBuilder(Thing):
    """A builder as one expression mentions it: the object `root` after `value`."""

    root: Root
    value: Call

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Note the call; what it does is seen when the events are replayed."""
        self.root.calls[id(call)] = (self.value, call)
        self.root.settled = False
        return ColumnBuilder(self.root, call)


def begin(world: World, call: Call, start: Start) -> ColumnBuilder:
    """Return a new builder, whose first state `start` makes."""
    root = Root(call, start)
    world.roots.append(root)
    return ColumnBuilder(root, call)


def maker(name: str) -> Callable[[World, Call], Resolved]:
    """Return the function of pg-core that makes the builder called `name`."""
    builder = catalogue.BUILDERS[name]

    def start(world: World, call: Call) -> State:
        given, options = arguments(world, call, configured=builder.configured)
        type_ = builder.sql_type(options, world.line)
        state = State(given, type_, bool(given), kind=builder.kind or name)
        state.not_null = catalogue.implies_not_null(name, options, world.line)
        state.options = options
        return state

    return lambda world, call: begin(world, call, start)


def arguments(
    world: World, call: Call, *, configured: bool
) -> tuple[str, Mapping[str, Value]]:
    """Return name and options: drizzle-orm's `getColumnNameAndConfig`."""
    first = world.data(argument(call, 0))
    if isinstance(first, Object) and configured:
        return "", _options(first)
    if first is not UNDEFINED and not isinstance(first, str):
        raise not_known(first, "is not a column's name")
    name = first if isinstance(first, str) else ""
    if not configured:
        return name, {}
    second = world.resolve(argument(call, 1))
    if isinstance(second, Object):
        return name, _options(second)
    return name, {} if second is UNDEFINED else _Unreadable(world, second, call)


class _Unreadable(dict[str, Value]):
    """Options of which nothing is known: asking for any raises `NotKnown`."""

    def __init__(self, world: World, value: Resolved, call: Call) -> None:
        super().__init__()
        self._trouble = not_known(
            value if isinstance(value, Unknown) else argument(call, 1),
            "is not an object of options",
        )
        self._world = world

    def get(self, key: str, default: Value = UNDEFINED) -> Value:  # type: ignore[override] # one of dict's two forms
        raise self._trouble


class _Partial(dict[str, Value]):
    """Options with holes: what is not there may still be in one of the holes."""

    def __init__(self, options: Mapping[str, Value], hole: Unknown) -> None:
        super().__init__(options)
        self._hole = hole

    def get(self, key: str, default: Value = UNDEFINED) -> Value:  # type: ignore[override] # one of dict's two forms
        raise NotKnown.because(self._hole)


def _options(given: Object) -> Mapping[str, Value]:
    options = {key: each.value for key, each in given.properties.items()}
    return _Partial(options, given.holes[0]) if given.holes else options


def settle(world: World, root: Root) -> None:
    """Replay a builder's events and note the state each of its uses found."""
    states = {id(root.made): _first(world, root)}
    alone = len(root.uses) == 1 and _is_one_chain(root)
    for event in _in_order(world, root, alone=alone):
        if isinstance(event, Use):
            assert event.builder is not None  # noqa: S101 - only such uses are noted
            state = _built(world, states[id(event.builder.value)], event)
            event.state = state if alone else copy(state)
            continue
        receiver, call = event
        states[id(call)] = _applied(world, states[id(receiver)], call)
    root.settled = True


def _first(world: World, root: Root) -> State:
    try:
        return root.start(world, root.made)
    except (NotKnown, Refused) as trouble:
        given = argument(root.made, 0)
        name = given if isinstance(given, str) else ""
        return State(name, "", bool(name), trouble=trouble)


def _in_order(
    world: World, root: Root, *, alone: bool
) -> Sequence[Use | tuple[Value, Call]]:
    events: list[Use | tuple[Value, Call]] = [*root.calls.values(), *root.uses]
    if alone:
        return events
    ranks = [
        world.rank(event.made.moment if isinstance(event, Use) else event[1].moment)
        for event in events
    ]
    ordered = sorted(
        range(len(events)), key=lambda index: (ranks[index] or (-1, 0, 0), index)
    )
    return [events[index] for index in ordered]


def _is_one_chain(root: Root) -> bool:
    """Tell whether the only use comes after every call, one on top of the other."""
    builder = root.uses[0].builder
    at: Value | None = builder.value if builder else None
    length = 0
    while held := root.calls.get(id(at)):
        at, length = held[0], length + 1
    return length == len(root.calls)


def _applied(world: World, state: State, call: Call) -> State:
    name = call.callee.name if not isinstance(call.callee, Call) else ""  # type: ignore[union-attr] # a method call's callee is a Member
    effect = EFFECTS.get(name)
    if effect is None:
        state.trouble = state.trouble or not_known(
            call, f"calls .{name}() on a column, which is not known"
        )
        return state
    try:
        return effect(world, state, call) or state
    except (NotKnown, Refused) as trouble:
        state.trouble = state.trouble or trouble
        return state


def _built(world: World, state: State, use: Use) -> State:
    if not state.name:
        one = world.line is Line.ONE
        state.name = cased(use.key, use.casing) if one else use.key
    if world.line is Line.ZERO and not state.unique_name:
        state.unique_name = state.unique_given or unique_name(
            world.line, use.table, [state.name]
        )
    return state


def _not_null(world: World, state: State, call: Call) -> None:
    state.not_null = True


def _primary_key(world: World, state: State, call: Call) -> None:
    state.primary_key = state.not_null = True


def _default(world: World, state: State, call: Call) -> None:
    state.default = argument(call, 0)


def _default_call(text: str) -> "Effect":
    def effect(world: World, state: State, call: Call) -> None:
        state.default = Sql([Raw(text)], call.span)

    return effect


def _runtime(world: World, state: State, call: Call) -> None:
    state.runtime_default = True


def _nothing(world: World, state: State, call: Call) -> None:
    """Types leave no trace."""


def _unique(world: World, state: State, call: Call) -> None:
    state.unique = True
    state.unique_name = state.unique_given = None
    try:
        given = world.data(argument(call, 0))
        state.unique_given = None if given is UNDEFINED else world.text(given, "a name")
        nulls = world.options(argument(call, 1)).get("nulls", UNDEFINED)
        state.nulls_not_distinct = world.data(nulls) == "not distinct"
    except NotKnown as trouble:
        state.unique_trouble = trouble


def _references(world: World, state: State, call: Call) -> None:
    reference = Reference(argument(call, 0), argument(call, 1), call)
    state.references = (*state.references, reference)


def _generated(world: World, state: State, call: Call) -> None:
    state.generated = argument(call, 0)


def _identity(*, always: bool) -> "Effect":
    def effect(world: World, state: State, call: Call) -> None:
        given = world.data(argument(call, 0))
        state.identity = (always, given if truthy(given) else UNDEFINED)
        state.not_null = True

    return effect


def _array(world: World, state: State, call: Call) -> State:
    size = world.data(argument(call, 0))
    if world.line is Line.ONE:
        if size is UNDEFINED:
            state.dimensions = 1
        else:
            state.dimensions = len(size) // 2 if isinstance(size, str) else 0
        return state
    numbered = isinstance(size, float | int) and not isinstance(size, bool)
    written = number_text(float(size)) if numbered else ""  # type: ignore[arg-type] # numbered
    return State(
        state.name,
        f"{state.type}[{written}]",
        bool(state.name),
        enum=state.enum,
        kind="PgArray",
        trouble=state.trouble,
    )


Effect = Callable[[World, State, Call], State | None]

EFFECTS: Mapping[str, Effect] = {
    "$type": _nothing,
    "notNull": _not_null,
    "primaryKey": _primary_key,
    "default": _default,
    "defaultNow": _default_call("now()"),
    "defaultRandom": _default_call("gen_random_uuid()"),
    "$default": _runtime,
    "$defaultFn": _runtime,
    "$onUpdate": _runtime,
    "$onUpdateFn": _runtime,
    "unique": _unique,
    "references": _references,
    "generatedAlwaysAs": _generated,
    "generatedAlwaysAsIdentity": _identity(always=True),
    "generatedByDefaultAsIdentity": _identity(always=False),
    "array": _array,
}
"""What each method of a builder does to its state."""
