"""The lines that hooks write mean what they mean to argparse."""

import pytest

from schemadiff.arguments import parser, read_arguments

USUAL = (
    ["check"],
    ["check", "--base", "HEAD~1"],
    ["check", "--base", ""],
    ["pre-push", "origin", "git@example.com:a/b.git"],
    ["pre-push", "", ""],
)
OTHER = (
    ["check", "--base=HEAD~1"],
    ["check", "--strict"],
    ["check", "--allow", "drop-column:a.b", "--base", "x"],
    ["pre-push", "origin"],
    ["pre-push", "--strict", "origin", "url"],
    ["pre-push", "origin", "url", "--strict"],
)
REFUSED: tuple[list[str], ...] = (
    [],
    ["check", "--base"],
    ["check", "--base", "--strict"],
    ["check", "--base", "-x"],
    ["check", "x"],
    ["pre-push", "-x", "url"],
    ["pre-push", "origin", "--", "-x", "y"],
    ["push"],
)


@pytest.mark.parametrize("arguments", [*USUAL, *OTHER], ids=" ".join)
def test_a_line_means_what_argparse_says(arguments: list[str]) -> None:
    assert vars(read_arguments(arguments)) == vars(parser().parse_args(arguments))


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_argparse_refuses_is_refused(arguments: list[str]) -> None:
    for read in (read_arguments, parser().parse_args):
        with pytest.raises(SystemExit) as stopped:
            read(arguments)
        assert stopped.value.code == 2
