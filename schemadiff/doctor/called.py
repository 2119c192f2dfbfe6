"""The commands of ours that hooks start, and whether a shell would find them."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schemadiff.install.hook import Hook
from schemadiff.install.hooks import Hooks
from schemadiff.install.sentences import shown
from schemadiff.install.words import Owner

_INSTALLED = re.compile(r"^installed=(.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_COMMAND = re.compile(
    r"(?:^|[;&|({]|\b(?:then|else|do|exec|if)\b|!)[ \t]*"
    r"""(["']?)([^\s"'|;&(){}]*schemadiff(?:\.exe)?)\1[ \t]+"""
    r"""["']?(?:pre-push|check)\b""",
    re.MULTILINE,
)
"""Ours where a shell takes a word for a command; after `npx` or `uv run` it is none."""
_NOT_KNOWN = ("$", "~", "`", "%")
_NAME = "schemadiff"


class Called(NamedTuple):
    """A command that a hook or a tool's configuration starts, and where it says so.

    `is_ours` says that it is our own hook, which `schemadiff install` writes anew.
    """

    where: str
    command: str
    is_found: bool
    is_ours: bool = False


def called_by(hooks: Hooks, root: Path | None) -> tuple[Called, ...]:
    """Return the commands of ours that a push from here would start.

    What a shell would have to work out, or another program looks for, is left out.
    """
    found: list[Called] = []
    for hook in hooks.running:
        if hook.owner is Owner.SCHEMADIFF:
            found.append(_by_ours(hook, root))
        elif hook.judges:
            found += _by_text(_text(hook), shown(hook.path, root), root)
    for tool in hooks.tools:
        if tool.in_use and tool.at_push:
            for line in tool.lines:
                found += _by_text(line, tool.path, root)
    return tuple(dict.fromkeys(found))


def _by_ours(hook: Hook, root: Path | None) -> Called:
    """Return what our hook starts: what it was told, else what is on PATH."""
    told = named(_INSTALLED, _text(hook))
    names = [each for each in (told, _NAME) if each]
    is_found = any(shutil.which(each) for each in names)
    return Called(shown(hook.path, root), names[0], is_found, is_ours=True)


def _by_text(text: str, where: str, root: Path | None) -> Iterator[Called]:
    for match in _COMMAND.finditer(_COMMENT.sub("", text)):
        command = match[2]
        if any(sign in command for sign in _NOT_KNOWN):
            continue
        # Hooks run in the root of the work tree.
        place = str((root or Path()) / command) if "/" in command else command
        yield Called(where, command, shutil.which(place) is not None)


def named(pattern: re.Pattern[str], text: str) -> str:
    """Return the program that a hook's own line names; empty if it names none."""
    found = pattern.search(text)
    try:
        words = shlex.split(found[1]) if found else []
    except ValueError:  # somebody edited it
        return ""
    return words[0] if words else ""


def _text(hook: Hook) -> str:
    try:
        return hook.path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
