"""Which files a config's `schema` means: drizzle-kit's own expansion.

Entries are patterns of the npm package `glob`; a directory stands for the files
directly in it; what stands twice counts once (drizzle-kit, `prepareFilenames`).
"""

import posixpath
from collections.abc import Iterator
from fnmatch import fnmatchcase

from schemadiff.drizzle.config import Config
from schemadiff.drizzle.line import Line
from schemadiff.model import Hides, Unreadable
from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.source import Files, Kind, Span
from schemadiff.subject import Subject
from schemadiff.typescript.values import Fingerprint

_MORE_THAN_STARS = regex(r"[^\w.*-]|\*\*")
_MAGIC = regex(r"[*?\[{]|[!+@]\(")
_LOADED_BY_ONE = regex(r"\.(?:[cm]?[jt]s|[jt]sx)\Z")
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
    found: dict[str, Kind] = {}
    unreadable: dict[str, Unreadable] = {}
    notes: tuple[str, ...] = ()
    for each in config.schema:
        own = _expanded(files, _joined(config.directory, each))
        if not own and config.directory:
            # Entries made with __dirname begin at the root; others do, where the
            # kit is started there.
            own = _expanded(files, _joined("", each))
            if own and not _is_below(config.directory, each):
                notes = (_FROM_ROOT.format(config.path),)
        found = found | {path: own[path] for path in own if path not in found}
        if not own:
            for directory in dict.fromkeys((config.directory, "")):
                hidden = _out_of_reach(files, _joined(directory, each))
                if hidden is not None:
                    unreadable.setdefault(hidden.subject.place, hidden)
    if line is Line.ONE:
        found = {
            path: kind for path, kind in found.items() if _LOADED_BY_ONE.search(path)
        }
    if not found and not unreadable:
        entries = ", ".join(config.schema)
        return _nothing(config, f"its schema {entries} matches no file")
    for path, kind in found.items():
        if kind is not Kind.FILE:
            hidden = _out_of_reach(files, path)
            if hidden is not None:
                unreadable.setdefault(path, hidden)
    paths = tuple(path for path, kind in found.items() if kind is Kind.FILE)
    return SchemaFiles(paths, notes, tuple(unreadable.values()))


def _nothing(config: Config, reason: str) -> SchemaFiles:
    subject = Subject(place=config.path)
    span = config.span or Span(config.path, 1, 1, 0, 0)
    return SchemaFiles((), (), (Unreadable(subject, Hides.TABLES, reason, span),))


def _out_of_reach(files: Files, pattern: str) -> Unreadable | None:
    """Return what hides the files of an entry: a submodule, or a link that leads out.

    A submodule at the same commit is the same on both sides; where a link leads is
    not known at all.
    """
    magic = _MAGIC.search(pattern)
    path = posixpath.dirname(pattern[: magic.start()]) if magic else pattern
    for each in (path, *_parents(path)):
        folder, name = posixpath.split(each)
        entry = next((e for e in files.entries(folder) if e.name == name), None)
        if entry is not None and entry.kind is Kind.SUBMODULE:
            return Unreadable(
                Subject(place=each),
                Hides.TABLES,
                "is a submodule whose files could not be looked up",
                fingerprint=Fingerprint(entry.identity, frozenset()),
            )
        if entry is not None and entry.kind is Kind.SYMLINK:
            real = files.entry(each)
            if real is None or real.kind is Kind.SYMLINK:
                reason = "is a link that leads out of the repository"
                return Unreadable(Subject(place=each), Hides.TABLES, reason)
    return None


def _is_below(directory: str, entry: str) -> bool:
    return entry == directory or entry.startswith(f"{directory}/")


def _expanded(files: Files, pattern: str) -> dict[str, Kind]:
    """Return the files that one entry means; a directory stands for its files.

    So does a submodule whose commit is here.
    """
    found: dict[str, Kind] = {}
    for path in _matching(files, pattern):
        entry = files.entry(path)
        if entry is None:
            continue
        held = files.entries(path)
        if entry.kind is not Kind.DIRECTORY and not held:
            found.setdefault(path, entry.kind)
        for inside in held:
            full = f"{path}/{inside.name}" if path else inside.name
            real = files.entry(full)
            if real is not None and real.kind is not Kind.DIRECTORY:
                found.setdefault(full, real.kind)
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
    folder, _, last = pattern.rpartition("/")
    if not _MAGIC.search(folder) and not _MORE_THAN_STARS.search(last):
        # The common `./schema/*.ts`: one directory, where a star hides no dot.
        for entry in files.entries(folder):
            is_seen = last[0] == "." or entry.name[0] != "."
            if is_seen and fnmatchcase(entry.name, last):
                yield posixpath.join(folder, entry.name)
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
