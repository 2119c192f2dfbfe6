"""`python -m schemadiff` is the command `schemadiff`."""

from schemadiff.cli import command

command()
