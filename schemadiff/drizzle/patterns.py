"""Which files of a revision a path or pattern of a Drizzle config means."""

import posixpath
from collections.abc import Iterator
from fnmatch import fnmatchcase

from schemadiff.regex import regex
from schemadiff.source import Files, Kind

_MORE_THAN_STARS = regex(r"[^\w.*-]|\*\*")
MAGIC = regex(r"[*?\[{]|[!+@]\(")
"""What makes a path a pattern."""


def expanded(files: Files, pattern: str) -> dict[str, Kind]:
    """Return the files that one entry means; a directory stands for its files.

    So does a submodule whose commit is here.
    """
    found: dict[str, Kind] = {}
    for path in matching(files, pattern):
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


def joined(directory: str, entry: str) -> str:
    """Return a config's path from the repository's root."""
    path = posixpath.normpath(posixpath.join(directory, entry.lstrip("/")))
    return "" if path == "." else path


def matching(files: Files, pattern: str) -> Iterator[str]:
    """Yield what `pattern` matches: files, links and directories, sorted."""
    if not MAGIC.search(pattern):
        if files.entry(pattern) is not None:
            yield pattern
        return
    folder, _, last = pattern.rpartition("/")
    if not MAGIC.search(folder) and not _MORE_THAN_STARS.search(last):
        # The common `./schema/*.ts`: one directory, where a star hides no dot.
        for entry in files.entries(folder):
            is_seen = last[0] == "." or entry.name[0] != "."
            if is_seen and fnmatchcase(entry.name, last):
                yield posixpath.join(folder, entry.name)
        return
    paths = set(files.paths())
    folders = {folder for path in paths for folder in parents(path)}
    # node-glob lets `**` match directories too, and those are expanded once more.
    everything = sorted(paths | folders)
    from wcmatch import glob  # noqa: PLC0415 - most configs name plain files

    flags = glob.BRACE | glob.EXTGLOB | glob.GLOBSTAR
    for each in glob.globfilter(everything, pattern, flags=flags):
        yield str(each)


def parents(path: str) -> Iterator[str]:
    """Yield the folders around a path, the nearest first."""
    parent = posixpath.dirname(path)
    while parent:
        yield parent
        parent = posixpath.dirname(parent)
