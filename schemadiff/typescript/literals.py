"""The texts of literals: escapes, template parts, number notations."""

import re
import sys

from schemadiff.regex import regex
from schemadiff.typescript.coerce import integer_number
from schemadiff.typescript.syntax import Node, Source

_ESCAPE = regex(
    r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL
)
_SIMPLE = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "\n": "",
    "\r\n": "",
    "\r": "",
    "\u2028": "",
    "\u2029": "",
}


def cooked(text: str) -> str:
    """Return `text` with JavaScript's escapes resolved, surrogate pairs joined."""
    if "\\" not in text:
        return text
    resolved = _ESCAPE.sub(_escape, text)
    return resolved.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        point = int(code, 16)
        return chr(point) if point <= sys.maxunicode else "\ufffd"
    return _SIMPLE.get(match[4], match[4])


def string_text(source: Source, node: Node) -> str:
    """Return the value of a string literal."""
    return cooked(source.text(node)[1:-1])


def template_parts(
    source: Source, node: Node, *, raw: bool = False
) -> tuple[list[str], list[Node]]:
    """Return the texts of a template literal and the expressions between them."""
    strings: list[str] = []
    parts: list[Node] = []
    start = node.start_byte + 1
    for each in node.named_children:
        if each.type == "template_substitution":
            strings.append(_piece(source, start, each.start_byte, raw=raw))
            inner = [part for part in each.named_children if part.type != "comment"]
            parts.append(inner[0])
            start = each.end_byte
    strings.append(_piece(source, start, node.end_byte - 1, raw=raw))
    return strings, parts


def _piece(source: Source, start: int, end: int, *, raw: bool) -> str:
    text = source.data[start:end].decode("utf-8", "replace").replace("\r\n", "\n")
    return text if raw else cooked(text)


def number(text: str) -> float | None:
    """Return the value of a number literal without separators."""
    try:
        if text[:2].lower() in ("0x", "0o", "0b"):
            return integer_number(int(text, 0))
        if text.startswith("0") and text.isdigit() and len(text) > 1:
            return integer_number(int(text, 8)) if max(text) < "8" else float(text)
        return float(text)
    except ValueError:
        return None
