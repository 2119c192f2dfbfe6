"""Dates that do not depend on the clock or the time zone of a machine."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from schemadiff.regex import regex
from schemadiff.typescript.values import Date, Value

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PARTS = 7
_FURTHEST = 8.64e15
_ISO = regex(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
    r"(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?\Z"
)


def date_from(arguments: Sequence[Value]) -> Value | None:
    """Return `new Date(…)`; None where clock or time zone would decide."""
    if len(arguments) != 1:
        return None
    match arguments[0]:
        case float() as milliseconds:
            return Date(_clipped(milliseconds))
        case Date() as date:
            return Date(date.milliseconds)
        case str() as text:
            return _parse(text)
        case _:
            return None


def utc(arguments: Sequence[Value]) -> float | None:
    """Return `Date.UTC(year, month, day, …)`; None where a part is not known."""
    parts = [each for each in arguments if isinstance(each, float)]
    if len(parts) != len(arguments) or not 1 <= len(parts) <= _PARTS:
        return None
    if not all(math.isfinite(each) for each in parts):
        return math.nan
    year, month, day, hour, minute, second, milli = (
        int(each)
        for each in [*parts, *(0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)[len(parts) :]]
    )
    if 0 <= year <= 99:  # noqa: PLR2004 - ECMAScript's MakeFullYear
        year += 1900
    year, month = year + month // 12, month % 12
    if not 1 <= year <= 9999:  # noqa: PLR2004 - what Python's datetime can hold
        return None
    days = (datetime(year, month + 1, 1, tzinfo=UTC) - _EPOCH).days + day - 1
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    return _clipped(float(seconds * 1000 + milli))


def _clipped(milliseconds: float) -> float:
    """Return a time as dates hold it: whole, and NaN beyond 100 million days."""
    if not abs(milliseconds) <= _FURTHEST:
        return math.nan
    return float(int(milliseconds))


def iso_text(date: Date) -> str | None:
    """Return `date.toISOString()`; None for what has none."""
    if not math.isfinite(date.milliseconds):
        return None
    try:
        moment = _EPOCH + timedelta(milliseconds=date.milliseconds)
    except OverflowError:
        return None
    text = moment.strftime("%m-%dT%H:%M:%S")
    return f"{moment.year:04}-{text}.{moment.microsecond // 1000:03}Z"


def _parse(text: str) -> Date | None:
    match = _ISO.match(text)
    if match is None:
        return Date(math.nan) if not re.search(r"\d", text) else None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    if hour is not None and zone is None:
        return None
    try:
        moment = datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=_zone(zone),
        )
    except ValueError:
        return None
    milliseconds = int((fraction or "0").ljust(3, "0")[:3])
    return Date(float((moment - _EPOCH) // timedelta(milliseconds=1) + milliseconds))


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(offset if text[0] == "+" else -offset)
