"""Classes of the project: their static members, instances and inheritance."""

from collections.abc import Sequence

from schemadiff.typescript import fingerprint
from schemadiff.typescript.evaluator import Evaluator, Expression, Spent, Stop
from schemadiff.typescript.functions import (
    bind_parameters,
    from_outside,
    function_value,
)
from schemadiff.typescript.havoc import havoc, may_have_changed
from schemadiff.typescript.properties import key_text
from schemadiff.typescript.scope import UNSET, Frame, Scope
from schemadiff.typescript.statements import run_block
from schemadiff.typescript.syntax import Node, children, part
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Object,
    Property,
    Unknown,
    Value,
)

_WITHOUT_CODE = (
    "abstract_method_signature",
    "comment",
    "decorator",
    "index_signature",
    "method_signature",
)
"""Members that only say types, and decorators, which are looked for by themselves."""


class _Class:
    """A class of the project while it is made and used."""

    __slots__ = ("constructor", "fields", "made", "methods", "node", "parent", "scope")

    def __init__(
        self, node: Node, scope: Scope, made: Function, parent: "_Class | None"
    ) -> None:
        self.node = node
        self.scope = scope
        self.made = made
        self.parent = parent
        self.methods: dict[str, Property] = {}
        self.fields: list[Node] = []
        self.constructor: Node | None = None


def class_value(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return the class that `node` declares, as a function that can be constructed."""
    parent = _parent(run, node, scope)
    if isinstance(parent, Unknown):
        havoc([node], scope, parent)
        return parent
    source = scope.module.source
    name_node = node.child_by_field_name("name")
    name = source.text(name_node) if name_node else ""
    inner = Scope(scope.module, scope)
    made_by = run.running

    def construct(arguments: Sequence[Value]) -> Value:
        def work() -> Value:
            return _construct(run, found, arguments)

        if run.running is not None:
            return work()
        return from_outside(run, made_by, work, node, inner)

    made = Function(
        name,
        source.span(node),
        lambda _: run.unknown("calls a class without new", node, inner),
        construct=construct,
        fingerprint=fingerprint.Print(node, scope, ()),
    )
    found = _Class(node, inner, made, parent)
    run.classes[id(made)] = found
    if name:
        inner.names[name] = made
    if parent is not None:
        made.parent = parent.made
        found.methods.update(parent.methods)
    found.methods["constructor"] = Property(made, made.span)
    for each in children(part(node, "body")):
        _declare(run, found, each)
    decorators = _decorators(node)
    if decorators:
        unknown = run.unknown("has decorators", node, scope)
        havoc([*decorators, node], scope, unknown)
        return unknown
    return made


def _decorators(node: Node) -> list[Node]:
    """Return the decorators of a class and its members."""
    owners = [node, *children(part(node, "body"))]
    if node.parent is not None and node.parent.type == "export_statement":
        owners.append(node.parent)
    found = [e for owner in owners for e in owner.named_children]
    return [each for each in (*owners, *found) if each.type == "decorator"]


def _parent(run: Evaluator, node: Node, scope: Scope) -> _Class | Unknown | None:
    for heritage in children(node):
        if heritage.type != "class_heritage":
            continue
        for clause in children(heritage):
            if clause.type == "implements_clause":
                continue
            value_node = clause.child_by_field_name("value") or clause
            value = run.value(value_node, scope)
            found = run.classes.get(id(value))
            if isinstance(found, _Class):
                return found
            if isinstance(value, Unknown):
                return run.because(value, node, scope)
            return run.unknown("extends a class of a package", node, scope, value)
    return None


def _declare(run: Evaluator, found: _Class, member: Node) -> None:
    words = {each.type for each in member.children if not each.is_named}
    is_static = "static" in words
    match member.type:
        case "public_field_definition" if is_static:
            _static_field(run, found, member)
        case "public_field_definition":
            found.fields.append(member)
        case "method_definition":
            _method(run, found, member, words)
        case "class_static_block":
            scope = Scope(found.scope.module, found.scope, Frame(member, found.made))
            run_block(run, children(part(member, "body")), scope)
        case kind if kind in _WITHOUT_CODE:
            pass
        case _:
            reason = f"has a member that is not read: {member.type}"
            raise Stop(run.unknown(reason, member, found.scope))


def _static_field(run: Evaluator, found: _Class, member: Node) -> None:
    scope = Scope(found.scope.module, found.scope, Frame(member, found.made))
    key = key_text(run, part(member, "name"), scope)
    initial = member.child_by_field_name("value")
    value = UNDEFINED if initial is None else run.value(initial, scope)
    if isinstance(key, Unknown):
        raise Stop(key)
    span = scope.module.source.span(member)
    into = found.made.hidden if key.startswith("#") else found.made.properties
    into[key] = Property(value, span)


def _method(run: Evaluator, found: _Class, member: Node, words: set[str]) -> None:
    key = key_text(run, part(member, "name"), found.scope)
    if isinstance(key, Unknown):
        raise Stop(key)
    if key == "constructor" and "static" not in words:
        found.constructor = member
        return
    parent = found.parent.made if found.parent else None
    function = function_value(run, member, found.scope, key, parent)
    made = Property(function, function.span)
    if "get" in words:
        key = f"get {key}"
    elif "set" in words:
        key = f"set {key}"
    if "static" in words:
        found.made.hidden[key] = made
    else:
        found.methods[key] = made


def _construct(run: Evaluator, found: _Class, arguments: Sequence[Value]) -> Value:
    each: _Class | None = found
    while each is not None:
        if each.made.changed is not None:
            cause = each.made.changed
            may_have_changed([each.made, *arguments], cause)
            return run.because(cause, found.node, found.scope)
        each = each.parent
    made = Object({}, found.made.span, hidden=dict(found.methods))
    depth = run.depth
    try:
        _initialise(run, found, made, arguments)
    except Spent:
        run.depth = depth
        raise
    except Stop as stop:
        run.depth = depth
        may_have_changed([made, found.made, *arguments], stop.unknown)
        return stop.unknown
    return made


def _initialise(
    run: Evaluator, found: _Class, made: Object, arguments: Sequence[Value]
) -> None:
    constructor = found.constructor
    if constructor is None:
        if found.parent is not None:
            _initialise(run, found.parent, made, arguments)
        _set_fields(run, found, made)
        return
    parent = found.parent
    frame = Frame(constructor, made, parent.made if parent else None, tuple(arguments))
    scope = Scope(found.scope.module, found.scope, frame)
    bind_parameters(run, constructor, scope, arguments)
    if parent is None:
        _set_fields(run, found, made)
    else:
        scope.names["super"] = _super(run, found, parent, made)
    _parameter_properties(constructor, scope, made)
    run_block(run, children(part(constructor, "body")), scope)


def _super(run: Evaluator, found: _Class, parent: _Class, made: Object) -> Function:
    def initialise(arguments: Sequence[Value]) -> Value:
        _initialise(run, parent, made, arguments)
        _set_fields(run, found, made)
        return UNDEFINED

    return Function("super", made.span, initialise)


def _set_fields(run: Evaluator, found: _Class, made: Object) -> None:
    for each in found.fields:
        scope = Scope(found.scope.module, found.scope, Frame(each, made))
        key = key_text(run, part(each, "name"), scope)
        initial = each.child_by_field_name("value")
        if initial is None and any(token.type == "declare" for token in each.children):
            continue
        value = UNDEFINED if initial is None else run.value(initial, scope)
        if isinstance(key, Unknown):
            raise Stop(key)
        into = made.hidden if key.startswith("#") else made.properties
        into[key] = Property(value, scope.module.source.span(each))


def _parameter_properties(constructor: Node, scope: Scope, made: Object) -> None:
    """Set what `constructor(private name: string)` declares as properties."""
    source = scope.module.source
    for each in children(part(constructor, "parameters")):
        pattern = each.child_by_field_name("pattern")
        marks = {token.type for token in each.children}
        if pattern is None or not marks & {"accessibility_modifier", "readonly"}:
            continue
        value = scope.names.get(source.text(pattern), UNDEFINED)
        if value is not UNSET:
            made.properties[source.text(pattern)] = Property(value, source.span(each))


def super_member(run: Evaluator, name: str, node: Node, scope: Scope) -> Value:
    """Return what `super.name` is inside of a method."""
    parent = run.classes.get(id(scope.frame.parent_class))
    if isinstance(parent, _Class):
        found = (
            parent.methods.get(name)
            or parent.made.properties.get(name)
            or parent.made.hidden.get(name)
        )
        if found is not None and parent.made.changed is None:
            return found.value
    return run.unknown("uses super of a class that is not known", node, scope)


def is_instance(run: Evaluator, value: Value, of: Value) -> bool | None:
    """Return `value instanceof of`; None when it is not known."""
    if isinstance(value, str | bool | float):
        return False
    if not isinstance(value, Object | Array) or not isinstance(of, Function):
        return None
    if isinstance(value, Array) or "constructor" not in value.hidden:
        return False
    found = run.classes.get(id(value.hidden["constructor"].value))
    while isinstance(found, _Class):
        if found.made is of:
            return True
        found = found.parent
    return False


CLASSES: dict[str, Expression] = dict.fromkeys(
    ("class", "class_declaration", "abstract_class_declaration"), class_value
)
"""The expressions and declarations that make classes."""
