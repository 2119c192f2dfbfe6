"""The evaluator: expressions to values, within a budget."""

from collections.abc import Callable, Sequence

from schemadiff.typescript import fingerprint, limits
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Function,
    Host,
    Member,
    Moment,
    Symbol,
    Tagged,
    Unknown,
    Value,
)

Expression = Callable[["Evaluator", Node, Scope], Value]


class Stop(Exception):  # noqa: N818 - a way out, not an error
    """Evaluation cannot go on; the whole call or binding is `unknown`."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown


def _as_it_is(value: Value) -> Value:
    return value


class Evaluator:
    """Evaluates the expressions of one revision, and counts what that costs.

    `opened` gives the plain value behind a symbolic one, where a package's meaning
    is known; by default there is none.
    """

    def __init__(self, expressions: dict[str, Expression]) -> None:
        self._expressions = expressions
        self.steps = 0
        self.depth = 0
        self.moment_steps = 0
        self.running: list[tuple[str, int]] = []
        self.opened: Callable[[Value], Value] = _as_it_is

    def value(self, node: Node, scope: Scope) -> Value:
        """Return the value of the expression `node`."""
        handler = self._expressions.get(node.type)
        if handler is None:
            return self.unknown(
                f"has syntax that is not read ({node.type})", node, scope
            )
        self.steps += 1
        if self.steps > limits.STEPS:
            return self.unknown(
                f"does not end within {limits.STEPS:,} steps", node, scope
            )
        if self.depth >= limits.DEPTH:
            reason = f"is nested or recursive beyond {limits.DEPTH} levels"
            return self.unknown(reason, node, scope)
        self.depth += 1
        try:
            value = handler(self, node, scope)
        finally:
            self.depth -= 1
        return self._whole(value, node, scope) if type(value) is Unknown else value

    def _whole(self, part: Unknown, node: Node, scope: Scope) -> Unknown:
        """Return `part` as all that is known of `node`.

        What it depends on is the whole expression: in `${process.env.P}_users` the
        rest matters as much as the variable.
        """
        return Unknown(
            part.reason,
            part.span,
            lambda: fingerprint.of_expression(node, scope),
        )

    def unknown(self, reason: str, node: Node, scope: Scope) -> Unknown:
        """Return what stands for an expression that could not be known."""
        return Unknown(
            reason,
            scope.module.source.span(node),
            lambda: fingerprint.of_expression(node, scope),
        )

    def moment(self) -> Moment:
        """Return the present moment."""
        path, statement = self.running[-1] if self.running else ("", 0)
        self.moment_steps += 1
        return Moment(path, statement, self.moment_steps)

    def call(
        self, callee: Value, arguments: Sequence[Value], node: Node, scope: Scope
    ) -> Value:
        """Call a value: enter a project function, keep a package's symbolic."""
        match callee:
            case Function():
                return callee.call(arguments)
            case Symbol() | Member() | Call() | Tagged() | Host():
                span = scope.module.source.span(node)
                return Call(callee, tuple(arguments), span, self.moment())
            case Unknown():
                return callee
            case _:
                return self.unknown(
                    "calls something that is not a function", node, scope
                )

    def why_unknown(self, value: Value, node: Node, scope: Scope) -> Unknown:
        """Return why `value` cannot be used where its plain content is needed."""
        if isinstance(value, Unknown):
            return value
        return self.unknown(f"depends on {describe(value)}", node, scope)


def describe(value: Value) -> str:
    """Name a symbolic value in words: `process.env.PREFIX`, `text of drizzle-orm`."""
    match value:
        case Symbol(package="", name=name):
            return name
        case Symbol(name="*"):
            return f"the package {value.package}"
        case Symbol():
            return f"{value.name} of the package {value.package}"
        case Member():
            target = describe(value.target)
            return f"{target}.{value.name}"
        case Call():
            return f"{describe(value.callee)}()"
        case Array():
            return "an array that is not fully known"
        case Host():
            return "a column"
        case _ if value is UNDEFINED:
            return "undefined"
        case _:
            return "a value that is not plain data"
