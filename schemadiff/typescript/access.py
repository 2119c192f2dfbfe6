"""Names and properties: what an identifier or `a.b` stands for."""

import posixpath

from schemadiff.regex import regex
from schemadiff.typescript.coerce import known_text
from schemadiff.typescript.evaluator import Evaluator, Expression, describe
from schemadiff.typescript.exports import namespace_member
from schemadiff.typescript.getters import read
from schemadiff.typescript.globals import CONSTANTS, global_value
from schemadiff.typescript.paths import module_url
from schemadiff.typescript.properties import is_index
from schemadiff.typescript.scope import UNSET, Scope
from schemadiff.typescript.syntax import Node, part
from schemadiff.typescript.units import from_units, to_units
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

ENVIRONMENTS = (("process", "env"), ("import.meta", "env"), ("Bun", "env"))
"""Objects of the runtime whose properties a machine decides."""

OF_ANY_OBJECT = (
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
)
"""What every object has."""

_DATE_METHOD = regex(r"(?:[gs]et|to)[A-Z]|valueOf\Z|constructor\Z|__proto__\Z")
_METHOD = regex(r"(?!NaN\Z|Infinity\Z)[A-Za-z_$][\w$]*\Z")


def identifier(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the value of a name."""
    return named(run, scope.module.source.text(node), node, scope)


def named(run: Evaluator, name: str, node: Node, scope: Scope) -> Value:
    """Return the value of the variable `name`, found by scope."""
    holder = scope.holder(name)
    if holder is not None:
        held = holder.names[name]
        if held is UNSET:
            return run.unknown(f"uses {name} before it is declared", node, scope)
        return held
    found = scope.module.value_of(name)
    if found is not None:
        return found
    if name == "arguments" and scope.frame.node is not None:
        return Array(list(scope.frame.arguments), scope.module.source.span(node))
    value = global_value(name, scope.module.path)
    if value is None:
        return run.unknown(f"uses {name}, which is not declared", node, scope)
    return value


def member(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the value of `a.b` or `a[b]`."""
    found = member_of_namespace(node, scope)
    if found is not None:
        return found
    target = run.value(part(node, "object"), scope)
    return member_in_chain(run, target, node, scope)


def member_of_namespace(node: Node, scope: Scope) -> Value | None:
    """Return `a.b` where `a` is an imported namespace; None for any other.

    Only this one export is evaluated, and those of a package are known by name.
    """
    owner = part(node, "object")
    if owner.type != "identifier" or node.type != "member_expression":
        return None
    name = scope.module.source.text(owner)
    if name not in scope.module.outline.imported or scope.holder(name) is not None:
        return None
    asked = scope.module.source.text(part(node, "property"))
    return namespace_member(scope.module, name, asked)


def member_in_chain(run: Evaluator, target: Value, node: Node, scope: Scope) -> Value:
    """Return the property of `target` that the member expression `node` asks for."""
    if isinstance(target, Nothing) and may_be_missing(node):
        return UNDEFINED
    name = property_name(run, node, scope)
    if isinstance(name, Unknown):
        return run.because(name, node, scope)
    return member_of(run, target, name, node, scope)


def may_be_missing(node: Node) -> bool:
    """Tell whether `?.` stands somewhere in the chain that `node` ends.

    What follows a `?.` that found nothing is not evaluated.
    """
    each: Node | None = node
    while each is not None:
        if any(token.type in ("?.", "optional_chain") for token in each.children):
            return True
        each = each.child_by_field_name(
            "function" if each.type == "call_expression" else "object"
        )
    return False


def property_name(run: Evaluator, node: Node, scope: Scope) -> str | Unknown:
    """Return the name of the property that a member expression asks for."""
    if node.type == "member_expression":
        return scope.module.source.text(part(node, "property"))
    index_node = part(node, "index")
    index = run.value(index_node, scope)
    name = known_text(index)
    return run.because(index, index_node, scope) if name is None else name


def member_of(
    run: Evaluator, target: Value, name: str, node: Node, scope: Scope
) -> Value:
    """Return `target.name`; a builtin method stays a `Member` until it is called."""
    match target:
        case Symbol(name="*", package=package) if package:
            return Symbol(package, name)
        case Symbol(package="", name=owner) if constant := _constant(owner, name):
            return constant
        case Symbol(package="", name="import.meta"):
            return _meta(target, name, node, scope)
        case Member() if is_environment(target):
            return run.unknown(f"depends on {describe(target)}.{name}", node, scope)
        case Member() | Call() if (inside := run.opened(target)) is not target:
            return member_of(run, inside, name, node, scope)
        case Symbol() | Member() | Call() | Tagged() | Host():
            asked = Member(target, name, scope.module.source.span(node))
            return run.opened(asked)
        case Object():
            return _of_object(run, target, name, node, scope)
        case Array():
            return _of_array(run, target, name, node, scope)
        case str():
            return _of_text(run, target, name, node, scope)
        case Function():
            return _of_function(run, target, name, node, scope)
        case Unknown():
            return run.because(target, node, scope)
        case Nothing():
            return run.unknown(f"reads .{name} of {target.value}", node, scope)
        case Date() if not _DATE_METHOD.match(name):
            return UNDEFINED
        case bool() | float() | BigInt() | Date():
            return Member(target, name, scope.module.source.span(node))


def _constant(owner: str, name: str) -> Value | None:
    if owner in ("globalThis", "global", "window"):
        return global_value(name, "")
    return CONSTANTS.get(f"{owner}.{name}")


def _meta(target: Symbol, name: str, node: Node, scope: Scope) -> Value:
    path = scope.module.path
    match name:
        case "url":
            return module_url(path)
        case "dirname" | "dir":
            return posixpath.dirname(path) or "."
        case "filename" | "path":
            return path
        case _:
            return Member(target, name, scope.module.source.span(node))


def is_environment(value: Value) -> bool:
    """Tell whether `value` is `process.env` or the like."""
    return (
        isinstance(value, Member)
        and isinstance(value.target, Symbol)
        and value.target.package == ""
        and (value.target.name, value.name) in ENVIRONMENTS
    )


def _of_object(
    run: Evaluator, target: Object, name: str, node: Node, scope: Scope
) -> Value:
    found = target.properties.get(name)
    if found is not None:
        if name in target.uncertain:
            return run.because(target.holes[-1], node, scope, target)
        return read(target, found)
    if target.holes:
        return run.because(target.holes[0], node, scope, target)
    hidden = target.hidden.get(name)
    if hidden is not None:
        return hidden.value
    getter = target.hidden.get(f"get {name}")
    if getter is not None and isinstance(getter.value, Function):
        return run.call(getter.value, target, (), node, scope)
    if target.kind in ("map", "set") and name == "size":
        return float(len(target.entries))
    if target.kind or name in OF_ANY_OBJECT:
        return _missing(run, target, name, node, scope)
    patch = run.patch_of(name)
    return UNDEFINED if patch is None else run.because(patch, node, scope)


def _of_array(
    run: Evaluator, target: Array, name: str, node: Node, scope: Scope
) -> Value:
    if is_index(name):
        if target.holes:
            return run.because(target.holes[0], node, scope, target)
        index = int(name)
        return target.items[index] if index < len(target.items) else UNDEFINED
    if name == "length":
        if target.holes:
            return run.because(target.holes[0], node, scope, target)
        return float(len(target.items))
    if not _METHOD.match(name):
        return UNDEFINED
    return Member(target, name, scope.module.source.span(node))


def _of_text(run: Evaluator, target: str, name: str, node: Node, scope: Scope) -> Value:
    if name == "length":
        return float(len(target.encode("utf-16-le", "surrogatepass")) // 2)
    if is_index(name):
        units, index = to_units(target), int(name)
        if index >= len(units):
            return UNDEFINED
        found = from_units(units[index])
        reason = "takes half a character"
        return run.unknown(reason, node, scope) if found is None else found
    if not _METHOD.match(name):
        return UNDEFINED
    return _missing(run, target, name, node, scope)


def _missing(
    run: Evaluator, target: Value, name: str, node: Node, scope: Scope
) -> Value:
    """Return a property that only the language may know: a method, or a patch."""
    patch = run.patch_of(name)
    if patch is not None:
        return run.because(patch, node, scope)
    return Member(target, name, scope.module.source.span(node))


def _of_function(
    run: Evaluator, target: Function, name: str, node: Node, scope: Scope
) -> Value:
    owner: Function | None = target
    while owner is not None:
        if owner.changed is not None:
            return run.because(owner.changed, node, scope)
        found = owner.properties.get(name) or owner.hidden.get(name)
        if found is not None:
            return read(target, found)
        getter = owner.hidden.get(f"get {name}")
        if getter is not None:
            return run.call(getter.value, target, (), node, scope)
        owner = owner.parent
    if name == "prototype":
        return run.unknown("uses a prototype", node, scope, target)
    if name == "name":
        return target.name
    if name in ("call", "apply", "bind", "toString"):
        return Member(target, name, scope.module.source.span(node))
    return UNDEFINED


def this(run: Evaluator, node: Node, scope: Scope) -> Value:  # noqa: ARG001
    """Return what `this` is in the running call."""
    return scope.frame.this


def meta(run: Evaluator, node: Node, scope: Scope) -> Value:  # noqa: ARG001
    """Return `import.meta`."""
    return Symbol("", "import.meta")


ACCESS: dict[str, Expression] = {
    "identifier": identifier,
    "shorthand_property_identifier": identifier,
    "member_expression": member,
    "subscript_expression": member,
    "this": this,
    "meta_property": meta,
}
"""Names and properties, by their names in the grammar."""
