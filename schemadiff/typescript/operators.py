"""Operators: arithmetic, comparison, logic, assignment."""

import math
from collections.abc import Callable

from schemadiff.typescript.access import OF_ANY_OBJECT, member_of, property_name
from schemadiff.typescript.assign import Reference, assign, reference
from schemadiff.typescript.classes import is_instance
from schemadiff.typescript.coerce import (
    big_integer,
    known_number,
    known_text,
    nullish,
    power,
    strictly_equal,
    truth,
    type_of,
)
from schemadiff.typescript.evaluator import Evaluator, Expression, Stop
from schemadiff.typescript.havoc import havoc, may_have_changed
from schemadiff.typescript.holes import add_hole
from schemadiff.typescript.properties import is_index
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, part
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    BigInt,
    Date,
    Function,
    Nothing,
    Object,
    Unknown,
    Value,
)

_INT32 = 1 << 32
_BROWSER = ("window", "document", "navigator")
_LARGEST_POWER = 1000
_LARGEST_BASE = 64


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


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "%": _remainder,
    "**": power,
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
    operator = scope.module.source.text(part(node, "operator"))
    left_node, right_node = part(node, "left"), part(node, "right")
    if operator in ("&&", "||", "??"):
        return _logical(run, operator, left_node, right_node, scope)
    left, right = run.value(left_node, scope), run.value(right_node, scope)
    result: Value | None
    if operator == "instanceof":
        result = is_instance(run, left, right)
    else:
        result = operate(operator, left, right)
    return _sized(run, result, (left, right), node, scope)


def _sized(
    run: Evaluator,
    result: Value | None,
    operands: tuple[Value, Value],
    node: Node,
    scope: Scope,
) -> Value:
    left, right = operands
    if result is None:
        run.converted(left, node, scope)
        run.converted(right, node, scope)
        return run.because(left if _is_opaque(left) else right, node, scope)
    if isinstance(result, str):
        run.charge(len(result), node, scope)
        if len(result) > run.limits.size:
            return run.unknown("makes a text that is too long", node, scope)
    return result


def _is_opaque(value: Value) -> bool:
    return known_text(value) is None


def _logical(
    run: Evaluator, operator: str, left_node: Node, right_node: Node, scope: Scope
) -> Value:
    left = run.value(left_node, scope)
    keeps_left = _keeps_left(operator, left)
    if keeps_left is None:
        unknown = run.because(left, left_node.parent or left_node, scope)
        if operator == "&&" and scope.module.program.listing is not None:
            from schemadiff.typescript.choices import either  # noqa: PLC0415 - configs

            return either(UNDEFINED, run.value(right_node, scope), unknown)
        havoc([right_node], scope, unknown)
        return unknown
    return left if keeps_left else run.value(right_node, scope)


def _keeps_left(operator: str, left: Value) -> bool | None:
    known = nullish(left) if operator == "??" else truth(left)
    if known is None:
        return None
    return known if operator == "||" else not known


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
        a, b = _units(left), _units(right)
        return _COMPARISONS[operator](float(a > b), float(b > a))
    x, y = known_number(left), known_number(right)
    if x is None or y is None:
        return None
    if isinstance(left, BigInt) or isinstance(right, BigInt):
        return _with_one_big_integer(operator, left, right)
    if operator in _COMPARISONS:
        return _COMPARISONS[operator](x, y)
    calculate = _ARITHMETIC.get(operator)
    return None if calculate is None else calculate(x, y)


def _units(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def _with_one_big_integer(operator: str, left: Value, right: Value) -> bool | None:
    """Compare a BigInt with a number, exactly; to reckon with both throws."""
    a = left.value if isinstance(left, BigInt) else left
    b = right.value if isinstance(right, BigInt) else right
    compare = _COMPARISONS.get(operator)
    if (
        compare is None
        or not isinstance(a, int | float)
        or not isinstance(b, int | float)
    ):
        return None
    return compare(a, b)


def _with_big_integers(operator: str, a: int, b: int) -> Value | None:
    match operator:
        case "-":
            return big_integer(a - b)
        case "*":
            return big_integer(a * b)
        case "**" if 0 <= b <= _LARGEST_POWER and a.bit_length() <= _LARGEST_BASE:
            return big_integer(a**b)
        case "/" if b != 0:
            return BigInt(abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1))
        case "%" if b != 0:
            return BigInt(abs(a) % abs(b) * (-1 if a < 0 else 1))
        case "<" | "<=" | ">" | ">=":
            return _COMPARISONS[operator](a, b)
        case _:
            return None


def _add(left: Value, right: Value) -> Value | None:
    if isinstance(left, str) or isinstance(right, str):
        a, b = known_text(left), known_text(right)
        return None if a is None or b is None else a + b
    if isinstance(left, BigInt) and isinstance(right, BigInt):
        return big_integer(left.value + right.value)
    if isinstance(left, BigInt) or isinstance(right, BigInt):
        return None
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
    if isinstance(left, Date) or isinstance(right, Date):
        return None
    x, y = known_number(left), known_number(right)
    return None if x is None or y is None else (x == y) == wanted


def _in(left: Value, right: Value) -> bool | None:
    name = known_text(left)
    if name is None or not isinstance(right, Object | Array) or right.holes:
        return None
    if isinstance(right, Object):
        has = name in right.properties or name in right.hidden
        return True if has else _inherits(right, name)
    if is_index(name):
        return None if right.is_sparse else int(name) < len(right.items)
    return True if name == "length" else None


def _inherits(value: Object, name: str) -> bool | None:
    return (
        None
        if value.kind or name in OF_ANY_OBJECT or f"get {name}" in value.hidden
        else False
    )


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
        case "+" if not isinstance(value, BigInt):
            result = known_number(value)
        case "~" if not isinstance(value, BigInt):
            number = known_number(value)
            result = None if number is None else float(~_int32(number))
        case _:
            pass
    return run.because(value, node, scope) if result is None else result


def _delete(run: Evaluator, node: Node, scope: Scope) -> Value:
    target = part(node, "argument")
    if target.type not in ("member_expression", "subscript_expression"):
        return run.unknown("deletes something that is not a property", node, scope)
    owner = run.value(part(target, "object"), scope)
    name = property_name(run, target, scope)
    match owner:
        case Object() if isinstance(name, Unknown):
            add_hole(owner, name)
        case Object() | Function() if isinstance(name, str):
            _delete_property(run, owner, name, node, scope)
        case Array():
            owner.holes.append(run.unknown("deletes from an array", node, scope))
        case Unknown():
            may_have_changed([owner], owner)
            return run.because(owner, node, scope)
        case _:
            return run.because(owner, node, scope)
    return True


def _delete_property(
    run: Evaluator, owner: Object | Function, name: str, node: Node, scope: Scope
) -> None:
    if isinstance(owner, Object):
        if owner.is_frozen:
            unknown = run.unknown("changes what is frozen", node, scope)
            raise Stop(unknown)
        owner.hidden = {
            key: each
            for key, each in owner.hidden.items()
            if key not in (f"get {name}", f"set {name}")
        }
        owner.uncertain.discard(name)
        if owner.holes and name in owner.properties:
            # What is behind a hole may have been it, and is gone too.
            add_hole(owner, run.because(owner.holes[-1], node, scope))
    owner.properties.pop(name, None)


def _assignment(run: Evaluator, node: Node, scope: Scope) -> Value:
    target = part(node, "left")
    into = reference(run, target, scope)
    value = run.value(part(node, "right"), scope)
    assign(run, target, value, scope, into)
    return value


def _augmented(run: Evaluator, node: Node, scope: Scope) -> Value:
    operator = scope.module.source.text(part(node, "operator"))[:-1]
    left_node, right_node = part(node, "left"), part(node, "right")
    into = reference(run, left_node, scope)
    left = _present(run, left_node, into, scope)
    if operator in ("&&", "||", "??"):
        known = _keeps_left(operator, left)
        if known:
            return left
        if known is None:
            value: Value = run.because(left, node, scope)
            havoc([right_node], scope, run.because(left, node, scope))
        else:
            value = run.value(right_node, scope)
    else:
        right = run.value(right_node, scope)
        result = operate(operator, left, right)
        value = _sized(run, result, (left, right), node, scope)
    assign(run, left_node, value, scope, into)
    return value


def _present(
    run: Evaluator, target: Node, into: Reference | None, scope: Scope
) -> Value:
    """Return what the target of an assignment is before it."""
    if into is None:
        return run.value(target, scope)
    owner, name = into
    if isinstance(name, Unknown):
        return run.because(name, target, scope)
    return member_of(run, owner, name, target, scope)


def _update(run: Evaluator, node: Node, scope: Scope) -> Value:
    argument = part(node, "argument")
    operator = scope.module.source.text(part(node, "operator"))
    into = reference(run, argument, scope)
    before = _present(run, argument, into, scope)
    number = None if isinstance(before, BigInt) else known_number(before)
    if number is None:
        taken = run.because(before, node, scope)
        assign(run, argument, taken, scope, into)
        return taken
    after = number + (1 if operator == "++" else -1)
    assign(run, argument, after, scope, into)
    return after if node.children[0].type in ("++", "--") else number


def _unary(run: Evaluator, node: Node, scope: Scope) -> Value:
    operator = scope.module.source.text(part(node, "operator"))
    if operator == "delete":
        return _delete(run, node, scope)
    argument = part(node, "argument")
    if operator == "typeof" and argument.type == "identifier":
        name = scope.module.source.text(argument)
        if name in _BROWSER and scope.holder(name) is None:
            return "undefined"
    return unary(run, operator, run.value(argument, scope), node, scope)


OPERATIONS: dict[str, Expression] = {
    "binary_expression": _binary,
    "assignment_expression": _assignment,
    "augmented_assignment_expression": _augmented,
    "update_expression": _update,
    "unary_expression": _unary,
}
"""The expressions made of operators, by their names in the grammar."""
