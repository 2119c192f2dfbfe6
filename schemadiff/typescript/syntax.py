"""Syntax trees: the only place that knows tree-sitter."""

from collections.abc import Iterator

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser, Tree

from schemadiff.source import Span
from schemadiff.typescript.tag_types import without_tag_types

__all__ = ["Node", "Source", "Trees"]

_TYPESCRIPT = Language(tree_sitter_typescript.language_typescript())
_TSX = Language(tree_sitter_typescript.language_tsx())
_BOM = b"\xef\xbb\xbf"


class Source:
    """One file's text with its syntax tree."""

    __slots__ = ("_line_starts", "data", "path", "root", "tree")

    def __init__(self, path: str, data: bytes, tree: Tree) -> None:
        self.path = path
        self.data = data
        self.tree = tree
        self.root = tree.root_node
        self._line_starts: list[int] | None = None

    def text(self, node: Node) -> str:
        """Return the source text of `node`."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def span(self, node: Node) -> Span:
        """Return where `node` stands."""
        row, column_bytes = node.start_point
        start = node.start_byte
        line = self.data[start - column_bytes : start]
        column = len(line.removeprefix(_BOM).decode("utf-8", "replace")) + 1
        return Span(self.path, row + 1, column, start, node.end_byte)


def children(node: Node) -> list[Node]:
    """Return the named children of `node`, comments left out."""
    return [each for each in node.named_children if each.type != "comment"]


def leaves(node: Node) -> Iterator[Node]:
    """Yield the tokens of `node` in order, comments left out."""
    stack = [node]
    while stack:
        each = stack.pop()
        if each.type == "comment":
            continue
        if each.child_count == 0 or (
            each.type in ("string", "template_string", "regex")
            and not each.named_child_count
        ):
            yield each
        else:
            stack.extend(reversed(each.children))


class Trees:
    """Syntax trees by content: equal texts are parsed once, similar ones cheaply."""

    def __init__(self) -> None:
        self._by_identity: dict[tuple[str, str], Tree] = {}
        self._latest: dict[str, tuple[bytes, Tree]] = {}
        self._parsers = {False: Parser(_TYPESCRIPT), True: Parser(_TSX)}

    def source(self, path: str, identity: str, data: bytes) -> Source:
        """Return the tree of the text `data`, which stands at `path`.

        Where a text of the same path was parsed before, what both begin and end
        with is not parsed again.
        """
        key = path, identity
        tree = self._by_identity.get(key)
        if tree is None:
            tree = self._parse(path, data)
            erased = without_tag_types(data, tree)
            if erased is not data:
                self._latest[path] = data, tree
                tree = self._parse(path, erased)
            self._latest[path] = erased, tree
            self._by_identity[key] = tree
        return Source(path, data, tree)

    def _parse(self, path: str, data: bytes) -> Tree:
        parser = self._parsers[path.endswith((".tsx", ".jsx", ".js"))]
        if path not in self._latest:
            return parser.parse(data)
        before, tree = self._latest[path]
        old = tree.copy()
        start = _common(before, data)
        limit = min(len(before), len(data)) - start
        tail = _common_end(before, data, limit)
        old.edit(
            start,
            len(before) - tail,
            len(data) - tail,
            _point(before, start),
            _point(before, len(before) - tail),
            _point(data, len(data) - tail),
        )
        return parser.parse(data, old)


def _common(a: bytes, b: bytes) -> int:
    """Return how many bytes `a` and `b` begin with in common."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(a: bytes, b: bytes, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if a[len(a) - middle : len(a) - low] == b[len(b) - middle : len(b) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _point(data: bytes, offset: int) -> tuple[int, int]:
    row = data.count(b"\n", 0, offset)
    return row, offset - (data.rfind(b"\n", 0, offset) + 1)
