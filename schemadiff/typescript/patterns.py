"""Binding patterns: parameters, destructuring, assignment targets."""

from collections.abc import Callable

from schemadiff.typescript.access import member_of
from schemadiff.typescript.coerce import known_text, nullish
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.literals import string_text
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Object,
    Unknown,
    Value,
)

Bind = Callable[[Node, Value], None]


def bind(
    run: Evaluator, pattern: Node, value: Value, scope: Scope, into: Scope
) -> None:
    """Bind the names of `pattern` in `into`; defaults are evaluated in `scope`."""

    def declare(node: Node, found: Value) -> None:
        into.declare(into.module.source.text(node), found)

    take_apart(run, pattern, value, scope, declare)


def take_apart(
    run: Evaluator, pattern: Node, value: Value, scope: Scope, bind_one: Bind
) -> None:
    """Match `value` against `pattern`, calling `bind_one` for every target in it."""
    match pattern.type:
        case "object_pattern":
            _object(run, pattern, value, scope, bind_one)
        case "array_pattern":
            _array(run, pattern, value, scope, bind_one)
        case "assignment_pattern" | "object_assignment_pattern":
            left = pattern.child_by_field_name("left")
            right = pattern.child_by_field_name("right")
            if left is not None and right is not None:
                value = with_default(run, value, right, scope)
                take_apart(run, left, value, scope, bind_one)
        case "parenthesized_expression" | "non_null_expression" | "as_expression":
            take_apart(run, children(pattern)[0], value, scope, bind_one)
        case _:
            bind_one(pattern, value)


def with_default(run: Evaluator, value: Value, default: Node, scope: Scope) -> Value:
    """Return `value`, or the default where it is undefined."""
    return run.value(default, scope) if value is UNDEFINED else value


def _object(
    run: Evaluator, pattern: Node, value: Value, scope: Scope, bind_one: Bind
) -> None:
    source = scope.module.source
    taken: set[str] = set()
    for each in children(pattern):
        match each.type:
            case "shorthand_property_identifier_pattern":
                name = source.text(each)
                taken.add(name)
                bind_one(each, _property(run, value, name, each, scope))
            case "object_assignment_pattern":
                left = each.child_by_field_name("left")
                if left is not None:
                    name = source.text(left)
                    taken.add(name)
                    found = _property(run, value, name, each, scope)
                    take_apart(run, each, found, scope, bind_one)
            case "pair_pattern":
                key = each.child_by_field_name("key")
                target = each.child_by_field_name("value")
                if key is not None and target is not None:
                    name = _key(run, key, scope)
                    taken.add(name)
                    found = _property(run, value, name, each, scope)
                    take_apart(run, target, found, scope, bind_one)
            case "rest_pattern":
                rest = _rest(run, value, taken, each, scope)
                take_apart(run, children(each)[0], rest, scope, bind_one)


def _key(run: Evaluator, key: Node, scope: Scope) -> str:
    source = scope.module.source
    if key.type == "string":
        return string_text(source, key)
    if key.type == "computed_property_name":
        return known_text(run.value(children(key)[0], scope)) or ""
    return source.text(key)


def _property(
    run: Evaluator, value: Value, name: str, node: Node, scope: Scope
) -> Value:
    if nullish(value):
        return run.unknown("takes undefined apart", node, scope)
    return member_of(run, value, name, node, scope)


def _rest(
    run: Evaluator, value: Value, taken: set[str], node: Node, scope: Scope
) -> Value:
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, Object):
        return run.why_unknown(value, node, scope)
    rest = {key: each for key, each in value.properties.items() if key not in taken}
    return Object(rest, value.span, list(value.holes))


def _array(
    run: Evaluator, pattern: Node, value: Value, scope: Scope, bind_one: Bind
) -> None:
    position = 0
    for each in pattern.children:
        if each.type == ",":
            position += 1
        elif each.type == "rest_pattern":
            rest: Value = value
            if isinstance(value, Array):
                rest = Array(value.items[position:], value.span, list(value.holes))
            take_apart(run, children(each)[0], rest, scope, bind_one)
        elif each.is_named and each.type != "comment":
            found = member_of(run, value, str(position), each, scope)
            take_apart(run, each, found, scope, bind_one)
