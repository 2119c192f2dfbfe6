"""Syntax trees: the only place that knows tree-sitter."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser, Tree

from schemadiff.regex import regex
from schemadiff.source import Span

__all__ = ["Malformed", "Node", "Source", "Trees", "children", "leaves", "part"]

_TYPESCRIPT = Language(tree_sitter_typescript.language_typescript())
_TSX = Language(tree_sitter_typescript.language_tsx())
_JSX_ENDINGS = (".tsx", ".jsx", ".js", ".mjs", ".cjs")
_BOM = b"\xef\xbb\xbf"
_TYPED_TEMPLATE = regex(rb"(?<!=)>\s*`")
_TYPE = regex(rb"[\w\s$.,|&\[\]{}:;?'\"<>()=-]")
_LONGEST_TYPE = 2000

_Made = TypeVar("_Made")


class Malformed(Exception):  # noqa: N818 - a way out of a tree that is not whole
    """A node lacks a part that the grammar promises."""


class Source:
    """One file's text with its syntax tree.

    `data` has blanks where a template's type arguments stood: the grammar reads
    sql<string>`…` as two comparisons.
    """

    __slots__ = ("_made", "data", "path", "root", "tree")

    def __init__(self, path: str, data: bytes, tree: Tree) -> None:
        self.path = path
        self.data = data
        self.tree = tree
        self.root = tree.root_node
        self._made: dict[object, object] = {}

    def once(self, make: "Callable[[Source], _Made]") -> _Made:
        """Return `make(self)`, made once for all files that share this text."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("_Made", self._made[make])

    def text(self, node: Node) -> str:
        """Return the source text of `node`."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def span(self, node: Node) -> Span:
        """Return where `node` stands."""
        row, column = node.start_point
        start = node.start_byte
        line = self.data[start - column : start]
        if not line.isascii():
            column = len(line.removeprefix(_BOM).decode("utf-8", "replace"))
        return Span(self.path, row + 1, column + 1, start, node.end_byte)


def part(node: Node, name: str) -> Node:
    """Return the child of `node` that the grammar calls `name`."""
    found = node.child_by_field_name(name)
    if found is None:
        raise Malformed(name)
    return found


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
        if each.child_count == 0 or each.type in ("string", "regex", "number"):
            yield each
            continue
        if each.type == "template_string":
            stack.extend(reversed(each.named_children or [each.children[0]]))
            continue
        stack.extend(reversed(each.children))


class Trees:
    """Syntax trees by content: equal texts are parsed once, similar ones cheaply."""

    def __init__(self) -> None:
        self._sources: dict[tuple[str, str], Source] = {}
        self._latest: dict[str, Source] = {}
        self._parsers = {False: Parser(_TYPESCRIPT), True: Parser(_TSX)}

    def source(self, path: str, identity: str, data: bytes) -> Source:
        """Return the tree of the text `data`, which stands at `path`.

        Where a text of the same path was parsed before, only what is between
        their common beginning and end is parsed again.
        """
        key = path, identity
        found = self._sources.get(key)
        if found is None:
            found = self._sources[key] = self._parse(path, data)
            self._latest[path] = found
        return found

    def _parse(self, path: str, data: bytes) -> Source:
        parser = self._parsers[path.endswith(_JSX_ENDINGS)]
        latest = self._latest.get(path)
        tree = parser.parse(data) if latest is None else _again(parser, latest, data)
        if b"`" not in data or not _TYPED_TEMPLATE.search(data):
            return Source(path, data, tree)
        blanks = list(_type_arguments(data, tree.root_node))
        if not blanks:
            return Source(path, data, tree)
        blanked = bytearray(data)
        for start, end in blanks:
            text = data[start:end]
            blanked[start:end] = re.sub(rb"[^\r\n]", b" ", text)
            ends = _point(data, start), _point(data, end), _point(data, end)
            tree.edit(start, end, end, *ends)
        return Source(path, bytes(blanked), parser.parse(bytes(blanked), tree))


def _again(parser: Parser, latest: Source, data: bytes) -> Tree:
    before, old = latest.data, latest.tree.copy()
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


def _type_arguments(data: bytes, root: Node) -> Iterator[tuple[int, int]]:
    """Yield where type arguments stand in front of template literals."""
    for match in _TYPED_TEMPLATE.finditer(data):
        end = match.start() + 1
        start = _opening(data, end)
        if start is None or not (
            data[start - 1 : start].isalnum() or data[start - 1] in b"_$"
        ):
            continue
        token = root.descendant_for_byte_range(start, start + 1)
        if token is not None and token.type == "<":
            yield start, end


def _opening(data: bytes, end: int) -> int | None:
    """Return where the `<` stands that belongs to the `>` before `end`."""
    depth = 0
    for at in range(end - 1, max(end - _LONGEST_TYPE, 0), -1):
        letter = data[at : at + 1]
        if letter == b">" and data[at - 1 : at] != b"=":
            depth += 1
        elif letter == b"<":
            depth -= 1
            if depth == 0:
                return at
        elif not _TYPE.match(letter):
            return None
    return None


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
