"""How findings are allowed: by a command for a POSIX shell, or in a commit message."""

import shlex
from collections.abc import Iterable

from schemadiff.git.history import TRAILER
from schemadiff.overrides.apply import word
from schemadiff.overrides.parse import PLACEHOLDER
from schemadiff.rules.finding import Finding

_UNSAFE = frozenset('"$`\\!')
"""What means something inside double quotes, `!` in interactive shells."""


def allowing_command(findings: Iterable[Finding]) -> str:
    """Return the command that pushes with all of these allowed, and nothing else."""
    words = ",".join(dict.fromkeys(map(word, findings)))
    return f"git -c schemadiff.allow={_quoted(words)} push"


def allowing_trailers(findings: Iterable[Finding]) -> list[str]:
    """Return the lines of a commit message that allow all of these, once reasoned."""
    said = (f"{each.rule} {each.subject}" for each in findings)
    return [f"{TRAILER}: {each} -- {PLACEHOLDER}" for each in dict.fromkeys(said)]


def _quoted(text: str) -> str:
    if not text.isprintable():
        return _escaped(text)
    return shlex.quote(text) if _UNSAFE.intersection(text) else f'"{text}"'


def _escaped(text: str) -> str:
    """Quote what a terminal would not show as it is, for any POSIX shell.

    `$'…'` is younger (POSIX.1-2024, 2.2.4) and unknown to some of them.
    """
    shown = (
        each
        if each.isprintable() and each not in "'\\%"
        else "%%"
        if each == "%"
        else "".join(
            f"\\{byte:03o}" for byte in each.encode("utf-8", "surrogateescape")
        )
        for each in text
    )
    return f"\"$(printf '{''.join(shown)}')\""
