"""Where a revision keeps its Drizzle configs, and its schema when it has none."""

import json
import posixpath
from collections.abc import Iterable

from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.source import Files

_CONFIG = regex(
    r"(?:.*/)?drizzle[\w.-]*\.config\.(?:[cm]?[jt]s|json)\Z|"
    r"(?:.*/)?drizzle\.config\.[\w.-]*\.(?:[cm]?[jt]s|json)\Z"
)
_IGNORED = regex(
    r"(?:\A|/)(?:node_modules|templates?|examples?|fixtures|__fixtures__|dist|build)/"
)
_NAMED = regex(r"drizzle-kit\b[^&|;]*?--config[= ]\s*[\"']?([^\s\"'&|;]+)")
_MOVED = regex(r"(?:\bcd\s+|\s(?:-C|--dir|--cwd|--prefix)[= ]\s*)([^\s&|;]+)")
"""`cd`, and how package managers are told where to run something."""
_SOURCE = regex(r"(?<!\.d)\.(?:[cm]?ts|tsx|[cm]?js|jsx)\Z")
_TESTS = regex(r"(?:\A|/)(?:__tests__|tests?|e2e)/|[._](?:test|spec)\.\w+\Z")
_POSTGRES = b"drizzle-orm/pg-core"


@record
class Found:
    """A config, and the directory in which drizzle-kit is started for it.

    `directory` is None where no script says: then it is the config's own.
    """

    path: str
    directory: str | None = None


def find_configs(
    files: Files, named: Iterable[str] = (), excluded: Iterable[str] = ()
) -> tuple[Found, ...]:
    """Return the configs of a revision, those that settings or scripts name first."""
    left_out = set(excluded)
    found: dict[str, Found] = {path: Found(path) for path in named}
    for path, directory in _named_by_scripts(files):
        if files.entry(path) is not None:
            found.setdefault(path, Found(path, directory))
    for path in files.paths():
        if _CONFIG.match(path) and not _IGNORED.search(path):
            found.setdefault(path, Found(path))
    return tuple(each for path, each in found.items() if path not in left_out)


def _named_by_scripts(files: Files) -> Iterable[tuple[str, str]]:
    for path in files.paths():
        if posixpath.basename(path) != "package.json" or _IGNORED.search(path):
            continue
        text = files.read(path) or b""
        if b"--config" not in text:
            continue
        try:
            scripts = json.loads(text).get("scripts", {})
        except (ValueError, AttributeError):
            continue
        for script in scripts.values() if isinstance(scripts, dict) else ():
            yield from _named_by(str(script), posixpath.dirname(path))


def _named_by(script: str, directory: str) -> Iterable[tuple[str, str]]:
    for match in _NAMED.finditer(script):
        where = directory
        for moved in _MOVED.finditer(script[: match.start()]):
            where = posixpath.normpath(posixpath.join(where, moved[1]))
        where = "" if where == "." else where
        config = posixpath.normpath(posixpath.join(where, match[1]))
        yield config, where


def schema_files_by_import(files: Files) -> tuple[str, ...]:
    """Return the files that import Drizzle's Postgres column builders, save tests."""
    return tuple(
        path
        for path in files.containing(_POSTGRES)
        if _SOURCE.search(path)
        and not _IGNORED.search(path)
        and not _TESTS.search(path)
    )
