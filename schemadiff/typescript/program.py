"""All modules of one revision, parsed and evaluated lazily."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from schemadiff.npm.resolver import Resolver
from schemadiff.source import Files
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.exports import Export
from schemadiff.typescript.expressions import EXPRESSIONS
from schemadiff.typescript.limits import DEFAULT, FRAMES_PER_LEVEL, Limits
from schemadiff.typescript.module import Module
from schemadiff.typescript.problems import Problem
from schemadiff.typescript.syntax import Trees
from schemadiff.typescript.values import Call, Value

if TYPE_CHECKING:
    from schemadiff.typescript.listing import Listing

__all__ = ["Export", "Module", "Problem", "Program", "Trees"]


class Program:
    """All modules of one revision.

    `listing` tells a config that is being read which files there are; it is None for
    all other code. Python's recursion limit is raised to what `limits.depth` needs;
    Python functions that call each other use no C stack since 3.11.
    """

    def __init__(
        self,
        files: Files,
        resolver: Resolver,
        trees: Trees | None = None,
        limits: Limits = DEFAULT,
    ) -> None:
        self.files = files
        self.resolver = resolver
        self.trees = trees or Trees()
        self.limits = limits
        self.run = Evaluator(EXPRESSIONS, limits)
        self._modules: dict[str, Module] = {}
        self._statements: dict[str, list[Call]] = {}
        self._entries: dict[str, Module] = {}
        self._waiting: list[Module] = []
        self.is_ordered = False
        self.listing: Listing | None = None
        frames = 2_000 + limits.depth * FRAMES_PER_LEVEL
        sys.setrecursionlimit(max(sys.getrecursionlimit(), frames))

    def module(self, path: str) -> Module:
        """Return the module at `path`; an empty one if there is no such file."""
        found = self._modules.get(path)
        if found is None:
            entry = self.files.entry(path)
            data = self.files.read(path) if entry else None
            identity = entry.identity if entry else ""
            found = Module(self, path, identity, data or b"")
            self._modules[path] = found
        return found

    def enter(self, module: Module) -> None:
        """Note that Node is made to load `module`, after those noted before."""
        if module.path not in self._entries:
            self._entries[module.path] = module
            self._waiting.append(module)

    def begin(self) -> None:
        """Load what is to be loaded, where the order of that matters.

        It does once some file changes values: from then on everything runs in the
        order in which Node runs it. Otherwise values are made when they are needed.
        """
        if not self._waiting:
            return
        new, self._waiting = self._waiting, []
        if not self.is_ordered:
            self.is_ordered = any(each.is_ordered for each in new)
            new = list(self._entries.values())
        if self.is_ordered:
            for each in new:
                self.run_from(each)

    def run_from(self, module: Module) -> None:
        """Run a module after those that it imports."""
        if module.is_loading:
            return
        ranks: dict[str, int] = {}
        self._visit(module, ranks, set())
        loaded = [self.module(path) for path in sorted(ranks, key=ranks.__getitem__)]
        for each in loaded:
            each.is_loading = True
        for each in loaded:
            each.run_all()

    def known(self) -> list[Module]:
        """Return every module that was asked for."""
        return list(self._modules.values())

    def order(self, entries: Sequence[str]) -> Mapping[str, int]:
        """Return the rank of each module in the order in which Node runs them."""
        ranks: dict[str, int] = {}
        visited: set[str] = set()
        for entry in entries:
            self._visit(self.module(entry), ranks, visited)
        return ranks

    def _visit(self, module: Module, ranks: dict[str, int], visited: set[str]) -> None:
        if module.path in visited:
            return
        visited.add(module.path)
        stack = [(module, _imported(module))]
        while stack:
            current, rest = stack[-1]
            following = next((m for m in rest if m.path not in visited), None)
            if following is None:
                stack.pop()
                ranks[current.path] = len(ranks)
            else:
                visited.add(following.path)
                stack.append((following, _imported(following)))

    def note_statement(self, call: Call) -> None:
        """Note a symbolic call that a statement makes for its effect alone."""
        self._statements.setdefault(call.moment.path, []).append(call)

    def statements_of(self, path: str) -> tuple[Value, ...]:
        """Return the symbolic calls noted in the module at `path`, in order."""
        found = self._statements.get(path, [])
        return tuple(
            sorted(found, key=lambda each: (each.moment.statement, each.moment.step))
        )


def _imported(module: Module) -> Iterator[Module]:
    """Yield the modules that an import runs: TypeScript erases unused ones."""
    return iter(
        [
            target
            for specifier, target in module.imports()
            if isinstance(target, Module) and module.keeps(specifier)
        ]
    )
