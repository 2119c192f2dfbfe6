"""Assignments: to names, properties and patterns."""

from schemadiff.typescript.coerce import known_text
from schemadiff.typescript.evaluator import Evaluator, Stop
from schemadiff.typescript.patterns import take_apart
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Object,
    Property,
    Value,
)


def assign(run: Evaluator, target: Node, value: Value, scope: Scope) -> None:
    """Give `target`, a name, property or pattern, the value `value`."""
    take_apart(
        run, target, value, scope, lambda node, found: _one(run, node, found, scope)
    )


def _one(run: Evaluator, node: Node, value: Value, scope: Scope) -> None:
    source = scope.module.source
    match node.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            name = source.text(node)
            cell = scope.cell(name)
            if cell is not None:
                cell.value = value
            elif not scope.module.assign(name, value):
                raise Stop(run.unknown(f"assigns {name}, not a variable", node, scope))
        case "member_expression" | "subscript_expression":
            _property(run, node, value, scope)
        case _:
            raise Stop(run.unknown("assigns to something not read", node, scope))


def _property(run: Evaluator, node: Node, value: Value, scope: Scope) -> None:
    owner_node = node.child_by_field_name("object")
    if owner_node is None:
        return
    owner = run.value(owner_node, scope)
    name = _name(run, node, scope)
    span = scope.module.source.span(node)
    match owner:
        case Object() | Function():
            owner.properties[name] = Property(value, span)
        case Array() if name.isdigit() and int(name) <= len(owner.items):
            index = int(name)
            if index == len(owner.items):
                owner.items.append(UNDEFINED)
            owner.items[index] = value
        case _:
            raise Stop(run.why_unknown(owner, node, scope))


def _name(run: Evaluator, node: Node, scope: Scope) -> str:
    member = node.child_by_field_name("property")
    if member is not None:
        return scope.module.source.text(member)
    index_node = node.child_by_field_name("index")
    index = run.value(index_node, scope) if index_node is not None else UNDEFINED
    name = known_text(index)
    if name is None:
        raise Stop(run.why_unknown(index, node, scope))
    return name
