"""Properties of objects: their keys, their order, and what is not known of them."""

from schemadiff.typescript.coerce import known_text
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.getters import read
from schemadiff.typescript.literals import number, string_text
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import (
    Function,
    Object,
    Property,
    Unknown,
    Value,
)

_LONGEST_INDEX = 10


def put(found: Object, key: str, value: Value, node: Node, scope: Scope) -> None:
    """Set a property; one that is there keeps its place."""
    found.properties[key] = Property(value, scope.module.source.span(node))
    if found.uncertain:
        found.uncertain.discard(key)


def in_key_order(found: Object) -> None:
    """Put integer-like keys first and ascending, as JavaScript does."""
    if any(is_index(key) for key in found.properties):
        ordered = sorted(
            found.properties.items(),
            key=lambda item: (0, int(item[0])) if is_index(item[0]) else (1, 0),
        )
        found.properties.clear()
        found.properties.update(ordered)


def is_index(key: str) -> bool:
    """Tell whether JavaScript sorts `key` as a number."""
    return (
        key.isascii()
        and key.isdigit()
        and len(key) <= _LONGEST_INDEX
        and (key == "0" or key[0] != "0")
        and int(key) < 2**32 - 1
    )


def copy_properties(value: Object | Function, into: Object) -> None:
    """Copy the properties of an object or a function over those of an object."""
    if isinstance(value, Function):
        value = Object(value.properties, value.span)
    if value.holes:
        into.uncertain.update(into.properties)
    for key, each in value.properties.items():
        into.properties[key] = Property(read(value, each), each.span)
        if key in value.uncertain:
            into.uncertain.add(key)
        elif into.uncertain:
            into.uncertain.discard(key)
    into.holes.extend(each for each in value.holes if each not in into.holes)


def key_text(run: Evaluator, node: Node, scope: Scope) -> str | Unknown:
    """Return the name that a property key stands for."""
    source = scope.module.source
    kind = node.type
    if kind in ("property_identifier", "private_property_identifier"):
        return source.text(node)
    if kind == "string":
        return string_text(source, node)
    if kind == "number":
        text = source.text(node).replace("_", "")
        value = number(text.removesuffix("n"))
        return text if value is None else known_text(value) or text
    if kind == "computed_property_name":
        value_node = children(node)[0]
        found = run.value(value_node, scope)
        known = known_text(found)
        return run.because(found, value_node, scope) if known is None else known
    return run.unknown("has a key that is not read", node, scope)
