"""What may stand in an object or array without being known."""

from schemadiff.typescript.values import Array, Function, Object, Unknown, Value


def add_hole(found: Object, hole: Unknown) -> None:
    """Note that any property may stand here, replacing those before it."""
    found.holes.append(hole)
    found.uncertain.update(found.properties)


def taint(value: Value, cause: Unknown) -> None:
    """Note that an object, array or class may have been changed."""
    if isinstance(value, Object):
        add_hole(value, cause)
    elif isinstance(value, Array):
        value.holes.append(cause)
    elif isinstance(value, Function):
        value.changed = cause
