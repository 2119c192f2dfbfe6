"""The hook that is written: the shipped shim, told where the command is."""

import shlex
import sys
import sysconfig
from importlib.resources import files
from pathlib import Path

_BLANK = "\ninstalled=\n"
_NAME = "schemadiff"


def shim() -> bytes:
    """Return our pre-push hook, which tries this installation's command first.

    A push from an editor or another shell may have another PATH than this process.
    """
    # A clone made on Windows may have other ends of lines, which no shell reads.
    text = _shipped().decode("utf-8").replace("\r\n", "\n")
    return text.replace(_BLANK, f"\ninstalled={shlex.quote(_command())}\n").encode()


def _shipped() -> bytes:
    try:
        return (files("schemadiff.shims") / "pre-push").read_bytes()
    except ModuleNotFoundError:  # run from a clone without having been installed
        return (Path(__file__).parents[2] / "hooks" / "pre-push").read_bytes()


def _command() -> str:
    """Return the absolute path of the command that runs, else just its name."""
    called = Path(sys.argv[0])
    scripts = Path(sysconfig.get_path("scripts"))
    for path in (called, scripts / _NAME, scripts / f"{_NAME}.exe"):
        if path.stem == _NAME and path.is_file():
            return path.absolute().as_posix()
    return _NAME
