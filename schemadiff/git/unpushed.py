"""The files of the index and of the work tree, which no commit holds yet."""

import hashlib
import posixpath
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.links import LinkedFiles
from schemadiff.git.objects import missing
from schemadiff.git.repository import Repository
from schemadiff.git.trees import TreeFiles
from schemadiff.record import replace
from schemadiff.source import Entry, Kind

_KINDS = {"120000": Kind.SYMLINK, "160000": Kind.SUBMODULE}
_SHA1 = 40  # digits of an object id
_BYTES = ("utf-8", "surrogateescape")


class Staged(NamedTuple):
    """One path of the index; `absent` when a sparse checkout leaves it out."""

    path: str
    kind: Kind
    oid: str
    absent: bool


def staged(repository: Repository, *paths: str) -> list[Staged]:
    """Return the index, or what it says about `paths`.

    Raise SchemadiffError while a merge is unresolved.
    """
    found = []
    answer = repository.at_root().run("ls-files", "-z", "--stage", "-v", "--", *paths)
    for field in answer.fields():
        state, path = field.split("\t", 1)
        tag, mode, oid, stage = state.split(" ")
        if stage != "0":
            raise SchemadiffError(
                f"{path} is not merged yet in the index",
                "resolve the merge and `git add` the files first",
            )
        found.append(Staged(path, _KINDS.get(mode, Kind.FILE), oid, tag in "Ss"))
    return found


def dirty_paths(repository: Repository, paths: Sequence[str]) -> list[str]:
    """Return which of `paths` differ between HEAD and index or work tree, sorted.

    Line ends as a checkout converts them are no difference.
    """
    if repository.work_tree is None or not paths:
        return []
    root, head = repository.work_tree, repository.head()
    committed = TreeFiles(repository, head, "HEAD") if head else None
    index = {each.path: each for each in staged(repository, *paths)}

    def is_dirty(path: str) -> bool:
        stored = committed.plain(path) if committed else None
        held = index.get(path)
        if (stored.identity if stored else None) != (held.oid if held else None):
            return True
        if held is None or held.kind is not Kind.FILE or held.absent:
            return False
        now = _read(root / path)
        if now is None or _blob_id(now, len(held.oid)) == held.oid:
            return now is None
        blob = repository.objects.blob(held.oid)
        return blob is None or _lines(now) != _lines(blob)

    return sorted(filter(is_dirty, set(paths)))


class ListedFiles(LinkedFiles):
    """Files known from one list, made when it is first needed."""

    label = ""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._known: dict[str, Entry] | None = None
        self._held: dict[str, list[str]] = {"": []}

    def listing(self) -> Iterable[tuple[str, Entry]]:
        """Yield every path that is no directory; an empty identity is found later."""
        raise NotImplementedError

    def identity(self, path: str) -> str:
        """Return the identity of an entry that was listed without one."""
        raise NotImplementedError

    def plain(self, path: str) -> Entry | None:
        """Return what is at `path`, no link followed."""
        known = self._all()
        found = known.get(path)
        if found is not None and not found.identity:
            found = known[path] = replace(found, identity=self.identity(path))
        return found

    def listed(self, directory: str) -> Sequence[Entry]:
        """Return what a directory holds, sorted by name, no link followed."""
        self._all()
        inside = (self.plain(path) for path in sorted(self._held.get(directory, ())))
        return [each for each in inside if each is not None]

    def paths(self) -> Iterable[str]:
        """Return the path of every file and symlink, sorted."""
        plain = (Kind.FILE, Kind.SYMLINK)
        return sorted(path for path, one in self._all().items() if one.kind in plain)

    def _all(self) -> dict[str, Entry]:
        if self._known is None:
            self._known = {"": Entry("", Kind.DIRECTORY, self._directory(""))}
            for path, entry in self.listing():
                self._add(self._known, path, entry)
        return self._known

    def _add(self, known: dict[str, Entry], path: str, entry: Entry) -> None:
        parent = posixpath.dirname(path)
        if parent not in known:
            name = posixpath.basename(parent)
            made = Entry(name, Kind.DIRECTORY, self._directory(parent))
            self._add(known, parent, made)
        known[path] = entry
        self._held.setdefault(parent, []).append(path)

    def _directory(self, path: str) -> str:
        """Return an identity that no other directory has, anywhere."""
        return f"{self.label}:{id(self)}:{path}"


class IndexFiles(ListedFiles):
    """The files of the index, as `git commit` would take them."""

    label = "index"

    def listing(self) -> Iterable[tuple[str, Entry]]:
        """Yield every path of the index."""
        for each in staged(self._repository):
            name = posixpath.basename(each.path)
            yield each.path, Entry(name, each.kind, each.oid)

    def content(self, path: str, entry: Entry) -> bytes | None:
        """Return the bytes of a file, or the target of a link."""
        data = self._repository.objects.blob(entry.identity)
        if data is None:
            raise missing(f"{path} of the index", entry.identity)
        return data


class WorktreeFiles(ListedFiles):
    """The tracked files as they lie in the work tree, and new ones not ignored.

    What a sparse checkout leaves out is read from the index. The identity of a
    file is the object id it would have if its bytes were added as they are.
    """

    label = "work tree"

    def __init__(self, repository: Repository) -> None:
        super().__init__(repository)
        self._root = repository.at_root().directory
        self._sparse: dict[str, str] = {}
        self._digits = _SHA1

    def listing(self) -> Iterable[tuple[str, Entry]]:
        """Yield every tracked path that exists, and every new one."""
        for each in staged(self._repository):
            self._digits = len(each.oid)
            name = posixpath.basename(each.path)
            if each.absent:
                self._sparse[each.path] = each.oid
            if each.absent or each.kind is Kind.SUBMODULE:
                yield each.path, Entry(name, each.kind, each.oid)
            else:
                yield from self._found(each.path)
        others = self._repository.at_root().run(
            "ls-files", "-z", "--others", "--exclude-standard"
        )
        for path in others.fields():
            yield from self._found(path)

    def content(self, path: str, entry: Entry) -> bytes | None:
        """Return the bytes of a file, or the target of a link."""
        if path in self._sparse:
            return self._repository.objects.blob(entry.identity)
        return _read(self._root / path)

    def identity(self, path: str) -> str:
        """Return the object id that the bytes of a file would have."""
        return _blob_id(_read(self._root / path) or b"", self._digits)

    def _found(self, path: str) -> Iterable[tuple[str, Entry]]:
        full = self._root / path
        try:
            mode = full.lstat().st_mode
        except OSError:  # tracked, but removed from the work tree
            return
        if stat.S_ISLNK(mode) or stat.S_ISREG(mode):
            kind = Kind.SYMLINK if stat.S_ISLNK(mode) else Kind.FILE
            yield path, Entry(full.name, kind, "")


def _read(path: Path) -> bytes | None:
    """Return what Git would store for a path; None for anything but file and link."""
    try:
        if path.is_symlink():
            return str(path.readlink()).encode(*_BYTES)
        return path.read_bytes()
    except OSError:
        return None


def _blob_id(data: bytes, digits: int) -> str:
    """Return the object id of a file's bytes, as long as the repository's ids are."""
    whole = b"blob %d\0%b" % (len(data), data)
    if digits == _SHA1:
        return hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    return hashlib.sha256(whole).hexdigest()


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
