"""Regular expressions of JavaScript, as far as Python's mean the same.

Source: ECMAScript 2024, Patterns. What the two languages read differently, and what
may take long, is not translated.
"""

import re
from collections.abc import Iterator

from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.typescript.coerce import WHITE_SPACE
from schemadiff.typescript.values import Object, Value

_MOST_WORK = 30_000_000
_SHORT = 20
"""Texts up to this length are quickly done with any pattern."""

_TOKEN = regex(
    r"(?P<escape>\\.)|(?P<class>\[(?:[^\]\\]|\\.)*\])|(?P<open>\((?:\?[:=!])?)"
    r"|(?P<close>\))|(?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})\??)|(?P<end>[$^])"
    r"|(?P<dot>\.)|(?P<or>\|)|(?P<plain>[^\\\[({*+?}])",
    re.ASCII | re.DOTALL,
)
_SPACES = "".join(re.escape(each) for each in WHITE_SPACE)
_SETS = {
    "d": "0-9",
    "w": "A-Za-z0-9_",
    "s": _SPACES,
}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}
_LINE_ENDS = "\n\r\u2028\u2029"


class _Differs(Exception):  # noqa: N818 - a way out of the translation
    """Python would read it as something else."""


@record
class Regex:
    """A translated expression, its flags, and what bounds the time that it takes.

    `unbounded` counts the repeats without an upper bound; `nested` tells that one of
    them stands inside another, or that it repeats a choice.
    """

    pattern: re.Pattern[str]
    is_global: bool
    unbounded: int
    nested: bool

    def fits(self, text: str) -> bool:
        """Tell whether to look for it in `text` takes little time."""
        if self.nested and len(text) > _SHORT:
            return False
        work: int = (len(text) + 1) ** (self.unbounded + 1)
        return work <= _MOST_WORK


def expression_of(value: Value, text: str) -> Regex | None:
    """Return the expression that `value` is, to be looked for in `text`.

    None if it is no regular expression, or one that is not known well enough.
    """
    if not isinstance(value, Object) or value.kind != "regex":
        return None
    source = value.hidden["source"].value
    flags = value.hidden["flags"].value
    if not isinstance(source, str) or not isinstance(flags, str):
        return None
    if not set(flags) <= set("gis") or (not (source + text).isascii() and "i" in flags):
        return None
    try:
        found = _translated(source, flags)
    except (_Differs, re.error, RecursionError, OverflowError):
        return None
    return found if found.fits(text) else None


def _translated(source: str, flags: str) -> Regex:
    tokens = list(_tokens(source))
    _check_groups(tokens)
    written = "".join(_python(kind, text, flags) for kind, text in tokens)
    unbounded = sum(_is_unbounded(text) for kind, text in tokens if kind == "repeat")
    options = re.ASCII | (re.IGNORECASE if "i" in flags else 0)
    pattern = re.compile(written, options)
    return Regex(pattern, "g" in flags, unbounded, _is_nested(tokens))


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    at, before = 0, ""
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise _Differs
        kind = match.lastgroup or ""
        if kind == "repeat" and before in ("", "open", "or", "repeat", "end"):
            raise _Differs
        yield kind, match[0]
        at, before = match.end(), kind


def _check_groups(tokens: list[tuple[str, str]]) -> None:
    """Refuse groups of which the two languages remember different parts.

    JavaScript forgets what was remembered inside of a repeated group whenever it
    is repeated, and what stands in a group that looks ahead in vain.
    """
    stack: list[tuple[str, int, int]] = []
    captures = optional = 0
    for index, (kind, text) in enumerate(tokens):
        if kind == "open":
            captures += text == "("
            stack.append((text, captures, optional))
        elif kind == "close":
            if not stack:
                raise _Differs
            opening, captures_before, optional_before = stack.pop()
            holds = captures > captures_before
            is_repeated = index + 1 < len(tokens) and tokens[index + 1][0] == "repeat"
            if is_repeated and (holds or opening in ("(?=", "(?!")):
                raise _Differs
            if opening == "(?!" and holds:
                raise _Differs
            if is_repeated and opening == "(" and optional > optional_before:
                raise _Differs
        elif kind == "repeat" and text[0] in "*?{":
            optional += 1


def _is_nested(tokens: list[tuple[str, str]]) -> bool:
    """Tell whether a repeat without bound repeats a repeat or a choice."""
    inner: list[bool] = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "open":
            inner.append(False)
        elif kind == "close" and inner:
            holds = inner.pop()
            following = tokens[index + 1] if index + 1 < len(tokens) else ("", "")
            is_repeat = following[0] == "repeat" and following[1] != "?"
            if holds and is_repeat:
                return True
            if inner:
                inner[-1] = inner[-1] or holds
        elif inner and (kind == "or" or (kind == "repeat" and text != "?")):
            inner[-1] = True
    return False


def _is_unbounded(repeat: str) -> bool:
    return repeat[0] in "*+" or repeat.rstrip("?").endswith(",}")


def _python(kind: str, text: str, flags: str) -> str:
    match kind:
        case "escape":
            return _escape(text[1])
        case "class":
            return _class(text[1:-1])
        case "end":
            return r"\Z" if text == "$" else r"\A"
        case "dot":
            return r"[\s\S]" if "s" in flags else f"[^{_LINE_ENDS}]"
        case "plain":
            return re.escape(text)
        case _:
            return text


def _escape(letter: str) -> str:
    if letter in _SETS:
        return f"[{_SETS[letter]}]"
    if letter.lower() in _SETS:
        return f"[^{_SETS[letter.lower()]}]"
    if letter in _CONTROLS:
        return re.escape(_CONTROLS[letter])
    if letter in "bB":
        return f"\\{letter}"
    if letter.isalnum():
        raise _Differs
    return re.escape(letter)


def _class(inside: str) -> str:
    negated = inside.startswith("^")
    inside = inside[1:] if negated else inside
    if not inside:
        raise _Differs
    parts: list[str] = []
    at = 0
    while at < len(inside):
        part, at = _class_part(inside, at)
        if inside[at : at + 1] == "-" and at + 1 < len(inside):
            end, after = _class_part(inside, at + 1)
            if len(part) > 2 or len(end) > 2:  # noqa: PLR2004 - more than a character
                raise _Differs
            part, at = f"{part}-{end}", after
        parts.append(part)
    return f"[{'^' if negated else ''}{''.join(parts)}]"


def _class_part(inside: str, at: int) -> tuple[str, int]:
    letter = inside[at]
    if letter != "\\":
        return _in_class(letter), at + 1
    letter = inside[at + 1]
    if letter in _SETS:
        return _SETS[letter], at + 2
    if letter in "DW":
        return f"\\{letter}", at + 2
    if letter == "S":
        raise _Differs
    if letter in _CONTROLS:
        return re.escape(_CONTROLS[letter]), at + 2
    if letter.isalnum():
        raise _Differs
    return _in_class(letter), at + 2


def _in_class(letter: str) -> str:
    return letter if letter.isalnum() else f"\\{letter}"
