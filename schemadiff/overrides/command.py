"""The command that pushes with findings allowed, quoted for a POSIX shell."""

import shlex
from collections.abc import Iterable

from schemadiff.overrides.apply import word
from schemadiff.rules.finding import Finding

_UNSAFE = frozenset('"$`\\!')
"""What means something inside double quotes, `!` in interactive shells."""


def allowing_command(findings: Iterable[Finding]) -> str:
    """Return the command that pushes with all of these allowed, and nothing else."""
    words = ",".join(dict.fromkeys(map(word, findings)))
    return f"git -c schemadiff.allow={_quoted(words)} push"


def _quoted(text: str) -> str:
    if not text.isprintable():
        return _escaped(text)
    return shlex.quote(text) if _UNSAFE.intersection(text) else f'"{text}"'


def _escaped(text: str) -> str:
    """Quote what a terminal would not show as it is: POSIX.1-2024, 2.2.4."""
    shown = (
        each
        if each.isprintable() and each not in "'\\"
        else "".join(
            f"\\{byte:03o}" for byte in each.encode("utf-8", "surrogateescape")
        )
        for each in text
    )
    return f"$'{''.join(shown)}'"
