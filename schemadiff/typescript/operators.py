"""Operators: arithmetic, comparison, logic, assignment."""

import math
from collections.abc import Callable

from schemadiff.typescript.assign import assign
from schemadiff.typescript.coerce import (
    known_number,
    known_text,
    nullish,
    strictly_equal,
    truth,
    type_of,
)
from schemadiff.typescript.evaluator import Evaluator, Expression
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    BigInt,
    Date,
    Function,
    Nothing,
    Object,
    Value,
)

_INT32 = 1 << 32


def _int32(value: float) -> int:
    if not math.isfinite(value):
        return 0
    number = int(value) % _INT32
    return number - _INT32 if number >= _INT32 // 2 else number


def _remainder(a: float, b: float) -> float:
    return math.nan if b == 0 or math.isinf(a) else math.fmod(a, b)


def _divide(a: float, b: float) -> float:
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1, b)


def _power(a: float, b: float) -> float:
    try:
        return float(a**b)
    except (OverflowError, ZeroDivisionError):
        return math.inf


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "%": _remainder,
    "**": _power,
    "|": lambda a, b: float(_int32(a) | _int32(b)),
    "&": lambda a, b: float(_int32(a) & _int32(b)),
    "^": lambda a, b: float(_int32(a) ^ _int32(b)),
    "<<": lambda a, b: float(_int32(_int32(a) << (_int32(b) & 31))),
    ">>": lambda a, b: float(_int32(a) >> (_int32(b) & 31)),
    ">>>": lambda a, b: float((_int32(a) % _INT32) >> (_int32(b) & 31)),
}
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _binary(run: Evaluator, node: Node, scope: Scope) -> Value:
    operator = scope.module.source.text(_part(node, "operator"))
    left_node, right_node = _part(node, "left"), _part(node, "right")
    if operator in ("&&", "||", "??"):
        return _logical(run, operator, left_node, right_node, scope)
    left, right = run.value(left_node, scope), run.value(right_node, scope)
    result = operate(operator, left, right)
    if result is None:
        blamed, at = (left, left_node) if _is_opaque(left) else (right, right_node)
        return run.why_unknown(blamed, at, scope)
    return result


def _is_opaque(value: Value) -> bool:
    return known_text(value) is None


def _logical(
    run: Evaluator, operator: str, left_node: Node, right_node: Node, scope: Scope
) -> Value:
    left = run.value(left_node, scope)
    known = nullish(left) if operator == "??" else truth(left)
    if known is None:
        return run.why_unknown(left, left_node, scope)
    keeps_left = known if operator == "||" else not known
    return left if keeps_left else run.value(right_node, scope)


def operate(operator: str, left: Value, right: Value) -> Value | None:
    """Return `left operator right`; None when it is not known."""
    if operator in ("===", "!=="):
        equal = strictly_equal(left, right)
        return None if equal is None else equal == (operator == "===")
    if operator in ("==", "!="):
        return _loosely_equal(operator, left, right)
    if operator == "+":
        return _add(left, right)
    if operator == "in":
        return _in(left, right)
    if isinstance(left, BigInt) and isinstance(right, BigInt):
        return _with_big_integers(operator, left.value, right.value)
    if operator in _COMPARISONS and isinstance(left, str) and isinstance(right, str):
        a, b = left.encode("utf-16-be"), right.encode("utf-16-be")
        return _COMPARISONS[operator](float(a > b), float(b > a))
    x, y = known_number(left), known_number(right)
    if x is None or y is None:
        return None
    if operator in _COMPARISONS:
        return _COMPARISONS[operator](x, y)
    calculate = _ARITHMETIC.get(operator)
    return None if calculate is None else calculate(x, y)


def _with_big_integers(operator: str, a: int, b: int) -> Value | None:
    match operator:
        case "-":
            return BigInt(a - b)
        case "*":
            return BigInt(a * b)
        case "**" if b >= 0:
            return BigInt(a**b)
        case "<" | "<=" | ">" | ">=":
            return _COMPARISONS[operator](a, b)
        case _:
            return None


def _add(left: Value, right: Value) -> Value | None:
    if isinstance(left, str) or isinstance(right, str):
        a, b = known_text(left), known_text(right)
        return None if a is None or b is None else a + b
    if isinstance(left, BigInt) and isinstance(right, BigInt):
        return BigInt(left.value + right.value)
    if isinstance(left, Array | Date) or isinstance(right, Array | Date):
        return None
    x, y = known_number(left), known_number(right)
    return None if x is None or y is None else x + y


def _loosely_equal(operator: str, left: Value, right: Value) -> bool | None:
    wanted = operator == "=="
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        a, b = nullish(left), nullish(right)
        return None if a is None or b is None else (a == b) == wanted
    if type(left) is type(right):
        equal = strictly_equal(left, right)
        return None if equal is None else equal == wanted
    x, y = known_number(left), known_number(right)
    return None if x is None or y is None else (x == y) == wanted


def _in(left: Value, right: Value) -> bool | None:
    name = known_text(left)
    if name is None or not isinstance(right, Object | Array) or right.holes:
        return None
    if isinstance(right, Object):
        return name in right.properties or name in right.hidden
    return name.isdigit() and int(name) < len(right.items)


def unary(
    run: Evaluator, operator: str, value: Value, node: Node, scope: Scope
) -> Value:
    """Return the result of an operator that stands before its operand."""
    result: Value | None = None
    match operator:
        case "!":
            known = truth(value)
            result = None if known is None else not known
        case "typeof":
            result = type_of(value)
        case "void":
            result = UNDEFINED
        case "-":
            number = known_number(value)
            if isinstance(value, BigInt):
                result = BigInt(-value.value)
            elif number is not None:
                result = -number
        case "+":
            result = known_number(value)
        case "~":
            number = known_number(value)
            result = None if number is None else float(~_int32(number))
        case "delete":
            return _delete(run, node, scope)
        case _:
            pass
    return run.why_unknown(value, node, scope) if result is None else result


def _delete(run: Evaluator, node: Node, scope: Scope) -> Value:
    target = _part(node, "argument")
    owner_node = target.child_by_field_name("object")
    if owner_node is None:
        return run.unknown("deletes something that is not a property", node, scope)
    owner = run.value(owner_node, scope)
    member = target.child_by_field_name("property")
    index = target.child_by_field_name("index")
    name = None
    if member is not None:
        name = scope.module.source.text(member)
    elif index is not None:
        name = known_text(run.value(index, scope))
    if not isinstance(owner, Object) or name is None:
        return run.why_unknown(owner, node, scope)
    owner.properties.pop(name, None)
    return True


def _assignment(run: Evaluator, node: Node, scope: Scope) -> Value:
    value = run.value(_part(node, "right"), scope)
    assign(run, _part(node, "left"), value, scope)
    return value


def _augmented(run: Evaluator, node: Node, scope: Scope) -> Value:
    operator = scope.module.source.text(_part(node, "operator"))[:-1]
    left_node, right_node = _part(node, "left"), _part(node, "right")
    if operator in ("&&", "||", "??"):
        value = _logical(run, operator, left_node, right_node, scope)
    else:
        left, right = run.value(left_node, scope), run.value(right_node, scope)
        result = operate(operator, left, right)
        blamed = left if _is_opaque(left) else right
        value = run.why_unknown(blamed, node, scope) if result is None else result
    assign(run, left_node, value, scope)
    return value


def _update(run: Evaluator, node: Node, scope: Scope) -> Value:
    argument = _part(node, "argument")
    operator = scope.module.source.text(_part(node, "operator"))
    before = run.value(argument, scope)
    number = known_number(before)
    if number is None:
        return run.why_unknown(before, node, scope)
    after = number + (1 if operator == "++" else -1)
    assign(run, argument, after, scope)
    return after if node.children[0].type in ("++", "--") else number


def _part(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    if found is None:
        raise ValueError(name)
    return found


OPERATIONS: dict[str, Expression] = {
    "binary_expression": _binary,
    "assignment_expression": _assignment,
    "augmented_assignment_expression": _augmented,
    "update_expression": _update,
}
"""The expressions made of operators, by their names in the grammar."""

__all__ = ["OPERATIONS", "Function", "children", "operate", "unary"]
