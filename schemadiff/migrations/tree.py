"""Walking the syntax trees of Postgres's own grammar."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from pglast import ast

from schemadiff.model import PUBLIC, Name

# pglast declares every field optional; Postgres's grammar fills those read here.
Node: TypeAlias = Any


def below(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it, outermost first."""
    if isinstance(node, tuple):
        for each in node:
            yield from below(each)
    elif isinstance(node, ast.Node):
        yield node
        for field in node:
            yield from below(getattr(node, field))


def relation_name(relation: Node) -> Name:
    """Return the name of a table; without a schema it is taken as `public`."""
    return Name(relation.schemaname or PUBLIC, relation.relname)


def object_name(node: Node) -> Name:
    """Return the name of a type, table or function, however the grammar holds it."""
    match node:
        case ast.TypeName(names=tuple(parts)) | tuple(parts):
            texts = [part.sval for part in parts]
        case _:
            texts = [node.sval]
    return Name(texts[-2] if len(texts) > 1 else PUBLIC, texts[-1])
