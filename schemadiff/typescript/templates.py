"""Texts, numbers and templates as they are written."""

from schemadiff.typescript.coerce import big_integer, known_text
from schemadiff.typescript.evaluator import Evaluator, Expression
from schemadiff.typescript.literals import number, string_text, template_parts
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node, part
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
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


def _string(run: Evaluator, node: Node, scope: Scope) -> Value:  # noqa: ARG001
    return string_text(scope.module.source, node)


def _number(run: Evaluator, node: Node, scope: Scope) -> Value:
    text = scope.module.source.text(node).replace("_", "")
    if text.endswith("n"):
        return _big(run, text[:-1], node, scope)
    value = number(text)
    return run.unknown("is not a number", node, scope) if value is None else value


def _big(run: Evaluator, text: str, node: Node, scope: Scope) -> Value:
    try:
        found = big_integer(int(text, 0))
    except ValueError:
        found = None
    return run.unknown("is too large a number", node, scope) if found is None else found


def _template(run: Evaluator, node: Node, scope: Scope) -> Value:
    strings, parts = template_parts(scope.module.source, node)
    texts = [strings[0]]
    unknown: Unknown | None = None
    for each, after in zip(parts, strings[1:], strict=True):
        value = run.value(each, scope)
        known = known_text(value)
        if known is None:
            run.converted(value, node, scope)
            unknown = unknown or run.because(value, node, scope)
        texts += [known or "", after]
    return _together(run, texts, node, scope) if unknown is None else unknown


def _together(run: Evaluator, texts: list[str], node: Node, scope: Scope) -> Value:
    length = sum(map(len, texts))
    run.charge(length, node, scope)
    if length > run.limits.size:
        return run.unknown("makes a text that is too long", node, scope)
    return "".join(texts)


def tagged(run: Evaluator, node: Node, scope: Scope) -> Value:
    """Return what a template with a tag makes."""
    source = scope.module.source
    tag = run.value(part(node, "function"), scope)
    template = part(node, "arguments")
    is_raw = isinstance(tag, Member) and tag.target == Symbol("", "String")
    strings, parts = template_parts(source, template, raw=is_raw)
    values = [run.value(each, scope) for each in parts]
    if isinstance(tag, Unknown):
        return run.because(tag, node, scope)
    if isinstance(tag, Function):
        texts = Array(list(strings), source.span(template))
        return run.call(tag, UNDEFINED, [texts, *values], node, scope)
    if is_raw:
        return _raw(run, strings, values, node, scope)
    if not isinstance(tag, Symbol | Member | Tagged | Call | Host):
        return run.unknown("has a tag that is not a function", node, scope)
    span = source.span(node)
    return Tagged(tag, tuple(strings), tuple(values), span, run.moment())


def _raw(
    run: Evaluator, strings: list[str], values: list[Value], node: Node, scope: Scope
) -> Value:
    texts = [strings[0]]
    for value, after in zip(values, strings[1:], strict=True):
        known = known_text(value)
        if known is None:
            return run.because(value, node, scope)
        texts += [known, after]
    return _together(run, texts, node, scope)


def _regex(run: Evaluator, node: Node, scope: Scope) -> Value:  # noqa: ARG001
    source = scope.module.source
    flags = node.child_by_field_name("flags")
    span = source.span(node)
    hidden = {
        "source": Property(source.text(part(node, "pattern")), span),
        "flags": Property(source.text(flags) if flags else "", span),
    }
    return Object({}, span, kind="regex", hidden=hidden)


def _known(value: Value) -> Expression:
    return lambda run, node, scope: value  # noqa: ARG005


TEMPLATES: dict[str, Expression] = {
    "string": _string,
    "number": _number,
    "template_string": _template,
    "regex": _regex,
    "undefined": _known(UNDEFINED),
    "null": _known(NULL),
    "true": _known(True),  # noqa: FBT003 - the value itself
    "false": _known(False),  # noqa: FBT003 - the value itself
}
"""Literals of primitive values, by their names in the grammar."""
