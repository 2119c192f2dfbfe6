"""All modules of one revision, parsed and evaluated lazily."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemadiff.npm.resolver import External, ProjectFile, Resolver
from schemadiff.source import Files, Span
from schemadiff.typescript import limits
from schemadiff.typescript.effects import effects_on
from schemadiff.typescript.evaluator import Evaluator, Stop
from schemadiff.typescript.expressions import EXPRESSIONS
from schemadiff.typescript.functions import function_value
from schemadiff.typescript.patterns import bind
from schemadiff.typescript.plain import from_json
from schemadiff.typescript.scan import Declared, Imported, Scan, scan
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.statements import run_statement
from schemadiff.typescript.syntax import Node, Source, Trees, children
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Fingerprint,
    Object,
    Property,
    Symbol,
    Unknown,
    Value,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a part of a file from being read.

    `exports` are the names that the part would have exported, as far as its text
    tells; empty when it could be any.
    """

    reason: str
    span: Span
    exports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """One export of a module; `path` is where it is declared."""

    name: str
    path: str
    span: Span
    evaluate: Callable[[], Value]
    root: Callable[[], Symbol | None]


@dataclass(slots=True)
class _Held:
    """A top-level binding: its value, and up to where effects are applied."""

    value: Value | None = None
    running: bool = False
    applied: int = -1


_END = sys.maxsize


class Module:
    """One file of the project."""

    def __init__(
        self, program: "Program", path: str, identity: str, data: bytes
    ) -> None:
        self.program = program
        self.path = path
        self.identity = identity
        self._data = data
        self._source: Source | None = None
        self._scan: Scan | None = None
        self._held: dict[str, _Held] = {}
        self._targets: dict[str, Module | str | None] = {}
        self._common_js: Object | None = None

    @property
    def source(self) -> Source:
        """The text and its syntax tree."""
        if self._source is None:
            trees = self.program.trees
            self._source = trees.source(self.path, self.identity, self._data)
        return self._source

    @property
    def scan(self) -> Scan:
        """The outline: what is declared, imported, exported."""
        if self._scan is None:
            self._scan = scan(self.source)
        return self._scan

    @property
    def is_json(self) -> bool:
        """Tell whether this is a JSON file."""
        return self.path.endswith(".json")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps parts of this file from being read."""
        start = Span(self.path, 1, 1, 0, 0)
        if b"\0" in self._data:
            return (Problem("is a binary file", start),)
        try:
            self._data.decode()
        except UnicodeDecodeError:
            return (Problem("is not UTF-8 text", start),)
        if self.is_json:
            return ()
        return tuple(self._problem(each) for each in self.scan.broken)

    def _problem(self, statement: Node) -> Problem:
        at = _first_error(statement)
        text = self.source.text(statement)
        if "<<<<<<<" in text or ">>>>>>>" in text:
            reason = "holds the marks of a merge conflict"
        else:
            reason = "has a syntax error"
        return Problem(reason, self.source.span(at))

    def imports(self) -> tuple[tuple[str, "Module | str | None"], ...]:
        """Return every specifier with the module or package it leads to."""
        if self.is_json:
            return ()
        return tuple((name, self.target(name)) for name, _ in self.scan.specifiers)

    def target(self, specifier: str) -> "Module | str | None":
        """Return the module or the package's specifier; None when it is missing."""
        if specifier not in self._targets:
            found = self.program.resolver.resolve(self.path, specifier)
            match found:
                case ProjectFile():
                    self._targets[specifier] = self.program.module(found.path)
                case External():
                    self._targets[specifier] = specifier
                case _:
                    self._targets[specifier] = None
        return self._targets[specifier]

    def closure(self) -> "list[Module]":
        """Return this module and every project module that it imports, in order."""
        found: dict[str, Module] = {}
        stack = [self]
        while stack:
            each = stack.pop()
            if each.path not in found:
                found[each.path] = each
                stack.extend(m for _, m in each.imports() if isinstance(m, Module))
        return [found[path] for path in sorted(found)]

    def packages(self) -> set[str]:
        """Return the packages that this very file imports."""
        return {target for _, target in self.imports() if isinstance(target, str)}

    def effects_on(self, name: str) -> list[Node]:
        """Return the top-level statements that change the binding `name`, in order."""
        return effects_on(self, name)

    def value_of(self, name: str) -> Value | None:
        """Return the value of a top-level name; None if there is no such name."""
        declared = self.scan.declared.get(name)
        if declared is not None:
            return self._declared_value(declared)
        imported = self.scan.imported.get(name)
        if imported is None:
            return None
        return self.imported_value(imported)

    def assign(self, name: str, value: Value) -> bool:
        """Give a top-level variable another value; False if there is none."""
        if name not in self.scan.declared:
            return False
        self._held.setdefault(name, _Held()).value = value
        return True

    def _declared_value(self, declared: Declared) -> Value:
        held = self._held.setdefault(declared.name, _Held())
        run = self.program.run
        scope = Scope(self)
        if held.value is None:
            if held.running:
                return run.unknown(
                    "is used while it is being made", declared.node, scope
                )
            self._make(declared, held)
        self._apply_effects(declared, held)
        return (
            held.value
            if held.value is not None
            else run.unknown("has no value", declared.node, scope)
        )

    def _make(self, declared: Declared, held: _Held) -> None:
        run = self.program.run
        scope = Scope(self)
        stopped = self.scan.stopped_at
        if stopped is not None and declared.statement.start_byte > stopped:
            held.value = run.unknown("stands after a throw", declared.node, scope)
            return
        held.running = True
        run.running.append((self.path, declared.statement.start_byte))
        try:
            self._bind(declared, scope)
        except Stop as stop:
            held.value = stop.unknown
        finally:
            run.running.pop()
            held.running = False

    def _bind(self, declared: Declared, scope: Scope) -> None:
        run = self.program.run
        node = declared.node
        if node.type != "variable_declarator":
            if node.type in ("function_declaration", "generator_function_declaration"):
                value: Value = function_value(run, node, scope, declared.name)
            else:
                value = run.value(node, scope)
            self._held[declared.name].value = value
            return
        pattern = node.child_by_field_name("name")
        initial = node.child_by_field_name("value")
        if pattern is None:
            return
        found = run.value(initial, scope) if initial is not None else UNDEFINED
        inner = Scope(self)
        bind(run, pattern, found, scope, inner)
        for name, cell in inner.cells.items():
            self._held.setdefault(name, _Held()).value = cell.value

    def _apply_effects(self, declared: Declared, held: _Held) -> None:
        effects = self.effects_on(declared.name)
        if not effects or held.running:
            return
        run = self.program.run
        until = _END
        if run.running and run.running[-1][0] == self.path:
            until = run.running[-1][1]
        scope = Scope(self)
        if any(until <= each.start_byte <= held.applied for each in effects):
            held.value = run.unknown(
                "is changed between its uses", declared.node, scope
            )
            return
        for effect in effects:
            if held.applied < effect.start_byte < until:
                held.applied = effect.start_byte
                run.running.append((self.path, effect.start_byte))
                try:
                    run_statement(run, effect, scope)
                except Stop as stop:
                    held.value = stop.unknown
                finally:
                    run.running.pop()

    def imported_value(self, imported: Imported) -> Value:
        """Return the value of an imported name."""
        target = self.target(imported.specifier)
        name = "*" if imported.name == "=" else imported.name
        match target:
            case str():
                return Symbol(target, name)
            case Module():
                if name == "*":
                    return target.namespace()
                found = target.export(name)
                if found is not None:
                    return found
                if name == "default" and (target.is_json or target.is_common_js):
                    return target.namespace()
                reason = f"imports {name}, which {target.path} does not export"
            case _:
                resolved = self.program.resolver.resolve(self.path, imported.specifier)
                reason = getattr(resolved, "reason", "cannot be resolved")
        return self._unknown_import(imported, reason)

    def _unknown_import(self, imported: Imported, reason: str) -> Unknown:
        node = next(
            (n for s, n in self.scan.specifiers if s == imported.specifier),
            self.source.root,
        )
        return self.program.run.unknown(reason, node, Scope(self))

    @property
    def is_common_js(self) -> bool:
        """Tell whether the file assigns `module.exports` or `exports.name`."""
        return not self.is_json and bool(self.scan.assigned_exports)

    def namespace(self) -> Value:
        """Return the object of everything that the module exports."""
        if self.is_json:
            return self._json()
        if "=" in self.scan.exports:
            found = self.export("=")
            if found is not None:
                return found
        if self.is_common_js:
            return self._common()
        span = Span(self.path, 1, 1, 0, 0)
        made = Object({}, span)
        for export in self.exports():
            made.properties[export.name] = Property(export.evaluate(), export.span)
        return made

    def _json(self) -> Value:
        span = Span(self.path, 1, 1, 0, 0)
        try:
            return from_json(json.loads(self._data.decode("utf-8-sig")), span)
        except ValueError:
            return Unknown(
                "is not valid JSON",
                span,
                lambda: Fingerprint(self.identity, frozenset()),
            )

    def _common(self) -> Object:
        if self._common_js is not None:
            return self._common_js
        made = self._common_js = Object({}, Span(self.path, 1, 1, 0, 0))
        run, scope = self.program.run, Scope(self)
        for node in self.scan.assigned_exports:
            left, right = (
                node.child_by_field_name("left"),
                node.child_by_field_name("right"),
            )
            if left is None or right is None:
                continue
            run.running.append((self.path, node.start_byte))
            value = run.value(right, scope)
            run.running.pop()
            text = self.source.text(left)
            if text == "module.exports":
                if isinstance(value, Object):
                    made.properties.update(value.properties)
                    made.holes.extend(value.holes)
                else:
                    made.properties["="] = Property(value, self.source.span(node))
            else:
                name = text.rsplit(".", 1)[-1]
                made.properties[name] = Property(value, self.source.span(node))
        return made

    def export(self, name: str) -> Value | None:
        """Return the value of one export; None if there is no such export."""
        for export in self.exports():
            if export.name == name:
                return export.evaluate()
        return None

    def exports(self) -> tuple[Export, ...]:
        """Return the exports in the order in which drizzle-kit sees them."""
        return tuple(self._exports(set()).values())

    def _exports(self, seen: set[str]) -> dict[str, Export]:
        if self.path in seen:
            return {}
        seen = seen | {self.path}
        if self.is_json:
            return {}
        own = self._own_exports()
        found = {
            name: own[name]
            for name in sorted(own, key=lambda each: each.encode("utf-16-be"))
            if name != "="
        }
        for star in self.scan.stars:
            target = self.target(star.specifier)
            if isinstance(target, Module):
                for name, export in target._exports(seen).items():  # noqa: SLF001 - a peer
                    if name != "default":
                        found.setdefault(name, export)
        return found

    def _own_exports(self) -> dict[str, Export]:
        if self.is_common_js:
            common = self._common()
            return {
                name: Export(
                    name, self.path, each.span, _constant(each.value), _no_root
                )
                for name, each in common.properties.items()
            }
        return {name: self._own(name, what) for name, what in self.scan.exports.items()}

    def _own(self, name: str, what: "str | Imported | Node") -> Export:
        if isinstance(what, str):
            declared = self.scan.declared.get(what)
            if declared is not None:
                return Export(
                    name,
                    self.path,
                    self.source.span(declared.node),
                    lambda: self._exported_value(what),
                    lambda: self._root_of(what),
                )
            imported = self.scan.imported.get(what)
            if imported is not None:
                return self._passed_on(name, imported)
            span = Span(self.path, 1, 1, 0, 0)
            run = self.program.run
            unknown = run.unknown(
                f"exports {what}, which is not declared", self.source.root, Scope(self)
            )
            return Export(name, self.path, span, lambda: unknown, _no_root)
        if isinstance(what, Imported):
            return self._passed_on(name, what)
        return Export(
            name,
            self.path,
            self.source.span(what),
            lambda: self._expression_value(name, what),
            lambda: self._expression_root(what),
        )

    def _exported_value(self, name: str) -> Value:
        value = self.value_of(name)
        if value is None:
            raise ValueError(name)
        return value

    def _passed_on(self, name: str, imported: Imported) -> Export:
        target = self.target(imported.specifier)
        if isinstance(target, Module) and imported.name not in ("*", "="):
            for export in target.exports():
                if export.name == imported.name:
                    return Export(
                        name, export.path, export.span, export.evaluate, export.root
                    )
        node = next(
            (n for s, n in self.scan.specifiers if s == imported.specifier),
            self.source.root,
        )

        def root() -> Symbol | None:
            return Symbol(target, imported.name) if isinstance(target, str) else None

        return Export(
            name,
            self.path,
            self.source.span(node),
            lambda: self.imported_value(imported),
            root,
        )

    def _expression_value(self, name: str, node: Node) -> Value:
        held = self._held.setdefault(f"export {name}", _Held())
        if held.value is None:
            run = self.program.run
            run.running.append((self.path, node.start_byte))
            try:
                held.value = run.value(node, Scope(self))
            finally:
                run.running.pop()
        return held.value

    def _root_of(self, name: str) -> Symbol | None:
        declared = self.scan.declared.get(name)
        if declared is None or declared.node.type != "variable_declarator":
            return None
        initial = declared.node.child_by_field_name("value")
        pattern = declared.node.child_by_field_name("name")
        if initial is None or pattern is None or pattern.type != "identifier":
            return None
        return self._expression_root(initial)

    def _expression_root(self, node: Node) -> Symbol | None:
        path: list[str] = []
        while True:
            match node.type:
                case "call_expression" | "new_expression":
                    inner = node.child_by_field_name("function")
                    node = inner or node.child_by_field_name("constructor") or node
                    if inner is None:
                        return None
                case "member_expression":
                    member = node.child_by_field_name("property")
                    inner = node.child_by_field_name("object")
                    if member is None or inner is None:
                        return None
                    path.append(self.source.text(member))
                    node = inner
                case (
                    "as_expression"
                    | "satisfies_expression"
                    | "non_null_expression"
                    | "parenthesized_expression"
                ):
                    node = children(node)[0]
                case "identifier":
                    return self._name_root(self.source.text(node), path)
                case _:
                    return None

    def _name_root(self, name: str, path: list[str]) -> Symbol | None:
        imported = self.scan.imported.get(name)
        if imported is None or name in self.scan.declared:
            return None
        target = self.target(imported.specifier)
        if isinstance(target, str):
            if imported.name == "*" and path:
                return Symbol(target, path[-1])
            return Symbol(target, imported.name)
        if isinstance(target, Module) and imported.name != "*":
            for export in target.exports():
                if export.name == imported.name:
                    return export.root() if export.path != target.path else None
        return None

    def statements(self) -> tuple[Value, ...]:
        """Return the calls of top-level statements whose receiver is symbolic."""
        found: list[Value] = []
        if self.is_json:
            return ()
        run = self.program.run
        for effect in self.scan.effects:
            inner = children(effect)
            if (
                effect.type != "expression_statement"
                or inner[0].type != "call_expression"
            ):
                continue
            callee = inner[0].child_by_field_name("function")
            if callee is None or callee.type != "member_expression":
                continue
            if self._is_global_call(callee):
                continue
            run.running.append((self.path, effect.start_byte))
            try:
                value = run.value(inner[0], Scope(self))
            finally:
                run.running.pop()
            if isinstance(value, Call):
                found.append(value)
        return tuple(found)

    def _is_global_call(self, callee: Node) -> bool:
        root = callee
        while root.type in ("member_expression", "call_expression"):
            inner = root.child_by_field_name("object") or root.child_by_field_name(
                "function"
            )
            if inner is None:
                break
            root = inner
        name = self.source.text(root)
        return name not in self.scan.declared and name not in self.scan.imported


def _constant(value: Value) -> Callable[[], Value]:
    return lambda: value


def _no_root() -> Symbol | None:
    return None


def _first_error(statement: Node) -> Node:
    stack = [statement]
    while stack:
        each = stack.pop()
        if each.is_error or each.is_missing:
            return each
        stack.extend(child for child in reversed(each.children) if child.has_error)
    return statement


class Program:
    """All modules of one revision, parsed and evaluated lazily."""

    def __init__(
        self, files: Files, resolver: Resolver, trees: Trees | None = None
    ) -> None:
        self.files = files
        self.resolver = resolver
        self.trees = trees or Trees()
        self.run = Evaluator(EXPRESSIONS)
        self._modules: dict[str, Module] = {}
        sys.setrecursionlimit(max(sys.getrecursionlimit(), limits.FRAMES))

    def module(self, path: str) -> Module:
        """Return the module at `path`; an empty one if there is no such file."""
        if path not in self._modules:
            entry = self.files.entry(path)
            data = self.files.read(path) if entry else None
            identity = entry.identity if entry else ""
            self._modules[path] = Module(self, path, identity, data or b"")
        return self._modules[path]

    def order(self, entries: Sequence[str]) -> Mapping[str, int]:
        """Return the rank of each module in the order in which Node runs them."""
        ranks: dict[str, int] = {}
        visited: set[str] = set()
        for entry in entries:
            self._visit(self.module(entry), ranks, visited)
        return ranks

    def _visit(self, module: Module, ranks: dict[str, int], visited: set[str]) -> None:
        stack: list[tuple[Module, Iterable[Module]]] = []
        if module.path in visited:
            return
        visited.add(module.path)
        stack.append((module, iter(_imported(module))))
        while stack:
            current, rest = stack[-1]
            following = next((m for m in rest if m.path not in visited), None)
            if following is None:
                stack.pop()
                ranks[current.path] = len(ranks)
            else:
                visited.add(following.path)
                stack.append((following, iter(_imported(following))))


def _imported(module: Module) -> list[Module]:
    return [
        target
        for specifier, target in module.imports()
        if isinstance(target, Module) and _is_kept(module, specifier)
    ]


def _is_kept(module: Module, specifier: str) -> bool:
    """Tell whether an import runs its module: TypeScript erases unused ones."""
    names = [
        name
        for name, imported in module.scan.imported.items()
        if imported.specifier == specifier
    ]
    text = module.source.data.decode("utf-8", "replace")
    return not names or any(
        len(re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)) > 1
        for name in names
    )


__all__ = ["Array", "Export", "Module", "Problem", "Program", "Trees"]
