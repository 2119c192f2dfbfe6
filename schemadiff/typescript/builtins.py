"""JavaScript's own functions, as far as they only compute."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from schemadiff.typescript.builtin_arrays import ARRAY_METHODS
from schemadiff.typescript.builtin_collections import call_collection_method
from schemadiff.typescript.builtin_functions import CONSTRUCTORS, FUNCTIONS
from schemadiff.typescript.builtin_texts import TEXT_METHODS
from schemadiff.typescript.coerce import (
    known_number,
    known_text,
    number_text,
    whole_number,
)
from schemadiff.typescript.dates import iso_text
from schemadiff.typescript.evaluator import Evaluator, Thrown, describe
from schemadiff.typescript.fingerprint import Print
from schemadiff.typescript.havoc import CHANGING, havoc, may_have_changed
from schemadiff.typescript.paths import url
from schemadiff.typescript.regexes import expression_of
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.units import in_units
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    BigInt,
    Call,
    Date,
    Function,
    Member,
    Object,
    Symbol,
    Unknown,
    Value,
)

_MOST_PLACES = 100
_LARGEST_FIXED = 1e21
_LARGEST_PRECISION = 200
_ERRORS = ("Error", "TypeError", "RangeError", "SyntaxError", "EvalError")


def call_builtin(
    run: Evaluator,
    callee: Member | Symbol,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value:
    """Call a function of the language; what is not computed is unknown."""
    arguments = [run.opened(each) for each in arguments]
    base = callee.target if isinstance(callee, Member) else UNDEFINED
    run.charge(sum(map(_length, (base, *arguments))), node, scope)
    patch = run.patch_of(callee.name)
    if patch is not None:
        may_have_changed([_base(callee), *arguments], patch)
        return run.because(patch, node, scope)
    if isinstance(callee, Symbol):
        if callee.name in _ERRORS:
            span = scope.module.source.span(node)
            return Call(callee, tuple(arguments), span, run.moment(), new=True)
        function = FUNCTIONS.get(callee.name)
        result = None if function is None else function(arguments)
    elif isinstance(callee.target, Symbol | Member):
        result = _static(callee, arguments)
    elif callee.name == "forEach" and isinstance(callee.target, Array):
        result = _for_each(run, callee.target, arguments, node, scope)
    else:
        result = _method(run, callee, arguments, node, scope)
    if result is None:
        return _not_computed(run, callee, arguments, node, scope)
    return _placed(result, node, scope)


def _length(value: Value) -> int:
    match value:
        case str():
            return len(value)
        case Array():
            return len(value.items)
        case Object():
            return len(value.properties) + len(value.entries)
        case _:
            return 0


def _placed(result: Value, node: Node, scope: Scope) -> Value:
    """Give what has no place of its own the place of the call that made it."""
    if isinstance(result, Array | Object) and not result.span.path:
        result.span = scope.module.source.span(node)
    return result


def _static(callee: Member, arguments: Sequence[Value]) -> Value | None:
    name = describe(callee)
    if name.startswith("console."):
        return UNDEFINED
    function = FUNCTIONS.get(name)
    return None if function is None else function(arguments)


def _not_computed(
    run: Evaluator,
    callee: Member | Symbol,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Unknown:
    target = callee.target if isinstance(callee, Member) else UNDEFINED
    causes = [target, *arguments]
    blamed = next((each for each in causes if isinstance(each, Unknown)), None)
    if blamed is None:
        blamed = _first_unknown(causes)
    if blamed is not None:
        unknown = run.because(blamed, node, scope, *causes)
    else:
        name = callee.name if isinstance(callee, Member) else ""
        is_plain = isinstance(callee, Symbol) or isinstance(target, Symbol | Member)
        called = describe(callee) if is_plain else f".{name}"
        unknown = run.unknown(f"depends on {called}()", node, scope, *causes)
    if isinstance(callee, Member) and _changes(callee):
        may_have_changed([_base(callee), *arguments], unknown)
    else:
        _callbacks(arguments, unknown)
        run.converted(target, node, scope)
    function_nodes = node.child_by_field_name("arguments")
    if function_nodes is not None:
        havoc([function_nodes], scope, unknown)
    return unknown


def _changes(callee: Member) -> bool:
    """Tell whether a call may change what it is made on, or given."""
    name = describe(callee)
    if name.startswith(("Reflect.", "Object.")) and name not in FUNCTIONS:
        return True
    each: Value = callee
    while isinstance(each, Member):
        if each.name in CHANGING or each.name in ("call", "apply", "bind"):
            return True
        each = each.target
    return False


def _base(value: Value) -> Value:
    while isinstance(value, Member):
        value = value.target
    return value


def _callbacks(arguments: Sequence[Value], unknown: Unknown) -> None:
    """Note that functions that were given may have been called, with anything."""
    functions = [each for each in arguments if isinstance(each, Function)]
    if functions:
        may_have_changed(functions, unknown)


def _first_unknown(values: Sequence[Value]) -> Unknown | None:
    for each in values:
        if isinstance(each, Array | Object) and each.holes:
            return each.holes[0]
        items = each.items if isinstance(each, Array) else ()
        found = next((item for item in items if isinstance(item, Unknown)), None)
        if found is not None:
            return found
    return None


def _for_each(
    run: Evaluator,
    array: Array,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value | None:
    if array.holes or not arguments or not isinstance(arguments[0], Function):
        return None
    for index, each in enumerate(list(array.items)):
        given = (each, float(index), array)
        result = run.call(arguments[0], UNDEFINED, given, node, scope)
        if isinstance(result, Call):
            scope.module.note_statement(result)
    return UNDEFINED


def _method(
    run: Evaluator,
    callee: Member,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value | None:
    target, name = callee.target, callee.name
    match target:
        case str():
            method = TEXT_METHODS.get(name)
            return None if method is None else in_units(method, target, arguments)
        case Array():
            if len(target.items) > run.limits.size:
                return None
            if target.is_frozen and name in CHANGING:
                unknown = run.unknown("changes what is frozen", node, scope)
                raise Thrown(unknown, unknown)
            of_array = ARRAY_METHODS.get(name)
            return None if of_array is None else of_array(target, arguments)
        case float():
            return _number_method(target, name, arguments)
        case Function():
            return call_function_method(run, callee, arguments, node, scope)
        case Object() if target.kind in ("map", "set"):
            return call_collection_method(run, target, name, arguments, node, scope)
        case Object():
            return _object_method(target, name, arguments)
        case Date():
            return _date_method(target, name)
        case bool() | BigInt() if name == "toString" and not arguments:
            return known_text(target)
        case _:
            return None


def _object_method(
    target: Object, name: str, arguments: Sequence[Value]
) -> Value | None:
    if target.holes:
        return None
    if name == "hasOwnProperty" and arguments:
        key = known_text(arguments[0])
        return None if key is None else key in target.properties
    if target.kind == "regex" and name == "test" and arguments:
        text = known_text(arguments[0])
        found = None if text is None else expression_of(target, text)
        if found is None or text is None or found.is_global:
            return None
        return found.pattern.search(text) is not None
    return known_text(target) if name == "toString" else None


def call_function_method(
    run: Evaluator,
    callee: Member,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value | None:
    """Call a method that every function has, a package's function too."""
    target = callee.target
    this = arguments[0] if arguments else UNDEFINED
    if callee.name == "call":
        return run.call(target, this, arguments[1:], node, scope)
    if callee.name == "apply":
        given = arguments[1] if len(arguments) > 1 else UNDEFINED
        if given is UNDEFINED:
            return run.call(target, this, (), node, scope)
        if not isinstance(given, Array) or given.holes:
            return None
        return run.call(target, this, given.items, node, scope)
    if callee.name != "bind":
        return None
    first = tuple(arguments[1:])
    return Function(
        f"bound {target.name}" if isinstance(target, Function | Symbol) else "bound",
        scope.module.source.span(node),
        lambda rest: run.call(target, this, [*first, *rest], node, scope),
        fingerprint=Print(node, scope.snapshot(), (target, this, *first)),
    )


def _fixed(value: float, places: int) -> str:
    """Return `value.toFixed(places)`, which rounds halves away from zero."""
    if not abs(value) < _LARGEST_FIXED:
        return number_text(value)
    step = Decimal(1).scaleb(-places)
    with localcontext(prec=_LARGEST_PRECISION):
        rounded = Decimal(value + 0.0).quantize(step, ROUND_HALF_UP)
    return f"{rounded:f}" if rounded or value >= 0 else f"-{abs(rounded):f}"


def _number_method(value: float, name: str, arguments: Sequence[Value]) -> Value | None:
    if name == "toString" and not arguments:
        return number_text(value)
    if name == "toFixed":
        digits = known_number(arguments[0] if arguments else UNDEFINED)
        places = None if digits is None else whole_number(digits)
        if places is None or not 0 <= places <= _MOST_PLACES:
            return None
        return _fixed(value, places)
    return value if name == "valueOf" else None


def _date_method(date: Date, name: str) -> Value | None:
    if name in ("getTime", "valueOf"):
        return date.milliseconds
    if name in ("toISOString", "toJSON"):
        return iso_text(date)
    return None


def construct_builtin(
    run: Evaluator,
    callee: Symbol,
    arguments: Sequence[Value],
    node: Node,
    scope: Scope,
) -> Value:
    """Return what `new` makes of a class of the language."""
    span = scope.module.source.span(node)
    if callee.name in _ERRORS:
        return Call(callee, tuple(arguments), span, run.moment(), new=True)
    result: Value | None
    if callee.name == "URL":
        result = url(arguments, span)
    else:
        constructor: Callable[[Sequence[Value]], Value | None] | None
        constructor = CONSTRUCTORS.get(callee.name)
        result = None if constructor is None else constructor(arguments)
    if result is not None:
        return _placed(result, node, scope)
    blamed = next((each for each in arguments if isinstance(each, Unknown)), None)
    unknown = run.unknown(f"depends on new {callee.name}()", node, scope)
    if blamed is not None:
        unknown = run.because(blamed, node, scope)
    may_have_changed(arguments, unknown)
    return unknown
