"""What keeps parts of a file from being read."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.source import Span
from schemadiff.typescript.outline import exported_names
from schemadiff.typescript.syntax import Node

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module

_CONFLICT = regex(rb"^(?:<<<<<<<|>>>>>>>) ?.*$", re.MULTILINE)


@record
class Problem:
    """Something that keeps a part of a file from being read; `reason` is a clause.

    `exports` are the names that the part would have exported, as far as its text
    tells; empty when it could be any.
    """

    reason: str
    span: Span
    exports: tuple[str, ...] = ()


def problems_of(module: "Module") -> Iterator[Problem]:
    """Yield what keeps parts of `module` from being read."""
    start = Span(module.path, 1, 1, 0, 0)
    if b"\0" in module.data:
        yield Problem("is a binary file", start)
        return
    try:
        module.data.decode()
    except UnicodeDecodeError as error:
        line = module.data.count(b"\n", 0, error.start) + 1
        yield Problem(
            "is not UTF-8 text",
            Span(module.path, line, 1, error.start, error.end),
        )
        return
    if module.is_json or not module.outline.broken:
        return
    conflict = _CONFLICT.search(module.data)
    if conflict is not None:
        line = module.data.count(b"\n", 0, conflict.start()) + 1
        span = Span(module.path, line, 1, *conflict.span())
        yield Problem("holds the marks of a merge conflict", span)
        return
    for each in module.outline.broken:
        span = module.source.span(_first_error(each))
        names = exported_names(module.source, each)
        yield Problem("has a syntax error", span, names)


def _first_error(statement: Node) -> Node:
    stack = [statement]
    while stack:
        each = stack.pop()
        if each.is_error or each.is_missing:
            return each
        stack.extend(child for child in reversed(each.children) if child.has_error)
    return statement
