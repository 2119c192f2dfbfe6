"""The files of a commit, of the index, or of the work tree."""

import hashlib
import os
import posixpath
from collections.abc import Iterable, Sequence

from schemadiff.git.repository import Repository
from schemadiff.source import Entry, Kind

_LINK_LIMIT = 20
_MODES = {
    b"040000": Kind.DIRECTORY,
    b"120000": Kind.SYMLINK,
    b"160000": Kind.SUBMODULE,
}


class _Listing:
    """Every path with what is there, directories included."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.children: dict[str, list[str]] = {"": []}

    def add(self, path: str, kind: Kind, identity: str) -> None:
        parent, _, name = path.rpartition("/")
        self.entries[path] = Entry(name, kind, identity)
        self.children.setdefault(parent, []).append(path)
        if kind is Kind.DIRECTORY:
            self.children.setdefault(path, [])


class _ListedFiles:
    """What all three have in common: links are followed inside the repository."""

    label: str

    def _listing(self) -> _Listing:
        raise NotImplementedError

    def _content(self, path: str, entry: Entry) -> bytes | None:
        raise NotImplementedError

    def _real(self, path: str) -> str | None:
        """Return the path behind symlinks; None if one leads out or nowhere."""
        listing = self._listing()
        for _ in range(_LINK_LIMIT):
            if path == "" or path in listing.entries:
                found = listing.entries.get(path)
                if found is None or found.kind is not Kind.SYMLINK:
                    return path
                link, rest = path, ""
            else:
                link, rest = self._first_link(path)
                if not link:
                    return None
            target = self._content(link, listing.entries[link])
            if target is None:
                return None
            where = target.decode("utf-8", "surrogateescape")
            if where.startswith("/"):
                return None
            joined = posixpath.join(posixpath.dirname(link), where, rest)
            path = posixpath.normpath(joined)
            path = "" if path == "." else path
            if path.startswith("../") or path == "..":
                return None
        return None

    def _first_link(self, path: str) -> tuple[str, str]:
        entries = self._listing().entries
        parts = path.split("/")
        for count in range(1, len(parts)):
            prefix = "/".join(parts[:count])
            found = entries.get(prefix)
            if found is not None and found.kind is Kind.SYMLINK:
                return prefix, "/".join(parts[count:])
        return "", ""

    def entry(self, path: str) -> Entry | None:
        """Return what is at `path`, symlinks inside the repository followed."""
        real = self._real(path)
        if real is None:
            return None
        if real == "":
            return Entry("", Kind.DIRECTORY, self._root_identity())
        found = self._listing().entries[real]
        return Entry(posixpath.basename(path), found.kind, found.identity)

    def _root_identity(self) -> str:
        return ""

    def entries(self, directory: str) -> Sequence[Entry]:
        """Return what a directory holds, by name; nothing if it is not one."""
        real = self._real(directory)
        if real is None:
            return []
        listing = self._listing()
        return [
            listing.entries[path] for path in sorted(listing.children.get(real, ()))
        ]

    def paths(self) -> Iterable[str]:
        """Return the path of every file and symlink, sorted."""
        return sorted(
            path
            for path, entry in self._listing().entries.items()
            if entry.kind in (Kind.FILE, Kind.SYMLINK)
        )

    def read(self, path: str) -> bytes | None:
        """Return the bytes of the file at `path`; None if there is no such file."""
        real = self._real(path)
        if not real:
            return None
        entry = self._listing().entries[real]
        return self._content(real, entry) if entry.kind is Kind.FILE else None


class TreeFiles(_ListedFiles):
    """The files of one commit."""

    def __init__(self, repository: Repository, commit: str, label: str) -> None:
        self.label = label
        self.commit = commit
        self._repository = repository
        self._listed: _Listing | None = None

    def _listing(self) -> _Listing:
        if self._listed is None:
            self._listed = _Listing()
            for line in self._repository.tree(self.commit).split(b"\0"):
                if line:
                    head, _, path = line.partition(b"\t")
                    mode, _, oid = head.split(b" ")
                    kind = _MODES.get(mode, Kind.FILE)
                    name = path.decode("utf-8", "surrogateescape")
                    self._listed.add(name, kind, oid.decode())
        return self._listed

    def _content(self, path: str, entry: Entry) -> bytes | None:  # noqa: ARG002
        return self._repository.blob(entry.identity)


class IndexFiles(_ListedFiles):
    """The files of the index, as `git commit` would take them."""

    label = "index"

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._listed: _Listing | None = None

    def _listing(self) -> _Listing:
        if self._listed is None:
            self._listed = _Listing()
            for line in self._repository.index().split(b"\0"):
                if line:
                    head, _, path = line.partition(b"\t")
                    mode, oid, _ = head.split(b" ")
                    name = path.decode("utf-8", "surrogateescape")
                    _add_parents(self._listed, name)
                    self._listed.add(name, _MODES.get(mode, Kind.FILE), oid.decode())
        return self._listed

    def _content(self, path: str, entry: Entry) -> bytes | None:  # noqa: ARG002
        return self._repository.blob(entry.identity)


class WorktreeFiles(_ListedFiles):
    """The tracked files as they lie in the work tree, and new ones not ignored."""

    label = "work tree"

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._root = repository.work_tree or repository.directory
        self._listed: _Listing | None = None

    def _listing(self) -> _Listing:
        if self._listed is None:
            self._listed = _Listing()
            for name in self._repository.work_tree_paths():
                full = os.path.join(self._root, name)  # noqa: PTH118
                kind = Kind.SYMLINK if os.path.islink(full) else Kind.FILE  # noqa: PTH114
                if os.path.isdir(full) and kind is Kind.FILE:  # noqa: PTH112
                    kind = Kind.SUBMODULE
                elif not os.path.lexists(full):
                    continue
                _add_parents(self._listed, name)
                identity = self._identity(full, kind)
                self._listed.add(name, kind, identity)
        return self._listed

    def _identity(self, full: str, kind: Kind) -> str:
        """Return what tells this very state of a file from another."""
        if kind is not Kind.FILE:
            return full
        state = os.stat(full)  # noqa: PTH116
        return hashlib.sha1(
            f"{full}\0{state.st_size}\0{state.st_mtime_ns}".encode(
                "utf-8", "surrogateescape"
            ),
            usedforsecurity=False,
        ).hexdigest()

    def _content(self, path: str, entry: Entry) -> bytes | None:
        full = os.path.join(self._root, path)  # noqa: PTH118
        try:
            if entry.kind is Kind.SYMLINK:
                return os.fsencode(os.readlink(full))  # noqa: PTH115
            with open(full, "rb") as file:  # noqa: PTH123
                return file.read()
        except OSError:
            return None


def _add_parents(listing: _Listing, path: str) -> None:
    """Add the directories around `path`; their identity is unknown, thus unique."""
    parent = posixpath.dirname(path)
    if parent and parent not in listing.entries:
        _add_parents(listing, parent)
        listing.add(parent, Kind.DIRECTORY, f"directory {parent}")
