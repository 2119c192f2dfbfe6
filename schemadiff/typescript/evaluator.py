"""The evaluator: expressions to values, within limits."""

from collections.abc import Callable, Mapping, Sequence

from schemadiff.typescript import fingerprint
from schemadiff.typescript.getters import settled
from schemadiff.typescript.havoc import havoc, may_have_changed
from schemadiff.typescript.limits import Limits
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import (
    Array,
    Call,
    Date,
    Function,
    Host,
    Member,
    Moment,
    Nothing,
    Object,
    Symbol,
    Tagged,
    Unknown,
    Value,
)

Expression = Callable[["Evaluator", Node, Scope], Value]


_WORK_PER_STEP = 32
"""How many items of a list the language goes over in the time of a step."""


class Stop(Exception):  # noqa: N818 - a way out, not an error
    """Evaluation cannot go on: the whole call or binding is `unknown`."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown


class Spent(Stop):
    """The steps of a top-level statement are used up: no part of it goes on."""


class Thrown(Exception):  # noqa: N818 - what the project's own code throws
    """The project's code throws `value`, with certainty."""

    def __init__(self, value: Value, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.value = value
        self.unknown = unknown


class Running:
    """A top-level statement that is being run, and how far it is."""

    __slots__ = ("path", "statement", "step")

    def __init__(self, path: str, statement: int) -> None:
        self.path = path
        self.statement = statement
        self.step = 0


def _as_it_is(value: Value) -> Value:
    return value


class Evaluator:
    """Evaluates the expressions of one revision, and counts what that costs.

    `opened` gives the plain value behind a symbolic one, where a package's meaning
    is known; by default there is none. `doubts` counts what was met that may
    throw where Node runs it: unknown values and calls of packages. `patches` are
    the properties that the project gave to objects of the language or of packages,
    and `changed` those objects by their ids.
    """

    def __init__(self, expressions: Mapping[str, Expression], limits: Limits) -> None:
        self._expressions = expressions
        self.limits = limits
        self.depth = 0
        self.steps = 0
        self._last_step = limits.steps
        self.running: Running | None = None
        self.opened: Callable[[Value], Value] = _as_it_is
        self.classes: dict[int, object] = {}
        self.patches: dict[str, Unknown] = {}
        self.changed: dict[int, tuple[Value, Unknown]] = {}
        self.doubts = 0

    def value(self, node: Node, scope: Scope) -> Value:
        """Return the value of the expression `node`."""
        kind = node.type
        handler = self._expressions.get(kind)
        if handler is None:
            unknown = self.unknown(f"uses syntax that is not read: {kind}", node, scope)
            havoc([node], scope, unknown)
            return unknown
        self.steps += 1
        depth = self.depth
        if self.steps > self._last_step:
            raise self._spent(node, scope)
        if depth >= self.limits.depth:
            reason = f"is nested or recursive beyond {self.limits.depth:,} levels"
            raise Stop(self.unknown(reason, node, scope))
        self.depth = depth + 1
        result = handler(self, node, scope)
        self.depth = depth
        return result

    def charge(self, work: int, node: Node, scope: Scope) -> None:
        """Count `work`, in items or letters, as steps; stop when they are used up."""
        self.steps += work // _WORK_PER_STEP
        if self.steps > self._last_step:
            raise self._spent(node, scope)

    def _spent(self, node: Node, scope: Scope) -> Spent:
        reason = f"does not end within {self.limits.steps:,} steps"
        return Spent(self.unknown(reason, node, scope))

    def run(self, running: Running, work: Callable[[], Value]) -> Value:
        """Return what `work` makes while the top-level statement `running` runs."""
        outer, depth = self.running, self.depth
        if outer is None:
            self._last_step = self.steps + self.limits.steps
        self.running = running
        try:
            return work()
        finally:
            self.running, self.depth = outer, depth

    def unknown(self, reason: str, node: Node, scope: Scope, *causes: Value) -> Unknown:
        """Return what stands for the expression `node`, which cannot be known.

        `causes` are values it depends on that are not part of `node` itself.
        """
        self.doubts += 1
        span = scope.module.source.span(node)
        return Unknown(reason, span, fingerprint.Print(node, scope.snapshot(), causes))

    def because(
        self, cause: Value, node: Node, scope: Scope, *causes: Value
    ) -> Unknown:
        """Return what stands for `node`, whose part `cause` is not plain data.

        Reason and place are those of the first cause; the fingerprint covers the
        whole of `node`, since all of it decides the value.
        """
        if not isinstance(cause, Unknown):
            reason = f"depends on {describe(cause)}"
            return self.unknown(reason, node, scope, cause, *causes)
        inside = cause.fingerprint
        causes = (cause, *causes)
        if isinstance(inside, fingerprint.Print) and inside.is_within(node, scope):
            causes = (*inside.causes, *causes[1:])
        self.doubts += 1
        then = scope.snapshot()
        return Unknown(cause.reason, cause.span, fingerprint.Print(node, then, causes))

    def converted(self, value: Value, node: Node, scope: Scope) -> None:
        """Note that Node turns `value` into a text or number, perhaps by its code."""
        if isinstance(value, Object | Array):
            may_have_changed([value], self.because(value, node, scope))

    def patched(self, owner: Value, name: str | Unknown, how: Unknown) -> None:
        """Note that the project gives something that is not its own a property."""
        self.patches[name if isinstance(name, str) else "*"] = how
        while isinstance(owner, Member):
            owner = owner.target
        self.changed[id(owner)] = (owner, how)

    def patch_of(self, name: str) -> Unknown | None:
        """Return what the project did to properties called `name` of the language."""
        if not self.patches:
            return None
        return self.patches.get(name) or self.patches.get("*")

    def moment(self) -> Moment:
        """Return the present moment."""
        running = self.running
        if running is None:
            return Moment("", 0, 0)
        running.step += 1
        return Moment(running.path, running.statement, running.step)

    def call(
        self,
        callee: Value,
        this: Value,
        arguments: Sequence[Value],
        node: Node,
        scope: Scope,
    ) -> Value:
        """Call a value: enter a project function, keep a package's symbolic."""
        if isinstance(callee, Function):
            if callee.bind is not None:
                return callee.bind(this, arguments)
            return callee.call(arguments)
        if isinstance(callee, Symbol | Member | Call | Tagged | Host):
            self.doubts += 1
            span = scope.module.source.span(node)
            given = tuple(map(settled, arguments))
            return Call(callee, given, span, self.moment())
        if isinstance(callee, Unknown):
            unknown = self.because(callee, node, scope)
            may_have_changed([callee, this, *arguments], unknown)
            return unknown
        return self.unknown("calls something that is not a function", node, scope)


def describe(value: Value) -> str:
    """Name a value in words: `process.env.PREFIX`, `env of the package x`."""
    match value:
        case Symbol(package="", name=name):
            return name
        case Symbol(name="*"):
            return f"the package {value.package}"
        case Symbol():
            return f"{value.name} of the package {value.package}"
        case Member():
            return f"{describe(value.target)}.{value.name}"
        case Call():
            return f"{describe(value.callee)}()"
        case Tagged():
            return f"a template of {describe(value.tag)}"
        case Array():
            return "an array that is not fully known"
        case Object():
            return "an object that is not plain data"
        case Function():
            return f"the function {value.name}" if value.name else "a function"
        case Date():
            return "a date"
        case Host():
            return "a column"
        case Nothing():
            return value.value
        case _:
            return "a value that is not plain data"
