"""Whether a module's statements must run in order, or can wait until needed.

A module whose top-level code only makes values, each of them changed by nobody
afterwards, means the same in any order. Where something may be changed (an
assignment, a `push`, a call that is given an object to change), everything runs
from top to bottom, as in Node.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemadiff.record import record
from schemadiff.typescript.assign import root_of
from schemadiff.typescript.declared_names import pattern_names
from schemadiff.typescript.havoc import always_throws
from schemadiff.typescript.syntax import Node, Source, children

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module

# Each begins with letters, not with what must stand before them: re skips to them.
_ASSIGNMENT = re.compile(rb"=(?![=>])(?<![=!]=)(?<![^<]<=)(?<![^>]>=)")
_DECLARATION = re.compile(
    rb"[ \t]*(?:export[ ]+|declare[ ]+|default[ ]+)*"
    rb"(?:const|let|var|type|interface|enum|class)\b[^=]*\Z"
)
_UPDATE = re.compile(rb"\+\+|--|delete\b(?<!\wdelete)")
_METHOD = re.compile(
    rb"\.\s*(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete"
    rb"|clear)\s*\("
)
_OBJECT = re.compile(
    rb"Object(?<!\wObject)\s*\.\s*"
    rb"(?:assign|defineProperty|defineProperties|setPrototypeOf)\s*\("
)
_FUNCTIONS = (
    "arrow_function",
    "function_expression",
    "function_declaration",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
)


@record
class Ordering:
    """What a module's text says about the order in which it must run.

    `changed` are the top-level names that something may change, and `volatile`
    those of them that functions change, whoever calls them. `changes_arguments`
    tells whether a function changes what it is given.
    """

    is_needed: bool
    changed: frozenset[str]
    volatile: frozenset[str]
    changes_arguments: bool


@record
class Change:
    """One change: of a top-level name, of a parameter, or of something else."""

    name: str
    in_function: bool
    of_parameter: bool


def ordering(module: "Module") -> Ordering:
    """Return what the text of a module says about its order."""
    found = module.changes
    names = {each.name for each in found if not each.of_parameter}
    volatile = {e.name for e in found if e.in_function and not e.of_parameter}
    changes_arguments = any(each.of_parameter for each in found)
    is_needed = (
        bool(found)
        or module.outline.is_common_js
        or any(not is_plain(module, each) for each in module.outline.effects)
    )
    return Ordering(is_needed, frozenset(names), frozenset(volatile), changes_arguments)


def is_plain(module: "Module", statement: Node) -> bool:
    """Tell whether a top-level statement changes nothing that the project made.

    That holds for calls of what packages export and make, and for checks that
    end the program.
    """
    if statement.type == "if_statement":
        yes = statement.child_by_field_name("consequence")
        other = statement.child_by_field_name("alternative")
        return yes is not None and other is None and always_throws(yes)
    if statement.type != "expression_statement":
        return False
    call = children(statement)[0]
    if call.type == "await_expression":
        call = children(call)[0]
    if call.type != "call_expression":
        return call.type in ("identifier", "template_string", "member_expression")
    root = root_of(call)
    if root is None:
        return False
    name = module.source.text(root)
    if module.is_local(name):
        return module.root_of_name(name) is not None
    return name != "Object"


def mentions_project(module: "Module", statement: Node) -> bool:
    """Tell whether a statement is an expression about anything of the file's own."""
    if statement.type != "expression_statement":
        return False
    words = module.words(statement)
    local = (*module.outline.declared, *module.outline.imported)
    return any(name.encode() in words for name in local)


def changes(module: "Module") -> Iterator[Change]:
    """Yield every change that the text makes to what may be shared."""
    source = module.source
    for target, is_binding in source.once(_targets):
        root = root_of(target)
        if root is None:
            if _is_this(target) and not _in_constructor(target):
                yield Change("this", in_function=True, of_parameter=True)
            continue
        change = _classified(root, source, is_variable=is_binding and root == target)
        if change is None or _is_of_package(module, change.name):
            continue
        yield change


def _is_of_package(module: "Module", name: str) -> bool:
    imported = module.outline.imported.get(name)
    return imported is not None and isinstance(module.target(imported.specifier), str)


def _is_this(node: Node) -> bool:
    while (inner := node.child_by_field_name("object")) is not None:
        node = inner
    return node.type == "this"


def _in_constructor(node: Node) -> bool:
    each: Node | None = node
    while each is not None:
        if each.type == "method_definition":
            name = each.child_by_field_name("name")
            return name is not None and name.text == b"constructor"
        each = each.parent
    return False


def _targets(source: Source) -> list[tuple[Node, bool]]:
    """Return what is changed, and whether it is given another value itself."""
    return list(_found_targets(source))


def _found_targets(source: Source) -> Iterator[tuple[Node, bool]]:
    data, root = source.data, source.root
    for match in _ASSIGNMENT.finditer(data):
        line = data[data.rfind(b"\n", 0, match.start()) + 1 : match.start()]
        if not _DECLARATION.match(line):
            yield from _assigned(root.descendant_for_byte_range(*match.span()))
    for match in _UPDATE.finditer(data):
        token = root.descendant_for_byte_range(*match.span())
        parent = token.parent if token is not None else None
        if parent is not None and parent.type in (
            "update_expression",
            "unary_expression",
        ):
            argument = parent.child_by_field_name("argument")
            if argument is not None:
                yield argument, True
    for match in _METHOD.finditer(data):
        token = root.descendant_for_byte_range(*match.span(1))
        if token is not None and token.type == "property_identifier":
            owner = token.parent and token.parent.child_by_field_name("object")
            if owner is not None:
                yield owner, False
    for match in _OBJECT.finditer(data):
        token = root.descendant_for_byte_range(match.end() - 1, match.end())
        arguments = token.parent if token is not None else None
        if arguments is not None and arguments.type == "arguments":
            for each in children(arguments)[:1]:
                yield each, False


def _assigned(token: Node | None) -> Iterator[tuple[Node, bool]]:
    parent = token.parent if token is not None else None
    if parent is None or parent.type not in (
        "assignment_expression",
        "augmented_assignment_expression",
    ):
        return
    left = parent.child_by_field_name("left")
    if left is None:
        return
    if not left.type.endswith("_pattern"):
        yield left, True
        return
    stack = [left]
    while stack:
        each = stack.pop()
        if each.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield each, True
        stack.extend(each.named_children)


def _classified(root: Node, source: Source, *, is_variable: bool) -> Change | None:
    """Return the change of the name `root`; None if it is the code's own affair."""
    name = source.text(root)
    in_function = False
    each = root.parent
    while each is not None:
        if each.type in _FUNCTIONS:
            if _is_parameter(each, name, source):
                if is_variable or _is_callback(each):
                    return None
                return Change(name, in_function, of_parameter=True)
            in_function = True
        elif each.type != "program" and _declares(each, name, source):
            return None
        each = each.parent
    return Change(name, in_function, of_parameter=False)


def _is_callback(function: Node) -> bool:
    return function.parent is not None and function.parent.type == "arguments"


def _is_parameter(function: Node, name: str, source: Source) -> bool:
    single = function.child_by_field_name("parameter")
    if single is not None:
        return source.text(single) == name
    parameters = function.child_by_field_name("parameters")
    for each in children(parameters) if parameters is not None else ():
        pattern = each.child_by_field_name("pattern")
        if pattern is not None and name in pattern_names(pattern, source):
            return True
    return False


def _declares(block: Node, name: str, source: Source) -> bool:
    if block.type == "for_in_statement":
        left = block.child_by_field_name("left")
        return left is not None and name in pattern_names(left, source)
    for each in block.named_children:
        if each.type in ("lexical_declaration", "variable_declaration"):
            for declarator in children(each):
                pattern = declarator.child_by_field_name("name")
                if pattern is not None and name in pattern_names(pattern, source):
                    return True
    return False
