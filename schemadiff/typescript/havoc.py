"""What may have happened where it is not known whether, or which, code runs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemadiff.typescript.declared_names import root_of
from schemadiff.typescript.fingerprint import Print
from schemadiff.typescript.holes import taint
from schemadiff.typescript.scope import UNSET, Scope
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import (
    Array,
    Call,
    Function,
    Member,
    Object,
    Property,
    Tagged,
    Unknown,
    Value,
)

CHANGING = frozenset(
    {"copyWithin", "fill", "pop", "push", "reverse", "shift", "sort", "splice"}
    | {"add", "clear", "delete", "set", "unshift"}
    | {"assign", "defineProperties", "defineProperty", "setPrototypeOf"}
)
"""The methods of the language that change what they are called on, or given."""

MUTATORS = frozenset(
    {"assign", "assignIn", "defaults", "defaultsDeep", "extend", "merge", "mergeWith"}
    | {"pull", "pullAll", "remove", "set", "unset", "update", "updateWith"}
)
"""What packages call their functions that change their first argument."""

FUNCTIONS = (
    "arrow_function",
    "function_expression",
    "function_declaration",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
    "class_body",
)
_NAMES = ("identifier", "shorthand_property_identifier_pattern")
_MENTIONS = ("identifier", "shorthand_property_identifier", "this")
_ABRUPT = ("return_statement", "break_statement", "continue_statement")
_WRITES = {
    "assignment_expression": "left",
    "augmented_assignment_expression": "left",
    "update_expression": "argument",
    "for_in_statement": "left",
    "unary_expression": "argument",
}


def havoc(nodes: list[Node], scope: Scope, cause: Unknown) -> None:
    """Make everything unknown that `nodes`, which may or may not run, change."""
    storm = _Storm(cause)
    for node in nodes:
        storm.text(node, scope)
    storm.pass_over()


def may_have_changed(values: Iterable[Value], cause: Unknown) -> None:
    """Make everything unknown that can be reached through `values`.

    Unknown code has them, so it may have changed them and called their functions.
    """
    storm = _Storm(cause)
    storm.is_wild = True
    for each in values:
        storm.given(each)
    storm.pass_over()


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
        if functions or each.type not in FUNCTIONS:
            stack.extend(each.named_children)


class _Storm:
    """Code that may or may not run, with all that it may call.

    `mentioned` is every value that its names stand for, `struck` those of them
    that it changes by name. `is_wild` once something is changed that no name
    leads to, a parameter for one: then all that is mentioned may be it.
    """

    def __init__(self, cause: Unknown) -> None:
        self.cause = cause
        self.is_wild = False
        self.mentioned: list[Value] = []
        self.struck: list[Value] = []
        self.assigned: list[tuple[str, Scope]] = []
        self.seen: set[object] = set()
        self.work: list[tuple[Node, Scope]] = []

    def text(self, node: Node, scope: Scope) -> None:
        """Note code that may run, its names standing for what they do in `scope`."""
        key = scope.module.path, node.start_byte, node.end_byte, id(scope)
        if key not in self.seen:
            self.seen.add(key)
            self.work.append((node, scope))

    def given(self, value: Value) -> None:
        """Note a value that unknown code has."""
        self.mentioned.append(value)
        for each in _reached([value], self.seen):
            if isinstance(each, Function):
                self._function(each)
            elif isinstance(each, Unknown) and isinstance(each.fingerprint, Print):
                self.text(each.fingerprint.node, each.fingerprint.scope)
                self.given_all(each.fingerprint.causes)

    def given_all(self, values: Sequence[Value]) -> None:
        for each in values:
            if id(each) not in self.seen:
                self.given(each)

    def _function(self, function: Function) -> None:
        made = function.fingerprint
        if isinstance(made, Print):
            self.text(made.node, made.scope)

    def pass_over(self) -> None:
        """Make unknown what all the noted code may change."""
        while self.work:
            node, scope = self.work.pop()
            self._read(node, scope)
        for name, scope in self.assigned:
            scope.assign(name, self.cause)
        hit = [*self.struck, *(self.mentioned if self.is_wild else ())]
        for each in _reached(hit, set()):
            taint(each, self.cause)

    def _read(self, node: Node, scope: Scope) -> None:
        for each in _inside([node], functions=True):
            field = _WRITES.get(each.type)
            if field is not None:
                self._write(each, each.child_by_field_name(field), scope)
            elif each.type in ("call_expression", "new_expression"):
                self._call(each, scope)
            elif each.type in _MENTIONS:
                value = current(each, scope)
                if value is not None and id(value) not in self.seen:
                    self.mentioned.append(value)
                    if isinstance(value, Function):
                        self.seen.add(id(value))
                        self._function(value)

    def _write(self, node: Node, target: Node | None, scope: Scope) -> None:
        if target is None:
            return
        tokens = {token.type for token in node.children}
        if node.type == "for_in_statement" and tokens & {"const", "let", "var"}:
            return
        if node.type == "unary_expression" and "delete" not in tokens:
            return
        is_pattern = target.type.endswith("_pattern")
        for each in _inside([target], functions=False):
            if each.type in _NAMES and (each == target or is_pattern):
                name = scope.module.source.text(each)
                self.assigned.append((name, scope))
            elif each.type in ("member_expression", "subscript_expression"):
                self._strike(each, scope)

    def _strike(self, node: Node, scope: Scope) -> None:
        root = root_of(node)
        value = current(root, scope) if root is not None else None
        if isinstance(value, Object | Array) and not _calls(node):
            self.struck.append(value)
        else:
            self.is_wild = True

    def _call(self, call: Node, scope: Scope) -> None:
        callee = call.child_by_field_name("function") or call.child_by_field_name(
            "constructor"
        )
        if callee is None:
            return
        if callee.type in ("member_expression", "subscript_expression"):
            asked = callee.child_by_field_name("property")
            name = scope.module.source.text(asked) if asked is not None else None
            if name is None or name in CHANGING:
                self._strike(callee, scope)
                self._given_to(call, scope)
            root = root_of(callee)
            owner = current(root, scope) if root is not None else None
            if isinstance(owner, Object | Array):
                self._methods(owner)
            elif root is not None and isinstance(owner, Call | Member | Tagged):
                self.assigned.append((scope.module.source.text(root), scope))
        root = root_of(callee)
        value = current(root, scope) if root is not None else None
        if not isinstance(value, Function | Object | Array | str):
            self._given_to(call, scope)

    def _methods(self, owner: Object | Array) -> None:
        for each in _reached([owner], set()):
            if isinstance(each, Function) and id(each) not in self.seen:
                self.seen.add(id(each))
                self._function(each)

    def _given_to(self, call: Node, scope: Scope) -> None:
        """Note that a function that is not the project's gets its arguments."""
        arguments = call.child_by_field_name("arguments")
        for each in children(arguments) if arguments is not None else ():
            root = root_of(each)
            value = current(root, scope) if root is not None else None
            if isinstance(value, Object | Array):
                self.struck.append(value)


def _calls(node: Node) -> bool:
    """Tell whether a chain of members goes through a call."""
    return any(
        each.type == "call_expression" for each in _inside([node], functions=False)
    )


def _reached(values: Iterable[Value], seen: set[object]) -> Iterator[Value]:
    """Yield all objects, functions and unknowns that hang on `values`."""
    stack = list(values)
    while stack:
        each = stack.pop()
        if not isinstance(each, Object | Array | Function | Unknown):
            continue
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, Array):
            stack.extend(each.items)
        elif isinstance(each, Object):
            stack.extend(each.entries)
            stack.extend(_values(each.hidden))
            stack.extend(_values(each.properties))
        elif isinstance(each, Function):
            stack.extend(_values(each.hidden))
            stack.extend(_values(each.properties))
            stack.extend([] if each.parent is None else [each.parent])


def _values(properties: Mapping[str, Property]) -> Iterator[Value]:
    for each in properties.values():
        yield each.value if each.getter is None else each.getter


def current(node: Node, scope: Scope) -> Value | None:
    """Return what a name stands for now; None if it has not been made yet."""
    name = scope.module.source.text(node)
    if name == "this":
        return scope.frame.this
    holder = scope.holder(name)
    if holder is not None:
        held = holder.names[name]
        return None if held is UNSET else held
    return scope.module.made(name)
