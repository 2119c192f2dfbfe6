"""Which files a config's `schema` means: drizzle-kit's own expansion.

Entries are patterns of the npm package `glob`; a directory stands for the files
directly in it; what stands twice counts once (drizzle-kit, `prepareFilenames`).
"""

import posixpath

from schemadiff.drizzle.config import Config
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.patterns import MAGIC, expanded, joined, parents
from schemadiff.model import Hides, Unreadable
from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.source import Files, Kind, Span
from schemadiff.subject import Subject
from schemadiff.typescript.values import Fingerprint

_COMPUTED = regex(rb"__dirname|__filename|import\.meta|\bresolve\(|\bcwd\(")
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
        own = expanded(files, joined(config.directory, each))
        if not own and config.directory:
            # Entries made with __dirname begin at the root; others do, where the
            # kit is started there.
            own = expanded(files, joined("", each))
            if own and not _is_made_from_root(files, config, each):
                notes = (_FROM_ROOT.format(config.path),)
        found = found | {path: own[path] for path in own if path not in found}
        if not own:
            for directory in dict.fromkeys((config.directory, "")):
                hidden = _out_of_reach(files, joined(directory, each))
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
    magic = MAGIC.search(pattern)
    path = posixpath.dirname(pattern[: magic.start()]) if magic else pattern
    for each in (path, *parents(path)):
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


def _is_made_from_root(files: Files, config: Config, entry: str) -> bool:
    """Tell whether an entry starts at the root because the config computes it so."""
    is_below = entry == config.directory or entry.startswith(f"{config.directory}/")
    return is_below and _COMPUTED.search(files.read(config.path) or b"") is not None
