"""Which drizzle-kit commands a line of shell runs, scripts of npm followed."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from fnmatch import fnmatchcase

from schemadiff.deploy.assumption import Way
from schemadiff.record import record
from schemadiff.source import Files

# Texts, not patterns: re compiles those that are used, and most never are.
_KIT = (
    r"\bdrizzle-kit(?:@\S+|/bin\.c?js)?(?:\s+--?\S+(?:\s+(?!push|migrate)[^\s-]\S*)?)*"
    r"\s+(push(?::pg)?|migrate)(?![\w:-])"
)
_VALUED = r"(?:--(?:filter|workspace|prefix|cwd|dir)|-[FwC])(?:=|\s+)\S+"
_SCRIPT = (
    rf"\b(?:npm|pnpm|yarn|bun|node(?=\s+--run))\s+(?:(?:{_VALUED}|--?\S+)\s+)*"
    r"(?:workspace\s+\S+\s+)?"
    rf"(?:run(?:-script)?\s+)?(?:(?:{_VALUED}|--?\S+)\s+)*([\w:.@/-]+)"
)
_SEVERAL = (
    r"\b(?:npm-run-all2?|run-s|run-p|turbo(?:\s+run)?)\s+([^&|;\n]+)|npm:([\w:.*-]+)"
)
_MAKE = r"\bmake\s+(?:-\S+\s+)*([\w./-]+(?:\s+[\w./-]+)*)"
_SAID = r"\b(?:echo|printf)\s[^&|;]*|\s#\s.*"
_FILE = r"[\w./@-]+\.(?:sh|bash|[cm]?[jt]s)\b"
_PUNCTUATION = r"[\"'\[\],`()]"
_MIGRATOR = rb"""["']drizzle-orm/[\w./-]*migrator["']"""


@record(frozen=False)
class Commands:
    """The scripts of a project and what has been followed so far.

    `scripts` are those of its package.json files, by name. `directory` is the
    folder that paths in commands are relative to.
    """

    files: Files
    scripts: Mapping[str, str]
    directory: str = ""
    seen: set[str] = field(default_factory=set)

    def ways(self, text: str) -> Iterator[Way]:
        """Yield every way of deploying that `text` runs, directly or not."""
        for line in _lines(text):
            for match in re.finditer(_KIT, line):
                yield Way.MIGRATIONS if match[1] == "migrate" else Way.PUSH
            for name in self._called(line):
                yield from self.script(name)
            for path in files_named(line):
                yield from self._file(path)
            for match in re.finditer(_MAKE, line):
                for target in match[1].split():
                    yield from self._recipe(target)

    def _called(self, line: str) -> Iterator[str]:
        for match in re.finditer(_SCRIPT, line):
            yield match[1]
        for match in re.finditer(_SEVERAL, line):
            for pattern in (match[1] or match[2]).split():
                yield from (name for name in self.scripts if fnmatchcase(name, pattern))

    def script(self, name: str) -> Iterator[Way]:
        """Follow a script with those that npm runs before and after it."""
        for each in (f"pre{name}", name, f"post{name}"):
            if each in self.scripts and each not in self.seen:
                self.seen.add(each)
                yield from self.ways(self.scripts[each])

    def _recipe(self, target: str) -> Iterator[Way]:
        """Follow a target of the Makefile, with those that it needs."""
        if f"make {target}" in self.seen:
            return
        self.seen.add(f"make {target}")
        text = (self.files.read("Makefile") or b"").decode("utf-8", "replace")
        rule = rf"(?m)^{re.escape(target)}\s*:(?!=)([^\n]*)\n((?:\t[^\n]*\n?|\s*\n)*)"
        for match in re.finditer(rule, text):
            for needed in match[1].split():
                yield from self._recipe(needed)
            yield from self.ways(match[2])

    def _file(self, path: str) -> Iterator[Way]:
        for folder in dict.fromkeys((self.directory, "")):
            full = posixpath.normpath(posixpath.join(folder, path))
            if full in self.seen or full.startswith(".."):
                continue
            content = self.files.read(full)
            if content is None:
                continue
            self.seen.add(full)
            if imports_migrator(content):
                yield Way.MIGRATIONS
            if full.endswith((".sh", ".bash")):
                yield from self.ways(content.decode("utf-8", "replace"))


def files_named(command: str) -> list[str]:
    """Return the script files that a command names."""
    return re.findall(_FILE, command)


def imports_migrator(content: bytes) -> bool:
    """Tell whether a source file takes `migrate` from `drizzle-orm/*/migrator`."""
    return re.search(_MIGRATOR, content) is not None


def _lines(text: str) -> Iterator[str]:
    joined = text.replace("\\\n", " ")
    for line in joined.splitlines():
        if not line.lstrip().startswith(("#", "//")):
            spoken = re.sub(_SAID, " ", re.sub(_PUNCTUATION, " ", line))
            yield " ".join(spoken.split())
