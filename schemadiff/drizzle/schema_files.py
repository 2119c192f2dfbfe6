"""Which files a config's `schema` means: drizzle-kit's own expansion.

Entries are patterns of the npm package `glob`; a directory stands for the files
directly in it; what stands twice counts once (drizzle-kit, `prepareFilenames`).
"""

import posixpath
import re
from collections.abc import Iterator, Sequence

from schemadiff.drizzle.config import Config
from schemadiff.drizzle.line import Line
from schemadiff.model import Hides, Unreadable
from schemadiff.record import record
from schemadiff.source import Files, Kind, Span
from schemadiff.subject import Subject

_MAGIC = re.compile(r"[*?\[{]|[!+@]\(")
_LOADED_BY_ONE = re.compile(r"\.(?:[cm]?[jt]s|[jt]sx)\Z")
_FROM_ROOT = (
    "{}: its schema is taken from the repository's root, because nothing matches in"
    " its own folder"
)


@record
class SchemaFiles:
    """The schema files of one config, in the order in which they are loaded."""

    paths: tuple[str, ...]
    notes: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


def schema_files(files: Files, config: Config, line: Line) -> SchemaFiles:
    """Return the files that the config's `schema` means at this revision."""
    if config.schema is None:
        if config.unreadable:
            return SchemaFiles(())
        return _nothing(config, "names no schema")
    found = _expanded(files, config.directory, config.schema)
    notes: tuple[str, ...] = ()
    if not found and config.directory:
        found = _expanded(files, "", config.schema)
        if found:
            notes = (_FROM_ROOT.format(config.path),)
    if line is Line.ONE:
        found = {
            path: kind for path, kind in found.items() if _LOADED_BY_ONE.search(path)
        }
    if not found:
        entries = ", ".join(config.schema)
        return _nothing(config, f"its schema {entries} matches no file")
    paths = tuple(path for path, kind in found.items() if kind is Kind.FILE)
    unreadable = tuple(
        Unreadable(Subject(place=path), Hides.TABLES, "is in a submodule")
        for path, kind in found.items()
        if kind is Kind.SUBMODULE
    )
    return SchemaFiles(paths, notes, unreadable)


def _nothing(config: Config, reason: str) -> SchemaFiles:
    subject = Subject(place=config.path)
    span = config.span or Span(config.path, 1, 1, 0, 0)
    return SchemaFiles((), (), (Unreadable(subject, Hides.TABLES, reason, span),))


def _expanded(files: Files, directory: str, entries: Sequence[str]) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for each in entries:
        pattern = _joined(directory, each)
        for path in _matching(files, pattern):
            entry = files.entry(path)
            if entry is None:
                continue
            if entry.kind is Kind.DIRECTORY:
                for inside in files.entries(path):
                    full = f"{path}/{inside.name}" if path else inside.name
                    real = files.entry(full)
                    if real is not None and real.kind is not Kind.DIRECTORY:
                        found.setdefault(full, real.kind)
            else:
                found.setdefault(path, entry.kind)
    return found


def _joined(directory: str, entry: str) -> str:
    path = posixpath.normpath(posixpath.join(directory, entry.lstrip("/")))
    return "" if path == "." else path


def _matching(files: Files, pattern: str) -> Iterator[str]:
    """Yield what `pattern` matches: files, links and directories, sorted."""
    if not _MAGIC.search(pattern):
        if files.entry(pattern) is not None:
            yield pattern
        return
    paths = set(files.paths())
    folders = {folder for path in paths for folder in _parents(path)}
    # node-glob lets `**` match directories too, and those are expanded once more.
    everything = sorted(paths | folders)
    from wcmatch import glob  # noqa: PLC0415 - most configs name plain files

    flags = glob.BRACE | glob.EXTGLOB | glob.GLOBSTAR
    for each in glob.globfilter(everything, pattern, flags=flags):
        yield str(each)


def _parents(path: str) -> Iterator[str]:
    parent = posixpath.dirname(path)
    while parent:
        yield parent
        parent = posixpath.dirname(parent)
