"""How a column sends a value to the driver: `mapToDriverValue`.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `pg-core/columns/*.js`.
"""

from schemadiff.drizzle.columns import State
from schemadiff.drizzle.javascript import iso_text, json_text, text
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.world import World
from schemadiff.typescript.values import UNDEFINED, BigInt, Date, Function, Value

_JSON = {
    Line.ZERO: frozenset({"jsonb", "PgVector", "halfvec"}),
    Line.ONE: frozenset({"PgVector", "halfvec"}),
}
_DRAWN = frozenset({"point", "line", "geometry", "PgArray"})


def encoded(world: World, state: State, value: Value) -> Value:
    """Return what a column in `state` sends for `value`."""
    found = world.data(value)
    mode = state.options.get("mode", UNDEFINED)
    if state.kind in _DRAWN or state.dimensions:
        raise not_known(value, f"is sent as the {state.kind} column encodes it")
    if state.kind in _JSON[world.line]:
        return json_text(found)
    if state.kind in ("timestamp", "date") and isinstance(found, Date):
        return iso_text(found)
    if state.kind == "numeric" and isinstance(found, float | int | BigInt):
        return found if mode is UNDEFINED or mode == "string" else text(found)
    to_driver = state.options.get("toDriver", UNDEFINED)
    if state.kind == "custom" and isinstance(to_driver, Function):
        return world.data(to_driver.call([found]))
    return found
