"""What installing and uninstalling say, in parts."""

import re
from collections.abc import Sequence
from pathlib import Path
from shlex import quote

from schemadiff.report.escape import visible

_CALL = 'schemadiff pre-push "$@" || exit'
_CALL_FIRST = """\
refs=$(cat)
printf '%s\\n' "$refs" | schemadiff pre-push "$@" || exit"""
_HAND_ON = """\
printf '%s\\n' "$refs" | THE COMMAND"""
_READS_INPUT = re.compile(
    r"\b(?:read|cat|xargs|while|git[ -]lfs|pre-commit|prek)\b|/dev/stdin"
)


def shown(path: Path, root: Path | None) -> str:
    """Return a path as a person would write it in the root of the work tree."""
    if root is not None and path.is_relative_to(root):
        return visible(path.relative_to(root).as_posix())
    return visible(str(path))


def indented(text: str) -> Sequence[str]:
    """Return lines to copy, set off from the prose."""
    return ["", *(f"    {line}" for line in text.splitlines()), ""]


def shell_lines(path: Path, root: Path | None, *, executable: bool) -> list[str]:
    """Return what to do so that a shell script judges pushes.

    `executable` says that the script must be one itself. Where it looks as if it
    reads what is pushed, it is to go on doing so.
    """
    name = shown(path, root)
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        start = "#!/bin/sh\n" if executable else ""
        lines = [f"Write this into {name}:", *indented(start + _CALL)]
        if executable:
            lines += ["and make it executable:", *indented(f"chmod +x {quote(name)}")]
        return lines
    reads = _READS_INPUT.search(text) is not None
    place = " below its line with husky.sh and" if "husky.sh" in text else ""
    lines = [
        f"Put this into {name},{place}",
        "ahead of its other commands:",
        *indented(_CALL_FIRST if reads else _CALL),
    ]
    if reads:
        lines += ["and what reads standard input there:", *indented(_HAND_ON)]
    return lines
