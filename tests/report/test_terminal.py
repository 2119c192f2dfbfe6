"""What is found out about the other end of the output."""

import io
import os
import sys

import pytest

from schemadiff.report.terminal import Style, style_of

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")


def test_what_is_no_terminal_has_80_columns_and_no_colour() -> None:
    assert style_of(io.StringIO(), {}) == Style(80, colour=False)


@needs_pty
@pytest.mark.parametrize(
    ("size", "environ", "style"),
    [
        ((0, 0), {"TERM": "xterm"}, Style(80, colour=True)),
        ((24, 60), {"TERM": "xterm"}, Style(60, colour=True)),
        ((24, 20), {}, Style(40, colour=True)),
        ((24, 300), {}, Style(100, colour=True)),
        ((24, 80), {"NO_COLOR": "1"}, Style(80, colour=False)),
        ((24, 80), {"NO_COLOR": ""}, Style(80, colour=True)),
        ((24, 80), {"TERM": "dumb"}, Style(80, colour=False)),
    ],
)
def test_a_terminal_has_its_own_width(
    size: tuple[int, int], environ: dict[str, str], style: Style
) -> None:
    import termios  # noqa: PLC0415 - not on Windows

    ours, theirs = os.openpty()
    try:
        termios.tcsetwinsize(theirs, size)
        with os.fdopen(theirs, "w") as stream:
            assert style_of(stream, environ) == style
    finally:
        os.close(ours)
