"""A real deploy of a change on a real database with rows: what became of them.

The database is PGlite, below the project's folder. Whatever drizzle-kit asks is
answered with Enter, which is its default.
"""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypedDict

from schemadiff.deploy.assumption import Way

_SCRIPT = Path(__file__).parent / "witness.cjs"
_LIMIT = 120.0
_CREDENTIALS = 'export default { driver: "pglite", dbCredentials: { url: "./db" },'
_APPLIED = re.compile(
    r"Changes applied|No changes detected|No schema changes|migrations applied"
    r"|SQL migration file|Your SQL migration"
)

Rows = dict[str, dict[str, list[str | None]]]
Texts = Mapping[str, str | bytes]


class Contents(TypedDict):
    """What a database has: values by table and column, and names of other things."""

    rows: Rows
    objects: list[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which columns lost or changed values, and why the deploy failed.

    `gone` are other things that are not what they were.
    """

    lost: tuple[str, ...]
    failure: str = ""
    gone: tuple[str, ...] = ()

    @property
    def is_safe(self) -> bool:
        return not self.lost and not self.failure


class Witness:
    """Deploys one way with the drizzle-kit in `home`; `room` is for its projects."""

    def __init__(self, home: Path, room: Path, way: Way) -> None:
        self.home = home
        self.room = room
        self.way = way

    def outcome(self, base: Texts, head: Texts, sql: str = "") -> Outcome:
        """Deploy `base`, fill it, run `sql`, deploy `head`, and compare the rows."""
        before = self._filled(base, sql)
        folder = self.room / f"head-{_digest({**base, **head, 'sql': sql})}"
        shutil.copytree(before, folder, symlinks=True)
        _write(folder, head)
        had: Contents = json.loads((folder / "contents.json").read_text())
        failure = self._deploy(folder)
        has = self._ask(folder, "rows")
        shutil.rmtree(folder)
        gone = [each for each in had["objects"] if each not in has["objects"]]
        return Outcome(tuple(_lost(had["rows"], has["rows"])), failure, tuple(gone))

    def _filled(self, base: Texts, sql: str) -> Path:
        """Return the folder of a project that is deployed and has rows."""
        folder = self.room / f"base-{_digest({**base, 'sql': sql})}"
        if folder.exists():
            return folder
        folder.mkdir(parents=True)
        (folder / "node_modules").symlink_to(self.home / "node_modules")
        _write(folder, base)
        failure = self._deploy(folder)
        assert not failure, failure
        if sql:
            self._ask(folder, f"sql:{sql}")
        contents = json.dumps(self._ask(folder, "seed"))
        (folder / "contents.json").write_text(contents)
        return folder

    def _deploy(self, folder: Path, *hints: str) -> str:
        """Return why it failed; "" if it did not."""
        if self.way is Way.PUSH:
            return self._run(folder, "push", "--force", *hints)
        return self._run(folder, "generate", *hints) or self._run(folder, "migrate")

    def renamed(
        self, base: Texts, head: Texts, *, sql: str = "", hints: str = ""
    ) -> Rows:
        """Return what is there after `sql`, and the deploy of `head` with `hints`."""
        folder = self.room / f"kept-{_digest({**base, **head, 'sql': sql + hints})}"
        shutil.copytree(self._filled(base, ""), folder, symlinks=True)
        if sql:
            self._ask(folder, f"sql:{sql}")
        _write(folder, head)
        failure = self._deploy(folder, *(("--hints", hints) if hints else ()))
        assert not failure, failure
        rows = self._ask(folder, "rows")["rows"]
        shutil.rmtree(folder)
        return rows

    def _run(self, folder: Path, *arguments: str) -> str:
        kit = folder / "node_modules" / "drizzle-kit" / "bin.cjs"
        code, said = in_terminal(["node", str(kit), *arguments], folder)
        if code == 0 and (_APPLIED.search(said) or arguments == ("migrate",)):
            return ""
        found = re.search(r"(?im)^.*\berror\b.*$", said)
        return found[0].strip() if found else said[-500:] or f"exit {code}"

    def _ask(self, folder: Path, task: str) -> Contents:
        done = subprocess.run(
            ["node", str(_SCRIPT), str(self.home), str(folder / "db"), task],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: Contents = json.loads(done.stdout)
        return found


def in_terminal(command: list[str], folder: Path) -> tuple[int, str]:
    """Run a command in a terminal of its own, pressing Enter; its code and output."""
    terminal, inside = pty.openpty()
    environ = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environ,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    ) as process:
        os.close(inside)
        said = _answered(terminal)
        _end(process)
    os.close(terminal)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.decode("utf-8", "replace"))
    return process.returncode, text


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for what has closed its terminal, and stop what has not ended then."""
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()


def _answered(terminal: int) -> bytes:
    """Return what is said in a terminal until it is closed, pressing Enter."""
    said = b""
    end = time.monotonic() + _LIMIT
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.3)
        try:
            if not ready:
                os.write(terminal, b"\r")
            elif not (more := os.read(terminal, 65536)):
                break
            else:
                said += more
        except OSError:  # Linux says so when the other side has closed
            break
    return said


def _write(folder: Path, texts: Texts) -> None:
    for path, text in texts.items():
        content = text.decode() if isinstance(text, bytes) else text
        if path == "drizzle.config.ts":
            content = content.replace("export default {", _CREDENTIALS, 1)
        (folder / path).write_text(content)


def _lost(before: Rows, after: Rows) -> list[str]:
    found = []
    for table, columns in before.items():
        for column, values in columns.items():
            now = after.get(table, {}).get(column)
            if now is None or sorted(map(_plain, now)) != sorted(map(_plain, values)):
                found.append(f"{table}.{column}")
    return found


def _plain(value: str | None) -> str:
    """Return a value's text so that it can be sorted, numbers in one form."""
    if value is None:
        return ""
    is_decimal = re.fullmatch(r"-?\d+\.\d+", value)
    return value.rstrip("0").rstrip(".") if is_decimal else value


def _digest(texts: Mapping[str, Any]) -> str:
    return sha256(repr(sorted(texts.items())).encode()).hexdigest()[:16]
