"""Paths, as configuration files compute them: relative to the repository's root.

The repository's root stands for the working directory and is written `.`, so
that `${__dirname}/schema.ts` stays a relative path. Source: Node's `path` and
`url` modules.
"""

import posixpath
from collections.abc import Sequence

from schemadiff.source import Span
from schemadiff.typescript.values import UNDEFINED, Object, Property, Value

PATH_PACKAGES = frozenset({"path", "node:path", "path/posix", "url", "node:url"})
"""The modules of Node whose functions only compute paths."""

_FILE = "file:///"


def call_path_function(
    name: str, arguments: Sequence[Value], importer: str
) -> Value | None:
    """Return what a function of Node's path modules makes; None if not known."""
    if name == "fileURLToPath" and arguments:
        url = url_text(arguments[0])
        return url.removeprefix(_FILE) or "." if url else None
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
