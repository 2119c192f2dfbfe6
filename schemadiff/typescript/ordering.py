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
from schemadiff.regex import regex
from schemadiff.typescript.declared_names import pattern_names, root_of, unwrapped
from schemadiff.typescript.havoc import MUTATORS, always_throws
from schemadiff.typescript.syntax import Node, Source, children, part

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module

# Each begins with letters, not with what must stand before them: re skips to them.
_ASSIGNMENT = regex(rb"=(?![=>])(?<![=!]=)(?<![^<]<=)(?<![^>]>=)")
_DECLARATION = regex(
    rb"[ \t]*(?:export[ ]+|declare[ ]+|default[ ]+)*"
    rb"(?:(?:const|let|var)\b[^=;]*|(?:type|interface|enum)\b[^=;{]*)\Z"
)
_OBJECT = regex(
    rb"\b(?:Object|Reflect)\s*\.\s*(?:assign|defineProperty|defineProperties"
    rb"|setPrototypeOf|set|deleteProperty)\b"
)
_LOOP = regex(rb"for\b(?<!\wfor)\s*\(\s*[\w$.\[\]]+\s+(of|in)\b")
_METHODS = (
    b"push", b"pop", b"shift", b"unshift", b"splice", b"sort", b"reverse", b"fill",
    b"copyWithin", b"set", b"add", b"delete", b"clear",
)  # fmt: skip
_OF_PACKAGES = sorted(map(str.encode, MUTATORS))
_FRESH = ("object", "array", "new_expression")
_COPIES = ("map", "filter", "slice", "concat", "split", "flatMap", "flat", "entries")
_PARTS_OF_CALLEES = ("member_expression", "identifier", "property_identifier")
_OWNERS = (b"Object", b"Reflec")
_TARGETS = (
    "identifier",
    "shorthand_property_identifier_pattern",
    "member_expression",
    "subscript_expression",
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
        return module.root_of_name(name) is not None and not _gives(module, call)
    return name in ("console", "process")


def _gives(module: "Module", call: Node) -> bool:
    """Tell whether a call gets an object of the project, which it may change."""
    arguments = call.child_by_field_name("arguments")
    for each in children(arguments) if arguments is not None else ():
        root = root_of(each)
        name = "" if root is None else module.source.text(root)
        if module.is_local(name) and module.root_of_name(name) is None:
            return True
    return False


def mentions_project(module: "Module", statement: Node) -> bool:
    """Tell whether a statement is an expression about anything of the file's own."""
    if statement.type != "expression_statement":
        return False
    return bool(module.mentions(statement))


def changes(module: "Module") -> Iterator[Change]:
    """Yield every change that the text makes to what may be shared."""
    source = module.source
    for written, is_binding in source.once(_targets):
        target = unwrapped(written)
        root = root_of(target)
        if root is None:
            if _is_this(target) and not _in_constructor(target):
                yield Change("this", in_function=True, of_parameter=True)
            elif target.type not in _FRESH and target.type != "this":
                yield Change("", in_function=True, of_parameter=False)
            continue
        change = _classified(root, source, is_variable=is_binding and root == target)
        if change is None or _is_of_package(module, change.name):
            continue
        yield change
    for declared in module.outline.declared.values():
        if declared.is_variable:
            yield Change(declared.name, in_function=False, of_parameter=False)


def _is_of_package(module: "Module", name: str) -> bool:
    imported = module.outline.imported.get(name)
    return imported is not None and isinstance(module.target(imported.specifier), str)


def _is_this(node: Node) -> bool:
    while (inner := node.child_by_field_name("object")) is not None:
        node = inner
    return node.type == "this"


def _in_constructor(node: Node) -> bool:
    """Tell whether `node` is `this.name` inside of a constructor."""
    inner = node.child_by_field_name("object")
    if inner is None or inner.type != "this":
        return False
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
    for match in (*_marks(data, b"++", b"--"), *_words(data, b"delete")):
        token = root.descendant_for_byte_range(*match.span())
        parent = token.parent if token is not None else None
        if parent is not None and parent.type in (
            "update_expression",
            "unary_expression",
        ):
            argument = parent.child_by_field_name("argument")
            if argument is not None:
                yield argument, True
    for match in _words(data, *_METHODS):
        owner = _owner(root.descendant_for_byte_range(*match.span()))
        if owner is not None:
            yield owner, False
    of_owners = _OBJECT.finditer(data) if any(each in data for each in _OWNERS) else ()
    for match in (*of_owners, *_words(data, *_OF_PACKAGES)):
        end = match.end()
        callee: Node | None = root.descendant_for_byte_range(end - 1, end)
        while callee is not None and callee.type in _PARTS_OF_CALLEES:
            callee = callee.parent
        arguments = callee and callee.child_by_field_name("arguments")
        if arguments is not None:
            for each in children(arguments)[:1]:
                yield each, False
        elif callee is not None and data[match.start() : match.start() + 6] in _OWNERS:
            yield callee, False
    for match in _LOOP.finditer(data):
        token = root.descendant_for_byte_range(*match.span(1))
        loop = token.parent if token is not None else None
        left = loop and loop.child_by_field_name("left")
        if left is not None:
            yield left, True


def _marks(data: bytes, *marks: bytes) -> Iterator[re.Match[bytes]]:
    for each in marks:
        if each in data:  # much quicker than re, and mostly false
            yield from re.finditer(re.escape(each), data)


def _words(data: bytes, *words: bytes) -> Iterator[re.Match[bytes]]:
    """Yield where one of some words stands, not where it is a part of another."""
    for each in words:
        if each in data:
            yield from re.finditer(rb"%b\b(?<!\w%b)" % (each, each), data)


def _owner(token: Node | None) -> Node | None:
    """Return what a method that changes it is taken from."""
    if token is None:
        return None
    if token.type == "property_identifier" and token.parent is not None:
        if token.parent.type == "member_expression":
            return token.parent.child_by_field_name("object")
        return None
    if token.type == "shorthand_property_identifier_pattern":
        return token
    if token.type == "string_fragment" and token.parent is not None:
        outer = token.parent.parent
        if outer is not None and outer.type == "subscript_expression":
            return outer.child_by_field_name("object")
    return None


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
        if each.type in _TARGETS:
            yield each, True
        else:
            stack.extend(each.named_children)


def _classified(root: Node, source: Source, *, is_variable: bool) -> Change | None:
    """Return the change of the name `root`; None if it is the code's own affair."""
    name = source.text(root)
    in_function = is_escaping = False
    each = root.parent
    while each is not None:
        if each.type in _FUNCTIONS:
            if _is_parameter(each, name, source):
                if (is_variable and not is_escaping) or _is_collector(each, source):
                    return None
                return Change(name, in_function, of_parameter=True)
            in_function = True
            is_escaping = is_escaping or not _is_callback(each)
        elif each.type != "program":
            declared = _declared_as(each, name, source)
            if declared:
                if not is_escaping and (is_variable or _is_fresh(declared, source)):
                    return None
                return Change("", in_function, of_parameter=False)
        each = each.parent
    return Change(name, in_function, of_parameter=False)


def _is_callback(function: Node) -> bool:
    return function.parent is not None and function.parent.type == "arguments"


def _is_collector(function: Node, source: Source) -> bool:
    """Tell whether a function is what `reduce` calls, to fill what is made for it."""
    arguments = function.parent
    call = arguments.parent if arguments is not None else None
    callee = call.child_by_field_name("function") if call is not None else None
    asked = callee.child_by_field_name("property") if callee is not None else None
    given = children(arguments) if arguments is not None else []
    return (
        asked is not None
        and source.text(asked) == "reduce"
        and given[0] == function
        and len(given) > 1
        and _is_fresh(given[1], source)
    )


def _is_fresh(value: Node, source: Source) -> bool:
    """Tell whether an expression makes something that nobody else has."""
    value = unwrapped(value)
    if value.type == "call_expression":
        callee = part(value, "function")
        asked = callee.child_by_field_name("property")
        return asked is not None and source.text(asked) in _COPIES
    return value.type in _FRESH


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


def _declared_as(block: Node, name: str, source: Source) -> Node | None:
    """Return what a block declares a name to be; the block if that is not simple."""
    if block.type == "for_in_statement":
        left = block.child_by_field_name("left")
        is_own = left is not None and name in pattern_names(left, source)
        return block if is_own else None
    for each in block.named_children:
        if each.type in ("lexical_declaration", "variable_declaration"):
            for declarator in children(each):
                pattern = declarator.child_by_field_name("name")
                if pattern is None or name not in pattern_names(pattern, source):
                    continue
                value = declarator.child_by_field_name("value")
                is_plain = pattern.type == "identifier" and value is not None
                return value if is_plain else declarator
    return None
