"""Calls: of project functions, of the language's own, and of packages."""

from collections.abc import Sequence

from schemadiff.typescript.access import (
    may_be_missing,
    member_in_chain,
    member_of_namespace,
)
from schemadiff.typescript.coerce import truth
from schemadiff.typescript.evaluator import Evaluator, Expression, Stop
from schemadiff.typescript.globals import is_global
from schemadiff.typescript.havoc import havoc, may_have_changed
from schemadiff.typescript.objects import items_of
from schemadiff.typescript.paths import is_of_node, is_url_class
from schemadiff.typescript.scope import UNSET, Scope
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.templates import tagged
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Function,
    Host,
    Member,
    Nothing,
    Symbol,
    Tagged,
    Unknown,
    Value,
)

_FUNCTION_METHODS = ("apply", "bind", "call")
_WRAPPERS = (
    "parenthesized_expression",
    "non_null_expression",
    "as_expression",
    "satisfies_expression",
    "instantiation_expression",
)


def _call(run: Evaluator, node: Node, scope: Scope) -> Value:
    callee_node, arguments_node = part(node, "function"), part(node, "arguments")
    if arguments_node.type == "template_string":
        return tagged(run, node, scope)
    while callee_node.type in _WRAPPERS:
        callee_node = children(callee_node)[0]
    this: Value = UNDEFINED
    kind = callee_node.type
    if kind in ("member_expression", "subscript_expression"):
        this, callee = _receiver(run, callee_node, scope)
    elif kind == "super":
        return _super(run, arguments_node, scope)
    elif kind == "import":
        return run.unknown("imports a module while running", node, scope)
    else:
        callee = run.value(callee_node, scope)
    if isinstance(callee, Nothing) and may_be_missing(node):
        return UNDEFINED
    if isinstance(callee, Unknown) and may_be_missing(node):
        havoc([arguments_node], scope, run.because(callee, node, scope))
    arguments, holes = items_of(run, arguments_node.children, scope)
    if holes:
        return _with_holes(run, callee, (arguments, holes), node, scope)
    return invoke(run, callee, this, arguments, node, scope)


def _receiver(run: Evaluator, node: Node, scope: Scope) -> tuple[Value, Value]:
    """Return `this` and the method of a call such as `a.b()`."""
    target_node = part(node, "object")
    if target_node.type == "super":
        from schemadiff.typescript.classes import super_member  # noqa: PLC0415

        name = scope.module.source.text(part(node, "property"))
        return scope.frame.this, super_member(run, name, node, scope)
    found = member_of_namespace(node, scope)
    if found is not None:
        return UNDEFINED, found
    this = run.value(target_node, scope)
    return this, member_in_chain(run, this, node, scope)


def _super(run: Evaluator, arguments_node: Node, scope: Scope) -> Value:
    holder = scope.holder("super")
    inherit = holder.names["super"] if holder is not None else UNSET
    arguments, holes = items_of(run, arguments_node.children, scope)
    if inherit is UNSET or holes:
        reason = "calls a class that is not known"
        raise Stop(run.unknown(reason, arguments_node, scope))
    return run.call(inherit, UNDEFINED, arguments, arguments_node, scope)


def _with_holes(
    run: Evaluator,
    callee: Value,
    given: tuple[list[Value], list[Unknown]],
    node: Node,
    scope: Scope,
) -> Value:
    """Call with arguments of which some are not known to be there."""
    arguments, holes = given
    is_method = isinstance(callee, Member) and isinstance(callee.target, Array)
    if isinstance(callee, Member) and is_method and callee.name in ("push", "unshift"):
        callee.target.holes.extend(holes)  # type: ignore[union-attr]
        return run.because(holes[0], node, scope)
    if _is_symbolic(callee):
        return run.call(callee, UNDEFINED, [*arguments, holes[0]], node, scope)
    unknown = run.because(holes[0], node, scope)
    may_have_changed([callee, *arguments], unknown)
    return unknown


def _is_symbolic(callee: Value) -> bool:
    if isinstance(callee, Member):
        return _is_symbolic(callee.target)
    return isinstance(callee, Symbol | Call | Tagged | Host) and not is_global(callee)


def invoke(
    run: Evaluator,
    callee: Value,
    this: Value,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value:
    """Call `callee`: a project function, one of the language's or a symbolic one."""
    if isinstance(callee, Function):
        return run.call(callee, this, arguments, node, scope)
    if isinstance(callee, Member) and not _is_symbolic(callee.target):
        if callee.name == "resolve" and callee.target in _RESOLVERS:
            return _resolved(run, callee, arguments, node, scope)
        return _builtin(run, callee, arguments, node, scope)
    if isinstance(callee, Member) and callee.name in _FUNCTION_METHODS:
        passed = _function_method(run, callee, arguments, node, scope)
        if passed is not None:
            return passed
    if isinstance(callee, Symbol) and callee.package == "":
        if callee.name == "require":
            return _require(run, arguments, node, scope)
        return _builtin(run, callee, arguments, node, scope)
    if is_of_node(callee) or scope.module.program.listing is not None:
        from schemadiff.typescript import node_functions  # noqa: PLC0415 - rarely used

        result = node_functions.call_node_function(callee, arguments, node, scope)
        if result is not None:
            return result
    return run.call(callee, this, arguments, node, scope)


_RESOLVERS = (Symbol("", "require"), Symbol("", "import.meta"))


def _resolved(
    run: Evaluator, callee: Member, arguments: Sequence[Value], node: Node, scope: Scope
) -> Value:
    from schemadiff.typescript.node_functions import resolve  # noqa: PLC0415 - rarely used

    return resolve(run, callee, arguments, node, scope)


def _builtin(
    run: Evaluator,
    callee: Member | Symbol,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value:
    from schemadiff.typescript.builtins import call_builtin  # noqa: PLC0415 - rarely used

    return call_builtin(run, callee, arguments, node, scope)


def _function_method(
    run: Evaluator,
    callee: Member,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value | None:
    from schemadiff.typescript.builtins import call_function_method  # noqa: PLC0415 - rarely used

    return call_function_method(run, callee, arguments, node, scope)


def _require(
    run: Evaluator, arguments: Sequence[Value], node: Node, scope: Scope
) -> Value:
    specifier = arguments[0] if arguments else UNDEFINED
    if not isinstance(specifier, str):
        return run.unknown("requires what is only known while running", node, scope)
    return scope.module.required(specifier, node)


def _new(run: Evaluator, node: Node, scope: Scope) -> Value:
    callee = run.value(part(node, "constructor"), scope)
    if is_url_class(callee):
        callee = Symbol("", "URL")
    arguments_node = node.child_by_field_name("arguments")
    tokens = arguments_node.children if arguments_node is not None else []
    arguments, holes = items_of(run, tokens, scope)
    if isinstance(callee, Function) and callee.construct is not None and not holes:
        return callee.construct(arguments)
    if isinstance(callee, Function | Unknown):
        reason = "makes an object with a function"
        cause = next(
            (each for each in (callee, *holes) if isinstance(each, Unknown)), None
        )
        unknown = run.unknown(reason, node, scope)
        unknown = unknown if cause is None else run.because(cause, node, scope)
        may_have_changed([callee, *arguments], unknown)
        return unknown
    if isinstance(callee, Symbol) and callee.package == "":
        if holes:
            return run.because(holes[0], node, scope)
        from schemadiff.typescript.builtins import construct_builtin  # noqa: PLC0415

        return construct_builtin(run, callee, arguments, node, scope)
    if not isinstance(callee, Symbol | Member | Call | Tagged | Host):
        return run.unknown("makes an object of what is no class", node, scope)
    span = scope.module.source.span(node)
    return Call(callee, (*arguments, *holes[:1]), span, run.moment(), new=True)


def _ternary(run: Evaluator, node: Node, scope: Scope) -> Value:
    condition = run.value(part(node, "condition"), scope)
    known = truth(condition)
    if known is None:
        unknown = run.because(condition, node, scope)
        branches = part(node, "consequence"), part(node, "alternative")
        if scope.module.program.listing is not None:
            from schemadiff.typescript.choices import either  # noqa: PLC0415 - configs

            yes, no = (run.value(each, scope) for each in branches)
            return either(yes, no, unknown)
        havoc([*branches], scope, unknown)
        return unknown
    return run.value(part(node, "consequence" if known else "alternative"), scope)


def _inner(run: Evaluator, node: Node, scope: Scope) -> Value:
    return run.value(children(node)[0], scope)


def _last(run: Evaluator, node: Node, scope: Scope) -> Value:
    return run.value(children(node)[-1], scope)


def _non_null(run: Evaluator, node: Node, scope: Scope) -> Value:
    inner = children(node)[0]
    if inner.type == "binary_expression":
        # The grammar reads `a ?? b!` as `(a ?? b)!`, which is only right by luck.
        parent = node.parent
        if parent is not None and parent.type in (
            "member_expression",
            "call_expression",
            "subscript_expression",
        ):
            return run.unknown("mixes ! with an operator; add parentheses", node, scope)
    return run.value(inner, scope)


def _sequence(run: Evaluator, node: Node, scope: Scope) -> Value:
    value: Value = UNDEFINED
    for each in children(node):
        value = run.value(each, scope)
    return value


def _await(run: Evaluator, node: Node, scope: Scope) -> Value:
    for each in children(node):
        run.value(each, scope)
    return run.unknown("waits for something while running", node, scope)


CALLS: dict[str, Expression] = {
    "call_expression": _call,
    "new_expression": _new,
    "ternary_expression": _ternary,
    "parenthesized_expression": _inner,
    "as_expression": _inner,
    "satisfies_expression": _inner,
    "instantiation_expression": _inner,
    "type_assertion": _last,
    "non_null_expression": _non_null,
    "sequence_expression": _sequence,
    "await_expression": _await,
    "yield_expression": _await,
}
"""Calls, and the expressions that wrap others, by their names in the grammar."""
