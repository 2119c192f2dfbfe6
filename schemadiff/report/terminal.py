"""What the other end of the output can show."""

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

from schemadiff.git.environment import is_ci

WIDTH = 80
_NARROWEST = 40
_WIDEST = 100


class Style(NamedTuple):
    """How many columns there are, and whether colours are shown.

    `in_ci` is true for a build, which nobody can start once more with an override:
    there it is the commits that have to carry it.
    """

    width: int = WIDTH
    colour: bool = False
    in_ci: bool = False


def style_of(stream: TextIO, environ: Mapping[str, str]) -> Style:
    """Return the style for a stream; a terminal of no size counts as 80 columns.

    Hooks under pre-commit write to a pseudo-terminal of 0 columns.
    """
    return Style(_width(stream), _has_colour(stream, environ), is_ci(environ))


def _width(stream: TextIO) -> int:
    try:
        found = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return WIDTH
    return max(min(found, _WIDEST), _NARROWEST) if found else WIDTH


def _has_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether colours are wanted: https://no-color.org, and TERM=dumb."""
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32" and not (environ.get("WT_SESSION") or "TERM" in environ):
        return False  # an old console prints the codes themselves
    return stream.isatty()
