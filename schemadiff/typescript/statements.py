"""Running statements: function bodies, and what changes a value at top level."""

from dataclasses import dataclass

from schemadiff.typescript import limits
from schemadiff.typescript.assign import assign
from schemadiff.typescript.coerce import strictly_equal, truth
from schemadiff.typescript.evaluator import Evaluator, Stop
from schemadiff.typescript.patterns import bind
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import UNDEFINED, Array, Object, Value


@dataclass(frozen=True, slots=True)
class Done:
    """How a statement ended early: `return`, `break`, `continue` or `throw`."""

    kind: str
    value: Value = UNDEFINED


def run_block(run: Evaluator, block: Node, scope: Scope) -> Done | None:
    """Run the statements of a block; None when it came to its end."""
    statements = children(block)
    declare_all(run, statements, scope)
    for each in statements:
        done = run_statement(run, each, scope)
        if done is not None:
            return done
    return None


def declare_all(run: Evaluator, statements: list[Node], scope: Scope) -> None:
    """Bind the functions of a block, which may be called before they stand."""
    for each in statements:
        if each.type in ("function_declaration", "generator_function_declaration"):
            name = each.child_by_field_name("name")
            if name is not None:
                scope.declare(scope.module.source.text(name))
    for each in statements:
        if each.type == "function_declaration":
            name = each.child_by_field_name("name")
            if name is not None:
                cell = scope.cell(scope.module.source.text(name))
                if cell is not None:
                    cell.value = run.value(each, scope)


def run_statement(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    """Run one statement."""
    run.steps += 1
    if run.steps > limits.STEPS:
        raise Stop(run.unknown("does not end", node, scope))
    match node.type:
        case "expression_statement":
            for each in children(node):
                run.value(each, scope)
            return None
        case "lexical_declaration" | "variable_declaration":
            declare_variables(run, node, scope)
            return None
        case "return_statement":
            inner = children(node)
            return Done("return", run.value(inner[0], scope) if inner else UNDEFINED)
        case "if_statement":
            return _if(run, node, scope)
        case "statement_block":
            return run_block(run, node, scope.inner())
        case "for_in_statement":
            return _for_each(run, node, scope)
        case "for_statement" | "while_statement" | "do_statement":
            return _loop(run, node, scope)
        case "switch_statement":
            return _switch(run, node, scope)
        case "break_statement" | "continue_statement":
            if children(node):
                raise Stop(run.unknown("jumps to a label", node, scope))
            return Done(node.type.removesuffix("_statement"))
        case "throw_statement":
            return Done("throw")
        case "try_statement":
            return _try(run, node, scope)
        case "class_declaration" | "abstract_class_declaration" | "enum_declaration":
            name = node.child_by_field_name("name")
            if name is not None:
                scope.declare(scope.module.source.text(name), run.value(node, scope))
            return None
        case (
            "function_declaration"
            | "empty_statement"
            | "type_alias_declaration"
            | "interface_declaration"
            | "comment"
        ):
            return None
        case _:
            reason = f"has a statement that is not read ({node.type})"
            raise Stop(run.unknown(reason, node, scope))


def declare_variables(run: Evaluator, node: Node, scope: Scope) -> None:
    """Bind the variables of a `const`, `let` or `var` statement."""
    for declarator in children(node):
        pattern = declarator.child_by_field_name("name")
        value = declarator.child_by_field_name("value")
        if pattern is not None:
            found = run.value(value, scope) if value is not None else UNDEFINED
            bind(run, pattern, found, scope, scope)


def _condition(run: Evaluator, node: Node, scope: Scope) -> bool:
    value = run.value(node, scope)
    known = truth(value)
    if known is None:
        raise Stop(run.why_unknown(value, node, scope))
    return known


def _part(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    if found is None:
        raise ValueError(name)
    return found


def _if(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    if _condition(run, _part(node, "condition"), scope):
        return run_statement(run, _part(node, "consequence"), scope.inner())
    alternative = node.child_by_field_name("alternative")
    if alternative is None:
        return None
    return run_statement(run, children(alternative)[0], scope.inner())


def _for_each(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    right_node = _part(node, "right")
    over = run.value(right_node, scope)
    is_of = any(each.type == "of" for each in node.children)
    items = _items(run, over, right_node, scope, values=is_of)
    left = _part(node, "left")
    is_new = any(each.type in ("const", "let", "var") for each in node.children)
    for item in items:
        inner = scope.inner()
        if is_new:
            bind(run, left, item, inner, inner)
        else:
            assign(run, left, item, scope)
        done = run_statement(run, _part(node, "body"), inner)
        if done is not None and done.kind != "continue":
            return None if done.kind == "break" else done
    return None


def _items(
    run: Evaluator, over: Value, node: Node, scope: Scope, *, values: bool
) -> list[Value]:
    match over:
        case Array() if not over.holes:
            if values:
                return list(over.items)
            return [str(index) for index in range(len(over.items))]
        case Object() if not over.holes and not values:
            return list(over.properties)
        case Object() if over.kind in ("map", "set"):
            return list(over.entries)
        case str() if values:
            return list(over)
        case Array() | Object() if over.holes:
            raise Stop(over.holes[0])
        case _:
            raise Stop(run.why_unknown(over, node, scope))


def _loop(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    inner = scope.inner()
    start = node.child_by_field_name("initializer")
    if start is not None:
        run_statement(run, start, inner)
    condition = node.child_by_field_name("condition")
    step = node.child_by_field_name("increment")
    is_first = node.type == "do_statement"
    for _ in range(limits.PASSES):
        if not is_first and condition is not None and condition.type != ";":
            test = condition
            if condition.type == "expression_statement":
                test = children(condition)[0]
            if not _condition(run, test, inner):
                return None
        is_first = False
        done = run_statement(run, _part(node, "body"), inner.inner())
        if done is not None and done.kind != "continue":
            return None if done.kind == "break" else done
        if step is not None:
            run.value(step, inner)
    raise Stop(run.unknown(f"loops more than {limits.PASSES:,} times", node, scope))


def _switch(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    subject = run.value(_part(node, "value"), scope)
    cases = children(_part(node, "body"))
    inner = scope.inner()
    start = None
    for index, each in enumerate(cases):
        test = each.child_by_field_name("value")
        if each.type == "switch_default" or test is None:
            continue
        equal = strictly_equal(subject, run.value(test, inner))
        if equal is None:
            raise Stop(run.why_unknown(subject, node, scope))
        if equal:
            start = index
            break
    if start is None:
        defaults = [i for i, each in enumerate(cases) if each.type == "switch_default"]
        if not defaults:
            return None
        start = defaults[0]
    for each in cases[start:]:
        for statement in each.children_by_field_name("body"):
            done = run_statement(run, statement, inner)
            if done is not None:
                return None if done.kind == "break" else done
    return None


def _try(run: Evaluator, node: Node, scope: Scope) -> Done | None:
    done = run_block(run, _part(node, "body"), scope.inner())
    if done is not None and done.kind == "throw":
        handler = node.child_by_field_name("handler")
        if handler is None:
            return done
        done = run_block(run, _part(handler, "body"), scope.inner())
    finalizer = node.child_by_field_name("finalizer")
    if finalizer is not None:
        last = run_block(run, _part(finalizer, "body"), scope.inner())
        return last or done
    return done
