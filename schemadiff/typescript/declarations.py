"""Enums and namespaces: declarations that make an object."""

from schemadiff.typescript.coerce import known_text
from schemadiff.typescript.declared_names import pattern_names
from schemadiff.typescript.evaluator import Evaluator, Expression
from schemadiff.typescript.properties import in_key_order, key_text
from schemadiff.typescript.scope import UNSET, Scope
from schemadiff.typescript.statements import declare_all, run_statement
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.values import Function, Object, Property, Unknown, Value


def enum_value(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the object that a TypeScript enum makes, reverse mapping included."""
    made = Object({}, scope.module.source.span(node))
    add_members(run, made, node, scope)
    return made


def add_members(run: Evaluator, made: Object, node: Node, scope: Scope) -> None:
    """Add the members of one enum declaration to the enum's object."""
    source = scope.module.source
    inner = Scope(scope.module, scope)
    for key, each in made.properties.items():
        inner.names[key] = each.value
    following: Value = 0.0
    for member in children(part(node, "body")):
        key_node = member.child_by_field_name("name") or member
        found = key_text(run, key_node, inner)
        initial = member.child_by_field_name("value")
        value = following if initial is None else run.value(initial, inner)
        name = source.text(key_node) if isinstance(found, Unknown) else found
        made.properties[name] = Property(value, source.span(member))
        inner.names[name] = value
        if isinstance(value, float):
            text = known_text(value) or ""
            made.properties[text] = Property(name, source.span(member))
            following = value + 1
        elif isinstance(value, Unknown):
            following = value
        else:
            following = run.unknown("needs an initial value", member, inner)
    in_key_order(made)


def namespace_value(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the object of a namespace's exported members."""
    made = Object({}, scope.module.source.span(node))
    fill_namespace(run, made, node, scope)
    return made


def fill_namespace(
    run: Evaluator, made: Object | Function, node: Node, scope: Scope
) -> None:
    """Add what one namespace declaration exports to the namespace's object."""
    source = scope.module.source
    parts = source.text(part(node, "name")).split(".")
    for name in parts[1:]:
        found = Object({}, source.span(node))
        made.properties[name.strip()] = Property(found, source.span(node))
        made = found
    inner = Scope(scope.module, scope)
    for key, each in made.properties.items():
        inner.names[key] = each.value
    exported: list[str] = []
    plain: list[Node] = []
    body = node.child_by_field_name("body")
    for statement in children(body) if body is not None else ():
        declaration = statement.child_by_field_name("declaration")
        if statement.type == "export_statement" and declaration is not None:
            plain.append(declaration)
            exported.extend(_names(declaration, scope))
        else:
            plain.append(statement)
    declare_all(run, plain, inner)
    for statement in plain:
        _run(run, statement, inner)
        _publish(made, exported, inner, node)
    _publish(made, exported, inner, node)


def _run(run: Evaluator, statement: Node, scope: Scope) -> None:
    target = statement
    if statement.type == "expression_statement":
        target = children(statement)[0]
    if target.type in ("internal_module", "module"):
        name = scope.module.source.text(part(target, "name")).split(".")[0]
        scope.names[name] = run.value(target, scope)
    else:
        run_statement(run, statement, scope)


def _publish(
    made: Object | Function, exported: list[str], scope: Scope, node: Node
) -> None:
    span = scope.module.source.span(node)
    for name in exported:
        value = scope.names.get(name, UNSET)
        if value is not UNSET:
            made.properties[name] = Property(value, span)


def _names(declaration: Node, scope: Scope) -> list[str]:
    source = scope.module.source
    if declaration.type == "expression_statement":
        declaration = children(declaration)[0]
    name = declaration.child_by_field_name("name")
    if name is not None:
        return [source.text(name).split(".")[0]]
    found: list[str] = []
    for declarator in children(declaration):
        pattern = declarator.child_by_field_name("name")
        if pattern is not None:
            found.extend(pattern_names(pattern, source))
    return found


DECLARATIONS: dict[str, Expression] = {
    "enum_declaration": enum_value,
    "internal_module": namespace_value,
    "module": namespace_value,
}
"""Declarations that make objects, by their names in the grammar."""
