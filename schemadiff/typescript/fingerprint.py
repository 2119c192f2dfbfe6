"""What an expression depends on, as a digest that two revisions can compare."""

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from schemadiff.typescript.outline import Imported
from schemadiff.typescript.scope import UNSET, Scope
from schemadiff.typescript.syntax import Node, leaves
from schemadiff.typescript.values import (
    Array,
    BigInt,
    Call,
    Date,
    Fingerprint,
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

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module

_NAMES = ("identifier", "shorthand_property_identifier", "this")
_never_twice = itertools.count()


class Print:
    """A fingerprint that is taken when somebody asks for it.

    It is that of `node`, whose names stand for what they do in `scope`, and of
    `causes`, values that it depends on besides.
    """

    __slots__ = ("_made", "causes", "node", "scope")

    def __init__(self, node: Node, scope: Scope, causes: Sequence[Value]) -> None:
        self.node = node
        self.scope = scope
        self.causes = tuple(causes)
        self._made: Fingerprint | None = None

    def __call__(self) -> Fingerprint:
        """Return the fingerprint."""
        if self._made is None:
            self._made = of_expression(self.node, self.scope, self.causes)
        return self._made

    def is_within(self, node: Node, scope: Scope) -> bool:
        """Tell whether the fingerprint of `node` in the same call covers this one."""
        return (
            self.scope.frame is scope.frame
            and self.scope.module is scope.module
            and node.start_byte <= self.node.start_byte
            and self.node.end_byte <= node.end_byte
        )


def of_expression(
    node: Node, scope: Scope, causes: Iterable[Value] = ()
) -> Fingerprint:
    """Return the fingerprint of an expression and of all that it refers to.

    `causes` are values it depends on besides what its names stand for.
    """
    marks = _Marks()
    marks.expression(node, scope)
    for each in causes:
        marks.value(each)
    return marks.finish()


def of_value(value: Value) -> Fingerprint:
    """Return the fingerprint of a value, symbolic or not."""
    marks = _Marks()
    marks.value(value)
    return marks.finish()


class _Marks:
    """Everything that was seen, in order; each declaration and value once.

    Work is kept on a stack instead of calling into it, so that values may be
    nested as deeply as they like.
    """

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.packages: set[str] = set()
        self.seen: set[object] = set()
        self.work: list[Value | str | tuple[Node, Scope]] = []

    def finish(self) -> Fingerprint:
        while self.work:
            each = self.work.pop()
            if isinstance(each, tuple):
                self._expression(*each)
            else:
                self._value(each)
        return Fingerprint(self.digest.hexdigest(), frozenset(self.packages))

    def mark(self, *texts: str) -> None:
        for text in texts:
            raw = text.encode("utf-8", "surrogatepass")
            self.digest.update(b"%d:" % len(raw))
            self.digest.update(raw)

    def value(self, value: Value) -> None:
        self.work.append(value)

    def expression(self, node: Node, scope: Scope) -> None:
        self.work.append((node, scope))

    def _expression(self, node: Node, scope: Scope) -> None:
        source = scope.module.source
        key = source.path, node.start_byte, node.end_byte, id(scope)
        if key in self.seen:
            return
        self.seen.add(key)
        names: dict[str, None] = {}
        for leaf in leaves(node):
            text = source.text(leaf)
            self.mark(text)
            if leaf.type in _NAMES:
                names[text] = None
        for name in names:
            self._name(name, scope)

    def _name(self, name: str, scope: Scope) -> None:
        if name == "this":
            self.value(scope.frame.this)
            return
        holder = scope.holder(name)
        if holder is not None:
            held = holder.names[name]
            self.mark("local", name)
            if held is not UNSET:
                self.value(held)
            return
        self._top_level(name, scope.module)

    def _top_level(self, name: str, module: "Module") -> None:
        key = module.path, name
        if key in self.seen:
            return
        self.seen.add(key)
        declared = module.outline.declared.get(name)
        imported = module.outline.imported.get(name)
        if declared is not None:
            self.mark("declared", name)
            for node in (declared.node, *declared.also, *module.changing(name)):
                self.expression(node, module.scope)
        elif imported is not None:
            self._imported(imported, module)
        else:
            self.mark("global", name)

    def _imported(self, imported: Imported, module: "Module") -> None:
        target = module.target(imported.specifier)
        if isinstance(target, str):
            self.packages.add(target)
            self.mark("package", target, imported.name)
        elif target is None:
            # What is not here cannot be compared: it equals nothing, not even itself.
            self.mark("missing", imported.specifier, str(next(_never_twice)))
        else:
            self.mark("file", imported.name)
            for each in target.closure():
                self.mark(each.path, each.identity)
                self.packages |= each.packages()

    def _value(self, value: Value | str) -> None:
        if isinstance(
            value, Object | Array | Call | Tagged | Member | Function | Unknown
        ):
            if id(value) in self.seen:
                self.mark("again")
                return
            self.seen.add(id(value))
        self.mark(type(value).__name__)
        match value:
            case str() | bool() | float():
                self.mark(str(value))
            case Nothing():
                self.mark(value.value)
            case BigInt():
                self.mark(str(value.value))
            case Date():
                self.mark(str(value.milliseconds))
            case _:
                self._composite(value)

    def _composite(self, value: Value) -> None:
        match value:
            case Symbol():
                if value.package:
                    self.packages.add(value.package)
                self.mark(value.package, value.name)
            case Member():
                self.mark(value.name)
                self.value(value.target)
            case Call():
                self._each([value.callee, *value.arguments])
            case Tagged():
                self.mark(*value.strings)
                self._each([value.tag, *value.values])
            case Object():
                self.mark(value.kind, *value.properties, *value.hidden)
                kept = [*value.properties.values(), *value.hidden.values()]
                values = [each.value for each in kept]
                self._each([*values, *value.holes, *value.entries])
            case Array():
                self._each([*value.items, *value.holes])
            case Unknown() | Function() if isinstance(value.fingerprint, Print):
                inside = value.fingerprint
                self.work.extend(reversed(inside.causes))
                self.expression(inside.node, inside.scope)
            case Unknown() | Function() if value.fingerprint is not None:
                fingerprint = value.fingerprint()
                self.mark(fingerprint.project)
                self.packages |= fingerprint.packages
            case _:
                self._outside(value)

    def _outside(self, value: Value) -> None:
        if isinstance(value, Host):
            self.mark(type(value.payload).__name__)

    def _each(self, values: list[Value]) -> None:
        self.mark(str(len(values)))
        self.work.extend(reversed(values))
