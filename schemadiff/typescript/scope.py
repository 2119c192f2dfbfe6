"""Local names: what parameters and variables are bound to."""

from enum import Enum
from typing import TYPE_CHECKING, Final

from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import UNDEFINED, Function, Value

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module


class Unset(Enum):
    """What a `const` or `let` holds before its declaration has run."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET


class Frame:
    """One call that is running, or the module itself: what `this` and `super` are."""

    __slots__ = ("arguments", "node", "parent_class", "this")

    def __init__(
        self,
        node: Node | None = None,
        this: Value = UNDEFINED,
        parent_class: Function | None = None,
        arguments: tuple[Value, ...] = (),
    ) -> None:
        self.node = node
        self.this = this
        self.parent_class = parent_class
        self.arguments = arguments


class Scope:
    """Names of one block or call; `parent` is the scope around it.

    The outermost scope of a module holds nothing itself: top-level names are
    asked of the module, which makes their values when they are needed.
    """

    __slots__ = ("constants", "frame", "module", "names", "parent")

    def __init__(
        self,
        module: "Module",
        parent: "Scope | None" = None,
        frame: Frame | None = None,
    ) -> None:
        self.module = module
        self.parent = parent
        self.names: dict[str, Value | Unset] = {}
        self.constants: frozenset[str] = frozenset()
        self.frame: Frame = frame or (parent.frame if parent else Frame())

    def holder(self, name: str) -> "Scope | None":
        """Return the innermost scope in which `name` is a local variable."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope
            scope = scope.parent
        return None

    def assign(self, name: str, value: Value) -> None:
        """Give a local or top-level variable another value."""
        holder = self.holder(name)
        if holder is not None:
            holder.names[name] = value
        else:
            self.module.assign(name, value)

    def is_constant(self, name: str) -> bool:
        """Tell whether the variable `name` may not be given another value."""
        holder = self.holder(name)
        if holder is None:
            return self.module.is_constant(name)
        return name in holder.constants

    def snapshot(self) -> "Scope":
        """Return the same names with the values that they have now."""
        parent = self.parent.snapshot() if self.parent else None
        copy = Scope(self.module, parent, self.frame)
        copy.names = dict(self.names)
        return copy
