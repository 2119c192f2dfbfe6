"""What can be said of a symbolic value that nothing more is known about."""

import hashlib
from collections.abc import Iterator, Sequence

from schemadiff.drizzle.trouble import NotKnown
from schemadiff.source import Span
from schemadiff.typescript.values import (
    Array,
    BigInt,
    Call,
    Date,
    Fingerprint,
    Function,
    Host,
    Member,
    Object,
    Symbol,
    Tagged,
    Unknown,
    Value,
)


def not_known(value: Value, clause: str) -> NotKnown:
    """Return the exception for `value`, which stands where it cannot be read.

    `clause` says what is wrong with it when nothing better is known, such as
    `is not a text`.
    """
    if isinstance(value, Unknown):
        return NotKnown.because(value)
    packages = [name for name in outside_packages(value) if name]
    reason = f"comes from the package {packages[0]}" if packages else clause
    return NotKnown(reason, span_of(value), lambda: fingerprint(value))


def span_of(value: Value) -> Span | None:
    """Return where `value` is written, when it has a place of its own."""
    match value:
        case Member() | Call() | Tagged() | Object() | Array() | Function() | Unknown():
            return value.span
        case _:
            return None


def is_drizzle(package: str) -> bool:
    """Tell whether `package` is drizzle-orm or one of its entry points."""
    return package == "drizzle-orm" or package.startswith("drizzle-orm/")


def outside_packages(value: Value) -> Iterator[str]:
    """Yield the packages, other than drizzle-orm, that `value` is built on."""
    match value:
        case Symbol():
            if not is_drizzle(value.package):
                yield value.package
        case Member():
            yield from outside_packages(value.target)
        case Call():
            yield from outside_packages(value.callee)
        case Tagged():
            yield from outside_packages(value.tag)
        case _:
            return


class _Unmarked(Exception):  # noqa: N818 - a way out of the walk below
    """A part has no fingerprint, so the whole has none."""


def fingerprint(value: Value) -> Fingerprint | None:
    """Return what `value` depends on; None when a part of it cannot be told apart."""
    marks: list[str] = []
    packages: set[str] = set()
    try:
        _mark(value, marks, packages, set())
    except _Unmarked:
        return None
    digest = hashlib.sha256("\0".join(marks).encode()).hexdigest()
    return Fingerprint(digest, frozenset(packages))


def _mark(value: Value, marks: list[str], packages: set[str], seen: set[int]) -> None:
    if isinstance(value, Object | Array | Call | Tagged | Member):
        if id(value) in seen:
            marks.append("again")
            return
        seen.add(id(value))
    marks.append(type(value).__name__)
    match value:
        case Symbol():
            packages.add(value.package)
            marks.append(f"{value.package}#{value.name}")
        case Unknown():
            mark = value.fingerprint()
            marks.append(mark.project)
            packages.update(mark.packages)
        case Function() | Host():
            raise _Unmarked
        case Object() | Array() | Member() | Call() | Tagged():
            texts, inside = _parts(value)
            marks.extend(texts)
            marks.append(str(len(inside)))
            for each in inside:
                _mark(each, marks, packages, seen)
        case BigInt():
            marks.append(str(value.value))
        case Date():
            marks.append(str(value.milliseconds))
        case _:
            marks.append(str(value))


def _parts(
    value: Object | Array | Member | Call | Tagged,
) -> tuple[Sequence[str], Sequence[Value]]:
    match value:
        case Object():
            values = [each.value for each in value.properties.values()]
            return list(value.properties), [*values, *value.holes]
        case Array():
            return (), [*value.items, *value.holes]
        case Member():
            return (value.name,), (value.target,)
        case Call():
            return (), (value.callee, *value.arguments)
        case Tagged():
            return value.strings, (value.tag, *value.values)
