"""Assignments: to names, properties and patterns."""

from schemadiff.typescript.access import property_name
from schemadiff.typescript.coerce import known_number
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.patterns import take_apart
from schemadiff.typescript.properties import add_hole, in_key_order, is_index
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Object,
    Property,
    Unknown,
    Value,
)


def assign(run: Evaluator, target: Node, value: Value, scope: Scope) -> None:
    """Give `target`, a name, property or pattern, the value `value`."""

    def one(node: Node, found: Value) -> None:
        kind = node.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            set_variable(scope.module.source.text(node), found, scope)
        elif kind in ("member_expression", "subscript_expression"):
            _property(run, node, found, scope)

    take_apart(run, target, value, scope, one)


def set_variable(name: str, value: Value, scope: Scope) -> None:
    """Give a local or top-level variable another value."""
    holder = scope.holder(name)
    if holder is not None:
        holder.names[name] = value
    else:
        scope.module.assign(name, value)


def _property(run: Evaluator, node: Node, value: Value, scope: Scope) -> None:
    owner_node = part(node, "object")
    owner = run.value(owner_node, scope)
    name = property_name(run, node, scope)
    match owner:
        case Object():
            _of_object(owner, name, value, node, scope)
        case Function() if isinstance(name, str):
            span = scope.module.source.span(node)
            owner.properties[name] = Property(value, span)
        case Array():
            _of_array(run, owner, name, value, node, scope)
        case Unknown():
            pass
        case _:
            taint(owner_node, owner, run.because(owner, node, scope), scope)


def _of_object(
    owner: Object, name: str | Unknown, value: Value, node: Node, scope: Scope
) -> None:
    if isinstance(name, Unknown):
        add_hole(owner, name)
        return
    span = scope.module.source.span(node)
    if name.startswith("#"):
        owner.hidden[name] = Property(value, span)
        return
    is_new = name not in owner.properties
    owner.properties[name] = Property(value, span)
    owner.uncertain.discard(name)
    if is_new and is_index(name):
        in_key_order(owner)


def _of_array(
    run: Evaluator,
    owner: Array,
    name: str | Unknown,
    value: Value,
    node: Node,
    scope: Scope,
) -> None:
    if isinstance(name, Unknown):
        owner.holes.append(name)
    elif name == "length" and known_number(value) == 0:
        owner.items.clear()
        owner.holes.clear()
    elif name.isascii() and name.isdigit() and int(name) <= run.limits.size:
        index = int(name)
        owner.items.extend([UNDEFINED] * (index + 1 - len(owner.items)))
        owner.items[index] = value
    else:
        owner.holes.append(run.unknown(f"sets .{name} of an array", node, scope))


def taint(node: Node, value: Value, cause: Unknown, scope: Scope) -> None:
    """Note that what `node` names, whose value is `value`, may have been changed."""
    match value:
        case Object():
            add_hole(value, cause)
        case Array():
            value.holes.append(cause)
        case Unknown() | Function():
            pass
        case _:
            root = root_of(node)
            if root is not None:
                set_variable(scope.module.source.text(root), cause, scope)


def root_of(node: Node) -> Node | None:
    """Return the name at the beginning of a chain of members and calls."""
    while node.type != "identifier":
        inner = node.child_by_field_name("object") or node.child_by_field_name(
            "function"
        )
        if inner is None and node.type in (
            "parenthesized_expression",
            "non_null_expression",
            "as_expression",
            "satisfies_expression",
        ):
            inner = children(node)[0]
        if inner is None:
            return None
        node = inner
    return node
