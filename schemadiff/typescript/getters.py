"""Properties that are computed whenever they are read."""

from schemadiff.typescript.values import Function, Object, Property, Value


def read(owner: Object | Function, each: Property) -> Value:
    """Return what reading one property of `owner` gives: a getter is called."""
    if each.getter is None or each.getter.bind is None:
        return each.value
    return each.getter.bind(owner, ())


def settled(value: Value) -> Value:
    """Return an object with every getter read once, as a package reads it."""
    if not isinstance(value, Object):
        return value
    if all(each.getter is None for each in value.properties.values()):
        return value
    properties = {
        key: Property(read(value, each), each.span)
        for key, each in value.properties.items()
    }
    return Object(
        properties,
        value.span,
        list(value.holes),
        value.kind,
        list(value.entries),
        dict(value.hidden),
        set(value.uncertain),
    )
