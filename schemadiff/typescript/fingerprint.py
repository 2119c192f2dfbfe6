"""What an expression depends on, as a digest that two revisions can compare."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from schemadiff.typescript.scan import Imported
from schemadiff.typescript.scope import Scope
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
    from schemadiff.typescript.program import Module

_NAMES = ("identifier", "shorthand_property_identifier")


def of_expression(node: Node, scope: Scope) -> Fingerprint:
    """Return the fingerprint of an expression and of all that it refers to."""
    marks = _Marks()
    marks.expression(node, scope)
    return marks.result()


def of_value(value: Value) -> Fingerprint:
    """Return the fingerprint of a value, symbolic or not."""
    marks = _Marks()
    marks.value(value)
    return marks.result()


class _Marks:
    """Everything that was seen, in order; each declaration and value once."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.packages: set[str] = set()
        self.seen: set[object] = set()
        self.kept: list[Value] = []

    def result(self) -> Fingerprint:
        return Fingerprint(self.digest.hexdigest(), frozenset(self.packages))

    def mark(self, *texts: str) -> None:
        for text in texts:
            raw = text.encode("utf-8", "surrogatepass")
            self.digest.update(b"%d:" % len(raw))
            self.digest.update(raw)

    def expression(self, node: Node, scope: Scope) -> None:
        source = scope.module.source
        names: list[str] = []
        for leaf in leaves(node):
            text = source.text(leaf)
            self.mark(text)
            if leaf.type in _NAMES:
                names.append(text)
            elif leaf.type == "template_string":
                continue
        for name in dict.fromkeys(names):
            self.name(name, scope)

    def name(self, name: str, scope: Scope) -> None:
        cell = scope.cell(name)
        if cell is not None:
            self.mark("local", name)
            self.value(cell.value)
            return
        self.top_level(name, scope.module)

    def top_level(self, name: str, module: "Module") -> None:
        key = module.path, name
        if key in self.seen:
            return
        self.seen.add(key)
        declared = module.scan.declared.get(name)
        imported = module.scan.imported.get(name)
        if declared is not None:
            self.mark("declared", name)
            scope = Scope(module)
            self.expression(declared.node, scope)
            for effect in module.effects_on(name):
                self.expression(effect, scope)
        elif imported is not None:
            self.imported(imported, module)
        else:
            self.mark("global", name)

    def imported(self, imported: Imported, module: "Module") -> None:
        target = module.target(imported.specifier)
        if isinstance(target, str):
            self.packages.add(target)
            self.mark("package", target, imported.name)
        elif target is None:
            self.mark("missing", imported.specifier)
        else:
            self.mark("file", imported.name)
            self.files(target.closure())

    def files(self, modules: "Iterable[Module]") -> None:
        for each in modules:
            self.mark(each.path, each.identity)
            self.packages.update(each.packages())

    def value(self, value: Value) -> None:
        if isinstance(value, Object | Array | Call | Tagged | Member | Function):
            if id(value) in self.seen:
                self.mark("again")
                return
            self.seen.add(id(value))
            self.kept.append(value)
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
                self.composite(value)

    def composite(self, value: Value) -> None:
        match value:
            case Symbol():
                if value.package:
                    self.packages.add(value.package)
                self.mark(value.package, value.name)
            case Member():
                self.mark(value.name)
                self.value(value.target)
            case Call():
                self.each([value.callee, *value.arguments])
            case Tagged():
                self.mark(*value.strings)
                self.each([value.tag, *value.values])
            case Object():
                for key, property_ in value.properties.items():
                    self.mark(key)
                    self.value(property_.value)
                self.each(value.holes)
            case Array():
                self.each([*value.items, *value.holes])
            case Unknown():
                self.known(value.fingerprint())
            case Function():
                if value.fingerprint is not None:
                    self.known(value.fingerprint())
            case Host():
                self.mark(type(value.payload).__name__)

    def known(self, fingerprint: Fingerprint) -> None:
        self.mark(fingerprint.project)
        self.packages |= fingerprint.packages

    def each(self, values: "Iterable[Value]") -> None:
        for value in values:
            self.value(value)
        self.mark("end")
