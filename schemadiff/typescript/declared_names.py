"""The names that a binding pattern declares."""

from collections.abc import Iterator

from schemadiff.typescript.syntax import Node, Source, children, part


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
