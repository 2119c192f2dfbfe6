"""One file of the project: its top-level names, made when they are needed."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from schemadiff.source import Span
from schemadiff.typescript.evaluator import Running, Stop, Thrown
from schemadiff.typescript.exports import (
    Export,
    all_exports,
    find_export,
    namespace_object,
)
from schemadiff.typescript.havoc import havoc
from schemadiff.typescript.making import make_declared
from schemadiff.typescript.module_text import CODE, ModuleText
from schemadiff.typescript.ordering import (
    Change,
    Ordering,
    changes,
    is_plain,
    mentions_project,
    ordering,
)
from schemadiff.typescript.outline import (
    Declared,
    Imported,
    Statement,
)
from schemadiff.typescript.problems import Problem, problems_of
from schemadiff.typescript.roots import root_of_name
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.statements import run_alone
from schemadiff.typescript.syntax import Malformed, Node
from schemadiff.typescript.values import (
    UNDEFINED,
    Call,
    Member,
    Object,
    Property,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from schemadiff.typescript.program import Program

_PROCESS = ("process", "node:process")
_VARIABLES = ("enum_declaration", "internal_module", "module", "import_alias")


class Module(ModuleText):
    """One file of the project.

    Nothing a file contains raises: what cannot be read is in `problems`, or is
    an `Unknown` where it is used.
    """

    def __init__(
        self, program: "Program", path: str, identity: str, data: bytes
    ) -> None:
        super().__init__(program, path, identity, data)
        self.scope = Scope(self)
        self._changes: list[Change] | None = None
        self._ordering: Ordering | None = None
        self._is_ordered: bool | None = None
        self._problems: tuple[Problem, ...] | None = None
        self._values: dict[str, Value] = {}
        self._making: set[str] = set()
        self._running: dict[int, Running] = {}
        self._exports: tuple[Export, ...] | None = None
        self._namespace: Value | None = None
        self._has_run = False
        self.is_loading = False
        self._stopped: Unknown | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps parts of this file from being read."""
        if self._problems is None:
            self._problems = tuple(problems_of(self))
        return self._problems

    @property
    def changes(self) -> Sequence[Change]:
        """What the text changes of what may be shared."""
        if self._changes is None:
            self._changes = list(changes(self))
        return self._changes

    @property
    def ordering(self) -> Ordering:
        """Whether the statements must run in order."""
        if self._ordering is None:
            self._ordering = ordering(self)
        return self._ordering

    @property
    def is_ordered(self) -> bool:
        """Tell whether this file, or one that it imports, changes values."""
        if self._is_ordered is None:
            self._is_ordered = any(each.ordering.is_needed for each in self.closure())
        return self._is_ordered

    def closure(self) -> "list[Module]":
        """Return this module and every project module that it imports, by path."""
        found: dict[str, Module] = {}
        stack = [self]
        while stack:
            each = stack.pop()
            if each.path not in found:
                found[each.path] = each
                stack.extend(m for _, m in each.imports() if isinstance(m, Module))
        return [found[path] for path in sorted(found)]

    def changing(self, name: str) -> list[Node]:
        """Return the top-level statements that may change the binding `name`."""
        if name in self.ordering.volatile:
            nodes = [each.node for each in self.outline.statements]
        else:
            nodes = self.outline.effects
        return [each for each in nodes if name in self.mentions(each)]

    def root_of_name(self, name: str) -> Symbol | None:
        """Return the package symbol that a top-level name is rooted in."""
        return root_of_name(self, name, [])

    def value_of(self, name: str) -> Value | None:
        """Return the value of a top-level name; None if there is no such name."""
        self.program.begin()
        outlined = self.outline
        declared = outlined.declared.get(name)
        if declared is None:
            imported = outlined.imported.get(name)
            if imported is not None:
                return self._imported_name(name, imported)
            if outlined.is_common_js and name in ("module", "exports"):
                return self._common_js(name)
            if name in outlined.lost:
                node = outlined.lost[name]
                return self.program.run.unknown("has a syntax error", node, self.scope)
            return None
        found = self._values.get(name)
        if found is not None:
            return found
        if self.program.is_ordered and not self._has_ended:
            self.program.run_from(self)
            early = self._before_its_turn(declared)
            if early is not None:
                return early
        return self._made(declared)

    def _before_its_turn(self, declared: Declared) -> Value | None:
        """Return what a name is before its statement ran; None for a function."""
        name = declared.name
        if name in self._values:
            return self._values[name]
        if declared.statement.start_byte == self._at or self._has_ended:
            return None
        if declared.node.type.endswith("function_declaration"):
            return None
        if declared.node.type in _VARIABLES or declared.is_variable:
            return UNDEFINED
        reason = f"uses {name} before it is declared"
        return self.program.run.unknown(reason, declared.node, self.scope)

    def made(self, name: str) -> Value | None:
        """Return the value of a top-level name if it has been made."""
        found = self._values.get(name)
        if found is not None:
            return found
        if name in self.outline.declared:
            return None
        imported = self.outline.imported.get(name)
        if imported is None:
            return None
        target = self.target(imported.specifier)
        if isinstance(target, str):
            return Symbol(target, imported.name)
        if target is None or target.is_json:
            return None
        export = target.find_export(imported.name)
        if export is None or export.local is None:
            return None
        return self.program.module(export.path).made(export.local)

    def is_constant(self, name: str) -> bool:
        """Tell whether a top-level name may not be given another value."""
        declared = self.outline.declared.get(name)
        if declared is None:
            return name in self.outline.imported
        return declared.is_constant

    def assign(self, name: str, value: Value) -> None:
        """Give a top-level variable another value."""
        if name in self.outline.declared:
            self._values[name] = value
            return
        imported = self.outline.imported.get(name)
        target = self.target(imported.specifier) if imported is not None else None
        if imported is not None and isinstance(target, Module):
            export = target.find_export(imported.name)
            if export is not None and export.local is not None:
                self.program.module(export.path).assign(export.local, value)

    def declare(self, name: str, value: Value) -> None:
        """Set what a declaration made."""
        self._values.setdefault(name, value)

    def _imported_name(self, name: str, imported: Imported) -> Value:
        found = self._values.get(name)
        if found is None:
            if name in self._making:
                node = self.outline.specifiers[0][1]
                reason = f"imports {name} in a circle"
                return self.program.run.unknown(reason, node, self.scope)
            self._making.add(name)
            found = self.imported_value(imported)
            self._making.discard(name)
            target = self.target(imported.specifier)
            if not isinstance(target, Module) or not (
                isinstance(found, Unknown) or self.program.is_ordered
            ):
                self._values[name] = found
        return found

    def _made(self, declared: Declared) -> Value:
        run = self.program.run
        name = declared.name
        if name in self._making:
            reason = f"uses {name} while it is being made"
            return run.unknown(reason, declared.node, self.scope)
        if self._stopped is not None:
            return run.because(self._stopped, declared.node, self.scope)
        self._making.add(name)

        def work() -> Value:
            return make_declared(run, self, declared)

        found = self.guarded(declared.statement, work)
        self._making.discard(name)
        return self._values.setdefault(name, found)

    def expression_value(self, node: Node) -> Value:
        """Return the value of an exported expression, which is made once."""
        key = f"export at {node.start_byte}"
        if key not in self._values:
            if key in self._making:
                reason = "is used while it is being made"
                return self.program.run.unknown(reason, node, self.scope)
            self._making.add(key)
            run = self.program.run
            self._values[key] = self.guarded(
                node.parent or node, lambda: run.value(node, self.scope)
            )
            self._making.discard(key)
        return self._values[key]

    def guarded(self, statement: Node, work: Callable[[], Value]) -> Value:
        """Return what `work`, a part of a top-level statement, makes."""
        run = self.program.run
        start = statement.start_byte
        running = self._running.setdefault(start, Running(self.path, start))
        depth = run.depth
        try:
            return run.run(running, work)
        except Stop as stop:
            unknown = run.because(stop.unknown, statement, self.scope)
        except Thrown as thrown:
            unknown = run.because(thrown.unknown, statement, self.scope)
            if self._is_running_all and self._stopped is None:
                self._stopped = unknown
            return unknown
        except Malformed:
            unknown = run.unknown("has a syntax error", statement, self.scope)
        except RecursionError:
            unknown = run.unknown("is nested too deeply", statement, self.scope)
        finally:
            run.depth = depth
        havoc([statement], self.scope, unknown)
        return unknown

    _is_running_all = False
    _has_ended = False
    _at = -1

    def run_all(self) -> None:
        """Run all statements from top to bottom, once."""
        if self._has_run or self.is_json:
            return
        self._has_run = self._is_running_all = True
        for statement in self.outline.statements:
            if self._stopped is not None:
                break
            self._at = statement.node.start_byte
            if statement.names:
                self._make_all(statement)
            elif not self._is_check(statement.node):
                self.guarded(statement.node, self._runner(statement.node))
        self._is_running_all = False
        self._has_ended = True

    def _make_all(self, statement: Statement) -> None:
        default = self.outline.exports.get("default")
        if statement.names == ("export default",):
            if default is not None and not isinstance(default, str | Imported):
                self.expression_value(default)
            elif isinstance(default, str):
                value = self.value_of(default)
                if value is not None:
                    self._values["export default"] = value
            return
        for name in statement.names:
            declared = self.outline.declared.get(name)
            if declared is not None and name not in self._values:
                self._made(declared)

    def _is_check(self, statement: Node) -> bool:
        return statement.type == "if_statement" and is_plain(self, statement)

    def _runner(self, statement: Node) -> Callable[[], Value]:
        return lambda: run_alone(self.program.run, statement, self.scope)

    def imported_value(self, imported: Imported) -> Value:
        """Return the value of an imported name."""
        target = self.target(imported.specifier)
        name = imported.name
        if isinstance(target, str):
            if target in _PROCESS:
                whole = Symbol("", "process")
                if name in ("default", "*", "="):
                    return whole
                span = self.source.span(self.specifier_node(imported.specifier))
                return Member(whole, name, span)
            return Symbol(target, "*" if name == "=" else name)
        if target is None:
            found = self.program.resolver.resolve(self.path, imported.specifier)
            reason = getattr(found, "reason", "cannot be resolved")
            return self._unknown_import(imported, reason)
        if name in ("*", "="):
            return target.namespace()
        export = target.find_export(name)
        if export is not None:
            return export.evaluate()
        if name == "default" and (target.is_json or target.outline.is_common_js):
            return target.namespace()
        if target.is_json:
            found_data = target.namespace()
            if isinstance(found_data, Object) and name in found_data.properties:
                return found_data.properties[name].value
        return self._unknown_import(imported, target.why_no_export(name))

    def why_no_export(self, name: str) -> str:
        """Say why there is no export called `name`."""
        if name in self.outline.lost:
            return f"comes from {self.path}, which has a syntax error"
        if self.problems:
            return f"comes from {self.path}, which {self.problems[0].reason}"
        if not self.path.endswith(CODE):
            return f"comes from {self.path}, which is no code"
        return f"imports {name}, which {self.path} does not export"

    def _unknown_import(self, imported: Imported, reason: str) -> Unknown:
        node = self.specifier_node(imported.specifier)
        target = self.target(imported.specifier)
        identity = target.identity if isinstance(target, Module) else ""
        return self.program.run.unknown(reason, node, self.scope, identity)

    def required(self, specifier: str, node: Node) -> Value:
        """Return what `require(specifier)` gives."""
        target = self.target(specifier)
        if isinstance(target, str):
            return Symbol(target, "*")
        if target is None:
            return self._unknown_import(Imported(specifier, "*"), "cannot be resolved")
        del node
        self.program.run_from(target)
        return target.namespace()

    def namespace(self) -> Value:
        """Return the object of everything that the module exports."""
        if self._namespace is not None:
            return self._namespace
        if self.is_json:
            found = self._json()
        elif "=" in self.outline.exports:
            export = find_export(self, "=", frozenset())
            found = export.evaluate() if export else UNDEFINED
        elif self.outline.is_common_js and not self.outline.exports:
            return self.common_exports()
        else:
            return namespace_object(self)
        self._namespace = found
        return found

    def _json(self) -> Value:
        from schemadiff.typescript.plain import from_json  # noqa: PLC0415 - rarely used

        span = Span(self.path, 1, 1, 0, 0)
        try:
            return from_json(json.loads(self.data.decode("utf-8-sig")), span)
        except (ValueError, RecursionError):
            run = self.program.run
            return run.unknown("is not valid JSON", self.source.root, self.scope)

    def _common_js(self, name: str) -> Value:
        if "module" not in self._values:
            span = Span(self.path, 1, 1, 0, 0)
            exports = Object({}, span)
            self._values["exports"] = exports
            self._values["module"] = Object({"exports": Property(exports, span)}, span)
        return self._values[name]

    def common_exports(self) -> Value:
        """Return what `module.exports` is in the end."""
        self.program.run_from(self)
        holder = self._common_js("module")
        if isinstance(holder, Object) and "exports" in holder.properties:
            return holder.properties["exports"].value
        return UNDEFINED

    def export(self, name: str) -> Value | None:
        """Return the value of one export; None if there is no such export."""
        found = self.find_export(name)
        return None if found is None else found.evaluate()

    def find_export(self, name: str) -> Export | None:
        """Return the export called `name`, also through `export *`."""
        return find_export(self, name, frozenset())

    def exports(self) -> tuple[Export, ...]:
        """Return the exports in the order in which drizzle-kit sees them."""
        self.program.enter(self)
        if self._exports is None:
            found = all_exports(self, frozenset())
            self._exports = tuple(found.values())
        return self._exports

    def note_statement(self, call: Call) -> None:
        """Note a call of something symbolic whose result nobody takes."""
        self.program.note_statement(call)

    def statements(self) -> tuple[Value, ...]:
        """Return the symbolic calls that this file makes as statements, in order."""
        if self.is_json:
            return ()
        self.program.begin()
        if not self._has_run and not self.program.is_ordered:
            self._has_run = True
            for each in self.outline.effects:
                if mentions_project(self, each):
                    self.guarded(each, self._runner(each))
        return self.program.statements_of(self.path)
