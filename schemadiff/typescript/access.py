"""Reading a property of a value."""

from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    BigInt,
    Call,
    Date,
    Function,
    Host,
    Member,
    Nothing,
    Object,
    Symbol,
    Tagged,
    Unknown,
    Value,
)


def member_of(
    run: Evaluator,
    target: Value,
    name: str,
    node: Node,
    scope: Scope,
    *,
    called: bool = False,
) -> Value:
    """Return `target.name`; a builtin method stays a `Member` until it is called."""
    match target:
        case Unknown():
            return target
        case Symbol(package="", name="process") if name == "cwd":
            return Member(target, name, scope.module.source.span(node))
        case Symbol(name="*", package=package) if package:
            return Symbol(package, name)
        case Member() | Call() if (inside := run.opened(target)) is not target:
            return member_of(run, inside, name, node, scope, called=called)
        case Symbol() | Member() | Call() | Tagged() | Host():
            return Member(target, name, scope.module.source.span(node))
        case Object():
            return _of_object(run, target, name, node, scope, called=called)
        case Array():
            return _of_array(run, target, name, node, scope)
        case str():
            return _of_text(target, name, node, scope)
        case Function():
            if name in target.properties:
                return target.properties[name].value
            if name == "name":
                return target.name
            if name in ("call", "apply", "bind"):
                return Member(target, name, scope.module.source.span(node))
            return UNDEFINED
        case Nothing():
            return run.unknown(f"reads .{name} of {target.value}", node, scope)
        case bool() | float() | BigInt() | Date():
            return Member(target, name, scope.module.source.span(node))


def _of_object(
    run: Evaluator, target: Object, name: str, node: Node, scope: Scope, *, called: bool
) -> Value:
    found = target.properties.get(name) or target.hidden.get(name)
    if found is not None:
        return found.value
    if target.holes:
        return target.holes[0]
    if target.kind or name in ("hasOwnProperty", "toString"):
        return Member(target, name, scope.module.source.span(node))
    if called:
        return run.unknown(f"calls .{name}(), which is not there", node, scope)
    return UNDEFINED


def _of_array(
    run: Evaluator, target: Array, name: str, node: Node, scope: Scope
) -> Value:
    if name.isdigit():
        index = int(name)
        if target.holes:
            return target.holes[0]
        return target.items[index] if index < len(target.items) else UNDEFINED
    if name == "length":
        return target.holes[0] if target.holes else float(len(target.items))
    del run
    return Member(target, name, scope.module.source.span(node))


def _of_text(target: str, name: str, node: Node, scope: Scope) -> Value:
    if name == "length":
        return float(len(target.encode("utf-16-le")) // 2)
    if name.isdigit():
        index = int(name)
        return target[index] if index < len(target) else UNDEFINED
    return Member(target, name, scope.module.source.span(node))
