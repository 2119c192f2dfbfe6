"""Methods of strings."""

import math
import re
from collections.abc import Callable, Sequence

from schemadiff.source import Span
from schemadiff.typescript.coerce import known_number, known_text
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    Function,
    Object,
    Value,
)

_LONGEST = 1_000_000
Method = Callable[[str, Sequence[Value]], Value | None]
_NOWHERE = Span("", 1, 1, 0, 0)
WHITE_SPACE = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What `trim` takes away (ECMAScript, WhiteSpace and LineTerminator)."""


def _texts(arguments: Sequence[Value]) -> list[str] | None:
    found = [known_text(each) for each in arguments]
    return None if None in found else [each for each in found if each is not None]


def _with_texts(function: Callable[..., Value]) -> Method:
    def method(text: str, arguments: Sequence[Value]) -> Value | None:
        found = _texts(arguments)
        return None if found is None or not found else function(text, *found)

    return method


def _plain(function: Callable[[str], Value]) -> Method:
    return lambda text, _: function(text)


def position(value: Value, length: int, default: int) -> int | None:
    """Return a start or end argument of `slice` as an index; None if not known."""
    if value is UNDEFINED:
        return default
    number = known_number(value)
    if number is None:
        return None
    if math.isnan(number):
        return 0
    if math.isinf(number):
        return length if number > 0 else 0
    index = int(number)
    return max(length + index, 0) if index < 0 else min(index, length)


def _slice(text: str, arguments: Sequence[Value]) -> Value | None:
    start = position(arguments[0] if arguments else UNDEFINED, len(text), 0)
    last = arguments[1] if len(arguments) > 1 else UNDEFINED
    end = position(last, len(text), len(text))
    return None if start is None or end is None else text[start:end]


def _substring(text: str, arguments: Sequence[Value]) -> Value | None:
    ends = []
    for index, default in ((0, 0), (1, len(text))):
        value = arguments[index] if index < len(arguments) else UNDEFINED
        number = float(default) if value is UNDEFINED else known_number(value)
        if number is None:
            return None
        ends.append(int(min(max(number, 0), len(text))))
    return text[min(ends) : max(ends)]


def _pad(*, at_start: bool) -> Method:
    def method(text: str, arguments: Sequence[Value]) -> Value | None:
        width = known_number(arguments[0]) if arguments else None
        fill = known_text(arguments[1]) if len(arguments) > 1 else " "
        if width is None or fill is None:
            return None
        missing = 0 if math.isnan(width) else int(min(width, _LONGEST)) - len(text)
        if missing <= 0 or not fill:
            return text
        padding = (fill * (missing // len(fill) + 1))[:missing]
        return padding + text if at_start else text + padding

    return method


def _split(text: str, arguments: Sequence[Value]) -> Value | None:
    separator = arguments[0] if arguments else UNDEFINED
    if separator is UNDEFINED:
        parts = [text]
    elif isinstance(separator, str):
        parts = text.split(separator) if separator else list(text)
    else:
        pattern = regex(separator)
        if pattern is None:
            return None
        parts = [each for each in pattern[0].split(text) if each is not None]
    return Array(list(parts), _NOWHERE)


def regex(value: Value) -> tuple[re.Pattern[str], bool] | None:
    """Return a simple regular expression and whether it is global; None if unsure."""
    if not isinstance(value, Object) or value.kind != "regex":
        return None
    source = value.properties["source"].value
    flags = value.properties["flags"].value
    if not isinstance(source, str) or not isinstance(flags, str):
        return None
    if re.search(r"\(\?<|\\[pPkKcu]|\$\)|[^\x00-\x7f]", source):
        return None
    try:
        options = re.ASCII | (re.IGNORECASE if "i" in flags else 0)
        return re.compile(source, options), "g" in flags
    except re.error:
        return None


def _replace(text: str, arguments: Sequence[Value], *, every: bool) -> Value | None:
    if len(arguments) < 2:  # noqa: PLR2004 - what and with what
        return None
    what, by = arguments[0], arguments[1]
    if isinstance(what, str | float | bool):
        what = known_text(what) or ""
        pattern, is_global = re.compile(re.escape(what)), every
    else:
        found = regex(what)
        if found is None:
            return None
        pattern, is_global = found
    unknown: list[Value] = []

    def replaced(match: re.Match[str]) -> str:
        if isinstance(by, Function):
            groups = [UNDEFINED if each is None else each for each in match.groups()]
            result = known_text(
                by.call([match[0], *groups, float(match.start()), text])
            )
        else:
            result = _expanded(by, match)
        if result is None:
            unknown.append(by)
        return result or ""

    result = pattern.sub(replaced, text, count=0 if is_global else 1)
    return None if unknown else result


def _expanded(by: Value, match: re.Match[str]) -> str | None:
    template = known_text(by)
    if template is None:
        return None

    def group(reference: re.Match[str]) -> str:
        sign = reference[1]
        if sign == "$":
            return "$"
        if sign == "&":
            return match[0]
        number = int(sign)
        if 0 < number <= (match.re.groups or 0):
            return match[number] or ""
        return reference[0]

    return re.sub(r"\$(\$|&|\d)", group, template)


def _at(text: str, arguments: Sequence[Value]) -> Value | None:
    number = known_number(arguments[0]) if arguments else 0.0
    if number is None:
        return None
    index = int(number)
    return text[index] if -len(text) <= index < len(text) else UNDEFINED


def _char_at(text: str, arguments: Sequence[Value]) -> Value | None:
    number = known_number(arguments[0]) if arguments else 0.0
    if number is None:
        return None
    index = int(number)
    return text[index] if 0 <= index < len(text) else ""


def _repeat(text: str, arguments: Sequence[Value]) -> Value | None:
    number = known_number(arguments[0]) if arguments else None
    if number is None or not 0 <= number <= _LONGEST or number * len(text) > _LONGEST:
        return None
    return text * int(number)


def _substr(text: str, arguments: Sequence[Value]) -> Value | None:
    start = position(arguments[0] if arguments else UNDEFINED, len(text), 0)
    length = known_number(arguments[1]) if len(arguments) > 1 else float(len(text))
    if start is None or length is None or math.isnan(length):
        return None
    return text[start : start + max(int(min(length, len(text))), 0)]


def _char_code(text: str, arguments: Sequence[Value]) -> Value | None:
    letter = _char_at(text, arguments)
    if not isinstance(letter, str):
        return None
    return float(ord(letter)) if letter else math.nan


def _match(text: str, arguments: Sequence[Value]) -> Value | None:
    found = regex(arguments[0]) if arguments else None
    if found is None or found[1]:
        return None
    match = found[0].search(text)
    if match is None:
        return NULL
    groups = [UNDEFINED if each is None else each for each in match.groups()]
    return Array([match[0], *groups], _NOWHERE)


TEXT_METHODS: dict[str, Method] = {
    "toUpperCase": _plain(str.upper),
    "toLowerCase": _plain(str.lower),
    "toLocaleUpperCase": _plain(str.upper),
    "toLocaleLowerCase": _plain(str.lower),
    "trim": _plain(lambda text: text.strip(WHITE_SPACE)),
    "trimStart": _plain(lambda text: text.lstrip(WHITE_SPACE)),
    "trimEnd": _plain(lambda text: text.rstrip(WHITE_SPACE)),
    "trimLeft": _plain(lambda text: text.lstrip(WHITE_SPACE)),
    "trimRight": _plain(lambda text: text.rstrip(WHITE_SPACE)),
    "substr": _substr,
    "toString": _plain(str),
    "valueOf": _plain(str),
    "startsWith": _with_texts(lambda text, part: text.startswith(part)),
    "endsWith": _with_texts(lambda text, part: text.endswith(part)),
    "includes": _with_texts(lambda text, part: part in text),
    "indexOf": _with_texts(lambda text, part: float(text.find(part))),
    "lastIndexOf": _with_texts(lambda text, part: float(text.rfind(part))),
    "concat": _with_texts(lambda text, *parts: text + "".join(parts)),
    "slice": _slice,
    "substring": _substring,
    "padStart": _pad(at_start=True),
    "padEnd": _pad(at_start=False),
    "split": _split,
    "replace": lambda text, arguments: _replace(text, arguments, every=False),
    "replaceAll": lambda text, arguments: _replace(text, arguments, every=True),
    "at": _at,
    "charAt": _char_at,
    "repeat": _repeat,
    "charCodeAt": _char_code,
    "match": _match,
}
"""What each method returns; None where that is not known."""
