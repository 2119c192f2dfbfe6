"""Assignments: to names, properties and patterns."""

from schemadiff.typescript.access import property_name
from schemadiff.typescript.coerce import known_number
from schemadiff.typescript.declared_names import root_of
from schemadiff.typescript.evaluator import Evaluator, Stop, Thrown
from schemadiff.typescript.havoc import may_have_changed
from schemadiff.typescript.holes import add_hole
from schemadiff.typescript.patterns import take_apart
from schemadiff.typescript.properties import in_key_order, is_index
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Function,
    Member,
    Object,
    Property,
    Symbol,
    Unknown,
    Value,
)

_MEMBERS = ("member_expression", "subscript_expression")
_WRAPPERS = ("parenthesized_expression", "non_null_expression", "as_expression")

Reference = tuple[Value, str | Unknown]
"""The owner and the name of a property."""


def reference(run: Evaluator, target: Node, scope: Scope) -> Reference | None:
    """Evaluate what stands before the `=`, once; None for a name or a pattern."""
    while target.type in _WRAPPERS:
        target = children(target)[0]
    if target.type not in _MEMBERS:
        return None
    owner = run.value(part(target, "object"), scope)
    return owner, property_name(run, target, scope)


def assign(
    run: Evaluator,
    target: Node,
    value: Value,
    scope: Scope,
    into: Reference | None = None,
) -> None:
    """Give `target`, a name, property or pattern, the value `value`.

    `into` is the reference of `target` where that was evaluated before.
    """
    if into is not None:
        put_property(run, into, value, target, scope)
        return

    def one(node: Node, found: Value) -> None:
        kind = node.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            set_variable(run, node, found, scope)
        elif kind in _MEMBERS:
            owner = run.value(part(node, "object"), scope)
            name = property_name(run, node, scope)
            put_property(run, (owner, name), found, node, scope)

    take_apart(run, target, value, scope, one)


def set_variable(run: Evaluator, node: Node, value: Value, scope: Scope) -> None:
    """Give a local or top-level variable another value; a constant throws."""
    name = scope.module.source.text(node)
    if scope.is_constant(name):
        unknown = run.unknown(f"assigns to the constant {name}", node, scope)
        raise Thrown(unknown, unknown)
    known = scope.module.outline
    if scope.holder(name) is None and not (
        name in known.declared or name in known.imported
    ):
        run.patched(
            UNDEFINED, name, run.unknown(f"sets the global {name}", node, scope)
        )
    scope.assign(name, value)


def put_property(
    run: Evaluator, into: Reference, value: Value, node: Node, scope: Scope
) -> None:
    """Set a property, as `owner[name] = value` does."""
    owner, name = into
    if isinstance(owner, Object | Array) and owner.is_frozen:
        # It throws in strict code and does nothing in other code.
        raise Stop(run.unknown("changes what is frozen", node, scope))
    match owner:
        case Object():
            _of_object(run, owner, name, value, node, scope)
        case Function():
            _of_function(run, owner, name, value, node, scope)
        case Array():
            _of_array(run, owner, name, value, node, scope)
        case Unknown():
            may_have_changed([owner], owner)
        case Symbol() | Member() | Call():
            what = f".{name}" if isinstance(name, str) else "a property"
            reason = f"sets {what} of what a package made"
            unknown = run.unknown(reason, node, scope, owner)
            run.patched(owner, name, unknown)
            _replace_root(node, unknown, scope)
        case _:
            pass


def _replace_root(node: Node, unknown: Unknown, scope: Scope) -> None:
    """Make the name unknown by which something symbolic was changed."""
    root = root_of(node)
    if root is not None:
        scope.assign(scope.module.source.text(root), unknown)


def _of_object(
    run: Evaluator,
    owner: Object,
    name: str | Unknown,
    value: Value,
    node: Node,
    scope: Scope,
) -> None:
    if isinstance(name, Unknown):
        add_hole(owner, name)
        return
    span = scope.module.source.span(node)
    if name.startswith("#"):
        owner.hidden[name] = Property(value, span)
        return
    setter = owner.hidden.get(f"set {name}")
    if setter is not None and isinstance(setter.value, Function):
        run.call(setter.value, owner, (value,), node, scope)
        return
    if name == "__proto__":
        add_hole(owner, run.unknown("sets the prototype", node, scope))
        return
    found = owner.properties.get(name)
    is_getter = found is not None and found.getter is not None
    if is_getter or f"get {name}" in owner.hidden:
        reason = f"sets {name}, which only has a getter"
        raise Stop(run.unknown(reason, node, scope))
    is_new = name not in owner.properties
    owner.properties[name] = Property(value, span)
    owner.uncertain.discard(name)
    if is_new and is_index(name):
        in_key_order(owner)


def _of_function(
    run: Evaluator,
    owner: Function,
    name: str | Unknown,
    value: Value,
    node: Node,
    scope: Scope,
) -> None:
    if isinstance(name, Unknown):
        may_have_changed([owner], name)
        return
    each: Function | None = owner
    while each is not None:
        setter = each.hidden.get(f"set {name}")
        if setter is not None and isinstance(setter.value, Function):
            run.call(setter.value, owner, (value,), node, scope)
            return
        each = each.parent
    if name.startswith("#"):
        owner.hidden[name] = Property(value, scope.module.source.span(node))
        return
    owner.properties[name] = Property(value, scope.module.source.span(node))


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
    elif name == "length" and not owner.holes:
        _set_length(run, owner, value, node, scope)
    elif name == "length" and known_number(value) == 0:
        owner.items.clear()
        owner.holes.clear()
    elif is_index(name) and int(name) <= run.limits.size:
        index = int(name)
        owner.is_sparse = owner.is_sparse or index > len(owner.items)
        owner.items.extend([UNDEFINED] * (index + 1 - len(owner.items)))
        owner.items[index] = value
    else:
        owner.holes.append(run.unknown(f"sets .{name} of an array", node, scope))


def _set_length(
    run: Evaluator, owner: Array, value: Value, node: Node, scope: Scope
) -> None:
    length = known_number(value)
    if length is None or not 0 <= length <= len(owner.items):
        owner.holes.append(run.unknown("sets .length of an array", node, scope))
    else:
        del owner.items[int(length) :]
