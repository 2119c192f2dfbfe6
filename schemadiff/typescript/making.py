"""Making the value of a top-level declaration."""

from typing import TYPE_CHECKING

from schemadiff.typescript.declarations import add_members, fill_namespace
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.outline import Declared
from schemadiff.typescript.patterns import bind
from schemadiff.typescript.scope import UNSET, Scope
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.values import UNDEFINED, Function, Object, Value

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module


def make_declared(run: Evaluator, module: "Module", declared: Declared) -> Value:
    """Return the value of a declaration; names declared with it are set too."""
    node = declared.node
    if node.type == "variable_declarator":
        return _variable(run, module, declared)
    if node.type == "import_alias":
        return _alias(run, node, module.scope)
    value = run.value(node, module.scope)
    if declared.also:
        module.declare(declared.name, value)
    for each in declared.also:
        if each.type == "enum_declaration" and isinstance(value, Object):
            add_members(run, value, each, module.scope)
        elif isinstance(value, Object | Function) and each.type in (
            "internal_module",
            "module",
        ):
            fill_namespace(run, value, each, module.scope)
        elif each.type == "function_declaration":
            value = run.value(each, module.scope)
    return value


def _variable(run: Evaluator, module: "Module", declared: Declared) -> Value:
    pattern = part(declared.node, "name")
    initial = declared.node.child_by_field_name("value")
    value = UNDEFINED if initial is None else run.value(initial, module.scope)
    if pattern.type == "identifier":
        return value
    inner = Scope(module, module.scope)
    bind(run, pattern, value, inner)
    for name, found in inner.names.items():
        if found is not UNSET:
            module.declare(name, found)
    found = inner.names.get(declared.name, UNSET)
    return UNDEFINED if found is UNSET else found


def _alias(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the value of `import name = a.b`."""
    return run.value(children(node)[1], scope)
