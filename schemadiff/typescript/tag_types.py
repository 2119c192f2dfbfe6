"""Type arguments of template tags, which the grammar does not know.

It reads sql<Date>`now()` as two comparisons, or as a broken statement. Blanks in
the place of the types, as many as there were bytes, make it read the template.
"""

import re

from tree_sitter import Tree

_END = re.compile(rb">\s*`")
_TYPE = re.compile(rb"[\w\s$.,|&\[\]{}:;?'\"<>()=-]")
_NAME = re.compile(rb"[\w$]")
_TEXT = ("string", "comment", "template_string", "regex")
_CODE = ("template_substitution", "program")


def without_tag_types(data: bytes, tree: Tree) -> bytes:
    """Return `data` with blanks for the type arguments of its template tags."""
    if b"`" not in data or _END.search(data) is None:
        return data
    erased = bytearray(data)
    for match in _END.finditer(data):
        start = _opening(data, match.start())
        if start is not None and _is_code(tree, start):
            erased[start : match.start() + 1] = b" " * (match.start() + 1 - start)
    return bytes(erased) if erased != data else data


def _opening(data: bytes, end: int) -> int | None:
    """Return where the `<` stands that the `>` at `end` closes, after a name."""
    depth, at = 0, end
    while at > 0 and _TYPE.match(data, at):
        character = data[at : at + 1]
        if character == b">" and data[at - 1 : at] != b"=":
            depth += 1
        elif character == b"<":
            depth -= 1
            if depth == 0:
                return at if _NAME.match(data, at - 1) else None
        at -= 1
    return None


def _is_code(tree: Tree, offset: int) -> bool:
    node = tree.root_node.descendant_for_byte_range(offset, offset)
    while node is not None and node.type not in _CODE:
        if node.type in _TEXT:
            return False
        node = node.parent
    return True
