"""Running statements: function bodies, and top-level code that changes something."""

from collections.abc import Callable

from schemadiff.typescript.assign import assign
from schemadiff.typescript.coerce import known_text, strictly_equal, truth
from schemadiff.typescript.declared_names import pattern_names
from schemadiff.typescript.evaluator import Evaluator, Stop, Thrown
from schemadiff.typescript.havoc import FUNCTIONS, always_throws, havoc, may_leave
from schemadiff.typescript.patterns import bind
from schemadiff.typescript.scope import UNSET, Scope
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Nothing,
    Object,
    Unknown,
    Value,
)


class Done:
    """How a statement ended early: by `return`, `break` or `continue`.

    `label` is that of the statement that a jump is meant for.
    """

    __slots__ = ("kind", "label", "value")

    def __init__(self, kind: str, value: Value = UNDEFINED, label: str = "") -> None:
        self.kind = kind
        self.value = value
        self.label = label


_BREAK = Done("break")
_CONTINUE = Done("continue")

Statement = Callable[[Evaluator, Node, Scope], Done | None]


def run_alone(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Run a top-level statement; where it cannot go on, what it changes is unknown."""
    try:
        run_statement(run, node, scope)
    except Stop as stop:
        havoc([node], scope, stop.unknown)
        return stop.unknown
    return UNDEFINED


def run_block(run: Evaluator, statements: list[Node], scope: Scope) -> Done | None:
    """Run the statements of a block; None when it came to its end."""
    declare_all(run, statements, scope)
    for each in statements:
        done = run_statement(run, each, scope)
        if done is not None:
            return done
    return None


def hoist(statements: list[Node], scope: Scope) -> None:
    """Declare every `var` of a function's body, blocks inside included."""
    stack = list(statements)
    while stack:
        each = stack.pop()
        if each.type in FUNCTIONS:
            continue
        is_loop = each.type == "for_in_statement"
        if each.type == "variable_declaration":
            for declarator in children(each):
                _declare_var(part(declarator, "name"), scope)
        elif is_loop and any(token.type == "var" for token in each.children):
            _declare_var(part(each, "left"), scope)
        stack.extend(each.named_children)


def _declare_var(pattern: Node, scope: Scope) -> None:
    for name in pattern_names(pattern, scope.module.source):
        scope.names.setdefault(name, UNDEFINED)


def declare_all(run: Evaluator, statements: list[Node], scope: Scope) -> None:
    """Declare what a block declares: functions at once, the rest as not yet set."""
    for each in statements:
        kind = each.type
        if kind == "lexical_declaration":
            for declarator in children(each):
                name = part(declarator, "name")
                for text in pattern_names(name, scope.module.source):
                    scope.names[text] = UNSET
        elif kind in ("function_declaration", "generator_function_declaration"):
            text = scope.module.source.text(part(each, "name"))
            scope.names[text] = run.value(each, scope)
        elif kind in ("class_declaration", "enum_declaration"):
            scope.names[scope.module.source.text(part(each, "name"))] = UNSET


def run_statement(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    """Run one statement."""
    handler = _STATEMENTS.get(node.type)
    if handler is None:
        reason = f"has a statement that is not read: {node.type}"
        raise Stop(run.unknown(reason, node, scope))
    return handler(run, node, scope)


def _expression(run: Evaluator, node: Node, scope: Scope) -> None:
    for each in children(node):
        value = run.value(each, scope)
        if isinstance(value, Call) and each.type == "call_expression":
            scope.module.note_statement(value)


def _declaration(run: Evaluator, node: Node, scope: Scope) -> None:
    into = scope
    is_var = node.type == "variable_declaration"
    while is_var and into.parent is not None and into.parent.frame is scope.frame:
        into = into.parent
    for declarator in children(node):
        initial = declarator.child_by_field_name("value")
        value = UNDEFINED if initial is None else run.value(initial, scope)
        pattern = part(declarator, "name")
        if is_var:
            _declare_var(pattern, into)
        if is_var and initial is None:
            continue
        bind(run, pattern, value, into)
        if node.children[0].type == "const":
            names = pattern_names(pattern, scope.module.source)
            into.constants = into.constants.union(names)


def _return(run: Evaluator, node: Node, scope: Scope) -> Done:
    inner = children(node)
    return Done("return", run.value(inner[0], scope) if inner else UNDEFINED)


def _jump(run: Evaluator, node: Node, scope: Scope) -> Done:
    del run
    inner = children(node)
    if inner:
        label = scope.module.source.text(inner[0])
        kind = node.type.removesuffix("_statement")
        return Done(kind, label=label)
    return _BREAK if node.type == "break_statement" else _CONTINUE


def _throw(run: Evaluator, node: Node, scope: Scope) -> None:
    inner = children(node)
    value: Value = run.value(inner[0], scope) if inner else UNDEFINED
    text = ""
    if isinstance(value, Call) and value.arguments:
        text = known_text(value.arguments[0]) or ""
    reason = f"throws {text!r}" if text else "throws an error"
    raise Thrown(value, run.unknown(reason, node, scope))


def _block(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    return run_block(run, children(node), Scope(scope.module, scope))


def _named(run: Evaluator, node: Node, scope: Scope) -> None:
    name = scope.module.source.text(part(node, "name"))
    scope.names[name] = run.value(node, scope)


def _nothing(run: Evaluator, node: Node, scope: Scope) -> None:
    del run, node, scope


def _give_up(
    run: Evaluator, cause: Value, node: Node, nodes: list[Node], scope: Scope
) -> None:
    """Go on after `nodes`, of which it is not known whether or how they run.

    Raise `Stop` for the whole call where one of them may have ended it.
    """
    unknown = run.because(cause, node, scope)
    if may_leave(nodes):
        frame = scope.frame.node or node
        whole = run.because(unknown, frame, scope)
        havoc([frame], scope, whole)
        raise Stop(whole)
    havoc(nodes, scope, unknown)


def _if(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    condition = run.value(part(node, "condition"), scope)
    yes = part(node, "consequence")
    other = node.child_by_field_name("alternative")
    known = truth(condition)
    if known is None:
        if always_throws(yes):
            known = False
        elif other is not None and always_throws(other):
            known = True
        else:
            branches = [yes] if other is None else [yes, other]
            _give_up(run, condition, node, branches, scope)
            return None
    if known:
        return run_statement(run, yes, scope)
    return None if other is None else run_statement(run, children(other)[0], scope)


def _for_each(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    right, body, left = part(node, "right"), part(node, "body"), part(node, "left")
    words = {each.type for each in node.children if not each.is_named}
    over = run.opened(run.value(right, scope))
    items = None if "await" in words else _items(over, values="of" in words)
    passes = 0
    if items is None:
        _give_up(run, over, node, [body], scope)
        return None
    is_new = bool(words & {"const", "let", "var"})
    while passes < len(items):
        # What is added to a list while it is gone over is gone over, too.
        item = items[passes]
        passes += 1
        if passes > run.limits.passes:
            raise Stop(_endless(run, node, scope))
        inner = Scope(scope.module, scope)
        if is_new:
            bind(run, left, item, inner)
        else:
            assign(run, left, item, scope)
        done = run_statement(run, body, inner)
        if not _goes_on(done, node, scope):
            return None if done is _BREAK else done
    return None


def _labelled(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    label = scope.module.source.text(part(node, "label"))
    done = run_statement(run, part(node, "body"), scope)
    if done is not None and done.kind == "break" and done.label == label:
        return None
    return done


def _goes_on(done: Done | None, loop: Node, scope: Scope) -> bool:
    """Tell whether a loop has another round after one that ended so."""
    if done is None or done is _CONTINUE:
        return True
    if done.kind != "continue":
        return False
    outer = loop.parent
    while outer is not None and outer.type == "labeled_statement":
        if scope.module.source.text(part(outer, "label")) == done.label:
            return True
        outer = outer.parent
    return False


def _endless(run: Evaluator, node: Node, scope: Scope) -> Unknown:
    return run.unknown(f"loops more than {run.limits.passes:,} times", node, scope)


def _items(over: Value, *, values: bool) -> list[Value] | None:
    """Return what a loop goes over; None if that is not known."""
    match over:
        case Array() if not over.holes:
            if values:
                return over.items
            if over.is_sparse:
                return None
            return [str(index) for index in range(len(over.items))]
        case Object() if over.holes:
            return None
        case Object() if over.kind in ("map", "set"):
            return over.entries if values else []
        case Object() if not values and not over.kind:
            return list(over.properties)
        case str() if values:
            return list(over)
        case Nothing() if not values:
            return []
        case _:
            return None


def _loop(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    outer = Scope(scope.module, scope)
    start = node.child_by_field_name("initializer")
    if start is not None:
        run_statement(run, start, outer)
    condition = _test_of(node)
    step, body = node.child_by_field_name("increment"), part(node, "body")
    checks = node.type != "do_statement"
    for _ in range(run.limits.passes):
        inner = Scope(scope.module, outer)
        inner.names = dict(outer.names)
        if checks and condition is not None:
            value = run.value(condition, inner)
            known = truth(value)
            if known is None:
                _give_up(run, value, node, [node], outer)
                return None
            if not known:
                return None
        checks = True
        done = run_statement(run, body, inner)
        if not _goes_on(done, node, scope):
            return None if done is _BREAK else done
        outer.names = dict(inner.names)
        if step is not None:
            run.value(step, outer)
    raise Stop(_endless(run, node, scope))


def _test_of(node: Node) -> Node | None:
    condition = node.child_by_field_name("condition")
    if condition is None or condition.type in (";", "empty_statement"):
        return None
    if condition.type == "expression_statement":
        return children(condition)[0]
    return condition


def _switch(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    subject = run.value(part(node, "value"), scope)
    cases = children(part(node, "body"))
    inner = Scope(scope.module, scope)
    start = None
    for index, each in enumerate(cases):
        test = each.child_by_field_name("value")
        if test is None:
            continue
        value = run.value(test, inner)
        equal = strictly_equal(subject, value)
        if equal is None:
            cause = subject if isinstance(subject, Unknown) else value
            _give_up(run, cause, node, [node], scope)
            return None
        if equal:
            start = index
            break
    if start is None:
        start = _default_case(cases)
    for each in cases[start:]:
        done = run_block(run, each.children_by_field_name("body"), inner)
        if done is not None:
            return None if done is _BREAK else done
    return None


def _default_case(cases: list[Node]) -> int:
    for index, each in enumerate(cases):
        if each.type == "switch_default":
            return index
    return len(cases)


def _try(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    depth = run.depth
    finalizer = node.child_by_field_name("finalizer")
    handler = node.child_by_field_name("handler")
    body = part(node, "body")
    doubts = run.doubts
    try:
        done = _block(run, body, scope)
    except Thrown as thrown:
        run.depth = depth
        if handler is None:
            _finally(run, finalizer, scope)
            raise
        if run.doubts > doubts + 1:
            # It may have been thrown earlier than it seems, and be something else.
            return _perhaps_thrown(run, node, [body, handler], scope)
        done = _handled(run, handler, thrown, scope)
    else:
        if handler is not None and run.doubts > doubts and not _ends_all(handler):
            return _perhaps_thrown(run, node, [body, handler], scope)
    return _finally(run, finalizer, scope) or done


def _ends_all(handler: Node) -> bool:
    return always_throws(part(handler, "body"))


def _handled(
    run: Evaluator, handler: Node, thrown: Thrown, scope: Scope
) -> Done | None:
    inner = Scope(scope.module, scope)
    parameter = handler.child_by_field_name("parameter")
    if parameter is not None:
        bind(run, parameter, thrown.value, inner)
    return _block(run, part(handler, "body"), inner)


def _finally(run: Evaluator, finalizer: Node | None, scope: Scope) -> Done | None:
    return None if finalizer is None else _block(run, part(finalizer, "body"), scope)


def _perhaps_thrown(
    run: Evaluator, node: Node, nodes: list[Node], scope: Scope
) -> Done | None:
    cause = run.unknown("depends on what is thrown", node, scope)
    _give_up(run, cause, node, nodes, scope)
    return _finally(run, node.child_by_field_name("finalizer"), scope)


_STATEMENTS: dict[str, Statement] = {
    "expression_statement": _expression,
    "lexical_declaration": _declaration,
    "variable_declaration": _declaration,
    "return_statement": _return,
    "if_statement": _if,
    "statement_block": _block,
    "for_in_statement": _for_each,
    "for_statement": _loop,
    "while_statement": _loop,
    "do_statement": _loop,
    "switch_statement": _switch,
    "break_statement": _jump,
    "continue_statement": _jump,
    "throw_statement": _throw,
    "try_statement": _try,
    "labeled_statement": _labelled,
    "class_declaration": _named,
    "abstract_class_declaration": _named,
    "enum_declaration": _named,
    "function_declaration": _nothing,
    "generator_function_declaration": _nothing,
    "function_signature": _nothing,
    "empty_statement": _nothing,
    "type_alias_declaration": _nothing,
    "interface_declaration": _nothing,
    "ambient_declaration": _nothing,
    "comment": _nothing,
}
