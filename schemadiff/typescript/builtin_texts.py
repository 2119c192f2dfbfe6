"""Methods of strings."""

import math
import re
from collections.abc import Callable, Sequence

from schemadiff.source import Span
from schemadiff.typescript.coerce import (
    WHITE_SPACE,
    known_number,
    known_text,
    whole_number,
)
from schemadiff.typescript.regexes import Regex, expression_of
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    Function,
    Object,
    Value,
)

_LONGEST = 1_000_000
_ONE_DIGIT = 9
_UNSIGNED = 2**32
Method = Callable[[str, Sequence[Value]], Value | None]
_NOWHERE = Span("", 1, 1, 0, 0)


def _texts(arguments: Sequence[Value]) -> list[str] | None:
    found = [known_text(each) for each in arguments]
    return None if None in found else [each for each in found if each is not None]


def _argument(arguments: Sequence[Value], index: int) -> Value:
    return arguments[index] if index < len(arguments) else UNDEFINED


def _sought(
    search: Callable[[str, str, int], Value], *, from_end: bool = False
) -> Method:
    """Return a method that looks for a text, from a position on or up to it."""

    def method(text: str, arguments: Sequence[Value]) -> Value | None:
        wanted = known_text(_argument(arguments, 0))
        given = _argument(arguments, 1)
        number = known_number(given)
        if wanted is None or number is None:
            return None
        at = whole_number(number)
        if from_end and (given is UNDEFINED or math.isnan(number)):
            at = len(text)
        return search(text, wanted, min(max(at, 0), len(text)))

    return method


def _ends_with(text: str, arguments: Sequence[Value]) -> Value | None:
    wanted = known_text(_argument(arguments, 0))
    end = position(_argument(arguments, 1), len(text), len(text))
    last = known_number(_argument(arguments, 1))
    if wanted is None or end is None or last is None:
        return None
    return text[: 0 if last < 0 else end].endswith(wanted)


def _concat(text: str, arguments: Sequence[Value]) -> Value | None:
    found = _texts(arguments)
    if found is None or len(text) + sum(map(len, found)) > _LONGEST:
        return None
    return text + "".join(found)


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
        ends.append(min(max(whole_number(number), 0), len(text)))
    return text[min(ends) : max(ends)]


def _pad(*, at_start: bool) -> Method:
    def method(text: str, arguments: Sequence[Value]) -> Value | None:
        width = known_number(_argument(arguments, 0))
        given = _argument(arguments, 1)
        fill = " " if given is UNDEFINED else known_text(given)
        if width is None or fill is None or width > _LONGEST:
            return None
        missing = whole_number(width) - len(text)
        if missing <= 0 or not fill:
            return text
        padding = (fill * (missing // len(fill) + 1))[:missing]
        return padding + text if at_start else text + padding

    return method


def _split(text: str, arguments: Sequence[Value]) -> Value | None:
    separator = _argument(arguments, 0)
    limit = _argument(arguments, 1)
    most = None if limit is UNDEFINED else known_number(limit)
    if most is None and limit is not UNDEFINED:
        return None
    if separator is UNDEFINED:
        parts: list[Value] = [text]
    elif isinstance(separator, Object):
        found = expression_of(separator, text)
        if found is None:
            return None
        parts = _split_by(found, text)
    else:
        by = known_text(separator)
        if by is None:
            return None
        parts = list(text.split(by) if by else text)
    if most is not None:
        del parts[int(most) % _UNSIGNED if math.isfinite(most) else 0 :]
    return Array(parts, _NOWHERE)


def _split_by(by: Regex, text: str) -> list[Value]:
    """Split as ECMAScript does: never at an end, and with what groups remember."""
    if not text:
        return [] if by.pattern.fullmatch(text) else [text]
    parts: list[Value] = []
    start = at = 0
    while at < len(text):
        match = by.pattern.match(text, at)
        if match is None or match.end() == start or match.end() > len(text):
            at += 1
            continue
        parts.append(text[start:at])
        parts += [UNDEFINED if each is None else each for each in match.groups()]
        start = at = match.end()
    return [*parts, text[start:]]


def _replace(text: str, arguments: Sequence[Value], *, every: bool) -> Value | None:
    what, by = _argument(arguments, 0), _argument(arguments, 1)
    if isinstance(what, Object):
        found = expression_of(what, text)
        if found is None or (every and not found.is_global):
            return None
        pattern, is_global = found.pattern, found.is_global
    else:
        wanted = known_text(what)
        if wanted is None:
            return None
        pattern, is_global = re.compile(re.escape(wanted)), every
    unknown: list[Value] = []
    length = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal length
        if unknown:
            return ""
        if isinstance(by, Function):
            groups = [UNDEFINED if each is None else each for each in match.groups()]
            result = known_text(
                by.call([match[0], *groups, float(match.start()), text])
            )
        else:
            result = _expanded(by, match)
        length += len(result or "")
        if result is None or length > _LONGEST:
            unknown.append(by)
        return result or ""

    result = pattern.sub(replaced, text, count=0 if is_global else 1)
    return None if unknown or len(result) > _LONGEST else result


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
        if sign == "`":
            return match.string[: match.start()]
        if sign == "'":
            return match.string[match.end() :]
        number = int(sign)
        if 0 < number <= match.re.groups:
            return match[number] or ""
        return reference[0]

    if match.re.groups > _ONE_DIGIT:
        return None
    return re.sub(r"\$([$&`'0-9])", group, template)


def _at(text: str, arguments: Sequence[Value]) -> Value | None:
    number = known_number(_argument(arguments, 0))
    if number is None:
        return None
    index = whole_number(number)
    return text[index] if -len(text) <= index < len(text) else UNDEFINED


def _char_at(text: str, arguments: Sequence[Value]) -> Value | None:
    number = known_number(_argument(arguments, 0))
    if number is None:
        return None
    index = whole_number(number)
    return text[index] if 0 <= index < len(text) else ""


def _repeat(text: str, arguments: Sequence[Value]) -> Value | None:
    number = known_number(arguments[0]) if arguments else None
    if number is None or not 0 <= number <= _LONGEST or number * len(text) > _LONGEST:
        return None
    return text * int(number)


def _substr(text: str, arguments: Sequence[Value]) -> Value | None:
    start = position(arguments[0] if arguments else UNDEFINED, len(text), 0)
    given = _argument(arguments, 1)
    length = float(len(text)) if given is UNDEFINED else known_number(given)
    if start is None or length is None:
        return None
    return text[start : start + max(whole_number(length), 0)]


def _char_code(text: str, arguments: Sequence[Value]) -> Value | None:
    letter = _char_at(text, arguments)
    if not isinstance(letter, str):
        return None
    return float(ord(letter)) if letter else math.nan


def _match(text: str, arguments: Sequence[Value]) -> Value | None:
    found = expression_of(_argument(arguments, 0), text)
    if found is None:
        return None
    if found.is_global:
        every: list[Value] = [each[0] for each in found.pattern.finditer(text)]
        return Array(every, _NOWHERE) if every else NULL
    match = found.pattern.search(text)
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
    "startsWith": _sought(lambda text, part, at: text.startswith(part, at)),
    "endsWith": _ends_with,
    "includes": _sought(lambda text, part, at: part in text[at:]),
    "indexOf": _sought(lambda text, part, at: float(text.find(part, at))),
    "lastIndexOf": _sought(
        lambda text, part, at: float(text.rfind(part, 0, at + len(part))),
        from_end=True,
    ),
    "concat": _concat,
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
