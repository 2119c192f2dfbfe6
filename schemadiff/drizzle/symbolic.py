"""What can be said of a symbolic value that nothing more is known about."""

from collections.abc import Iterator

from schemadiff.drizzle.trouble import NotKnown
from schemadiff.source import Span
from schemadiff.typescript.evaluator import describe
from schemadiff.typescript.fingerprint import of_value
from schemadiff.typescript.values import (
    Array,
    Call,
    Function,
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
    package = next(outside_packages(value), None)
    reason = f"comes from the package {package}" if package else clause
    if package == "":
        reason = f"depends on {describe(value)}"
    return NotKnown(reason, span_of(value), lambda: of_value(value))


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
