"""Object and array literals."""

from schemadiff.record import replace
from schemadiff.typescript.access import identifier
from schemadiff.typescript.coerce import nullish
from schemadiff.typescript.evaluator import Evaluator, Expression
from schemadiff.typescript.functions import function_value
from schemadiff.typescript.holes import add_hole
from schemadiff.typescript.properties import (
    copy_properties,
    in_key_order,
    key_text,
    put,
)
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.units import is_even
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Object,
    Property,
    Unknown,
    Value,
)


def object_value(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the object that a literal makes."""
    source = scope.module.source
    found = Object({}, source.span(node))
    properties = found.properties
    indexed = False
    for each in node.named_children:
        kind = each.type
        if kind == "pair":
            key = key_text(run, part(each, "key"), scope)
            if (
                key == "__proto__"
                and part(each, "key").type != "computed_property_name"
            ):
                key = run.unknown("sets the prototype", each, scope)
            value = run.value(part(each, "value"), scope)
            if isinstance(key, Unknown):
                add_hole(found, key)
                continue
            put(found, key, value, each, scope)
            indexed = indexed or key[:1].isdigit()
        elif kind == "shorthand_property_identifier":
            value = identifier(run, each, scope)
            put(found, source.text(each), value, each, scope)
        elif kind == "spread_element":
            value = run.opened(run.value(children(each)[0], scope))
            spread(run, found, value, each, scope)
            indexed = indexed or any(key[:1].isdigit() for key in properties)
        elif kind == "method_definition":
            _method(run, found, each, scope)
        elif kind != "comment":
            reason = f"uses syntax that is not read: {kind}"
            add_hole(found, run.unknown(reason, each, scope))
    if indexed:
        in_key_order(found)
    return found


def _method(run: Evaluator, found: Object, node: Node, scope: Scope) -> None:
    key = key_text(run, part(node, "name"), scope)
    if isinstance(key, Unknown):
        add_hole(found, key)
        return
    words = {each.type for each in node.children}
    function = function_value(run, node, scope, key)
    span = scope.module.source.span(node)
    if "get" in words:
        put(found, key, run.unknown("is a getter", node, scope), node, scope)
        found.properties[key].getter = function
    elif "set" in words:
        found.hidden[f"set {key}"] = Property(function, span)
        found.properties.setdefault(key, Property(UNDEFINED, span))
    else:
        put(found, key, function, node, scope)


def spread(
    run: Evaluator, into: Object, value: Value, node: Node, scope: Scope
) -> None:
    """Copy the properties of `value`, as `{...value}` does."""
    run.charge(_size(value), node, scope)
    match value:
        case Object() | Function():
            copy_properties(value, into)
        case Array() if not (value.holes or value.is_sparse):
            span = scope.module.source.span(node)
            for index, item in enumerate(value.items):
                into.properties[str(index)] = Property(item, span)
        case str() if is_even(value):
            for index, letter in enumerate(value):
                put(into, str(index), letter, node, scope)
        case bool() | float():
            pass
        case _ if nullish(value):
            pass
        case Unknown() if value.choices:
            hole = run.because(value, node, scope)
            add_hole(into, replace(hole, choices=value.choices))
        case _:
            add_hole(into, run.because(value, node, scope))


def _size(value: Value) -> int:
    return len(value.properties) if isinstance(value, Object) else 0


def array_value(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the array that a literal makes."""
    items, holes = items_of(run, node.children, scope)
    span = scope.module.source.span(node)
    return Array(items, span, holes, is_sparse=_is_sparse(node))


def _is_sparse(node: Node) -> bool:
    """Tell whether two commas stand side by side, or one at the beginning."""
    before = "["
    for each in node.children:
        if each.type == "comment":
            continue
        if each.type == "," and before in ("[", ","):
            return True
        before = each.type
    return False


def items_of(
    run: Evaluator, nodes: list[Node], scope: Scope
) -> tuple[list[Value], list[Unknown]]:
    """Return the values of array items or arguments, spreads followed.

    `nodes` are all the children: two commas in a row leave an item out.
    """
    items: list[Value] = []
    holes: list[Unknown] = []
    is_after_comma = True
    for each in nodes:
        if not each.is_named:
            if each.type == "," and is_after_comma:
                items.append(UNDEFINED)
            is_after_comma = each.type in (",", "[")
            continue
        kind = each.type
        if kind == "comment":
            continue
        is_after_comma = False
        if kind == "spread_element":
            _spread_items(run, children(each)[0], scope, items, holes)
            if len(items) > run.limits.size:
                too_long = run.unknown("makes a list that is too long", each, scope)
                return [], [too_long]
        else:
            items.append(run.value(each, scope))
    return items, holes


def _spread_items(
    run: Evaluator,
    node: Node,
    scope: Scope,
    items: list[Value],
    holes: list[Unknown],
) -> None:
    value = run.opened(run.value(node, scope))
    match value:
        case Array():
            run.charge(len(value.items), node, scope)
            items.extend(value.items)
            holes.extend(each for each in value.holes if each not in holes)
        case str():
            items.extend(value)
        case Object() if value.kind in ("map", "set") and not value.holes:
            items.extend(value.entries)
        case _:
            holes.append(run.because(value, node, scope))


OBJECTS: dict[str, Expression] = {"object": object_value, "array": array_value}
"""The literals that make objects, by their names in the grammar."""
