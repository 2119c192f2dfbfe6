"""Which files there are, as a Drizzle config may ask: `readdirSync`, `globSync`.

Only a config may: what a schema file says must not change with files that it does
not import. Sources: Node's `fs`; the packages glob, fast-glob, globby, tinyglobby.
"""

import posixpath
from collections.abc import Sequence
from typing import Protocol

from schemadiff.source import Kind, Span
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Function,
    Member,
    Object,
    Property,
    Symbol,
    Value,
)

_FS = ("fs", "node:fs")
_GLOBS = ("glob", "fast-glob", "globby", "tinyglobby")
_GLOB_FUNCTIONS = ("globSync", "sync", "globbySync")
_ENDINGS = ("ignore", "exclude")
_HARMLESS = frozenset({"cwd", "absolute", "onlyFiles", "nodir", "dot", "posix"})


class Listing(Protocol):
    """The files of a revision, by paths from where the config's commands start."""

    def inside(self, directory: str) -> Sequence[tuple[str, Kind]] | None:
        """Return the names in a directory; None if there is no such directory."""

    def has(self, path: str) -> bool:
        """Tell whether there is a file or directory at `path`."""

    def matching(self, pattern: str) -> Sequence[str]:
        """Return the files that a pattern of the package glob matches."""


def listing_function(callee: Value) -> str | None:
    """Return the name of a function that tells of files; None for any other."""
    owner, name = callee, ""
    if isinstance(callee, Member):
        owner, name = callee.target, callee.name
    if not isinstance(owner, Symbol):
        return None
    if not isinstance(callee, Member):
        name = owner.name
    elif owner.name not in ("default", "*", "glob"):
        return None
    if owner.package in _FS and name in ("readdirSync", "existsSync", "globSync"):
        return name
    is_glob = owner.package in _GLOBS and name in _GLOB_FUNCTIONS
    return "globSync" if is_glob else None


def listed(
    name: str, arguments: Sequence[Value], listing: Listing, span: Span
) -> Value | None:
    """Return what a function that tells of files gives; None if that is not known."""
    options = arguments[1] if len(arguments) > 1 else UNDEFINED
    given: dict[str, Value] = {}
    if isinstance(options, Object) and not options.holes:
        given = {key: each.value for key, each in options.properties.items()}
    elif options is not UNDEFINED and not isinstance(options, str):
        return None
    if name == "globSync":
        return _globbed(arguments, given, listing, span)
    path = arguments[0] if arguments else UNDEFINED
    if not isinstance(path, str):
        return None
    if name == "existsSync":
        return listing.has(path)
    return _directory(path, given, listing, span)


def _directory(
    path: str, given: dict[str, Value], listing: Listing, span: Span
) -> Value | None:
    found = listing.inside(path)
    if found is None or set(given) - {"withFileTypes", "encoding"}:
        return None
    if given.get("withFileTypes") is True:
        return Array([_entry(each, kind, path, span) for each, kind in found], span)
    return Array([each for each, _ in found], span)


def _entry(name: str, kind: Kind, parent: str, span: Span) -> Object:
    """Return what Node calls a `Dirent`."""
    values: dict[str, Value] = {
        "name": name,
        "parentPath": parent,
        "isFile": _answer(span, yes=kind is Kind.FILE),
        "isDirectory": _answer(span, yes=kind is Kind.DIRECTORY),
    }
    return Object({key: Property(each, span) for key, each in values.items()}, span)


def _answer(span: Span, *, yes: bool) -> Function:
    return Function("", span, lambda _: yes)


def _globbed(
    arguments: Sequence[Value], given: dict[str, Value], listing: Listing, span: Span
) -> Value | None:
    patterns = _texts(arguments[0] if arguments else UNDEFINED)
    left_out = _texts(given.get("ignore", given.get("exclude", Array([], span))))
    start = given.get("cwd", ".")
    unknown = set(given) - _HARMLESS - set(_ENDINGS)
    if patterns is None or left_out is None or unknown or not isinstance(start, str):
        return None
    wanted = [each for each in patterns if not each.startswith("!")]
    unwanted = [each[1:] for each in patterns if each.startswith("!")]

    def matched(each: str) -> Sequence[str]:
        found = listing.matching(posixpath.normpath(posixpath.join(start, each)))
        if given.get("absolute") is True:
            return found
        return [posixpath.relpath(path, start) for path in found]

    without = {path for each in (*unwanted, *left_out) for path in matched(each)}
    found = dict.fromkeys(path for each in wanted for path in matched(each))
    return Array([path for path in found if path not in without], span)


def _texts(value: Value) -> list[str] | None:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Array) or value.holes:
        return None
    texts = [each for each in value.items if isinstance(each, str)]
    return texts if len(texts) == len(value.items) else None
