"""Which package an expression is rooted in, found by syntax alone."""

from typing import TYPE_CHECKING

from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.values import Symbol

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module

_WRAPPERS = (
    "as_expression",
    "satisfies_expression",
    "non_null_expression",
    "parenthesized_expression",
    "instantiation_expression",
)


def root_of_expression(
    module: "Module", node: Node, seen: frozenset[tuple[str, str]] = frozenset()
) -> Symbol | None:
    """Return the package symbol at the root of the calls that `node` consists of."""
    path: list[str] = []
    while True:
        kind = node.type
        if kind == "call_expression":
            node = part(node, "function")
        elif kind == "new_expression":
            node = part(node, "constructor")
        elif kind == "member_expression":
            path.append(module.source.text(part(node, "property")))
            node = part(node, "object")
        elif kind in _WRAPPERS:
            node = children(node)[0]
        elif kind == "identifier":
            return root_of_name(module, module.source.text(node), path, seen)
        else:
            return None


def root_of_name(
    module: "Module",
    name: str,
    path: list[str],
    seen: frozenset[tuple[str, str]] = frozenset(),
) -> Symbol | None:
    """Return the package symbol that the top-level name `name` is rooted in.

    `path` are the properties asked of it, the last one first.
    """
    key = module.path, name
    if key in seen:
        return None
    seen |= {key}
    declared = module.outline.declared.get(name)
    if declared is not None:
        if declared.node.type != "variable_declarator" or declared.also:
            return None
        initial = declared.node.child_by_field_name("value")
        pattern = part(declared.node, "name")
        if initial is None or pattern.type != "identifier":
            return None
        if any(each.name == name for each in module.changes):
            return None
        return root_of_expression(module, initial, seen)
    imported = module.outline.imported.get(name)
    if imported is None:
        return None
    target = module.target(imported.specifier)
    if isinstance(target, str):
        if imported.name == "*" and path:
            return Symbol(target, path[-1])
        return Symbol(target, imported.name)
    if target is None or imported.name in ("*", "="):
        return None
    export = target.find_export(imported.name)
    return None if export is None else export.root()
