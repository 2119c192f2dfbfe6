"""Functions and classes of the project: making them and entering them."""

from collections.abc import Sequence

from schemadiff.typescript import fingerprint
from schemadiff.typescript.evaluator import Evaluator, Stop
from schemadiff.typescript.patterns import bind
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.statements import run_block
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Object,
    Property,
    Unknown,
    Value,
)


def function_value(run: Evaluator, node: Node, scope: Scope, name: str) -> Function:
    """Return the function that `node` declares, closed over `scope`."""
    source = scope.module.source
    name_node = node.child_by_field_name("name")
    if not name and name_node is not None:
        name = source.text(name_node)
    keeps_this = node.type == "arrow_function"

    def enter(this: Value, arguments: Sequence[Value]) -> Value:
        inner = Scope(scope.module, scope)
        if not keeps_this and this is not UNDEFINED:
            inner.this = this
        return _enter(run, node, inner, arguments)

    return Function(
        name,
        source.span(node),
        lambda arguments: enter(UNDEFINED, arguments),
        bind=enter,
        fingerprint=lambda: fingerprint.of_expression(node, scope),
    )


def _enter(
    run: Evaluator, node: Node, scope: Scope, arguments: Sequence[Value]
) -> Value:
    words = {each.type for each in node.children if not each.is_named}
    if "async" in words or "*" in words or node.type.startswith("generator"):
        return run.unknown("is asynchronous or a generator", node, scope)
    body = node.child_by_field_name("body")
    if body is None:
        return run.unknown("is a function without a body", node, scope)
    try:
        bind_parameters(run, node, scope, arguments)
        if body.type != "statement_block":
            return run.value(body, scope)
        done = run_block(run, body, scope)
    except Stop as stop:
        return stop.unknown
    if done is None or done.kind == "return":
        return done.value if done else UNDEFINED
    if done.kind == "throw":
        return run.unknown("throws an error", node, scope)
    return UNDEFINED


def bind_parameters(
    run: Evaluator, node: Node, scope: Scope, arguments: Sequence[Value]
) -> None:
    """Bind the parameters of a function to the arguments of a call."""
    single = node.child_by_field_name("parameter")
    if single is not None:
        first = arguments[0] if arguments else UNDEFINED
        scope.declare(scope.module.source.text(single), first)
        return
    parameters = node.child_by_field_name("parameters")
    position = 0
    for each in children(parameters) if parameters else ():
        pattern = each.child_by_field_name("pattern")
        if pattern is None or pattern.type == "this":
            continue
        if pattern.type == "rest_pattern":
            rest = Array(list(arguments[position:]), scope.module.source.span(each))
            bind(run, children(pattern)[0], rest, scope, scope)
            return
        value = arguments[position] if position < len(arguments) else UNDEFINED
        default = each.child_by_field_name("value")
        if value is UNDEFINED and default is not None:
            value = run.value(default, scope)
        bind(run, pattern, value, scope, scope)
        position += 1


def class_value(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the class that `node` declares, as a function that can be constructed."""
    source = scope.module.source
    name_node = node.child_by_field_name("name")
    parent = _parent(run, node, scope)
    if isinstance(parent, Unknown):
        return parent
    inner = scope.inner()
    body = node.child_by_field_name("body")
    members = children(body) if body else []

    def construct(arguments: Sequence[Value]) -> Value:
        made = Object({}, source.span(node))
        return _construct(run, made, (node, members, parent), inner, arguments)

    found = Function(
        source.text(name_node) if name_node else "",
        source.span(node),
        lambda _: run.unknown("calls a class without new", node, scope),
        construct=construct,
        fingerprint=lambda: fingerprint.of_expression(node, scope),
    )
    if name_node is not None:
        inner.declare(found.name, found)
    if parent is not None:
        found.properties.update(parent.properties)
    inner.this = found
    for member in members:
        if any(each.type == "static" for each in member.children):
            _member(run, member, inner, found.properties)
    return found


def _parent(run: Evaluator, node: Node, scope: Scope) -> Function | Unknown | None:
    for heritage in node.children:
        if heritage.type != "class_heritage":
            continue
        for clause in heritage.children:
            if clause.type == "extends_clause":
                value_node = clause.child_by_field_name("value")
                if value_node is None:
                    continue
                value = run.value(value_node, scope)
                if isinstance(value, Function):
                    return value
                return run.why_unknown(value, clause, scope)
    return None


def _construct(
    run: Evaluator,
    made: Object,
    parts: tuple[Node, list[Node], Function | None],
    scope: Scope,
    arguments: Sequence[Value],
) -> Value:
    _, members, parent = parts
    inner = scope.inner()
    inner.this = made
    constructor = next(
        (each for each in members if _member_name(each, scope) == "constructor"), None
    )

    def inherit(given: Sequence[Value]) -> Value:
        if parent is not None and parent.construct is not None:
            base = parent.construct(given)
            if isinstance(base, Unknown):
                raise Stop(base)
            if isinstance(base, Object):
                made.properties.update(base.properties)
                made.hidden.update(base.hidden)
        return UNDEFINED

    try:
        if parent is not None and constructor is None:
            inherit(arguments)
        for member in members:
            if not any(each.type == "static" for each in member.children):
                target = made.properties
                if member.type == "method_definition":
                    target = made.hidden
                if _member_name(member, scope) != "constructor":
                    _member(run, member, inner, target)
        if constructor is not None:
            entered = inner.inner()
            entered.declare("super", Function("super", made.span, inherit, bind=None))
            bind_parameters(run, constructor, entered, arguments)
            _parameter_properties(constructor, entered, made)
            body = constructor.child_by_field_name("body")
            if body is not None:
                run_block(run, body, entered)
    except Stop as stop:
        return stop.unknown
    return made


def _parameter_properties(constructor: Node, scope: Scope, made: Object) -> None:
    parameters = constructor.child_by_field_name("parameters")
    for each in children(parameters) if parameters else ():
        marked = any(
            part.type in ("accessibility_modifier", "readonly")
            for part in each.children
        )
        pattern = each.child_by_field_name("pattern")
        if marked and pattern is not None:
            name = scope.module.source.text(pattern)
            cell = scope.cell(name)
            if cell is not None:
                span = scope.module.source.span(each)
                made.properties[name] = Property(cell.value, span)


def _member_name(member: Node, scope: Scope) -> str:
    name = member.child_by_field_name("name")
    return scope.module.source.text(name) if name is not None else ""


def _member(
    run: Evaluator, member: Node, scope: Scope, into: dict[str, Property]
) -> None:
    name = _member_name(member, scope)
    span = scope.module.source.span(member)
    match member.type:
        case "public_field_definition":
            value = member.child_by_field_name("value")
            found = run.value(value, scope) if value is not None else UNDEFINED
            into[name] = Property(found, span)
        case "method_definition":
            function = function_value(run, member, scope, name)
            this = scope.this if scope.this is not None else UNDEFINED
            bound = Function(
                name,
                span,
                lambda arguments: (
                    function.bind(this, arguments) if function.bind else UNDEFINED
                ),
                fingerprint=function.fingerprint,
            )
            if any(each.type == "get" for each in member.children):
                into[name] = Property(bound.call(()), span)
            else:
                into[name] = Property(bound, span)
        case "class_static_block":
            raise Stop(run.unknown("has a static block", member, scope))
        case _:
            pass
