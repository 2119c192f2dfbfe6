"""The names that a binding pattern declares."""

from collections.abc import Iterator

from schemadiff.typescript.syntax import Node, Source, children, part

WRAPPERS = (
    "parenthesized_expression",
    "non_null_expression",
    "as_expression",
    "satisfies_expression",
)
"""Expressions that are what they hold."""


_LONGEST_CHAIN = 500


def unwrapped(node: Node) -> Node:
    """Return what an expression in parentheses or with a type is."""
    while node.type in WRAPPERS:
        node = children(node)[0]
    return node


def pattern_names(pattern: Node, source: Source) -> Iterator[str]:
    """Yield the names that a binding pattern declares."""
    match pattern.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            yield source.text(pattern)
        case "pair_pattern":
            yield from pattern_names(part(pattern, "value"), source)
        case "assignment_pattern" | "object_assignment_pattern":
            yield from pattern_names(part(pattern, "left"), source)
        case "object_pattern" | "array_pattern" | "rest_pattern":
            for each in children(pattern):
                yield from pattern_names(each, source)


def root_of(node: Node) -> Node | None:
    """Return the name at the beginning of a chain of members and calls.

    None where there is none, or where the chain is longer than anybody writes.
    """
    for _ in range(_LONGEST_CHAIN):
        if node.type == "identifier":
            return node
        inner = node.child_by_field_name("object") or node.child_by_field_name(
            "function"
        )
        if inner is None and node.type in WRAPPERS:
            inner = children(node)[0]
        if inner is None:
            return None
        node = inner
    return None
