"""Binding patterns: parameters, destructuring, assignment targets."""

from collections.abc import Callable

from schemadiff.typescript.access import member_of
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.getters import read
from schemadiff.typescript.havoc import havoc
from schemadiff.typescript.properties import key_text
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Nothing,
    Object,
    Property,
    Unknown,
    Value,
)

BindOne = Callable[[Node, Value], None]


def bind(run: Evaluator, pattern: Node, value: Value, scope: Scope) -> None:
    """Declare the names of `pattern` in `scope`."""
    if pattern.type == "identifier":
        scope.names[scope.module.source.text(pattern)] = value
        return

    def declare(node: Node, found: Value) -> None:
        scope.names[scope.module.source.text(node)] = found

    take_apart(run, pattern, value, scope, declare)


def take_apart(
    run: Evaluator, pattern: Node, value: Value, scope: Scope, bind_one: BindOne
) -> None:
    """Match `value` against `pattern`, calling `bind_one` for every target in it."""
    kind = pattern.type
    if kind == "object_pattern":
        _object(run, pattern, value, scope, bind_one)
    elif kind == "array_pattern":
        _array(run, pattern, value, scope, bind_one)
    elif kind in ("assignment_pattern", "object_assignment_pattern"):
        if value is UNDEFINED:
            value = run.value(part(pattern, "right"), scope)
        elif isinstance(value, Unknown):
            value = run.because(value, pattern, scope)
            havoc([part(pattern, "right")], scope, value)
        take_apart(run, part(pattern, "left"), value, scope, bind_one)
    elif kind in ("parenthesized_expression", "non_null_expression", "as_expression"):
        take_apart(run, children(pattern)[0], value, scope, bind_one)
    else:
        bind_one(pattern, value)


def _object(
    run: Evaluator, pattern: Node, value: Value, scope: Scope, bind_one: BindOne
) -> None:
    taken: set[str] = set()
    value = run.opened(value)
    for each in children(pattern):
        if each.type == "rest_pattern":
            rest = _rest(run, value, taken, each, scope)
            take_apart(run, children(each)[0], rest, scope, bind_one)
            continue
        key, target = _key_and_target(run, each, scope)
        if isinstance(key, Unknown):
            take_apart(run, target, key, scope, bind_one)
            continue
        taken.add(key)
        if isinstance(value, Nothing):
            found: Value = run.unknown(f"takes {value.value} apart", each, scope)
        else:
            found = member_of(run, value, key, each, scope)
        take_apart(run, target, found, scope, bind_one)


def _key_and_target(
    run: Evaluator, each: Node, scope: Scope
) -> tuple[str | Unknown, Node]:
    source = scope.module.source
    if each.type == "pair_pattern":
        return key_text(run, part(each, "key"), scope), part(each, "value")
    if each.type == "object_assignment_pattern":
        return source.text(part(each, "left")), each
    return source.text(each), each


def _rest(
    run: Evaluator, value: Value, taken: set[str], node: Node, scope: Scope
) -> Value:
    if not isinstance(value, Object):
        return run.because(value, node, scope)
    rest = {
        key: Property(read(value, each), each.span)
        for key, each in value.properties.items()
        if key not in taken
    }
    uncertain = set(value.uncertain) & set(rest)
    return Object(rest, value.span, list(value.holes), uncertain=uncertain)


def _array(
    run: Evaluator, pattern: Node, value: Value, scope: Scope, bind_one: BindOne
) -> None:
    value = run.opened(value)
    if isinstance(value, Object) and value.kind in ("map", "set"):
        value = Array(list(value.entries), value.span, list(value.holes))
    if isinstance(value, str):
        value = Array(list(value), scope.module.source.span(pattern))
    position = 0
    for each in pattern.children:
        if each.type == ",":
            position += 1
        elif each.type == "rest_pattern":
            rest: Value = run.because(value, each, scope)
            if isinstance(value, Array):
                rest = Array(value.items[position:], value.span, list(value.holes))
            take_apart(run, children(each)[0], rest, scope, bind_one)
        elif each.is_named and each.type != "comment":
            found = member_of(run, value, str(position), each, scope)
            take_apart(run, each, found, scope, bind_one)
