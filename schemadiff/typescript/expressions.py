"""Literals, names, members, calls: what most expressions are made of."""

from schemadiff.typescript.access import member_of
from schemadiff.typescript.builtins import call_builtin, global_value
from schemadiff.typescript.coerce import known_text, nullish, truth
from schemadiff.typescript.declarations import enum_value, namespace_value
from schemadiff.typescript.evaluator import Evaluator, Expression
from schemadiff.typescript.functions import class_value, function_value
from schemadiff.typescript.literals import number, string_text, template_parts
from schemadiff.typescript.operators import OPERATIONS, unary
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, children
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    BigInt,
    Call,
    Function,
    Host,
    Member,
    Object,
    Property,
    Symbol,
    Tagged,
    Unknown,
    Value,
)


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    if found is None:
        raise ValueError(name)
    return found


def _string(run: Evaluator, node: Node, scope: Scope) -> Value:  # noqa: ARG001
    return string_text(scope.module.source, node)


def _number(run: Evaluator, node: Node, scope: Scope) -> Value:
    text = scope.module.source.text(node).replace("_", "")
    if text.endswith("n"):
        return BigInt(int(text[:-1], 0))
    value = number(text)
    return run.unknown("is not a number", node, scope) if value is None else value


def _template(run: Evaluator, node: Node, scope: Scope) -> Value:
    strings, parts = template_parts(scope.module.source, node)
    text = strings[0]
    for part, after in zip(parts, strings[1:], strict=True):
        value = run.value(part, scope)
        known = known_text(value)
        if known is None:
            return run.why_unknown(value, part, scope)
        text += known + after
    return text


def _identifier(run: Evaluator, node: Node, scope: Scope) -> Value:
    name = scope.module.source.text(node)
    cell = scope.cell(name)
    if cell is not None:
        return cell.value
    found = scope.module.value_of(name)
    if found is not None:
        return found
    value = global_value(name, scope.module.path)
    if value is None:
        return run.unknown(f"uses {name}, which is not defined", node, scope)
    return value


def _object(run: Evaluator, node: Node, scope: Scope) -> Value:
    source = scope.module.source
    found = Object({}, source.span(node))
    for each in node.named_children:
        match each.type:
            case "pair":
                key = _key(run, _field(each, "key"), scope)
                if isinstance(key, Unknown):
                    found.holes.append(key)
                    continue
                value = run.value(_field(each, "value"), scope)
                found.properties[key] = Property(value, source.span(each))
            case "shorthand_property_identifier":
                value = _identifier(run, each, scope)
                found.properties[source.text(each)] = Property(value, source.span(each))
            case "spread_element":
                spread(run, found, run.value(children(each)[0], scope), each, scope)
            case "method_definition":
                _method(run, found, each, scope)
            case "comment":
                pass
            case _:
                found.holes.append(
                    run.unknown(
                        f"has syntax that is not read ({each.type})", each, scope
                    )
                )
    return in_key_order(found)


def _method(run: Evaluator, found: Object, node: Node, scope: Scope) -> None:
    key = _key(run, _field(node, "name"), scope)
    if isinstance(key, Unknown):
        found.holes.append(key)
        return
    words = {each.type for each in node.children}
    inner = scope.inner()
    inner.this = found
    function = function_value(run, node, inner, key)
    span = scope.module.source.span(node)
    if "get" in words:
        value: Value = function.call(()) if isinstance(function, Function) else function
        found.properties[key] = Property(value, span)
    elif "set" not in words:
        found.properties[key] = Property(function, span)


def in_key_order(found: Object) -> Object:
    """Put integer-like keys first and ascending, as JavaScript does."""
    if any(_is_index(key) for key in found.properties):
        ordered = sorted(
            found.properties.items(),
            key=lambda item: (0, int(item[0])) if _is_index(item[0]) else (1, 0),
        )
        found.properties.clear()
        found.properties.update(ordered)
    return found


def _is_index(key: str) -> bool:
    return key.isascii() and key.isdigit() and (key == "0" or key[0] != "0")


def spread(
    run: Evaluator, into: Object, value: Value, node: Node, scope: Scope
) -> None:
    """Copy the properties of `value`, as `{...value}` does."""
    value = run.opened(value)
    match value:
        case Object():
            for key, each in value.properties.items():
                into.properties[key] = Property(each.value, each.span)
            into.holes.extend(value.holes)
        case Array():
            span = scope.module.source.span(node)
            for index, item in enumerate(value.items):
                into.properties[str(index)] = Property(item, span)
            into.holes.extend(value.holes)
        case Unknown():
            into.holes.append(value)
        case bool() | float():
            pass
        case _ if nullish(value):
            pass
        case _:
            into.holes.append(run.why_unknown(value, node, scope))


def _key(run: Evaluator, node: Node, scope: Scope) -> str | Unknown:
    source = scope.module.source
    match node.type:
        case "property_identifier" | "private_property_identifier":
            return source.text(node)
        case "string":
            return string_text(source, node)
        case "number":
            return known_text(_number(run, node, scope)) or ""
        case "computed_property_name":
            value = run.value(children(node)[0], scope)
            text = known_text(value)
            return run.why_unknown(value, node, scope) if text is None else text
        case _:
            return run.unknown("has a key that is not read", node, scope)


def _array(run: Evaluator, node: Node, scope: Scope) -> Value:
    found = Array([], scope.module.source.span(node))
    items, holes = items_of(run, children(node), scope)
    found.items.extend(items)
    found.holes.extend(holes)
    return found


def items_of(
    run: Evaluator, nodes: list[Node], scope: Scope
) -> tuple[list[Value], list[Unknown]]:
    """Return the values of array items or arguments, spreads followed."""
    items: list[Value] = []
    holes: list[Unknown] = []
    for each in nodes:
        if each.type != "spread_element":
            items.append(run.value(each, scope))
            continue
        inner = children(each)[0]
        value = run.opened(run.value(inner, scope))
        match value:
            case Array():
                items.extend(value.items)
                holes.extend(value.holes)
            case str():
                items.extend(value)
            case _:
                holes.append(run.why_unknown(value, inner, scope))
    return items, holes


def _member(run: Evaluator, node: Node, scope: Scope) -> Value:
    target = run.value(_field(node, "object"), scope)
    if _is_optional(node) and nullish(target):
        return UNDEFINED
    name = scope.module.source.text(_field(node, "property"))
    return member_of(run, target, name, node, scope)


def _subscript(run: Evaluator, node: Node, scope: Scope) -> Value:
    target = run.value(_field(node, "object"), scope)
    if _is_optional(node) and nullish(target):
        return UNDEFINED
    index = run.value(_field(node, "index"), scope)
    name = known_text(index)
    if name is None:
        return run.why_unknown(index, node, scope)
    return member_of(run, target, name, node, scope)


def _is_optional(node: Node) -> bool:
    return any(each.type == "optional_chain" for each in node.children)


def _call(run: Evaluator, node: Node, scope: Scope) -> Value:
    callee_node = _field(node, "function")
    arguments_node = _field(node, "arguments")
    if arguments_node.type == "template_string":
        return _tagged(run, node, scope)
    this: Value = UNDEFINED
    while callee_node.type in ("parenthesized_expression", "non_null_expression"):
        callee_node = children(callee_node)[0]
    if callee_node.type in ("member_expression", "subscript_expression"):
        this = run.value(_field(callee_node, "object"), scope)
        if _is_optional(callee_node) and nullish(this):
            return UNDEFINED
        callee = _callee(run, this, callee_node, scope)
    elif callee_node.type == "super":
        return _super(run, arguments_node, scope)
    elif callee_node.type == "import":
        return run.unknown("is imported while running", node, scope)
    else:
        callee = run.value(callee_node, scope)
    if _is_optional(node) and nullish(callee):
        return UNDEFINED
    arguments, holes = items_of(run, children(arguments_node), scope)
    if holes:
        return holes[0]
    return invoke(run, callee, this, arguments, node, scope)


def _callee(run: Evaluator, this: Value, node: Node, scope: Scope) -> Value:
    if node.type == "member_expression":
        name: str | None = scope.module.source.text(_field(node, "property"))
    else:
        index = run.value(_field(node, "index"), scope)
        name = known_text(index)
        if name is None:
            return run.why_unknown(index, node, scope)
    return member_of(run, this, name or "", node, scope, called=True)


def _super(run: Evaluator, arguments_node: Node, scope: Scope) -> Value:
    cell = scope.cell("super")
    arguments, holes = items_of(run, children(arguments_node), scope)
    if cell is None or holes:
        return run.unknown("calls a class that is not known", arguments_node, scope)
    return run.call(cell.value, arguments, arguments_node, scope)


def invoke(
    run: Evaluator,
    callee: Value,
    this: Value,
    arguments: list[Value],
    node: Node,
    scope: Scope,
) -> Value:
    """Call a builtin, a project function or something symbolic with `this`."""
    if isinstance(callee, Member):
        is_symbolic = isinstance(
            callee.target, Symbol | Call | Tagged | Host | Member
        ) and not _is_global(callee.target)
        if not is_symbolic:
            return call_builtin(run, callee, arguments, node, scope)
    if isinstance(callee, Symbol):
        if callee.package == "":
            return call_builtin(run, callee, arguments, node, scope)
        resolved = _require(callee, arguments)
        if resolved is not None:
            return resolved
    if isinstance(callee, Function) and callee.bind is not None:
        return callee.bind(this, arguments)
    return run.call(callee, arguments, node, scope)


def _require(callee: Symbol, arguments: list[Value]) -> Value | None:
    if callee == Symbol("drizzle-kit", "defineConfig") and len(arguments) == 1:
        return arguments[0]
    return None


def _is_global(value: Value) -> bool:
    while isinstance(value, Member):
        value = value.target
    return isinstance(value, Symbol) and value.package == ""


def _new(run: Evaluator, node: Node, scope: Scope) -> Value:
    callee = run.value(_field(node, "constructor"), scope)
    arguments_node = node.child_by_field_name("arguments")
    nodes = children(arguments_node) if arguments_node else []
    arguments, holes = items_of(run, nodes, scope)
    if holes:
        return holes[0]
    if isinstance(callee, Function):
        if callee.construct is None:
            return run.unknown("makes an object with a plain function", node, scope)
        return callee.construct(arguments)
    if isinstance(callee, Symbol) and callee.package == "":
        return call_builtin(run, callee, arguments, node, scope, new=True)
    if isinstance(callee, Unknown):
        return callee
    span = scope.module.source.span(node)
    return Call(callee, tuple(arguments), span, run.moment(), new=True)


def _tagged(run: Evaluator, node: Node, scope: Scope) -> Value:
    source = scope.module.source
    tag = run.value(_field(node, "function"), scope)
    template = _field(node, "arguments")
    strings, parts = template_parts(source, template)
    values = [run.value(part, scope) for part in parts]
    if isinstance(tag, Unknown):
        return tag
    if isinstance(tag, Function):
        texts = Array(list(strings), source.span(template))
        return tag.call([texts, *values])
    if isinstance(tag, Member) and tag.target == Symbol("", "String"):
        return _raw(run, node, scope, values)
    span = source.span(node)
    return Tagged(tag, tuple(strings), tuple(values), span, run.moment())


def _raw(run: Evaluator, node: Node, scope: Scope, values: list[Value]) -> Value:
    template = _field(node, "arguments")
    strings, _ = template_parts(scope.module.source, template, raw=True)
    text = strings[0]
    for value, after in zip(values, strings[1:], strict=True):
        known = known_text(value)
        if known is None:
            return run.why_unknown(value, node, scope)
        text += known + after
    return text


def _inner(run: Evaluator, node: Node, scope: Scope) -> Value:
    return run.value(children(node)[0], scope)


def _assertion(run: Evaluator, node: Node, scope: Scope) -> Value:
    return run.value(children(node)[-1], scope)


def _non_null(run: Evaluator, node: Node, scope: Scope) -> Value:
    inner = children(node)[0]
    if inner.type == "binary_expression":
        # The grammar binds `a ?? b!` as `(a ?? b)!`, which is only right by luck.
        parent = node.parent
        if parent is not None and parent.type in (
            "member_expression",
            "call_expression",
            "subscript_expression",
        ):
            return run.unknown("mixes ! with an operator; add parentheses", node, scope)
    return run.value(inner, scope)


def _ternary(run: Evaluator, node: Node, scope: Scope) -> Value:
    condition_node = _field(node, "condition")
    condition = run.value(condition_node, scope)
    known = truth(condition)
    if known is None:
        return run.why_unknown(condition, condition_node, scope)
    return run.value(_field(node, "consequence" if known else "alternative"), scope)


def _unary(run: Evaluator, node: Node, scope: Scope) -> Value:
    operator = scope.module.source.text(_field(node, "operator"))
    argument = run.value(_field(node, "argument"), scope)
    return unary(run, operator, argument, node, scope)


def _sequence(run: Evaluator, node: Node, scope: Scope) -> Value:
    value: Value = UNDEFINED
    for each in children(node):
        value = run.value(each, scope)
    return value


def _this(run: Evaluator, node: Node, scope: Scope) -> Value:
    if scope.this is None:
        return run.unknown("uses this outside of an object", node, scope)
    return scope.this


def _function(run: Evaluator, node: Node, scope: Scope) -> Value:
    return function_value(run, node, scope, "")


def _class(run: Evaluator, node: Node, scope: Scope) -> Value:
    return class_value(run, node, scope)


def _regex(run: Evaluator, node: Node, scope: Scope) -> Value:  # noqa: ARG001
    source = scope.module.source
    pattern = source.text(_field(node, "pattern"))
    flags = node.child_by_field_name("flags")
    span = source.span(node)
    properties = {
        "source": Property(pattern, span),
        "flags": Property(source.text(flags) if flags else "", span),
    }
    return Object(properties, span, kind="regex")


def _meta(run: Evaluator, node: Node, scope: Scope) -> Value:  # noqa: ARG001
    return Symbol("", scope.module.source.text(node))


def _known(value: Value) -> Expression:
    return lambda run, node, scope: value  # noqa: ARG005


EXPRESSIONS: dict[str, Expression] = {
    "string": _string,
    "number": _number,
    "template_string": _template,
    "identifier": _identifier,
    "undefined": _known(UNDEFINED),
    "null": _known(NULL),
    "true": _known(True),  # noqa: FBT003 - the value itself
    "false": _known(False),  # noqa: FBT003 - the value itself
    "object": _object,
    "array": _array,
    "member_expression": _member,
    "subscript_expression": _subscript,
    "call_expression": _call,
    "new_expression": _new,
    "parenthesized_expression": _inner,
    "as_expression": _inner,
    "satisfies_expression": _inner,
    "instantiation_expression": _inner,
    "type_assertion": _assertion,
    "non_null_expression": _non_null,
    "ternary_expression": _ternary,
    "unary_expression": _unary,
    "sequence_expression": _sequence,
    "this": _this,
    "arrow_function": _function,
    "function_expression": _function,
    "function_declaration": _function,
    "enum_declaration": enum_value,
    "internal_module": namespace_value,
    "module": namespace_value,
    "class": _class,
    "class_declaration": _class,
    "abstract_class_declaration": _class,
    **OPERATIONS,
    "regex": _regex,
    "meta_property": _meta,
}
"""How each kind of expression is evaluated, by its name in the grammar."""
