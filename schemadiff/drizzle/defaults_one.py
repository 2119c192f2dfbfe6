"""A column's literal default, as drizzle-kit 1.0 records it."""

from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.world import World
from schemadiff.model import Default
from schemadiff.typescript.values import Value


def literal_default(world: World, value: Value, type_: str) -> Default:  # noqa: ARG001
    """Return the SQL text of `value` in a column of `type_`."""
    raise not_known(value, "is a default of the 1.0 line, not read yet")
