"""What may have happened where it is not known whether code runs."""

from collections.abc import Iterator

from schemadiff.typescript.assign import root_of, set_variable, taint
from schemadiff.typescript.scope import UNSET, Scope
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import Array, Object, Unknown, Value

_FUNCTIONS = (
    "arrow_function",
    "function_expression",
    "function_declaration",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
    "class_body",
)
_NAMES = ("identifier", "shorthand_property_identifier_pattern")
_ABRUPT = ("return_statement", "break_statement", "continue_statement")


def havoc(nodes: list[Node], scope: Scope, cause: Unknown) -> None:
    """Make everything unknown that `nodes`, which may or may not run, change."""
    for node in _inside(nodes, functions=True):
        match node.type:
            case "assignment_expression" | "augmented_assignment_expression":
                _changed(node.child_by_field_name("left"), scope, cause)
            case "update_expression":
                _changed(node.child_by_field_name("argument"), scope, cause)
            case "for_in_statement":
                if not any(e.type in ("const", "let", "var") for e in node.children):
                    _changed(node.child_by_field_name("left"), scope, cause)
            case "unary_expression":
                if node.children[0].type == "delete":
                    _changed(node.child_by_field_name("argument"), scope, cause)
            case "call_expression":
                _called(node, scope, cause)


def may_leave(nodes: list[Node]) -> bool:
    """Tell whether `nodes` may end the function or the loop around them."""
    return any(each.type in _ABRUPT for each in _inside(nodes, functions=False))


def always_throws(node: Node) -> bool:
    """Tell whether a branch does nothing but end the program."""
    if node.type == "else_clause":
        return always_throws(children(node)[0])
    if node.type == "statement_block":
        statements = children(node)
        return bool(statements) and always_throws(statements[-1])
    if node.type == "throw_statement":
        return True
    text = node.text or b""
    return node.type == "expression_statement" and text.startswith(b"process.exit(")


def _inside(nodes: list[Node], *, functions: bool) -> Iterator[Node]:
    stack = list(nodes)
    while stack:
        each = stack.pop()
        yield each
        if functions or each.type not in _FUNCTIONS:
            stack.extend(each.named_children)


def _changed(target: Node | None, scope: Scope, cause: Unknown) -> None:
    if target is None:
        return
    is_pattern = target.type.endswith("_pattern")
    for each in _inside([target], functions=False):
        if each.type in _NAMES and (each == target or is_pattern):
            set_variable(scope.module.source.text(each), cause, scope)
    if target.type in ("member_expression", "subscript_expression"):
        _touched(target, scope, cause)


def _called(call: Node, scope: Scope, cause: Unknown) -> None:
    callee = call.child_by_field_name("function")
    if callee is not None and callee.type == "member_expression":
        _touched(callee, scope, cause)
    arguments = call.child_by_field_name("arguments")
    for each in children(arguments) if arguments is not None else ():
        root = root_of(each)
        if root is None:
            continue
        value = _current(root, scope)
        if isinstance(value, Object | Array):
            taint(root, value, cause, scope)


def _touched(node: Node, scope: Scope, cause: Unknown) -> None:
    root = root_of(node)
    if root is not None:
        value = _current(root, scope)
        if value is not None:
            taint(root, value, cause, scope)


def _current(root: Node, scope: Scope) -> Value | None:
    name = scope.module.source.text(root)
    holder = scope.holder(name)
    if holder is not None:
        held = holder.names[name]
        return None if held is UNSET else held
    if name in scope.module.outline.declared:
        return scope.module.value_of(name)
    return None
