"""Functions of the project: making them and entering them."""

from collections.abc import Callable, Sequence

from schemadiff.typescript import fingerprint
from schemadiff.typescript.evaluator import Evaluator, Running, Spent, Stop, Thrown
from schemadiff.typescript.havoc import havoc
from schemadiff.typescript.patterns import bind
from schemadiff.typescript.scope import Frame, Scope
from schemadiff.typescript.statements import hoist, run_block
from schemadiff.typescript.syntax import Malformed, Node, children, part
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Unknown,
    Value,
)


def function_value(
    run: Evaluator,
    node: Node,
    scope: Scope,
    name: str = "",
    parent_class: Function | None = None,
) -> Function:
    """Return the function that `node` declares, closed over `scope`.

    `parent_class` is what `super` means inside of a method.
    """
    source = scope.module.source
    if not name and (name_node := node.child_by_field_name("name")) is not None:
        name = source.text(name_node)
    is_arrow = node.type == "arrow_function"
    made_by = run.running

    def enter(this: Value, arguments: Sequence[Value]) -> Value:
        if is_arrow:
            outer = scope.frame
            frame = Frame(node, outer.this, outer.parent_class, outer.arguments)
        else:
            frame = Frame(node, this, parent_class, tuple(arguments))
        inner = Scope(scope.module, scope, frame)

        def work() -> Value:
            return _enter(run, node, inner, arguments)

        if run.running is not None:
            return work()
        return from_outside(run, made_by, work, node, scope)

    made = Function(
        name,
        source.span(node),
        lambda arguments: enter(UNDEFINED, arguments),
        bind=enter,
        fingerprint=fingerprint.Print(node, scope, ()),
    )
    if node.type == "function_expression" and (own := node.child_by_field_name("name")):
        scope = Scope(scope.module, scope)
        scope.names[source.text(own)] = made
    return made


def from_outside(
    run: Evaluator,
    made_by: Running | None,
    work: Callable[[], Value],
    node: Node,
    scope: Scope,
) -> Value:
    """Return what `work` makes when a reader asks for it, after the project ran.

    Nothing is raised: what a call throws is unknown to who asked.
    """
    path = scope.module.path
    try:
        return run.run(made_by or Running(path, node.start_byte), work)
    except (Stop, Thrown) as end:
        return end.unknown
    except Malformed:
        return run.unknown("has a syntax error", node, scope)
    except RecursionError:
        return run.unknown("is nested too deeply", node, scope)


def _enter(
    run: Evaluator, node: Node, scope: Scope, arguments: Sequence[Value]
) -> Value:
    body = node.child_by_field_name("body")
    if body is None:
        return run.unknown("is a function without a body", node, scope, *arguments)
    depth = run.depth
    try:
        bind_parameters(run, node, scope, arguments)
        _check(run, node, scope, arguments)
        if body.type != "statement_block":
            return run.value(body, scope)
        statements = children(body)
        hoist(statements, scope)
        done = run_block(run, statements, scope)
    except Spent:
        run.depth = depth
        raise
    except Stop as stop:
        run.depth = depth
        havoc([body], scope, stop.unknown)
        return stop.unknown
    return UNDEFINED if done is None else done.value


def _check(
    run: Evaluator, node: Node, scope: Scope, arguments: Sequence[Value]
) -> None:
    if _is_asynchronous(node):
        reason = "is asynchronous or a generator"
        raise Stop(run.unknown(reason, node, scope, *arguments))


def _is_asynchronous(node: Node) -> bool:
    if node.type.startswith("generator"):
        return True
    for each in node.children:
        if each.type in ("async", "*"):
            return True
        if each.is_named and each.type != "accessibility_modifier":
            return False
    return False


def bind_parameters(
    run: Evaluator, node: Node, scope: Scope, arguments: Sequence[Value]
) -> None:
    """Bind the parameters of a function to the arguments of a call."""
    single = node.child_by_field_name("parameter")
    source = scope.module.source
    if single is not None:
        scope.names[source.text(single)] = arguments[0] if arguments else UNDEFINED
        return
    position = 0
    for each in children(part(node, "parameters")):
        pattern = each.child_by_field_name("pattern")
        if pattern is None or pattern.type == "this":
            continue
        if pattern.type == "rest_pattern":
            rest = Array(list(arguments[position:]), source.span(each))
            bind(run, children(pattern)[0], rest, scope)
            return
        value = arguments[position] if position < len(arguments) else UNDEFINED
        default = each.child_by_field_name("value")
        if default is not None:
            if value is UNDEFINED:
                value = run.value(default, scope)
            elif isinstance(value, Unknown):
                value = run.because(value, default, scope)
                havoc([default], scope, value)
        bind(run, pattern, value, scope)
        position += 1


def _function(run: Evaluator, node: Node, scope: Scope) -> Value:
    return function_value(run, node, scope)


FUNCTIONS = dict.fromkeys(
    (
        "arrow_function",
        "function_expression",
        "function_declaration",
        "generator_function",
        "generator_function_declaration",
    ),
    _function,
)
"""The expressions and declarations that make functions."""
