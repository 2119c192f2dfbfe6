"""Paths, as configuration files compute them: relative to the repository's root.

The repository's root stands for the working directory and is written `.`, so
that `${__dirname}/schema.ts` stays a relative path. Source: Node's `path` and
`url` modules.
"""

import posixpath
from collections.abc import Sequence

from schemadiff.source import Span
from schemadiff.typescript.values import (
    UNDEFINED,
    Member,
    Object,
    Property,
    Symbol,
    Value,
)

URL_PACKAGES = frozenset({"url", "node:url"})
PATH_PACKAGES = frozenset({"path", "node:path", "path/posix"}) | URL_PACKAGES
"""The modules of Node whose functions only compute paths."""
_OF_NODE = PATH_PACKAGES | {"module", "node:module"}

_FILE = "file:///"
_NOWHERE = Span("", 1, 1, 0, 0)


def is_of_node(callee: Value) -> bool:
    """Tell whether `callee` is a function of Node that is known here."""
    owner = callee.target if isinstance(callee, Member) else callee
    return isinstance(owner, Symbol) and owner.package in _OF_NODE


def is_url_class(callee: Value) -> bool:
    """Tell whether `callee` is the class `URL` as Node's own module exports it."""
    owner = callee.target if isinstance(callee, Member) else callee
    if not isinstance(owner, Symbol) or owner.package not in URL_PACKAGES:
        return False
    return isinstance(callee, Member | Symbol) and callee.name == "URL"


def path_function(callee: Value) -> str | None:
    """Return the name of a function of Node's path modules; None for any other."""
    owner: Value = callee
    if isinstance(callee, Member):
        owner = callee.target
        if not isinstance(owner, Symbol) or owner.name not in ("default", "posix"):
            return None
    if not isinstance(owner, Symbol) or owner.package not in PATH_PACKAGES:
        return None
    return callee.name if isinstance(callee, Member | Symbol) else None


def call_path_function(
    name: str, arguments: Sequence[Value], importer: str
) -> Value | None:
    """Return what a function of Node's path modules makes; None if not known."""
    if name == "fileURLToPath" and arguments:
        text = url_text(arguments[0])
        return text.removeprefix(_FILE) or "." if text else None
    if name == "pathToFileURL" and arguments and isinstance(arguments[0], str):
        return url([module_url(posixpath.normpath(arguments[0]))], _NOWHERE)
    texts = [each for each in arguments if isinstance(each, str)]
    if len(texts) != len(arguments):
        return None
    match name:
        case "join":
            return posixpath.normpath("/".join(each for each in texts if each) or ".")
        case "resolve":
            return _resolved(texts)
        case "normalize" if texts:
            return posixpath.normpath(texts[0])
        case "dirname" if texts:
            return posixpath.dirname(texts[0]) or "."
        case "basename" if texts:
            base = posixpath.basename(texts[0])
            return base.removesuffix(texts[1]) if len(texts) > 1 else base
        case "extname" if texts:
            return posixpath.splitext(texts[0])[1]
        case "relative" if len(texts) == 2:  # noqa: PLR2004 - from and to
            return posixpath.relpath(texts[1] or ".", texts[0] or ".")
        case _:
            del importer
            return None


def _resolved(texts: Sequence[str]) -> str:
    found = ""
    for each in reversed(texts):
        found = posixpath.join(each, found) if found else each
        if each.startswith("/"):
            break
    return posixpath.normpath(found or ".")


def url_text(value: Value) -> str | None:
    """Return the text of a URL that leads into the repository."""
    if isinstance(value, Object) and value.kind == "url":
        value = value.properties["href"].value
    return value if isinstance(value, str) and value.startswith(_FILE) else None


def module_url(path: str) -> str:
    """Return `import.meta.url` of a module."""
    return _FILE + path


def url(arguments: Sequence[Value], span: Span) -> Object | None:
    """Return `new URL(relative, base)` for a base inside the repository."""
    relative = arguments[0] if arguments else UNDEFINED
    base = url_text(arguments[1]) if len(arguments) > 1 else None
    whole = url_text(relative)
    if whole is not None:
        relative, base = whole.removeprefix(_FILE), _FILE
    if not isinstance(relative, str) or base is None:
        return None
    folder = posixpath.dirname(base.removeprefix(_FILE))
    path = posixpath.normpath(posixpath.join(folder, relative))
    if relative.endswith("/") and path != ".":
        path += "/"
    properties = {
        "href": Property(_FILE + path, span),
        "pathname": Property(path, span),
    }
    return Object(properties, span, kind="url")
