"""Enums and namespaces: declarations that make an object."""

from schemadiff.typescript.coerce import known_text
from schemadiff.typescript.evaluator import Evaluator, Stop
from schemadiff.typescript.literals import string_text
from schemadiff.typescript.scan import pattern_names
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.statements import declare_all, run_statement
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import Object, Property, Unknown, Value


def enum_value(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the object that a TypeScript enum makes, reverse mapping included."""
    source = scope.module.source
    made = Object({}, source.span(node))
    inner = scope.inner()
    following: float | None = 0.0
    body = node.child_by_field_name("body")
    for member in children(body) if body else ():
        name_node = member.child_by_field_name("name") or member
        name = source.text(name_node)
        if name_node.type == "string":
            name = string_text(source, name_node)
        initial = member.child_by_field_name("value")
        if initial is not None:
            value = run.value(initial, inner)
        elif following is not None:
            value = following
        else:
            return run.unknown("has an enum member without a value", member, scope)
        if isinstance(value, Unknown):
            return value
        following = value + 1 if isinstance(value, float) else None
        made.properties[name] = Property(value, source.span(member))
        inner.declare(name, value)
        if isinstance(value, float):
            text = known_text(value) or ""
            made.properties[text] = Property(name, source.span(member))
    return made


def namespace_value(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the object of a namespace's exported members."""
    source = scope.module.source
    made = Object({}, source.span(node))
    inner = scope.inner()
    body = node.child_by_field_name("body")
    statements = children(body) if body else []
    exported: list[str] = []
    plain = []
    for each in statements:
        declaration = each.child_by_field_name("declaration")
        if each.type == "export_statement" and declaration is not None:
            plain.append(declaration)
            exported.extend(_names(declaration, scope))
        else:
            plain.append(each)
    try:
        declare_all(run, plain, inner)
        for each in plain:
            run_statement(run, each, inner)
    except Stop as stop:
        return stop.unknown
    for name in exported:
        cell = inner.cell(name)
        if cell is not None:
            made.properties[name] = Property(cell.value, source.span(node))
    return made


def _names(declaration: Node, scope: Scope) -> list[str]:
    source = scope.module.source
    name = declaration.child_by_field_name("name")
    if name is not None:
        return [source.text(name)]
    found: list[str] = []
    for declarator in children(declaration):
        pattern = declarator.child_by_field_name("name")
        if pattern is not None:
            found.extend(pattern_names(pattern, source))
    return found
