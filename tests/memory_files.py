"""Files for tests that need no repository: a mapping from path to text."""

import hashlib
import posixpath
from collections.abc import Iterable, Mapping, Sequence

from schemadiff.source import Entry, Kind


class MemoryFiles:
    """A revision made of texts; it satisfies `schemadiff.source.Files`."""

    def __init__(self, texts: Mapping[str, str | bytes], label: str = "HEAD") -> None:
        self._blobs = {
            path: text if isinstance(text, bytes) else text.encode()
            for path, text in texts.items()
        }
        self._label = label

    @property
    def label(self) -> str:
        return self._label

    def entry(self, path: str) -> Entry | None:
        name = posixpath.basename(path)
        if path in self._blobs:
            digest = hashlib.sha1(self._blobs[path]).hexdigest()
            return Entry(name, Kind.FILE, digest)
        prefix = path + "/" if path else ""
        inside = [each for each in sorted(self._blobs) if each.startswith(prefix)]
        if not inside:
            return None
        digest = hashlib.sha1(
            b"".join(each.encode() + self._blobs[each] for each in inside)
        ).hexdigest()
        return Entry(name, Kind.DIRECTORY, digest)

    def entries(self, directory: str) -> Sequence[Entry]:
        prefix = directory + "/" if directory else ""
        names = {
            path[len(prefix) :].split("/")[0]
            for path in self._blobs
            if path.startswith(prefix)
        }
        found = (self.entry(prefix + name) for name in sorted(names))
        return [each for each in found if each]

    def paths(self) -> Iterable[str]:
        return sorted(self._blobs)

    def containing(self, text: bytes) -> Sequence[str]:
        return [path for path in sorted(self._blobs) if text in self._blobs[path]]

    def expect(self, paths: Iterable[str]) -> None:
        """Everything is here already."""

    def read(self, path: str) -> bytes | None:
        return self._blobs.get(path)
