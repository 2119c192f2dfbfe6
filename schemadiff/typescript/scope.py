"""Local names: what a function's parameters and variables are bound to."""

from typing import TYPE_CHECKING

from schemadiff.typescript.values import UNDEFINED, Value

if TYPE_CHECKING:
    from schemadiff.typescript.program import Module


class Cell:
    """One local variable."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value


class Scope:
    """Names of one block or call; `parent` is the scope around it."""

    __slots__ = ("cells", "module", "parent", "this")

    def __init__(
        self, module: "Module", parent: "Scope | None" = None, this: Value | None = None
    ) -> None:
        self.module = module
        self.parent = parent
        self.cells: dict[str, Cell] = {}
        self.this: Value | None = this if this or not parent else parent.this

    def inner(self) -> "Scope":
        """Return a new scope inside this one."""
        return Scope(self.module, self)

    def declare(self, name: str, value: Value = UNDEFINED) -> None:
        """Bind `name` in this very scope."""
        self.cells[name] = Cell(value)

    def cell(self, name: str) -> Cell | None:
        """Return the innermost local variable called `name`, if there is one."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.cells.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None
