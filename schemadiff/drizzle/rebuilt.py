"""Builders made of columns, in the 1.0 line: `users.id.toBuilder()`.

Source: drizzle-orm 1.0.0-rc.5 `pg-core/columns/common.js`.
"""

from collections.abc import Callable

from schemadiff.drizzle.columns import ColumnBuilder, State, begin
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.world import World, argument
from schemadiff.record import replace
from schemadiff.typescript.values import Call, Value


def rebuilt(world: World, source: Callable[[], State], call: Call) -> ColumnBuilder:
    """Return the builder of `column.toBuilder(overrides)`, which refers to nothing.

    `source` gives the state of the column.
    """

    def start(world: World, call: Call) -> State:
        state = replace(source(), references=())
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
