"""Which top-level statements change which bindings."""

import re
from typing import TYPE_CHECKING

from schemadiff.typescript.syntax import Node, children

if TYPE_CHECKING:
    from schemadiff.typescript.program import Module

_CHANGING = (
    "push|unshift|splice|pop|shift|set|add|sort|reverse|fill|delete|clear|copyWithin"
)


def effects_on(module: "Module", name: str) -> list[Node]:
    """Return the top-level statements that change the binding `name`, in order."""
    effects = module.scan.effects
    if not effects:
        return []
    pattern = re.compile(
        rf"""(?<![\w$.]){re.escape(name)}
             (?:\s*(?:\.\s*[\w$]+|\[[^\]]*\]|!))*\s*
             (?:=(?![=>])|\+\+|--|[-+*/%|&^?]{{1,3}}=(?!=)|\.\s*(?:{_CHANGING})\s*\()
           | Object\s*\.\s*assign\s*\(\s*{re.escape(name)}(?![\w$])
           | (?:\+\+|--)\s*{re.escape(name)}(?![\w$])""".encode(),
        re.VERBOSE,
    )
    found = []
    for each in effects:
        text = module.source.data[each.start_byte : each.end_byte]
        if name.encode() not in text:
            continue
        if pattern.search(text) or _is_passed(module, each, name):
            found.append(each)
    return found


def _is_passed(module: "Module", statement: Node, name: str) -> bool:
    """Tell whether the statement hands the binding to a function of the project."""
    inner = children(statement)
    if statement.type != "expression_statement" or inner[0].type != "call_expression":
        return False
    callee = inner[0].child_by_field_name("function")
    arguments = inner[0].child_by_field_name("arguments")
    if callee is None or arguments is None or callee.type != "identifier":
        return False
    names = [module.source.text(each) for each in children(arguments)]
    if name not in names:
        return False
    called = module.source.text(callee)
    if called in module.scan.declared:
        return True
    imported = module.scan.imported.get(called)
    if imported is None:
        return False
    target = module.target(imported.specifier)
    return target is not None and not isinstance(target, str)
