"""`.replit`: the check in front of what a publish builds, and taken out again.

Everything but the command that builds stays as it is, byte for byte: `build` of
`[deployment]`, or `args` of `[deployment.build]`, as newer files have it. What it was
stands in a comment above it, from which it is put back.
"""

import json
import re
import shlex
import stat
import tomllib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.install.done import Done
from schemadiff.install.placing import put
from schemadiff.report.escape import visible

NAME = ".replit"
CHECK = "schemadiff check --base published"
_GUARD = f"{CHECK} || exit; "
_BEFORE = "# before schemadiff: "
_NOTHING = "no build"
_TABLE = re.compile(r"\s*\[\[?[\w\s.\"'-]+\]")
_QUOTE = "[\"']?"
_SHELL = re.compile(r"(?:.*/)?(?:ba|da|a|z|k)?sh\Z")
_COMMAND = re.compile(r"-[a-z]*c\Z")
_ELSEWHERE = f"put `{CHECK} || exit;` in front of the build command by hand"


class State(StrEnum):
    """Whether a publish from this repository is judged first."""

    ABSENT = "no .replit"
    NO_DEPLOYMENT = "no [deployment]"
    UNJUDGED = "unjudged"
    JUDGED = "judged"


class _Key(NamedTuple):
    """Where the build command is: a key of a table."""

    table: str
    name: str

    def __str__(self) -> str:
        """Say it as a person would: `deployment.build`."""
        return f"{self.table}.{self.name}"

    @property
    def header(self) -> re.Pattern[str]:
        """The line that begins the table."""
        names = (f"{_QUOTE}{each}{_QUOTE}" for each in self.table.split("."))
        inside = r"\s*[.]\s*".join(names)
        return re.compile(rf"\s*\[\s*{inside}\s*\]")

    @property
    def line(self) -> re.Pattern[str]:
        """The line that begins the value."""
        return re.compile(rf"(\s*){self.name}\s*=")


_BUILD = _Key("deployment", "build")
_ARGS = _Key("deployment.build", "args")


class _Lines(NamedTuple):
    """A text by lines, and where in it the build of a publish is said.

    `comment` to `start` is what it was before, and `start` to `end` what it is; all
    the same where no build is said. `build` is its value, None if there is none.
    """

    key: _Key
    lines: Sequence[str]
    comment: int
    start: int
    end: int
    build: object

    def written(self, first: int, new: Sequence[str]) -> str:
        """Return the text with `new` for the lines from `first` to the end."""
        return "".join([*self.lines[:first], *new, *self.lines[self.end :]])


def replit_state(root: Path) -> State:
    """Tell whether the check stands in `.replit`; one that is no TOML has none."""
    path = root / NAME
    if not path.is_file():
        return State.ABSENT
    try:
        document = _parsed(_text(path))
    except SchemadiffError:
        return State.UNJUDGED
    if not isinstance(document.get("deployment"), dict):
        return State.NO_DEPLOYMENT
    return State.JUDGED if _is_judged(_build_of(document)) else State.UNJUDGED


def install_replit(root: Path | None) -> Done:
    """Have every publish judged first. Doing it again changes nothing.

    Raise SchemadiffError where there is no `.replit` that can be read and written.
    """
    path = (root or Path()) / NAME
    if root is None or not path.is_file():
        raise SchemadiffError(
            f"there is no {NAME} at the root of the repository",
            "Replit writes one; run this in a Replit app",
        )
    text = _text(path)
    document = _parsed(text)
    if not isinstance(document.get("deployment"), dict):
        return Done(1, f"schemadiff: {NAME} has no [deployment]: publish once first\n")
    build = _build_of(document)
    if _is_judged(build):
        return Done(0, f"schemadiff: {NAME} judges every publish already\n")
    judged = _judged(build)
    _write(path, text, _with_check(text, judged, path), judged)
    return Done(0, _said(judged, document))


def uninstall_replit(root: Path) -> Iterator[str]:
    """Take the check out of `.replit` again, and say so; nothing where it is not.

    Where the build command was changed since, only the check is taken out of it, if
    it still stands in front.
    """
    path = root / NAME
    if replit_state(root) is not State.JUDGED:
        return
    text = _text(path)
    found = _found(text, path)
    new, build = _restored(found)
    if new is None:
        return
    _write(path, text, new, build)
    yield f"schemadiff: {NAME} publishes without a check again"


def _said(judged: Sequence[str], document: dict[str, Any]) -> str:
    lines = [
        f"schemadiff: {NAME} judges every publish first:",
        f"  {_key_of(document)} = {visible(_array(judged))}",
        "  A publish stops where the check finds a loss, or cannot judge. The build",
        "  needs this command, the folder .git and its history. Whether Replit's has",
        "  them was not measured: publish once to find out. `schemadiff uninstall`",
        "  undoes it. Before the first publish there is nothing to compare with, and",
        "  the build ends with 2: publish once without the check.",
    ]
    modules = document.get("modules")
    if isinstance(modules, list) and not any("python" in str(m) for m in modules):
        lines.append('  There is no Python among its modules: add "python-3.12".')
    return "\n".join(lines) + "\n"


def _with_check(text: str, judged: Sequence[str], path: Path) -> str:
    found = _found(text, path)
    old = found.lines[found.start : found.end]
    ending = _ending(found.lines[found.start - 1]) or "\n"
    if not old:
        line = f"{found.key.name} = {_array(judged)}{ending}"
        new = [f"{_BEFORE}{_NOTHING}{ending}", line]
        if not _ending(found.lines[found.start - 1]):
            new = ["\n" + new[0], new[1].rstrip()]
        return found.written(found.start, new)
    match = found.key.line.match(old[0])
    indent = match[1] if match else ""
    last = _ending(old[-1])
    comment = [f"{_BEFORE}{line}" for line in (*old[:-1], old[-1].rstrip("\r\n"))]
    comment[-1] += last or ending
    line = f"{indent}{found.key.name} = {_array(judged)}{last}"
    return found.written(found.start, [*comment, line])


def _restored(found: _Lines) -> tuple[str | None, object]:
    """Return the text as it was, with its build; None where that is not known."""
    before = [
        line.removeprefix(_BEFORE) for line in found.lines[found.comment : found.start]
    ]
    last = _ending(found.lines[found.end - 1]) if found.end else ""
    if [line.rstrip() for line in before] == [_NOTHING]:
        if found.build == _judged(None):
            start = found.comment
            if last:
                return found.written(start, ()), None
            new = found.written(start, ()).removesuffix("\n")
            return new, None
        before = []
    if before:
        old = "".join([*before[:-1], before[-1].rstrip("\r\n") + last])
        value = tomllib.loads(old).get(found.key.name)
        if _judged(value) == found.build:
            return found.written(found.comment, [old]), value
    build = _unjudged(found.build)
    if build is None:
        return None, None
    line = f"{found.key.name} = {_array(build)}{last}"
    return found.written(found.comment, [line]), build


def _judged(build: object) -> list[str]:
    """Return the command that runs `build` once nothing blocks."""
    if not build:
        return ["sh", "-c", CHECK]
    if isinstance(build, str):
        return ["sh", "-c", _GUARD + build]
    if not isinstance(build, list) or not all(isinstance(each, str) for each in build):
        raise SchemadiffError(f"{NAME}: the build command is no text", _ELSEWHERE)
    if len(build) > 2 and _SHELL.match(build[0]) and _COMMAND.match(build[1]):  # noqa: PLR2004 - shell, -c, command
        return [*build[:2], _GUARD + build[2], *build[3:]]
    return ["sh", "-c", _GUARD + shlex.join(build)]


def _unjudged(build: object) -> list[str] | None:
    """Return a command without the check in it; None where it is not in front."""
    if not isinstance(build, list):
        return None
    found = [str(each).removeprefix(_GUARD) for each in build]
    return None if _is_judged(found) else found


def _is_judged(build: object) -> bool:
    parts = build if isinstance(build, list) else [build]
    return any(isinstance(each, str) and CHECK in each for each in parts)


def _key_of(document: dict[str, Any]) -> _Key:
    return _ARGS if isinstance(document["deployment"].get("build"), dict) else _BUILD


def _build_of(document: dict[str, Any]) -> object:
    build = document["deployment"].get("build")
    return build.get("args") if isinstance(build, dict) else build


def _found(text: str, path: Path) -> _Lines:
    """Find the build by lines; `_write` makes sure that it was the right place."""
    lines = re.split(r"(?<=\n)(?!\Z)", text)
    key = _key_of(_parsed(text))
    begin, line = key.header, key.line
    header = next((n for n, each in enumerate(lines) if begin.match(each)), None)
    if header is None:
        raise SchemadiffError(
            f"{path}: [{key.table}] has no line of its own", _ELSEWHERE
        )
    for start in range(header + 1, len(lines)):
        if _TABLE.match(lines[start]):
            break
        if line.match(lines[start]):
            end = _end(lines, start)
            comment = start
            while lines[comment - 1].startswith(_BEFORE):
                comment -= 1
            build = tomllib.loads("".join(lines[start:end]))[key.name]
            return _Lines(key, lines, comment, start, end, build)
    return _Lines(key, lines, header + 1, header + 1, header + 1, None)


def _end(lines: Sequence[str], start: int) -> int:
    """Return where the value that begins on a line is complete."""
    for end in range(start + 1, len(lines) + 1):
        try:
            tomllib.loads("".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    raise SchemadiffError(f"{NAME}: the build command has no end", _ELSEWHERE)


def _write(path: Path, old: str, new: str, build: object) -> None:
    """Write the new text, which says the same but for the build."""
    wanted = _parsed(old)
    key = _key_of(wanted)
    table = wanted["deployment"] if key is _BUILD else wanted["deployment"]["build"]
    table.pop(key.name, None)
    if build is not None:
        table[key.name] = build
    if not _says(new, wanted):
        raise SchemadiffError(
            f"{path}: the build command is said in an unusual way", _ELSEWHERE
        )
    target = path.resolve()
    put(target, new.encode(), mode=stat.S_IMODE(target.stat().st_mode))


def _says(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as failure:
        raise SchemadiffError(
            f"{path} cannot be read: {failure}", _ELSEWHERE
        ) from failure


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        raise SchemadiffError(
            f"{NAME} is not valid TOML: {failure}", "see https://toml.io"
        ) from failure


def _array(values: Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False).replace("\x7f", "\\u007f")


def _ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
